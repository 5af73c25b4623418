#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/change_log.h"
#include "records/store.h"

// The verbs, written once for every module, every path and every dialect. Each takes the
// transaction it works in, so that a face or a rule can join several into one. Rights, visibility,
// field rights, module rules, history, search and the change log all happen here.

namespace tandem::operations {

using access::Actor;
using records::Changes;
using records::ModuleDef;
using records::Record;

/// How far a list reaches: to what stands in lists, as usual, or to everything that the actor sees.
enum class Reach { listed, visible };

/// Lists what the actor sees. Refuses: forbidden (no read right), invalid (query).
Result<records::Page> list_records(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                                   records::Query query, Reach reach = Reach::listed);
/// Counts what list_records lists, up to records::count_cap.
Result<records::Count> count_records(db::Transaction& tx, const Actor& actor,
                                     const ModuleDef& module, const records::Filter& filter,
                                     Reach reach = Reach::listed);
/// Reads one. Refuses: not_found (also when it is in the bin or invisible), forbidden.
Result<Record> read_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                           RecordId id, records::Bin bin = records::Bin::outside);
/// Refuses: forbidden, invalid (names the fields), conflict (duplicate).
Result<Record> create_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             const Changes& changes);
/// Changes one record; what changes nothing writes nothing and runs no rule. `seen_revision`: the
/// revision the person saw; refuses with conflict "stale" when it moved on.
Result<Record> update_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             RecordId id, const Changes& changes,
                             std::optional<int64_t> seen_revision = std::nullopt);
/// Into the recycle bin, out of it, and gone for good. purge refuses with conflict what is not in
/// the bin.
Result<Record> delete_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             RecordId id);
Result<Record> restore_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                              RecordId id);
Result<void> purge_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                          RecordId id);

struct BulkOutcome {
  RecordId id;
  std::optional<Refusal> refusal;
};
/// The same change to up to 250 records; each stands for itself, in one transaction. Path is logged
/// as bulk. Refuses with invalid: no changes at all.
Result<std::vector<BulkOutcome>> bulk_update(db::Transaction& tx, const Actor& actor,
                                             const ModuleDef& module,
                                             const std::vector<RecordId>& ids,
                                             const Changes& changes);
Result<std::vector<BulkOutcome>> bulk_delete(db::Transaction& tx, const Actor& actor,
                                             const ModuleDef& module,
                                             const std::vector<RecordId>& ids);

/// The same change to several records, or to none: the first refusal is the answer. Up to 250; more
/// than one needs the right to bulk changes.
Result<void> update_all(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        const std::vector<RecordId>& ids, const Changes& changes);
Result<void> delete_all(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        const std::vector<RecordId>& ids);

/// History of a record the actor may see, fields hidden from the role left out.
Result<records::LogPage> record_history(db::Transaction& tx, const Actor& actor,
                                        const ModuleDef& module, RecordId id,
                                        const std::string& cursor, int limit);

/// Full-text search in one module, newest first, only what is within the actor's reach; 1 to 100.
Result<std::vector<Record>> search_records(db::Transaction& tx, const Actor& actor,
                                           const ModuleDef& module, std::string_view text,
                                           int limit, Reach reach = Reach::listed);

/// What an actor may do with the records of a module. What the role alone decides is worked out
/// once, so that a whole list can be asked. Actor and module must outlive it.
class AllowedActs {
 public:
  AllowedActs(const Actor& actor, const ModuleDef& module);
  /// The answer of `may`. The words live as long as the module.
  std::vector<std::string_view> on(const Record& record) const;

 private:
  const Actor& actor_;
  const ModuleDef& module_;
  std::vector<std::string_view> outside_the_bin_;
  std::vector<std::string_view> in_the_bin_;
};

/// What the actor may do with the record: "update", "delete", "restore" and the module's own acts.
std::vector<std::string> may(const Actor& actor, const Record& record);
/// Refuses an act on a record by role and by the module's act_rule. Acts are the words of `may`.
Result<void> require_act(const Actor& actor, const Record& record, std::string_view act);

}  // namespace tandem::operations
