#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "operations/operations.h"

// Several records of a module that are one person or firm become one. The others go into the
// recycle bin and point to the target (field merged_into); their links follow (merged_links.h).
// Here is what holds of every module that merges: who may, whose values stay, what is kept to undo
// it. What else a module's records take along, its room adds.

namespace tandem::operations {

constexpr size_t merged_others_max = 4;  // beside the target
constexpr int merge_undo_days = 30;
/// Records that became one by one merge after another, as far as they are followed.
constexpr int merged_chain_max = 100;

/// How a module merges. Values as long as the program runs.
struct MergeKind {
  const ModuleDef& module;
  /// What a body and the history call the others and one of them: "contacts" and "contact". The
  /// events are "contacts_merged", "contact_merged_into" and "contact_merge_undone".
  std::string many = "records";
  std::string one = "record";
  /// Fields that the module's own rules bring together; nobody chooses for them. Absent: none.
  std::function<bool(const records::FieldDef&)> is_brought_together = {};
};

/// A record as the person saw it: with its revision, or whatever it is now.
struct SeenState {
  RecordId id;
  std::optional<int64_t> revision = {};
};

struct MergeRequest {
  SeenState target;
  std::vector<SeenState> others;
  /// Field name to the record whose value stays; what is not named stays the target's, or is the
  /// first one's that has a value.
  std::map<std::string, RecordId> winners = {};
};

/// A field in which the records differ, or that the target lacks.
struct FieldChoice {
  const records::FieldDef* field = nullptr;
  RecordId winner;
};

struct MergePlan {
  Record target;
  std::vector<Record> others;
  std::vector<FieldChoice> choices;  // those that the role may write
  Changes changes;                   // what the target becomes; fields hidden from the role, too
};
/// The target, then the others.
std::vector<const Record*> all_of(const MergePlan& plan);
/// What the target holds in a field once it is merged.
const records::Value& merged_value(const MergePlan& plan, const std::string& field);

/// Writes nothing. Refuses: not_found, forbidden (act "merge" on the target, "delete" on each
/// other), invalid (none, more than 4, one twice, a winner that is not among them), conflict
/// (stale).
Result<MergePlan> plan_merge(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                             const MergeRequest& request);

struct DoneMergeStep {
  RecordId merge;
  Record target;  // as it is then, with all fields
};
/// Puts the others away, changes the target, notes both histories, keeps what undoing needs and
/// says whom the others became. `more_to_undo`: members of JSON that the module adds, {} for none.
/// The caller has the links moved.
Result<DoneMergeStep> carry_out_merge(db::Transaction& tx, const Actor& actor,
                                      const MergeKind& kind, const MergePlan& plan,
                                      const JsonObject& more_to_undo);

/// The others in the column `undo` of a merge, of whatever module: {id, name}.
constexpr std::string_view merged_key = "contacts";

struct MergedRecord {
  RecordId id;
  std::string name;
};
/// Those that the column `undo` of a merge names.
std::vector<MergedRecord> merged_in(const std::string& undo);

struct DoneMerge {
  RecordId id;
  Instant merged_at;
  std::vector<MergedRecord> others;
};
/// Into this record within the last 30 days, newest first, at most 50. Refuses: not_found,
/// forbidden.
Result<std::vector<DoneMerge>> merges_into(db::Transaction& tx, const Actor& actor,
                                           const ModuleDef& module, RecordId target);

/// The merge into `target` that shall be undone: merged_at, undone_at, undo (JSON). Refuses:
/// not_found, conflict "already_undone" and "too_late".
Result<db::Row> merge_to_undo(db::Transaction& tx, OrgId org, std::string_view module,
                              RecordId target, RecordId merge);

/// What a module gives back of its own.
struct UndoParts {
  /// Of the target, before the others come back.
  std::function<Result<void>(const Record& target, const Json& undo)> before_return = {};
  /// Settles one that comes back: takes out what somebody else has by now.
  std::function<void(Record& returning)> settle = {};
};
/// Brings the others back with what came from them, as far as nobody changed it since. Refuses:
/// not_found, forbidden, conflict (undone already, older than 30 days, the target was merged on).
/// The caller has the links moved back. Answers the target with all fields.
Result<Record> undo_merge(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                          RecordId target, RecordId merge, const UndoParts& parts);

/// The pointer that every module that merges has; written here alone.
records::FieldDef merged_into_field(const std::string& module);
/// A merged record comes back only by undoing the merge: for the act_rule of its module.
Result<void> merged_stays_away(const Record& record, std::string_view act);

/// The record that this one has become, over several merges.
RecordId record_in_force(db::Transaction& tx, OrgId org, const ModuleDef& module, RecordId record);
/// Every record that became one with this, itself among them; at most merged_chain_max.
std::vector<RecordId> same_record(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                  RecordId record);

/// Rules of a module that merges, before and after the write of what goes for good. Those that had
/// become this record lead on to what it became itself; refuses with conflict "merge_running" while
/// its links are still being moved.
Result<void> merged_stay_led(records::Change& change);
/// The name of who is gone, and of a target the values too, leave what undoing its merges would
/// have needed. That they were one stays, without names.
Result<void> merges_forget_the_purged(records::Change& change);

}  // namespace tandem::operations
