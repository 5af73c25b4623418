#include "imports/imports.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>

#include "access/audit.h"
#include "base/text.h"
#include "imports/import_customers.h"
#include "imports/import_file.h"
#include "imports/import_names.h"
#include "imports/import_rows.h"
#include "imports/import_run.h"
#include "imports/import_text.h"
#include "imports/import_values.h"

namespace tandem::imports {

namespace {

constexpr int64_t file_name_chars_max = 200;
constexpr int64_t forget_look_ms = hour_ms;
constexpr int forgotten_at_once_max = 20;
constexpr const char* job_kind = "import_records";

/// What can be imported, and what it becomes.
struct Importable {
  const ImportedModule& imported;
  const records::ModuleDef& module;
};

/// Refuses with invalid a module of the actor's application that takes no files, and with forbidden
/// whom the right to import lacks.
Result<Importable> importable(const Imports& imports, const access::Actor& actor,
                              std::string_view name) {
  const ImportedApp& app = imports.of(actor.catalogue->app());
  const ImportedModule* imported = app.find(name);
  if (!imported) {
    std::string names;
    for (const ImportedModule& each : app.modules) names += " " + each.name;
    return invalid("module", "not_a_choice", fmt::format("Import one of:{}.", names));
  }
  const records::ModuleDef& module = *actor.catalogue->find(name);
  TRY(access::require_right(actor, module, access::Right::import));
  return Importable{*imported, module};
}

/// An import holds what somebody's file says, also in fields that a colleague's role does not show.
bool may_see(const access::Actor& actor, const Import& import) {
  return actor.is_administrator() || import.agent == actor.id;
}

Refusal is_gone() { return not_found("There is no such import."); }

bool is_under_way(const Import& import) {
  return import.state == ImportState::checking || import.state == ImportState::running;
}

Result<void> may_still_change(const Import& import) {
  if (is_under_way(import))
    return conflict("import_runs", "The import is under way. Stop it first, or wait.");
  const bool was_run = import.state == ImportState::ended || import.state == ImportState::stopped ||
                       import.state == ImportState::failed;
  if (was_run)
    return conflict("import_ended", "The import was run. Upload the file again for another one.");
  return {};
}

/// The best of the columns to know records by.
std::string guess_match(const access::Actor& actor, const ImportedModule& imported,
                        const records::Shape& shape, const std::vector<std::string>& columns) {
  for (const std::string& name : match_fields(actor, imported, shape)) {
    const auto is_among = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is_among(columns) && !is_among(imported.also_known_by)) return name;
  }
  return "";
}

Refusal bad_column(const char* key, std::string_view name) {
  return invalid(key, "unknown_field",
                 fmt::format("{} can't be imported. Choose another field.", name));
}

Result<void> check_settings(const access::Actor& actor, const ImportedModule& imported,
                            const records::Shape& shape, const ImportSettings& settings,
                            size_t headings) {
  if (settings.columns.size() != headings) {
    return invalid("columns", "out_of_range",
                   fmt::format("Give a field, or \"\", for each of the {} columns.", headings));
  }
  std::set<std::string> taken;
  for (const std::string& name : settings.columns) {
    if (name.empty()) continue;
    if (!may_be_column(actor, imported, shape, name)) return bad_column("columns", name);
    if (!taken.insert(name).second) {
      return invalid("columns", "duplicate",
                     fmt::format("Two columns are {}. Leave one out.", name));
    }
  }
  const std::vector<std::string> matches = match_fields(actor, imported, shape);
  if (!settings.match.empty()) {
    if (std::find(matches.begin(), matches.end(), settings.match) == matches.end())
      return bad_column("match", settings.match);
    if (!taken.contains(settings.match))
      return invalid("match", "required", "No column is the field to know records by.");
  }
  for (const auto& [name, value] : settings.absent) {
    const bool is_field = may_be_column(actor, imported, shape, name) && shape.find(name) &&
                          !is_only_for_matching(shape, name);
    if (!is_field) return bad_column("absent", name);
  }
  return {};
}

Result<void> may_begin(const access::Actor& actor, const records::Shape& shape,
                       const ImportSettings& settings) {
  const bool adds = settings.on_new == OnNew::add;
  const bool updates = !settings.match.empty() && settings.on_match == OnMatch::update;
  if (adds) TRY(access::require_right(actor, shape.module(), access::Right::create));
  if (updates) TRY(access::require_right(actor, shape.module(), access::Right::update));
  std::set<std::string> given(settings.columns.begin(), settings.columns.end());
  for (const records::ModuleDef* customers : customers_added_by(shape, settings))
    TRY(access::require_right(actor, *customers, access::Right::create));
  for (const auto& [name, value] : settings.absent) given.insert(name);
  if (given.contains(std::string(full_name_column))) given.insert({"first_name", "last_name"});
  given.erase("");
  const bool is_mapped = std::any_of(given.begin(), given.end(), [&](const std::string& name) {
    return !is_only_for_matching(shape, name);
  });
  if (!is_mapped)
    return invalid("columns", "nothing_mapped", "Say what at least one column means.");
  std::vector<FieldFault> missing;
  for (const records::FieldDef& field : shape.fields()) {
    const bool is_needed = adds && field.required && field.default_value.is_null() &&
                           field.written_by == records::WrittenBy::person;
    if (is_needed && !given.contains(field.name)) {
      missing.push_back(
          {field.name, "required",
           fmt::format("Say which column is {}, or give a value for all rows.", field.label)});
    }
  }
  if (!missing.empty()) return invalid(std::move(missing));
  return {};
}

ImportSettings guess_settings(std::string_view bytes) {
  ImportSettings settings;
  settings.encoding = guess_encoding(bytes);
  settings.separator = guess_separator(decode_file(bytes, settings.encoding));
  return settings;
}

}  // namespace

Result<Import> add_import(const Imports& imports, const access::Actor& actor,
                          const NewImport& asked) {
  const Importable target = TRY(importable(imports, actor, asked.module));
  if (int64_t(asked.bytes.size()) > import_file_bytes_max) {
    return too_large("too_large",
                     fmt::format("A file may have {} MB. Cut it into several.",
                                 import_file_bytes_max / (1024 * 1024)),
                     "file");
  }
  if (!is_table_of_text(asked.bytes)) {
    return invalid("file", "not_csv",
                   "This is no CSV file. Save the table as CSV in your spreadsheet first.");
  }
  Import import{.module = target.module.name,
                .file_name = std::string(
                    first_chars(to_utf8_lossy(trim(asked.file_name)), file_name_chars_max)),
                .size_bytes = int64_t(asked.bytes.size()),
                .settings = guess_settings(asked.bytes),
                .person = actor.person,
                .agent = actor.id,
                .agent_name = actor.name};
  const ImportFile file = TRY(read_import_file(asked.bytes, import.settings));
  import.counts.total = TRY(count_import_rows(file, import.settings.separator));
  const files::StoredFile stored = TRY(imports.files.put(actor.org, asked.bytes));
  import.file = stored.id;
  return imports.database.write([&](db::Transaction& tx) -> Result<Import> {
    const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, target.module);
    import.id = RecordId{tx.new_id()};
    import.created_at = tx.now();
    import.settings.columns = guess_columns(actor, target.imported, *shape, file.headings);
    import.settings.match = guess_match(actor, target.imported, *shape, import.settings.columns);
    insert_import(tx, actor.org, import);
    return import;
  });
}

records::ShapeRef shape_of_import(db::Transaction& tx, const Imports& imports, OrgId org,
                                  const Import& import) {
  const Result<const records::Catalogue*> catalogue = imports.applications.of(tx, org);
  assert(catalogue && "an import is of an organisation");
  return (*catalogue)->shape(tx, org, *(*catalogue)->find(import.module));
}

bool is_import_file_kept(db::Transaction& tx, OrgId org, int64_t file) {
  return tx
      .row("SELECT 1 FROM imports WHERE org_id = $1 AND file_id = $2 LIMIT 1", {org.value, file})
      .has_value();
}

std::vector<Import> list_imports(db::Transaction& tx, const access::Actor& actor) {
  return newest_imports(tx, actor.org, actor.is_administrator() ? RecordId{} : actor.id);
}

Result<Import> find_import(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  std::optional<Import> import = read_import(tx, actor.org, id);
  if (!import || !may_see(actor, *import)) return is_gone();
  return std::move(*import);
}

Result<Import> change_import(const Imports& imports, const access::Actor& actor, RecordId id,
                             const Json& changes) {
  Import import = TRY(imports.database.read(
      [&](db::Transaction& tx) -> Result<Import> { return find_import(tx, actor, id); }));
  TRY(may_still_change(import));
  const Importable target = TRY(importable(imports, actor, import.module));
  import.settings = TRY(settings_from_json(changes, std::move(import.settings)));
  const ImportFile file = TRY(open_import_file(imports, actor.org, import));
  const int64_t rows = TRY(count_import_rows(file, import.settings.separator));
  const bool is_cut_anew =
      (find(changes, "encoding") || find(changes, "separator")) && !find(changes, "columns");
  return imports.database.write([&](db::Transaction& tx) -> Result<Import> {
    Import now = TRY(find_import(tx, actor, id));
    TRY(may_still_change(now));
    const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, target.module);
    now.settings = import.settings;
    if (is_cut_anew) {
      now.settings.columns = guess_columns(actor, target.imported, *shape, file.headings);
      now.settings.match = guess_match(actor, target.imported, *shape, now.settings.columns);
    }
    TRY(check_settings(actor, target.imported, *shape, now.settings, file.headings.size()));
    now.counts = {.total = rows};
    now.state = ImportState::fresh;
    write_import(tx, actor.org, now);
    return now;
  });
}

Result<Import> begin_import(db::Transaction& tx, const Imports& imports, const access::Actor& actor,
                            RecordId id, ImportRun run) {
  Import import = TRY(find_import(tx, actor, id));
  TRY(may_still_change(import));
  const Importable target = TRY(importable(imports, actor, import.module));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, target.module);
  TRY(check_settings(actor, target.imported, *shape, import.settings,
                     import.settings.columns.size()));
  TRY(may_begin(actor, *shape, import.settings));
  if (count_running_imports(tx, actor.org) >= imports_running_max)
    return busy("Other imports are under way. Try again when one of them has ended.");
  const bool is_check = run == ImportRun::check;
  import.state = is_check ? ImportState::checking : ImportState::running;
  import.counts = {.total = import.counts.total};
  import.next_offset = 0;
  import.next_line = 1;
  // Whoever begins it, answers for it.
  import.person = actor.person;
  import.started_at = tx.now();
  import.ended_at = {};
  ++import.run;
  write_import(tx, actor.org, import);
  if (!is_check) {
    access::audit(tx, actor, "import_started",
                  fmt::format("{} of {}", import.module, import.file_name));
  }
  queue_import(tx, actor.org, id);
  return import;
}

Result<Import> stop_import(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  Import import = TRY(find_import(tx, actor, id));
  if (!is_under_way(import)) return import;
  const bool was_check = import.state == ImportState::checking;
  import.state = was_check ? ImportState::fresh : ImportState::stopped;
  import.ended_at = tx.now();
  write_import(tx, actor.org, import);
  return import;
}

namespace {

Result<void> forget_import(const Imports& imports, OrgId org, const Import& import) {
  if (is_under_way(import))
    return conflict("import_runs", "The import is under way. Stop it first, or wait.");
  bool has_more = true;
  while (has_more) {
    has_more = TRY(imports.database.write([&](db::Transaction& tx) -> Result<bool> {
      return forget_outcomes(tx, org, import.id, import.run + 1) > 0;
    }));
  }
  TRY(imports.database.write([&](db::Transaction& tx) -> Result<void> {
    delete_import(tx, org, import.id);
    return {};
  }));
  imports.files.forget(org, import.file);
  return {};
}

}  // namespace

Result<void> remove_import(const Imports& imports, const access::Actor& actor, RecordId id) {
  const Import import = TRY(imports.database.read(
      [&](db::Transaction& tx) -> Result<Import> { return find_import(tx, actor, id); }));
  return forget_import(imports, actor.org, import);
}

namespace {

/// Those that nobody looks at any more.
void forget_imports(const Imports& imports) {
  const std::vector<OldImport> old = imports.database.read([&](db::Transaction& tx) {
    return imports_before(tx, tx.now() - import_kept_ms, forgotten_at_once_max);
  });
  for (const auto& [org, id] : old) {
    const std::optional<Import> import =
        imports.database.read([&](db::Transaction& tx) { return read_import(tx, org, id); });
    if (!import) continue;
    const Result<void> gone = forget_import(imports, org, *import);
    static_cast<void>(gone);
  }
}

}  // namespace

void add_import_jobs(jobs::Worker& worker, const Imports& imports) {
  worker.add(
      job_kind,
      [&imports](db::Database&, const jobs::Job& job) { return run_import_piece(imports, job); },
      {},
      [&imports](db::Transaction& tx, const jobs::Job& job, const std::string&) {
        import_given_up(tx, imports, job);
      });
  worker.add_schedule("forget_imports", forget_look_ms,
                      [&imports](db::Database&) { forget_imports(imports); });
}

}  // namespace tandem::imports
