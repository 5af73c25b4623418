#pragma once

#include "imports/imports.h"

// The tables imports and import_faults.

namespace tandem::imports {

std::optional<Import> read_import(db::Transaction& tx, OrgId org, RecordId id);
std::vector<Import> newest_imports(db::Transaction& tx, OrgId org, RecordId of_agent);
void insert_import(db::Transaction& tx, OrgId org, const Import& import);
/// Writes state, settings, run, place, counts and times.
void write_import(db::Transaction& tx, OrgId org, const Import& import);
void delete_import(db::Transaction& tx, OrgId org, RecordId id);
struct OldImport {
  OrgId org = {};
  RecordId id = {};
};
/// Made before a moment and not under way, of all organisations.
std::vector<OldImport> imports_before(db::Transaction& tx, Instant before, int limit);
int64_t count_running_imports(db::Transaction& tx, OrgId org);
void insert_fault(db::Transaction& tx, OrgId org, const Import& import, const ImportFault& fault);
void insert_line(db::Transaction& tx, OrgId org, const Import& import, const ImportLine& line);
/// Forgets up to db::bulk_rows_max lines, and as many faults, of runs before `run`; answers how
/// many.
int64_t forget_outcomes(db::Transaction& tx, OrgId org, RecordId id, int64_t before_run);

}  // namespace tandem::imports
