#include "crm/merging/merging.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/joins.h"
#include "crm/tags/tags.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using access::Actor;
using operations::MergePlan;
using records::JoinSide;
using records::Record;
using records::Value;

const operations::MergeTies& sales_ties() {
  static const operations::MergeTies ties{.job = "merge_records"};
  return ties;
}

operations::MergeKind kind_of(const records::ModuleDef& module) {
  return {.module = module, .is_brought_together = [](const records::FieldDef& field) {
            return field.kind == records::FieldKind::tags;
          }};
}

Result<void> are_merged(const records::ModuleDef& module) {
  if (is_merged(module)) return {};
  return not_found(fmt::format("{} are not merged.", module.label_plural));
}

Result<void> are_not_converted(const MergePlan& plan) {
  if (!plan.target.shape->find("converted_at")) return {};
  for (const Record* lead : operations::all_of(plan)) {
    if (lead->get("converted_at").is_null()) continue;
    return conflict("already_converted",
                    "A lead that has become a contact is not merged; merge the contacts.");
  }
  return {};
}

/// The tags of all.
void keep_tags(MergePlan& plan) {
  for (const records::FieldDef& field : plan.target.shape->fields()) {
    if (field.kind != records::FieldKind::tags) continue;
    std::vector<std::string> tags;
    for (const Record* one : operations::all_of(plan)) {
      for (const std::string& tag : one->get(field.name).list()) {
        const bool is_known = std::any_of(tags.begin(), tags.end(), [&](const std::string& known) {
          return is_same_tag(known, tag);
        });
        if (!is_known) tags.push_back(tag);
      }
    }
    std::sort(tags.begin(), tags.end());
    const Value all = tags.empty() ? Value() : Value(std::move(tags));
    if (all != plan.target.get(field.name)) plan.changes.set(field.name, all);
  }
}

/// A pair of one of the others, as it is given to the target and back.
struct MovedPair {
  std::string list;
  RecordId from;
  RecordId other;
  std::string said;
  bool was_new = false;  // the target was not joined with it
};

Result<void> note_pairs(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                        const MergePlan& plan, RecordId from, std::vector<MovedPair>& pairs) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, *side.listed);
  records::Query query;
  query.filter = records::joined_with(side, from);
  query.sort = {"id", false};
  query.bin = records::Bin::either;
  query.limit = db::bulk_rows_max;
  do {
    const records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
    for (const Record& other : page.records) {
      const records::Pair of_target{plan.target.id, other.id};
      pairs.push_back({.list = side.name(),
                       .from = from,
                       .other = other.id,
                       .said = records::said_of(tx, actor.org, side, {from, other.id}).value_or(""),
                       .was_new = !records::said_of(tx, actor.org, side, of_target).has_value()});
    }
    if (pairs.size() > size_t(moved_pairs_max)) {
      return conflict("too_much_joined",
                      fmt::format("Together they belong to more than {} deals, products and "
                                  "campaigns; take some of them away first.",
                                  moved_pairs_max));
    }
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  return {};
}

JsonArray to_json(const std::vector<MovedPair>& pairs) {
  JsonArray all;
  for (const MovedPair& pair : pairs) {
    JsonObject one;
    one["list"] = pair.list;
    one["from"] = to_string(pair.from);
    one["other"] = to_string(pair.other);
    one["said"] = pair.said;
    one["was_new"] = pair.was_new;
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<MovedPair> pairs_in(const Json& undo) {
  std::vector<MovedPair> pairs;
  const Json* all = find(undo, "joined");
  if (!all || !all->is_array()) return pairs;
  for (const Json& one : all->as_array()) {
    const Json* was_new = find(one, "was_new");
    pairs.push_back({.list = text_of(one, "list"),
                     .from = RecordId{id_from_text(text_of(one, "from")).value_or(0)},
                     .other = RecordId{id_from_text(text_of(one, "other")).value_or(0)},
                     .said = text_of(one, "said"),
                     .was_new = was_new && was_new->is_bool() && was_new->as_bool()});
  }
  return pairs;
}

/// Gives the target what the others are joined with. Answers what undoing needs.
Result<JsonArray> take_joined(db::Transaction& tx, const Actor& actor, const MergePlan& plan) {
  const records::ModuleDef& module = plan.target.shape->module();
  std::vector<MovedPair> pairs;
  for (const Record& other : plan.others) {
    for (const JoinSide& side : joins_of(*actor.catalogue, module))
      TRY(note_pairs(tx, actor, side, plan, other.id, pairs));
    TRY(move_joined(tx, *actor.catalogue, actor.org, {module, other.id}, {module, plan.target.id}));
  }
  return to_json(pairs);
}

/// What was parted from the target since stays apart.
void joined_back(db::Transaction& tx, const Actor& actor, const Record& target, const Json& undo) {
  for (const MovedPair& pair : pairs_in(undo)) {
    const std::optional<JoinSide> side =
        find_join(*actor.catalogue, target.shape->module(), pair.list);
    if (!side || !records::said_of(tx, actor.org, *side, {target.id, pair.other})) continue;
    records::put_pair(tx, actor.org, *side, {pair.from, pair.other}, pair.said, actor.id);
    if (pair.was_new) records::remove_pair(tx, actor.org, *side, {target.id, pair.other});
  }
}

operations::MergeErrand errand_of(const Actor& actor, const records::ModuleDef& module,
                                  RecordId merge) {
  return {.catalogue = *actor.catalogue,
          .ties = sales_ties(),
          .org = actor.org,
          .module = module,
          .merge = merge,
          .author = actor.author()};
}

}  // namespace

bool is_merged(const records::ModuleDef& module) {
  return std::any_of(module.acts.begin(), module.acts.end(),
                     [](const records::ActDef& act) { return act.name == "merge"; });
}

Result<MergePlan> preview_merge(db::Transaction& tx, const Actor& actor,
                                const records::ModuleDef& module,
                                const operations::MergeRequest& request) {
  TRY(are_merged(module));
  MergePlan plan = TRY(operations::plan_merge(tx, actor, kind_of(module), request));
  TRY(are_not_converted(plan));
  keep_tags(plan);
  return plan;
}

Result<Record> merge_records(db::Transaction& tx, const Actor& actor,
                             const records::ModuleDef& module,
                             const operations::MergeRequest& request) {
  const MergePlan plan = TRY(preview_merge(tx, actor, module, request));
  JsonObject more;
  more["joined"] = TRY(take_joined(tx, actor, plan));
  operations::DoneMergeStep done =
      TRY(operations::carry_out_merge(tx, actor, kind_of(module), plan, more));
  TRY(operations::follow_merge(tx, errand_of(actor, module, done.merge)));
  operations::hide_fields(actor, done.target);
  return std::move(done.target);
}

Result<Record> undo_merge(db::Transaction& tx, const Actor& actor, const records::ModuleDef& module,
                          RecordId target, RecordId merge) {
  TRY(are_merged(module));
  const auto give_back = [&](const Record& record, const Json& undo) -> Result<void> {
    joined_back(tx, actor, record, undo);
    return {};
  };
  Record after = TRY(operations::undo_merge(tx, actor, kind_of(module), target, merge,
                                            {.before_return = give_back}));
  TRY(operations::follow_merge(tx, errand_of(actor, module, merge)));
  operations::hide_fields(actor, after);
  return after;
}

void add_merge_jobs(jobs::Worker& worker, const access::Applications& applications) {
  worker.add(sales_ties().job, [&applications](db::Database& database, const jobs::Job& job) {
    const Result<const records::Catalogue*> catalogue =
        database.read([&](db::Transaction& tx) { return applications.of(tx, job.org); });
    if (!catalogue) return jobs::Outcome{};
    return operations::run_merged_links(**catalogue, sales_ties(), database, job);
  });
}

}  // namespace tandem::crm
