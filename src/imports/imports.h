#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "imports/imported_app.h"
#include "jobs/queue.h"
#include "records/record.h"

// Files whose rows become records of an application: uploaded, mapped, checked, run.
// Every row goes through the same operations as a record that somebody types in; the work is done
// by jobs in small pieces, each of which says how far it came, so that a run goes on after the
// process died. Manual, Import and export 2.1.

namespace tandem::imports {

constexpr int64_t import_file_bytes_max = 20 * 1024 * 1024;
constexpr int64_t import_rows_max = 50'000;
constexpr size_t import_columns_max = 100;
constexpr int imports_listed_max = 100;
/// After this an import and its file are forgotten; its records stay.
constexpr int64_t import_kept_ms = 30 * day_ms;
constexpr int imports_running_max = 3;  // of an organisation

/// fresh: uploaded, not checked. ready: checked as it is set. ended: run to its end. stopped: by a
/// person. failed: by a fault that concerns the whole.
enum class ImportState { fresh, checking, ready, running, ended, stopped, failed };
std::string_view word(ImportState state);
std::optional<ImportState> import_state_from_word(std::string_view word);

/// What happens to a row whose record is there already.
enum class OnMatch { update, skip, refuse };
enum class OnNew { add, skip };
/// What happens when a row names a contact or an account that is not there: the row is refused, or
/// the customer is added first.
enum class OnMissing { refuse, add };
enum class DateOrder { year_first, day_first, month_first };

struct ImportSettings {
  std::string encoding = "utf-8";
  char separator = ',';
  /// A field for each column of the file; "" leaves the column out.
  std::vector<std::string> columns = {};
  /// The field by which a record is known: a unique one, or "id"; "" adds every row.
  std::string match = {};
  OnMatch on_match = OnMatch::update;
  OnNew on_new = OnNew::add;
  OnMissing on_missing = OnMissing::refuse;
  DateOrder dates = DateOrder::year_first;
  /// What a field gets where the file says nothing.
  std::map<std::string, std::string> absent = {};
};
std::string settings_to_json(const ImportSettings& settings);
/// What the JSON says; the rest stays. Refuses with invalid naming the key.
Result<ImportSettings> settings_from_json(const Json& json, ImportSettings settings);

struct ImportCounts {
  int64_t total = 0;
  int64_t done = 0;
  int64_t added = 0;
  int64_t updated = 0;
  int64_t skipped = 0;
  int64_t refused = 0;
  int64_t contacts_added = 0;  // beside the rows themselves, because rows named them
  int64_t accounts_added = 0;
};

struct Import {
  RecordId id = {};
  std::string module = {};
  ImportState state = ImportState::fresh;
  int64_t file = 0;
  std::string file_name = {};
  int64_t size_bytes = 0;
  ImportSettings settings = {};
  PersonId person = {};
  RecordId agent = {};
  std::string agent_name = {};
  Instant created_at = {};
  Instant started_at = {};  // of the last check or run; 0 before
  Instant ended_at = {};
  int64_t run = 0;
  int64_t next_offset = 0;
  int64_t next_line = 1;
  ImportCounts counts = {};
  std::string fault = {};  // a code: lost_right, lost_file, bad_settings
};

struct NewImport {
  std::string_view module;
  std::string_view file_name;
  std::string_view bytes;
};
/// Keeps the file, guesses how it is read and what its columns mean. Opens its own transactions.
/// Refuses: forbidden (right to import), too_large (bytes, rows, columns), invalid (module; a file
/// without rows).
Result<Import> add_import(const Imports& imports, const access::Actor& actor,
                          const NewImport& asked);

/// The actor's own, and for administrators all; the newest first, at most imports_listed_max.
std::vector<Import> list_imports(db::Transaction& tx, const access::Actor& actor);
/// Refuses with not_found what is not there or somebody else's.
Result<Import> find_import(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// Refuses: conflict "import_runs" while it is checked or run, "import_ended" afterwards; invalid
/// (encoding, separator, columns, match, absent). Opens its own transactions, because the file is
/// read again.
Result<Import> change_import(const Imports& imports, const access::Actor& actor, RecordId id,
                             const Json& changes);
/// Begins to check (nothing is kept), or to import. Refuses: conflict as change_import, invalid
/// "nothing_mapped", "required" (a required field has neither column nor value), busy (others run).
enum class ImportRun { check, import };
Result<Import> begin_import(db::Transaction& tx, const Imports& imports, const access::Actor& actor,
                            RecordId id, ImportRun run);
/// What was imported stays.
Result<Import> stop_import(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Forgets the import and its file. Opens its own transactions. Refuses with conflict
/// "import_runs".
Result<void> remove_import(const Imports& imports, const access::Actor& actor, RecordId id);

struct ImportFault {
  int64_t line = 0;
  int64_t place = 0;
  std::string field = {};
  std::string code = {};
  std::string message = {};
  std::string value = {};
};
constexpr int import_faults_page = 100;
struct FaultPlace {
  int64_t line = 0;
  int64_t place = 0;
};
/// The fields of what the file becomes, in the organisation's application.
records::ShapeRef shape_of_import(db::Transaction& tx, const Imports& imports, OrgId org,
                                  const Import& import);
/// Whether an import keeps this file: for FileStore::sweep.
bool is_import_file_kept(db::Transaction& tx, OrgId org, int64_t file);

/// Those of the last run behind a place, in the order of the file, at most import_faults_page.
std::vector<ImportFault> list_import_faults(db::Transaction& tx, OrgId org, const Import& import,
                                            const FaultPlace& after);

enum class RowOutcome { added, updated, skipped, refused };
std::string_view word(RowOutcome outcome);

/// What became of one line.
struct ImportLine {
  int64_t line = 0;
  RowOutcome outcome = RowOutcome::refused;
  RecordId record = {};            // 0 in a check, and of refused rows
  std::string contact_added = {};  // its name, "" when none
  std::string account_added = {};
};
constexpr int import_lines_page = 1'000;
/// Those of the last run behind a line, in the order of the file, at most import_lines_page.
std::vector<ImportLine> list_import_lines(db::Transaction& tx, OrgId org, const Import& import,
                                          int64_t after_line);

/// Why rows of the last run were refused: each pair of field and code once, with one of its
/// messages.
struct ImportReason {
  std::string field = {};
  std::string code = {};
  std::string message = {};
};
constexpr int import_reasons_max = 200;
std::vector<ImportReason> list_import_reasons(db::Transaction& tx, OrgId org, const Import& import);

/// Handles "import_records", and forgets old imports. `imports` must outlive the worker.
void add_import_jobs(jobs::Worker& worker, const Imports& imports);

}  // namespace tandem::imports
