#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "operations/merging.h"
#include "operations/visible.h"
#include "records/became.h"

// What is left of merges when one of their records is removed for good, and who became one.

namespace tandem::operations {

namespace {

using records::Change;
using records::Verb;

constexpr int64_t merges_at_once = 100;

const ModuleDef& module_of(const Change& change) { return change.before.shape->module(); }

/// All of them, however many; a page at a time, because each may hold much.
void for_each_merge_into(const Change& change, RecordId target,
                         const std::function<void(const db::Row&)>& take) {
  int64_t after = 0;
  while (true) {
    const std::vector<db::Row> page = change.tx.rows(
        "SELECT id, undo FROM merges WHERE org_id = $1 AND module = $2 AND target_id = $3 "
        "AND id > $4 ORDER BY id LIMIT $5",
        {change.org.value, module_of(change).name, target.value, after, merges_at_once});
    for (const db::Row& merge : page) take(merge);
    if (page.size() < size_t(merges_at_once)) return;
    after = page.back().integer(0);
  }
}

/// Who is in a merge, with the names of all but one.
JsonArray others_without_name(const std::string& undo, RecordId gone) {
  JsonArray others;
  for (const MergedRecord& one : merged_in(undo)) {
    JsonObject other;
    other["id"] = to_string(one.id);
    other["name"] = one.id == gone ? std::string() : one.name;
    others.push_back(std::move(other));
  }
  return others;
}

void store_undo(db::Transaction& tx, OrgId org, int64_t merge, const JsonObject& undo) {
  tx.execute("UPDATE merges SET undo = $3 WHERE org_id = $1 AND id = $2",
             {org.value, merge, json_to_text(undo)});
}

void forget_name(const Change& change, RecordId gone, RecordId target) {
  for_each_merge_into(change, target, [&](const db::Row& merge) {
    const Result<Json> undo = json_from_text(merge.text(1));
    if (!undo || !undo->is_object()) return;
    JsonObject without = undo->as_object();
    without[merged_key] = others_without_name(merge.text(1), gone);
    if (Json(without) != *undo) store_undo(change.tx, change.org, merge.integer(0), without);
  });
}

}  // namespace

RecordId record_in_force(db::Transaction& tx, OrgId org, const ModuleDef& module, RecordId record) {
  for (int step = 0; step < merged_chain_max; ++step) {
    const std::optional<db::Row> row =
        tx.row(fmt::format("SELECT merged_into FROM \"{}\" WHERE org_id = $1 AND id = $2",
                           module.table_name()),
               {org.value, record.value});
    if (!row || row->is_null(0)) break;
    record = RecordId{row->integer(0)};
  }
  return record;
}

std::vector<RecordId> same_record(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                  RecordId record) {
  std::vector<RecordId> same;
  if (!record) return same;
  same.push_back(record_in_force(tx, org, module, record));
  for (size_t at = 0; at < same.size() && same.size() < size_t(merged_chain_max); ++at) {
    for (const db::Row& merge :
         tx.rows("SELECT undo FROM merges WHERE org_id = $1 AND module = $2 "
                 "AND target_id = $3 AND undone_at IS NULL ORDER BY id LIMIT $4",
                 {org.value, module.name, same[at].value, int64_t{merged_chain_max}})) {
      for (const MergedRecord& one : merged_in(merge.text(0))) {
        const bool is_known = std::find(same.begin(), same.end(), one.id) != same.end();
        if (!is_known) same.push_back(one.id);
      }
    }
  }
  return same;
}

Result<void> merged_stay_led(Change& change) {
  if (change.verb != Verb::purged) return {};
  const RecordId gone = change.before.id;
  const RecordId next = change.before.get("merged_into").id();
  if (records::is_on_its_way(change.tx, change.org, module_of(change).name, gone)) {
    return conflict("merge_running",
                    fmt::format("What belonged to this {} is still being moved to the one it was "
                                "merged into; try again in a few minutes.",
                                label_in_sentence(module_of(change))));
  }
  if (!next) return {};
  for_each_merge_into(change, gone, [&](const db::Row& merge) {
    for (const MergedRecord& one : merged_in(merge.text(1))) {
      change.tx.execute(
          fmt::format("UPDATE \"{}\" SET merged_into = $3 WHERE org_id = $1 AND id = $2 "
                      "AND merged_into = $4",
                      module_of(change).table_name()),
          {change.org.value, one.id.value, next.value, gone.value});
    }
  });
  return {};
}

Result<void> merges_forget_the_purged(Change& change) {
  if (change.verb != Verb::purged) return {};
  const RecordId gone = change.before.id;
  const RecordId next = change.before.get("merged_into").id();
  if (next) {
    for (const RecordId one : same_record(change.tx, change.org, module_of(change), next))
      forget_name(change, gone, one);
  }
  for_each_merge_into(change, gone, [&](const db::Row& merge) {
    JsonObject undo;
    undo[merged_key] = others_without_name(merge.text(1), gone);
    store_undo(change.tx, change.org, merge.integer(0), undo);
  });
  return {};
}

}  // namespace tandem::operations
