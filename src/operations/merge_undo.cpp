#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/json.h"
#include "operations/merging.h"
#include "operations/rows.h"
#include "operations/visible.h"
#include "records/became.h"

namespace tandem::operations {

namespace {

using records::Value;

constexpr int64_t merges_shown_max = 50;

const JsonArray& list_in(const Json& json, std::string_view key) {
  static const JsonArray none;
  const Json* found = find(json, key);
  return found && found->is_array() ? found->as_array() : none;
}

Value value_of(const records::FieldDef& field, const Json& one, std::string_view key) {
  const Json* json = find(one, key);
  if (!json || json->is_null()) return {};
  const Result<Value> value = records::value_from_json(field, *json);
  return value ? *value : Value();
}

/// The list without what the merge brought.
Value without_brought(const Value& now, const Value& before, const Value& after) {
  const auto holds = [](const Value& list, const std::string& one) {
    return std::find(list.list().begin(), list.list().end(), one) != list.list().end();
  };
  std::vector<std::string> kept;
  for (const std::string& one : now.list()) {
    const bool was_brought = holds(after, one) && !holds(before, one);
    if (!was_brought) kept.push_back(one);
  }
  // What moved from another field of the target into the list goes back by that field.
  for (const std::string& one : before.list()) {
    if (!holds(now, one) && !holds(after, one)) kept.push_back(one);
  }
  return kept.empty() ? Value() : Value(std::move(kept));
}

/// Fields that nobody changed since go back to what they were.
Changes fields_back(const Record& target, const Json& undo) {
  Changes changes;
  for (const Json& one : list_in(undo, "fields")) {
    const records::FieldDef* field = target.shape->find(text_of(one, "name"));
    if (!field) continue;
    const Value before = value_of(*field, one, "before");
    const Value after = value_of(*field, one, "after");
    const Value& now = target.get(field->name);
    if (field->kind == records::FieldKind::tags) {
      changes.set(field->name, without_brought(now, before, after));
    } else if (now == after) {
      changes.set(field->name, before);
    }
  }
  return changes;
}

/// What was removed for good since stays away.
Result<void> bring_back(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                        const UndoParts& parts, RecordId id, const Record& target) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, kind.module);
  std::optional<Record> before = TRY(
      records::select_one(tx, actor.org, shape, id, records::everything(), records::Bin::inside));
  if (!before || before->get("merged_into").id() != target.id) return {};
  Record proposed = *before;
  proposed.set("merged_into", Value());
  proposed.deleted_at.reset();
  proposed.deleted_by = {};
  if (parts.settle) parts.settle(proposed);
  JsonWriter detail;
  detail.begin_object().id(kind.one, target.id.value).string("name", target.title).end_object();
  records::Change change{tx,
                         actor.org,
                         actor,
                         records::Verb::restored,
                         *before,
                         std::move(proposed),
                         kind.one + "_merge_undone",
                         detail.take()};
  TRY(save_change(change));
  return {};
}

/// Without those that were removed for good since, whose names are gone with them.
std::vector<MergedRecord> named(std::vector<MergedRecord> others) {
  std::erase_if(others, [](const MergedRecord& one) { return one.name.empty(); });
  return others;
}

Result<Record> target_of(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                         RecordId target) {
  TRY(access::require_right(actor, kind.module, access::Right::read));
  Record record = TRY(find_visible(tx, actor, kind.module, target, records::Bin::either));
  if (!record.get("merged_into").is_null()) {
    return conflict("merged_on",
                    fmt::format("This {} was merged into another one since; undo that merge first.",
                                label_in_sentence(kind.module)));
  }
  if (record.deleted_at)
    return not_found(fmt::format("There is no such {} here.", label_in_sentence(kind.module)));
  TRY(require_act(actor, record, "merge"));
  TRY(access::require_right(actor, kind.module, access::Right::delete_));
  return record;
}

}  // namespace

std::vector<MergedRecord> merged_in(const std::string& undo) {
  std::vector<MergedRecord> merged;
  const Result<Json> json = json_from_text(undo);
  if (!json) return merged;
  for (const Json& one : list_in(*json, merged_key)) {
    merged.push_back(
        {RecordId{id_from_text(text_of(one, "id")).value_or(0)}, text_of(one, "name")});
  }
  return merged;
}

Result<std::vector<DoneMerge>> merges_into(db::Transaction& tx, const Actor& actor,
                                           const ModuleDef& module, RecordId target) {
  TRY(read_record(tx, actor, module, target));
  std::vector<DoneMerge> merges;
  for (const db::Row& row :
       tx.rows("SELECT id, merged_at, undo FROM merges WHERE org_id = $1 AND module = $2 "
               "AND target_id = $3 AND undone_at IS NULL AND merged_at >= $4 "
               "ORDER BY id DESC LIMIT $5",
               {actor.org.value, module.name, target.value, tx.now().ms - merge_undo_days * day_ms,
                merges_shown_max})) {
    merges.push_back({.id = {row.integer(0)},
                      .merged_at = {row.integer(1)},
                      .others = named(merged_in(row.text(2)))});
  }
  return merges;
}

Result<db::Row> merge_to_undo(db::Transaction& tx, OrgId org, std::string_view module,
                              RecordId target, RecordId merge) {
  std::optional<db::Row> row = tx.row(
      "SELECT merged_at, undone_at, undo FROM merges WHERE org_id = $1 AND id = $2 "
      "AND module = $3 AND target_id = $4",
      {org.value, merge.value, std::string(module), target.value});
  if (!row) return not_found("There is no such merge here.");
  if (!row->is_null(1)) return conflict("already_undone", "This merge was undone already.");
  if (row->integer(0) < tx.now().ms - merge_undo_days * day_ms)
    return conflict("too_late", fmt::format("A merge can be undone for {} days.", merge_undo_days));
  return std::move(*row);
}

Result<Record> undo_merge(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                          RecordId target, RecordId merge, const UndoParts& parts) {
  const Record record = TRY(target_of(tx, actor, kind, target));
  const db::Row row = TRY(merge_to_undo(tx, actor.org, kind.module.name, target, merge));
  const std::vector<MergedRecord> others = merged_in(row.text(2));
  const Result<Json> undo = json_from_text(row.text(2));
  if (!undo) return conflict("too_late", "Nothing is known any more about this merge.");
  const std::string event = kind.one + "_merge_undone";
  JsonWriter detail;
  detail.begin_object().key(kind.many).begin_array();
  for (const MergedRecord& one : named(others))
    detail.begin_object().id("id", one.id.value).string("name", one.name).end_object();
  detail.end_array().end_object();
  Record after =
      TRY(change_row(tx, actor, record, fields_back(record, *undo), {event, detail.take(), {}}));
  if (parts.before_return) TRY(parts.before_return(record, *undo));
  for (const MergedRecord& one : others) TRY(bring_back(tx, actor, kind, parts, one.id, record));
  // What was kept for this is needed by nobody any more.
  tx.execute("UPDATE merges SET undone_at = $3, undo = '{}' WHERE org_id = $1 AND id = $2",
             {actor.org.value, merge.value, tx.now().ms});
  records::forget_what_became(tx, actor.org, merge);
  access::audit(tx, actor, event, after.title);
  return after;
}

}  // namespace tandem::operations
