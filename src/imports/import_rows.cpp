#include "imports/import_rows.h"

#include "base/json.h"

namespace tandem::imports {

namespace {

constexpr std::string_view selected =
    "SELECT id, module, state, file_id, file_name, size_bytes, settings, person_id, agent_id, "
    "agent_name, created_at, started_at, ended_at, run, next_offset, next_line, rows_total, "
    "rows_done, rows_added, rows_updated, rows_skipped, rows_refused, fault, contacts_added, "
    "accounts_added FROM imports "
    "WHERE org_id = $1 AND ";

ImportSettings settings_of(std::string_view text) {
  const Result<Json> json = json_from_text(text);
  if (!json) return {};
  Result<ImportSettings> settings = settings_from_json(*json, {});
  return settings ? std::move(*settings) : ImportSettings{};
}

RowOutcome outcome_of(std::string_view text) {
  for (const RowOutcome outcome :
       {RowOutcome::added, RowOutcome::updated, RowOutcome::skipped, RowOutcome::refused}) {
    if (word(outcome) == text) return outcome;
  }
  return RowOutcome::refused;
}

Import import_of(const db::Row& row) {
  return {.id = {row.integer(0)},
          .module = row.text(1),
          .state = import_state_from_word(row.text(2)).value_or(ImportState::failed),
          .file = row.integer(3),
          .file_name = row.text(4),
          .size_bytes = row.integer(5),
          .settings = settings_of(row.text(6)),
          .person = {row.integer(7)},
          .agent = {row.integer(8)},
          .agent_name = row.text(9),
          .created_at = row.instant(10),
          .started_at = row.instant(11),
          .ended_at = row.instant(12),
          .run = row.integer(13),
          .next_offset = row.integer(14),
          .next_line = row.integer(15),
          .counts = {.total = row.integer(16),
                     .done = row.integer(17),
                     .added = row.integer(18),
                     .updated = row.integer(19),
                     .skipped = row.integer(20),
                     .refused = row.integer(21),
                     .contacts_added = row.integer(23),
                     .accounts_added = row.integer(24)},
          .fault = row.text(22)};
}

}  // namespace

std::optional<Import> read_import(db::Transaction& tx, OrgId org, RecordId id) {
  const std::optional<db::Row> row =
      tx.row(std::string(selected) + "id = $2", {org.value, id.value});
  return row ? std::optional<Import>(import_of(*row)) : std::nullopt;
}

std::vector<Import> newest_imports(db::Transaction& tx, OrgId org, RecordId of_agent) {
  const std::string own = of_agent ? "agent_id = $3" : "$3 = 0";
  std::vector<Import> imports;
  for (const db::Row& row : tx.rows(std::string(selected) + own + " ORDER BY id DESC LIMIT $2",
                                    {org.value, int64_t{imports_listed_max}, of_agent.value})) {
    imports.push_back(import_of(row));
  }
  return imports;
}

void insert_import(db::Transaction& tx, OrgId org, const Import& import) {
  tx.execute(
      "INSERT INTO imports (org_id, id, module, state, file_id, file_name, size_bytes, settings, "
      "person_id, agent_id, agent_name, created_at, started_at, ended_at, run, next_offset, "
      "next_line, rows_total, rows_done, rows_added, rows_updated, rows_skipped, rows_refused, "
      "fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 0, 1, $13, 0, "
      "0, 0, 0, 0, '')",
      {org.value, import.id.value, import.module, std::string(word(import.state)), import.file,
       import.file_name, import.size_bytes, settings_to_json(import.settings), import.person.value,
       import.agent.value, import.agent_name, import.created_at.ms, import.counts.total});
}

void write_import(db::Transaction& tx, OrgId org, const Import& import) {
  tx.execute(
      "UPDATE imports SET state = $3, settings = $4, started_at = $5, ended_at = $6, run = $7, "
      "next_offset = $8, next_line = $9, rows_total = $10, rows_done = $11, rows_added = $12, "
      "rows_updated = $13, rows_skipped = $14, rows_refused = $15, fault = $16, "
      "contacts_added = $17, accounts_added = $18 "
      "WHERE org_id = $1 AND id = $2",
      {org.value, import.id.value, std::string(word(import.state)),
       settings_to_json(import.settings), import.started_at.ms, import.ended_at.ms, import.run,
       import.next_offset, import.next_line, import.counts.total, import.counts.done,
       import.counts.added, import.counts.updated, import.counts.skipped, import.counts.refused,
       import.fault, import.counts.contacts_added, import.counts.accounts_added});
}

void delete_import(db::Transaction& tx, OrgId org, RecordId id) {
  tx.execute("DELETE FROM imports WHERE org_id = $1 AND id = $2", {org.value, id.value});
}

std::vector<OldImport> imports_before(db::Transaction& tx, Instant before, int limit) {
  std::vector<OldImport> imports;
  for (const db::Row& row :
       tx.rows("SELECT org_id, id FROM imports WHERE created_at < $1 AND state NOT IN "
               "('checking', 'running') ORDER BY created_at LIMIT $2",
               {before.ms, int64_t{limit}})) {
    imports.push_back({{row.integer(0)}, {row.integer(1)}});
  }
  return imports;
}

int64_t count_running_imports(db::Transaction& tx, OrgId org) {
  return tx.integer(
      "SELECT COUNT(*) FROM imports WHERE org_id = $1 AND state IN ('checking', 'running')",
      {org.value});
}

void insert_fault(db::Transaction& tx, OrgId org, const Import& import, const ImportFault& fault) {
  tx.execute(
      "INSERT INTO import_faults (org_id, import_id, run, line, place, field, code, message, "
      "value) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {org.value, import.id.value, import.run, fault.line, fault.place, fault.field, fault.code,
       fault.message, fault.value});
}

void insert_line(db::Transaction& tx, OrgId org, const Import& import, const ImportLine& line) {
  tx.execute(
      "INSERT INTO import_lines (org_id, import_id, run, line, outcome, record_id, contact_added, "
      "account_added) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {org.value, import.id.value, import.run, line.line, std::string(word(line.outcome)),
       line.record.value, line.contact_added, line.account_added});
}

int64_t forget_outcomes(db::Transaction& tx, OrgId org, RecordId id, int64_t before_run) {
  const db::Args args{org.value, id.value, before_run, int64_t{db::bulk_rows_max}};
  const int64_t faults = tx.execute(
      "DELETE FROM import_faults WHERE org_id = $1 AND import_id = $2 AND run < $3 AND line IN "
      "(SELECT line FROM import_faults WHERE org_id = $1 AND import_id = $2 AND run < $3 "
      "ORDER BY run, line LIMIT $4)",
      args);
  const int64_t lines = tx.execute(
      "DELETE FROM import_lines WHERE org_id = $1 AND import_id = $2 AND run < $3 AND line IN "
      "(SELECT line FROM import_lines WHERE org_id = $1 AND import_id = $2 AND run < $3 "
      "ORDER BY run, line LIMIT $4)",
      args);
  return faults + lines;
}

std::vector<ImportFault> list_import_faults(db::Transaction& tx, OrgId org, const Import& import,
                                            const FaultPlace& after) {
  std::vector<ImportFault> faults;
  for (const db::Row& row : tx.rows(
           "SELECT line, place, field, code, message, value FROM import_faults WHERE org_id = $1 "
           "AND import_id = $2 AND run = $3 AND (line > $4 OR (line = $4 AND place > $5)) "
           "ORDER BY line, place LIMIT $6",
           {org.value, import.id.value, import.run, after.line, after.place,
            int64_t{import_faults_page}})) {
    faults.push_back({.line = row.integer(0),
                      .place = row.integer(1),
                      .field = row.text(2),
                      .code = row.text(3),
                      .message = row.text(4),
                      .value = row.text(5)});
  }
  return faults;
}

std::vector<ImportReason> list_import_reasons(db::Transaction& tx, OrgId org,
                                              const Import& import) {
  std::vector<ImportReason> reasons;
  for (const db::Row& row :
       tx.rows("SELECT field, code, MIN(message) FROM import_faults WHERE org_id = $1 "
               "AND import_id = $2 AND run = $3 GROUP BY field, code ORDER BY field, code LIMIT $4",
               {org.value, import.id.value, import.run, int64_t{import_reasons_max}})) {
    reasons.push_back({row.text(0), row.text(1), row.text(2)});
  }
  return reasons;
}

std::vector<ImportLine> list_import_lines(db::Transaction& tx, OrgId org, const Import& import,
                                          int64_t after_line) {
  std::vector<ImportLine> lines;
  for (const db::Row& row :
       tx.rows("SELECT line, outcome, record_id, contact_added, account_added FROM import_lines "
               "WHERE org_id = $1 AND import_id = $2 AND run = $3 AND line > $4 "
               "ORDER BY line LIMIT $5",
               {org.value, import.id.value, import.run, after_line, int64_t{import_lines_page}})) {
    lines.push_back({.line = row.integer(0),
                     .outcome = outcome_of(row.text(1)),
                     .record = RecordId{row.integer(2)},
                     .contact_added = row.text(3),
                     .account_added = row.text(4)});
  }
  return lines;
}

}  // namespace tandem::imports
