#include <fmt/format.h>

#include "operations/visible.h"

namespace tandem::operations {

namespace {

Result<void> may_change_many(const Actor& actor, const ModuleDef& module,
                             const std::vector<RecordId>& ids) {
  if (ids.size() > size_t(db::bulk_rows_max)) {
    return too_large("too_many_ids",
                     fmt::format("Send at most {} ids at a time.", db::bulk_rows_max), "ids");
  }
  return access::require_right(actor, module, access::Right::bulk);
}

/// Runs one act per id. A refusal belongs to its record alone, and what that record had written is
/// undone.
template <class Act>
Result<std::vector<BulkOutcome>> for_each_id(db::Transaction& tx, const Actor& actor,
                                             const ModuleDef& module,
                                             const std::vector<RecordId>& ids, Act act) {
  TRY(may_change_many(actor, module, ids));
  Actor bulk_actor = actor;
  if (actor.path == access::Path::ui) bulk_actor.path = access::Path::bulk;
  std::vector<BulkOutcome> outcomes;
  for (const RecordId id : ids) {
    const Result<Record> saved = tx.attempt([&] { return act(bulk_actor, id); });
    outcomes.push_back({id, saved ? std::nullopt : std::optional<Refusal>(saved.error())});
  }
  return outcomes;
}

}  // namespace

Result<std::vector<BulkOutcome>> bulk_update(db::Transaction& tx, const Actor& actor,
                                             const ModuleDef& module,
                                             const std::vector<RecordId>& ids,
                                             const Changes& changes) {
  if (changes.empty())
    return invalid("changes", "required", "Name at least one field to change and its new value.");
  return for_each_id(tx, actor, module, ids, [&](const Actor& bulk_actor, RecordId id) {
    return update_record(tx, bulk_actor, module, id, changes);
  });
}

Result<std::vector<BulkOutcome>> bulk_delete(db::Transaction& tx, const Actor& actor,
                                             const ModuleDef& module,
                                             const std::vector<RecordId>& ids) {
  return for_each_id(tx, actor, module, ids, [&](const Actor& bulk_actor, RecordId id) {
    return delete_record(tx, bulk_actor, module, id);
  });
}

Result<void> update_all(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        const std::vector<RecordId>& ids, const Changes& changes) {
  if (ids.size() > 1) TRY(may_change_many(actor, module, ids));
  for (const RecordId id : ids) TRY(update_record(tx, actor, module, id, changes));
  return {};
}

Result<void> delete_all(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        const std::vector<RecordId>& ids) {
  if (ids.size() > 1) TRY(may_change_many(actor, module, ids));
  for (const RecordId id : ids) TRY(delete_record(tx, actor, module, id));
  return {};
}

}  // namespace tandem::operations
