#include <fmt/format.h>

#include "operations/filled_in.h"
#include "operations/missing_values.h"
#include "operations/visible.h"
#include "records/joins.h"

namespace tandem::operations {

namespace {

Result<void> may_write_module(const Actor& actor, const ModuleDef& module, access::Right right) {
  TRY(access::require_right(actor, module, right));
  if (!module.generic_writes && !actor.is_system()) {
    return forbidden("not_written_here",
                     fmt::format("{} are changed in the settings.", module.label_plural));
  }
  return {};
}

/// The value that a rule refused is taken out, so that the next rules do not stumble over it.
void take_out(records::Change& change, const std::vector<FieldFault>& faults) {
  for (const FieldFault& fault : faults) {
    const records::FieldDef* field = change.proposed.shape->find(fault.field);
    if (!field) continue;
    change.proposed.set(field->name,
                        change.is_new() ? field->default_value : change.before.get(field->name));
  }
}

/// Fields of an organisation's own stop nobody's mail: what comes in by itself is stored without
/// them. Manual, Custom fields 1.3.
bool is_asked_for(const records::Change& change, const records::FieldDef& field) {
  if (!field.required) return false;
  if (!change.is_new()) return change.changes(field.name);
  return !field.custom || is_filled_in_by_hand(change);
}

Result<void> required_values_are_there(const records::Change& change,
                                       std::vector<FieldFault> faults) {
  for (size_t index = 0; index < change.proposed.values.size(); ++index) {
    const records::FieldDef& field = change.proposed.shape->fields()[index];
    if (!change.proposed.values[index].is_null() || !is_asked_for(change, field)) continue;
    add_faults(invalid({missing_value(field)}), faults);
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

/// What the rules and the required fields refuse of several fields, all together. Another refusal
/// ends the asking: nothing of a record is told to who may not write it.
Result<void> obey_rules(records::Change& change) {
  std::vector<FieldFault> faults;
  for (const records::SaveRule& rule : change.proposed.shape->module().before_save) {
    const Result<void> obeyed = rule(change);
    if (obeyed) continue;
    const Refusal& refusal = obeyed.error();
    const std::vector<FieldFault> found = faults_of(refusal);
    const bool is_of_fields = refusal.kind == RefusalKind::invalid && !found.empty();
    if (!is_of_fields && faults.empty()) return refusal;
    if (!is_of_fields) return invalid(std::move(faults));
    add_faults(refusal, faults);
    take_out(change, found);
  }
  return required_values_are_there(change, std::move(faults));
}

}  // namespace

bool is_filled_in_by_hand(const records::Change& change) {
  return change.actor.is_agent() && (!change.is_new() || change.event.empty());
}

Result<Record> save_change(records::Change& change) {
  const ModuleDef& module = change.proposed.shape->module();
  TRY(obey_rules(change));
  change.proposed = TRY(records::store(change, change.actor.author()));
  for (const records::SaveRule& rule : module.after_save) TRY(rule(change));
  // Not what was stored first: a rule may have gone on writing, and callers write upon the answer.
  return std::move(change.proposed);
}

namespace {

Result<Record> turn(db::Transaction& tx, const Actor& actor, Record before, records::Verb verb) {
  Record proposed = before;
  if (verb == records::Verb::deleted) {
    proposed.deleted_at = tx.now();
    proposed.deleted_by = actor.id;
  } else {
    proposed.deleted_at.reset();
    proposed.deleted_by = {};
  }
  records::Change change{tx, actor.org, actor, verb, std::move(before), std::move(proposed),
                         "", ""};
  Record stored = TRY(save_change(change));
  hide_fields(actor, stored);
  return stored;
}

constexpr int released_links_max = 1'000;

/// What names `gone`, outside the bin first and then in it. Each half is asked for itself: the
/// indexes are made for one of them, and everybody else waits meanwhile.
Result<records::Page> page_naming(db::Transaction& tx, const Actor& actor,
                                  const records::ShapeRef& shape, const records::FieldDef& field,
                                  const Record& gone) {
  records::Query query;
  query.filter = records::field(field.name).is(gone.id);
  query.limit = db::bulk_rows_max;
  records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
  if (!page.records.empty()) return page;
  query.bin = records::Bin::inside;
  return records::select_page(tx, actor.org, shape, query);
}

/// Empties one link field wherever it points to `gone`, in the bin too, each with its history.
Result<void> release_link(db::Transaction& tx, const Actor& actor, const records::ShapeRef& shape,
                          const records::FieldDef& field, const Record& gone) {
  int released = 0;
  while (true) {
    const records::Page page = TRY(page_naming(tx, actor, shape, field, gone));
    if (page.records.empty()) return {};
    released += int(page.records.size());
    if (field.required || released > released_links_max) {
      return conflict("in_use", fmt::format("{} still name this {}; change them first.",
                                            shape->module().label_plural,
                                            label_in_sentence(gone.shape->module())));
    }
    for (const Record& before : page.records) {
      Record proposed = before;
      proposed.set(field.name, records::Value());
      records::Change change{tx,     actor.org,           actor, records::Verb::updated,
                             before, std::move(proposed), "",    ""};
      TRY(records::store(change, actor.author()));
    }
  }
}

/// What goes for good leaves no link to nothing behind. Parts of a record go with it. Refuses with
/// conflict when a link must not be empty: a department that still has tickets.
Result<void> release_links(db::Transaction& tx, const Actor& actor, const Record& gone) {
  const ModuleDef& target = gone.shape->module();
  for (const ModuleDef* module : actor.catalogue->modules()) {
    if (module->part_of == target.name) continue;
    const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, *module);
    for (const records::FieldDef& field : shape->fields()) {
      const bool points_there =
          field.kind == records::FieldKind::link && field.link_to == target.name;
      if (points_there) TRY(release_link(tx, actor, shape, field, gone));
    }
  }
  return {};
}

}  // namespace

Result<Record> create_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             const Changes& changes) {
  TRY(may_write_module(actor, module, access::Right::create));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  TRY(may_write(actor, *shape, changes));
  Record proposed;
  proposed.shape = shape;
  proposed.id = RecordId{tx.new_id()};
  for (const records::FieldDef& field : shape->fields())
    proposed.values.push_back(field.default_value);
  Record before = proposed;
  before.values.assign(shape->fields().size(), records::Value());
  for (const auto& [name, value] : changes) proposed.set(name, value);
  records::Change change{
      tx, actor.org, actor, records::Verb::created, std::move(before), std::move(proposed), "", ""};
  Record stored = TRY(save_change(change));
  hide_fields(actor, stored);
  return stored;
}

Result<Record> update_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             RecordId id, const Changes& changes,
                             std::optional<int64_t> seen_revision) {
  TRY(access::require_right(actor, module, access::Right::read));
  Record before = TRY(find_visible(tx, actor, module, id, records::Bin::outside));
  TRY(require_act(actor, before, "update"));
  TRY(may_write(actor, *before.shape, changes));
  if (seen_revision && *seen_revision != before.revision) {
    return conflict(
        "stale", fmt::format("{} was changed by someone else meanwhile; reload it and try again.",
                             module.label));
  }
  Record proposed = before;
  for (const auto& [name, value] : changes) proposed.set(name, value);
  // The rules would stamp the record as touched.
  if (proposed.values == before.values) {
    hide_fields(actor, before);
    return before;
  }
  records::Change change{
      tx, actor.org, actor, records::Verb::updated, std::move(before), std::move(proposed), "", ""};
  Record stored = TRY(save_change(change));
  hide_fields(actor, stored);
  return stored;
}

Result<Record> delete_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                             RecordId id) {
  TRY(access::require_right(actor, module, access::Right::read));
  Record before = TRY(find_visible(tx, actor, module, id, records::Bin::outside));
  TRY(require_act(actor, before, "delete"));
  return turn(tx, actor, std::move(before), records::Verb::deleted);
}

Result<Record> restore_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                              RecordId id) {
  TRY(access::require_right(actor, module, access::Right::read));
  Record before = TRY(find_visible(tx, actor, module, id, records::Bin::inside));
  TRY(require_act(actor, before, "restore"));
  return turn(tx, actor, std::move(before), records::Verb::restored);
}

Result<void> purge_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                          RecordId id) {
  TRY(access::require_right(actor, module, access::Right::read));
  Record before = TRY(find_visible(tx, actor, module, id, records::Bin::either));
  if (!before.deleted_at) {
    return conflict(
        "not_in_bin",
        fmt::format("Delete the {} first; only what is in the recycle bin can be removed for good.",
                    label_in_sentence(module)));
  }
  TRY(require_act(actor, before, "purge"));
  tx.run_alone();
  Record proposed = before;
  records::Change change{
      tx, actor.org, actor, records::Verb::purged, std::move(before), std::move(proposed), "", ""};
  for (const records::SaveRule& rule : module.before_save) TRY(rule(change));
  TRY(release_links(tx, actor, change.proposed));
  records::remove_pairs_of(tx, actor.org, change.proposed.id);
  TRY(records::store(change, actor.author()));
  for (const records::SaveRule& rule : module.after_save) TRY(rule(change));
  return {};
}

}  // namespace tandem::operations
