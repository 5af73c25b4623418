#include "imports/import_run.h"

#include <fmt/format.h>

#include "access/actor_of.h"
#include "access/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "imports/import_batch.h"
#include "imports/import_customers.h"
#include "imports/import_file.h"
#include "imports/import_rows.h"

namespace tandem::imports {

namespace {

constexpr size_t batch_rows = 100;
constexpr int batches_per_piece = 20;
constexpr const char* job_kind = "import_records";

struct Batch {
  std::vector<CsvRow> rows;
  CsvPlace next;
  bool is_last = false;
};

Batch next_batch(const ImportFile& file, const Import& import) {
  const CsvPlace from = import.next_offset == 0
                            ? file.first_row
                            : CsvPlace{size_t(import.next_offset), import.next_line};
  CsvReader reader(file.text, import.settings.separator, from);
  Batch batch;
  while (batch.rows.size() < batch_rows) {
    std::optional<CsvRow> row = reader.next();
    batch.is_last = !row;
    if (!row) break;
    batch.rows.push_back(std::move(*row));
  }
  batch.next = reader.place();
  return batch;
}

/// As the person, with the rights of this moment.
Result<access::Actor> importer(db::Transaction& tx, const Imports& imports, OrgId org,
                               const Import& import) {
  const records::Catalogue& catalogue = *TRY(imports.applications.of(tx, org));
  access::Actor actor =
      TRY(access::actor_of(tx, catalogue, import.person, org, access::Path::import));
  TRY(access::require_right(actor, *catalogue.find(import.module), access::Right::import));
  return actor;
}

std::string told(const Import& import) {
  const ImportCounts& counts = import.counts;
  return fmt::format(
      "{} of {}: {} added, {} updated, {} skipped, {} refused, {} contacts and {} "
      "accounts added with them",
      import.module, import.file_name, counts.added, counts.updated, counts.skipped, counts.refused,
      counts.contacts_added, counts.accounts_added);
}

/// Writes what a batch did into the import.
void note_batch(db::Transaction& tx, OrgId org, Import& import, const Batch& batch,
                const BatchReport& report) {
  ImportCounts& counts = import.counts;
  counts.done += report.counts.done;
  counts.added += report.counts.added;
  counts.updated += report.counts.updated;
  counts.skipped += report.counts.skipped;
  counts.refused += report.counts.refused;
  counts.contacts_added += report.counts.contacts_added;
  counts.accounts_added += report.counts.accounts_added;
  import.next_offset = int64_t(batch.next.offset);
  import.next_line = batch.next.line;
  int64_t place = 0;
  for (const ImportFault& fault : report.faults) {
    ImportFault numbered = fault;
    numbered.place = ++place;
    insert_fault(tx, org, import, numbered);
  }
  const bool is_check = import.state == ImportState::checking;
  for (ImportLine line : report.lines) {
    if (is_check) line.record = {};
    insert_line(tx, org, import, line);
  }
  if (batch.is_last) {
    import.state = is_check ? ImportState::ready : ImportState::ended;
    import.ended_at = tx.now();
  }
  write_import(tx, org, import);
}

/// Whoever began it hears of its end, as long as they belong to the organisation.
void tell_of_end(db::Transaction& tx, const Imports& imports, OrgId org, const Import& import) {
  const Result<const records::Catalogue*> catalogue = imports.applications.of(tx, org);
  if (!catalogue) return;
  const ImportedApp& app = imports.of((*catalogue)->app());
  if (!app.when_ended) return;
  const Result<access::Actor> begun_by =
      access::actor_of(tx, **catalogue, import.person, org, access::Path::import);
  if (begun_by) app.when_ended(tx, *begun_by, import);
}

void note_failure(db::Transaction& tx, const Imports& imports, OrgId org, Import& import,
                  const std::string& fault) {
  const bool was_check = import.state == ImportState::checking;
  import.state = ImportState::failed;
  import.fault = fault;
  import.ended_at = tx.now();
  write_import(tx, org, import);
  if (!was_check) tell_of_end(tx, imports, org, import);
}

/// The import as it stands, when it is still at the place where the batch begins.
std::optional<Import> still_there(db::Transaction& tx, OrgId org, const Import& seen) {
  std::optional<Import> now = read_import(tx, org, seen.id);
  const bool is_same = now && now->state == seen.state && now->run == seen.run &&
                       now->next_offset == seen.next_offset;
  return is_same ? std::move(now) : std::nullopt;
}

/// One batch for good, with its rows, in one transaction.
Import import_batch(const Imports& imports, OrgId org, const Import& seen, const Batch& batch) {
  const Result<Import> done = imports.database.write(
      [&](db::Transaction& tx) -> Result<Import> {
        std::optional<Import> import = still_there(tx, org, seen);
        if (!import) return conflict("stale", "The import was stopped or taken over.");
        const Result<access::Actor> actor = importer(tx, imports, org, *import);
        if (!actor) {
          note_failure(tx, imports, org, *import, "lost_right");
          return *import;
        }
        const ImportedApp& app = imports.of(actor->catalogue->app());
        note_batch(tx, org, *import, batch, run_batch(tx, *actor, app, *import, batch.rows, {}));
        if (import->state == ImportState::ended) {
          access::audit(tx, *actor, "records_imported", told(*import));
          tell_of_end(tx, imports, org, *import);
        }
        return *import;
      },
      db::Priority::bulk);
  Import stopped = seen;
  stopped.state = ImportState::stopped;
  return done ? *done : stopped;
}

/// One batch of a check: the very same writes, taken back; then its report is kept.
Import check_batch(const Imports& imports, OrgId org, const Import& seen, const Batch& batch,
                   SeenValues& seen_values) {
  std::optional<BatchReport> report;
  const Result<int> tried = imports.database.write(
      [&](db::Transaction& tx) -> Result<int> {
        report.reset();
        const Result<access::Actor> actor = importer(tx, imports, org, seen);
        if (!actor) return actor.error();
        const ImportedApp& app = imports.of(actor->catalogue->app());
        report = run_batch(tx, *actor, app, seen, batch.rows, seen_values);
        return conflict("stale", "Nothing is kept.");
      },
      db::Priority::bulk);
  static_cast<void>(tried);
  if (report) seen_values.merge(report->seen);
  const Result<Import> done = imports.database.write(
      [&](db::Transaction& tx) -> Result<Import> {
        std::optional<Import> import = still_there(tx, org, seen);
        if (!import) return conflict("stale", "The check was stopped or taken over.");
        if (report) note_batch(tx, org, *import, batch, *report);
        if (!report) note_failure(tx, imports, org, *import, "lost_right");
        return *import;
      },
      db::Priority::bulk);
  Import stopped = seen;
  stopped.state = ImportState::stopped;
  return done ? *done : stopped;
}

/// Values of the rows before this piece, as far as they can be read without the database.
SeenValues seen_before(const Imports& imports, OrgId org, const ImportFile& file,
                       const Import& import) {
  SeenValues seen;
  if (import.state != ImportState::checking || import.next_offset == 0) return seen;
  const records::ShapeRef shape = imports.database.read(
      [&](db::Transaction& tx) { return shape_of_import(tx, imports, org, import); });
  CsvReader reader(file.text, import.settings.separator, file.first_row);
  while (reader.place().offset < size_t(import.next_offset)) {
    const std::optional<CsvRow> row = reader.next();
    if (!row) break;
    const size_t cells = std::min(row->cells.size(), import.settings.columns.size());
    for (size_t at = 0; at < cells; ++at) {
      const std::string& name = import.settings.columns[at];
      const records::FieldDef* field = shape->find(name);
      const std::string cell(trim(row->cells[at]));
      const bool is_key = field && (field->unique || name == import.settings.match);
      if (is_key && !cell.empty()) seen.insert({name, fold(cell)});
    }
    seen.merge(customers_named(import.settings, *row));
  }
  return seen;
}

bool is_under_way(const Import& import) {
  return import.state == ImportState::checking || import.state == ImportState::running;
}

/// What earlier runs found is out of date.
void forget_earlier_faults(const Imports& imports, OrgId org, const Import& import) {
  bool has_more = true;
  while (has_more) {
    const Result<int64_t> gone = imports.database.write(
        [&](db::Transaction& tx) -> Result<int64_t> {
          return forget_outcomes(tx, org, import.id, import.run);
        },
        db::Priority::bulk);
    has_more = gone && *gone > 0;
  }
}

void fail_import(const Imports& imports, OrgId org, const Import& seen, const std::string& fault) {
  const Result<int> noted = imports.database.write([&](db::Transaction& tx) -> Result<int> {
    std::optional<Import> import = still_there(tx, org, seen);
    if (import) note_failure(tx, imports, org, *import, fault);
    return 0;
  });
  static_cast<void>(noted);
}

RecordId import_of(const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  return RecordId{payload ? id_from_text(text_of(*payload, "import")).value_or(0) : 0};
}

}  // namespace

void queue_import(db::Transaction& tx, OrgId org, RecordId import) {
  JsonWriter payload;
  payload.begin_object().id("import", import.value).end_object();
  jobs::enqueue(tx, org, job_kind, payload.take(), tx.now(), "import-" + to_string(import));
}

jobs::Outcome run_import_piece(const Imports& imports, const jobs::Job& job) {
  const RecordId id = import_of(job);
  std::optional<Import> import =
      imports.database.read([&](db::Transaction& tx) { return read_import(tx, job.org, id); });
  if (!import || !is_under_way(*import)) return {};
  const Result<ImportFile> file = open_import_file(imports, job.org, *import);
  if (!file) {
    fail_import(imports, job.org, *import, "lost_file");
    return {};
  }
  if (import->next_offset == 0) forget_earlier_faults(imports, job.org, *import);
  SeenValues seen = seen_before(imports, job.org, *file, *import);
  // The sign is asked after a batch, so that each run gets somewhere; the next piece goes on there.
  bool goes_on = true;
  for (int count = 0; goes_on && count < batches_per_piece && is_under_way(*import); ++count) {
    const Batch batch = next_batch(*file, *import);
    import = import->state == ImportState::running
                 ? import_batch(imports, job.org, *import, batch)
                 : check_batch(imports, job.org, *import, batch, seen);
    goes_on = !job.stop.is_up();
  }
  if (!is_under_way(*import)) return {};
  const Result<int> queued = imports.database.write([&](db::Transaction& tx) -> Result<int> {
    queue_import(tx, job.org, id);
    return 0;
  });
  return queued ? jobs::Outcome{} : jobs::Outcome{jobs::Outcome::Kind::retry, "not queued", 0};
}

void import_given_up(db::Transaction& tx, const Imports& imports, const jobs::Job& job) {
  std::optional<Import> import = read_import(tx, job.org, import_of(job));
  if (import && is_under_way(*import)) note_failure(tx, imports, job.org, *import, "given_up");
}

}  // namespace tandem::imports
