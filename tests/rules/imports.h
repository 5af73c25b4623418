#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/imported_apps.h"
#include "base/json.h"
#include "imports/import_file.h"
#include "imports/imports.h"
#include "tests/support/office.h"

namespace tandem::test {

/// A firm whose administrator uploads files.
template <class Firm>
struct ImportsIn {
  template <class... Asked>
  explicit ImportsIn(const Asked&... asked) : office(asked...) {
    imports::add_import_jobs(*office.worker, files_in);
  }

  Firm office;
  imports::Imports files_in{.database = *office.database,
                            .files = *office.files,
                            .applications = office.applications,
                            .apps = api::imported_apps()};
  access::Actor ada = office.administrator();

  Result<imports::Import> upload(const access::Actor& actor, const std::string& module,
                                 const std::string& bytes) {
    return imports::add_import(files_in, actor, {module, "people.csv", bytes});
  }
  Result<imports::Import> set(RecordId id, const std::string& json) {
    return imports::change_import(files_in, ada, id, *json_from_text(json));
  }
  Result<imports::Import> begin(RecordId id, imports::ImportRun run) {
    return office.database->write(
        [&](db::Transaction& tx) { return imports::begin_import(tx, files_in, ada, id, run); });
  }
  imports::Import now(RecordId id) {
    return *office.database->read(
        [&](db::Transaction& tx) { return imports::find_import(tx, ada, id); });
  }
  imports::Import run(RecordId id, imports::ImportRun run = imports::ImportRun::import) {
    const Result<imports::Import> begun = begin(id, run);
    EXPECT_TRUE(begun) << begun.error().field << " " << begun.error().message;
    office.worker->run_due();
    return now(id);
  }
  imports::Import imported(const std::string& module, const std::string& bytes,
                           const std::string& settings = "{}") {
    const Result<imports::Import> import = upload(ada, module, bytes);
    EXPECT_TRUE(import) << import.error().message;
    const Result<imports::Import> changed = set(import->id, settings);
    EXPECT_TRUE(changed) << changed.error().message;
    return run(import->id);
  }
  std::vector<std::string> faults(const imports::Import& import) {
    std::vector<std::string> words;
    office.database->read([&](db::Transaction& tx) {
      for (const auto& fault : imports::list_import_faults(tx, office.org, import, {}))
        words.push_back(std::to_string(fault.line) + " " + fault.field + " " + fault.code);
    });
    return words;
  }
  std::string report(const imports::Import& import) {
    return *imports::report_of_import(files_in, office.org, import);
  }
  size_t count(const std::string& module) {
    return office.database->read([&](db::Transaction& tx) {
      return size_t(tx.integer("SELECT COUNT(*) FROM " + module + " WHERE deleted_at IS NULL"));
    });
  }
};
using Imports = ImportsIn<Office>;

}  // namespace tandem::test
