#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "desk/imports/import_file.h"
#include "desk/imports/imports.h"
#include "tests/support/office.h"

namespace tandem::test {

/// An office whose administrator uploads files.
struct Imports {
  Imports() { desk::add_import_jobs(*office.worker, *office.desk); }

  Office office;
  access::Actor ada = office.administrator();

  Result<desk::Import> upload(const access::Actor& actor, const std::string& module,
                              const std::string& bytes) {
    return desk::add_import(*office.desk, actor, {module, "people.csv", bytes});
  }
  Result<desk::Import> set(RecordId id, const std::string& json) {
    return desk::change_import(*office.desk, ada, id, *json_from_text(json));
  }
  Result<desk::Import> begin(RecordId id, desk::ImportRun run) {
    return office.database->write(
        [&](db::Transaction& tx) { return desk::begin_import(tx, ada, id, run); });
  }
  desk::Import now(RecordId id) {
    return *office.database->read(
        [&](db::Transaction& tx) { return desk::find_import(tx, ada, id); });
  }
  desk::Import run(RecordId id, desk::ImportRun run = desk::ImportRun::import) {
    const Result<desk::Import> begun = begin(id, run);
    EXPECT_TRUE(begun) << begun.error().field << " " << begun.error().message;
    office.worker->run_due();
    return now(id);
  }
  desk::Import imported(const std::string& module, const std::string& bytes,
                        const std::string& settings = "{}") {
    const Result<desk::Import> import = upload(ada, module, bytes);
    EXPECT_TRUE(import) << import.error().message;
    const Result<desk::Import> changed = set(import->id, settings);
    EXPECT_TRUE(changed) << changed.error().message;
    return run(import->id);
  }
  std::vector<std::string> faults(const desk::Import& import) {
    std::vector<std::string> words;
    office.database->read([&](db::Transaction& tx) {
      for (const auto& fault : desk::list_import_faults(tx, office.org, import, {}))
        words.push_back(std::to_string(fault.line) + " " + fault.field + " " + fault.code);
    });
    return words;
  }
  std::string report(const desk::Import& import) {
    return *desk::report_of_import(*office.desk, office.org, import);
  }
  size_t count(const std::string& module) {
    return office.database->read([&](db::Transaction& tx) {
      return size_t(tx.integer("SELECT COUNT(*) FROM " + module + " WHERE deleted_at IS NULL"));
    });
  }
};

}  // namespace tandem::test
