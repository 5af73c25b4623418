#include "operations/merging.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "operations/rows.h"
#include "operations/visible.h"
#include "records/became.h"

namespace tandem::operations {

namespace {

using records::FieldDef;
using records::Value;

Result<void> check_choice(const MergeKind& kind, const MergeRequest& request) {
  if (request.others.empty()) {
    return invalid(kind.many, "required", fmt::format("Choose at least one other {}.", kind.one));
  }
  if (request.others.size() > merged_others_max) {
    return invalid(
        kind.many, "too_many",
        fmt::format("Merge at most {} other {} at a time.", merged_others_max, kind.many));
  }
  std::vector<int64_t> known{request.target.id.value};
  for (const SeenState& other : request.others) {
    if (std::find(known.begin(), known.end(), other.id.value) != known.end()) {
      return invalid(kind.many, "duplicate", fmt::format("Name each {} once.", kind.one));
    }
    known.push_back(other.id.value);
  }
  for (const auto& [field, winner] : request.winners) {
    if (std::find(known.begin(), known.end(), winner.value) == known.end()) {
      return invalid("winners", "not_a_choice",
                     fmt::format("Choose among the {} that are merged.", kind.many));
    }
  }
  return {};
}

Result<Record> take_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                           const SeenState& seen, std::string_view act) {
  TRY(access::require_right(actor, module, access::Right::read));
  Record record = TRY(find_visible(tx, actor, module, seen.id, records::Bin::outside));
  TRY(require_act(actor, record, act));
  if (seen.revision && *seen.revision != record.revision) {
    return conflict("stale", fmt::format("{} was changed by someone else meanwhile; look again.",
                                         record.title));
  }
  return record;
}

/// What a record would leave to the target: a link to one of those that are merged would be a link
/// to itself.
Value kept_value(const MergePlan& plan, const FieldDef& field, const Record& record) {
  const Value& value = record.get(field.name);
  const bool is_own = field.kind == records::FieldKind::link &&
                      field.link_to == plan.target.shape->module().name && !value.is_null();
  if (!is_own) return value;
  const std::vector<const Record*> all = all_of(plan);
  const bool is_itself =
      std::any_of(all.begin(), all.end(), [&](const Record* one) { return one->id == value.id(); });
  return is_itself ? Value() : value;
}

/// Who is named, else the first that has a value, the target before the others.
const Record& winner_of(const MergePlan& plan, const MergeRequest& request, const FieldDef& field) {
  const std::vector<const Record*> all = all_of(plan);
  const auto named = request.winners.find(field.name);
  for (const Record* one : all) {
    const bool wins = named != request.winners.end() ? one->id == named->second
                                                     : !kept_value(plan, field, *one).is_null();
    if (wins) return *one;
  }
  return plan.target;
}

Result<void> choose_fields(const Actor& actor, const MergeKind& kind, const MergeRequest& request,
                           MergePlan& plan) {
  std::vector<std::string> known;
  for (const FieldDef& field : plan.target.shape->fields()) {
    if (field.written_by != records::WrittenBy::person) continue;
    if (kind.is_brought_together && kind.is_brought_together(field)) continue;
    const Record& winner = winner_of(plan, request, field);
    const Value value = kept_value(plan, field, winner);
    if (value != plan.target.get(field.name)) plan.changes.set(field.name, value);
    if (access::field_access(actor, kind.module.name, field) != access::FieldAccess::write)
      continue;
    known.push_back(field.name);
    const std::vector<const Record*> all = all_of(plan);
    const bool differs = std::any_of(all.begin(), all.end(), [&](const Record* one) {
      return one->get(field.name) != plan.target.get(field.name);
    });
    if (differs) plan.choices.push_back({&field, winner.id});
  }
  for (const auto& [field, winner] : request.winners) {
    if (std::find(known.begin(), known.end(), field) == known.end()) {
      return invalid("winners", "unknown_field",
                     fmt::format("There is no field {} to choose for.", field));
    }
  }
  return {};
}

}  // namespace

std::vector<const Record*> all_of(const MergePlan& plan) {
  std::vector<const Record*> all{&plan.target};
  for (const Record& other : plan.others) all.push_back(&other);
  return all;
}

const Value& merged_value(const MergePlan& plan, const std::string& field) {
  const Value* changed = plan.changes.find(field);
  return changed ? *changed : plan.target.get(field);
}

Result<MergePlan> plan_merge(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                             const MergeRequest& request) {
  TRY(check_choice(kind, request));
  MergePlan plan;
  plan.target = TRY(take_record(tx, actor, kind.module, request.target, "merge"));
  for (const SeenState& seen : request.others) {
    Record other = TRY(take_record(tx, actor, kind.module, seen, "delete"));
    plan.others.push_back(std::move(other));
  }
  TRY(choose_fields(actor, kind, request, plan));
  return plan;
}

namespace {

std::string names_of(const std::vector<Record>& others) {
  std::vector<std::string> names;
  for (const Record& one : others) names.push_back(one.title);
  return join(names, ", ");
}

void write_others(JsonWriter& json, std::string_view key, const std::vector<Record>& others) {
  json.key(key).begin_array();
  for (const Record& one : others)
    json.begin_object().id("id", one.id.value).string("name", one.title).end_object();
  json.end_array();
}

/// Into the bin, with what is unique free, and a pointer to the target.
Result<void> put_away(db::Transaction& tx, const Actor& actor, const MergeKind& kind,
                      const Record& other, const Record& target) {
  JsonWriter detail;
  detail.begin_object().id(kind.one, target.id.value).string("name", target.title).end_object();
  Record proposed = other;
  proposed.set("merged_into", target.id);
  proposed.deleted_at = tx.now();
  proposed.deleted_by = actor.id;
  records::Change change{tx,
                         actor.org,
                         actor,
                         records::Verb::deleted,
                         other,
                         std::move(proposed),
                         kind.one + "_merged_into",
                         detail.take()};
  TRY(save_change(change));
  return {};
}

/// What undo_merge needs to know.
std::string undo_json(const MergePlan& plan, const Record& after, const JsonObject& more) {
  JsonWriter json;
  json.begin_object().key("fields").begin_array();
  for (const FieldDef& field : after.shape->fields()) {
    const Value& before = plan.target.get(field.name);
    if (before == after.get(field.name)) continue;
    json.begin_object().string("name", field.name).key("before");
    records::append_value(json, field, before);
    json.key("after");
    records::append_value(json, field, after.get(field.name));
    json.end_object();
  }
  json.end_array();
  for (const auto& member : more) json.key(member.key()).raw(json_to_text(member.value()));
  write_others(json, merged_key, plan.others);
  return json.end_object().take();
}

}  // namespace

Result<DoneMergeStep> carry_out_merge(db::Transaction& tx, const Actor& actor,
                                      const MergeKind& kind, const MergePlan& plan,
                                      const JsonObject& more_to_undo) {
  const std::string event = kind.many + "_merged";
  for (const Record& other : plan.others) TRY(put_away(tx, actor, kind, other, plan.target));
  JsonWriter detail;
  detail.begin_object();
  write_others(detail, kind.many, plan.others);
  Record after = TRY(
      change_row(tx, actor, plan.target, plan.changes, {event, detail.end_object().take(), {}}));
  const RecordId id{tx.new_id()};
  tx.execute(
      "INSERT INTO merges (org_id, id, module, target_id, merged_at, merged_by, undo) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {actor.org.value, id.value, kind.module.name, after.id.value, tx.now().ms, db::arg(actor.id),
       undo_json(plan, after, more_to_undo)});
  for (const Record& other : plan.others)
    records::note_became(tx, actor.org, kind.module.name, other.id, after.id, id);
  access::audit(tx, actor, event, fmt::format("{} into {}", names_of(plan.others), after.title));
  return DoneMergeStep{id, std::move(after)};
}

records::FieldDef merged_into_field(const std::string& module) {
  return {.name = "merged_into",
          .label = "Merged into",
          .kind = records::FieldKind::link,
          .written_by = records::WrittenBy::system,
          .link_to = module};
}

Result<void> merged_stays_away(const Record& record, std::string_view act) {
  if (act != "restore" || record.get("merged_into").is_null()) return {};
  const std::string label = label_in_sentence(record.shape->module());
  return conflict(label + "_merged",
                  fmt::format("The {} was merged into another one; undo the merge there, under "
                              "Merge.",
                              label));
}

}  // namespace tandem::operations
