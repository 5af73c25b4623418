#include "desk/rows.h"

#include "desk/modules.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::desk {

using records::Change;
using records::Changes;
using records::Record;
using records::Verb;

Result<Record> add_row(db::Transaction& tx, const access::Actor& actor,
                       const records::ModuleDef& module, const Changes& values,
                       const Happening& happening, RecordId id) {
  Record proposed;
  proposed.shape = actor.catalogue->shape(tx, actor.org, module);
  proposed.id = id ? id : RecordId{tx.new_id()};
  proposed.created_at = happening.created_at;
  for (const records::FieldDef& field : proposed.shape->fields()) {
    proposed.values.push_back(field.default_value);
  }
  Record before = proposed;
  before.values.assign(proposed.values.size(), records::Value());
  for (const auto& [name, value] : values) proposed.set(name, value);
  Change change{tx,
                actor.org,
                actor,
                Verb::created,
                std::move(before),
                std::move(proposed),
                happening.event,
                happening.detail_json};
  return operations::save_change(change);
}

Result<Record> change_row(db::Transaction& tx, const access::Actor& actor, const Record& before,
                          const Changes& values, const Happening& happening) {
  Record proposed = before;
  for (const auto& [name, value] : values) proposed.set(name, value);
  Change change{tx,     actor.org,           actor,           Verb::updated,
                before, std::move(proposed), happening.event, happening.detail_json};
  return operations::save_change(change);
}

Result<void> remove_row(db::Transaction& tx, const access::Actor& actor, const Record& before,
                        const Happening& happening) {
  Change change{tx,     actor.org, actor,           Verb::purged,
                before, before,    happening.event, happening.detail_json};
  TRY(operations::save_change(change));
  return {};
}

Result<Record> read_row(db::Transaction& tx, const access::Actor& actor,
                        const records::ModuleDef& module, RecordId id) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  std::optional<Record> found =
      TRY(records::select_one(tx, actor.org, shape, id, records::everything()));
  if (!found) return not_found("There is no such record here.");
  return std::move(*found);
}

Result<Record> visible_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  if (actor.kind != access::ActorKind::contact) {
    TRY(access::require_right(actor, tickets_module(), access::Right::read));
  }
  return operations::find_visible(tx, actor, tickets_module(), ticket, records::Bin::either);
}

Result<Record> ticket_for(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                          std::string_view act) {
  Record found = TRY(visible_ticket(tx, actor, ticket));
  TRY(operations::require_act(actor, found, act));
  return found;
}

}  // namespace tandem::desk
