#include "desk/rows.h"

#include "desk/modules.h"
#include "operations/rows.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

operations::RowEvent event_of(const Happening& happening) {
  return {happening.event, happening.detail_json, happening.created_at};
}

}  // namespace

Result<Record> add_row(db::Transaction& tx, const access::Actor& actor,
                       const records::ModuleDef& module, const Changes& values,
                       const Happening& happening, RecordId id) {
  return operations::add_row(tx, actor, module, values, event_of(happening), id);
}

Result<Record> change_row(db::Transaction& tx, const access::Actor& actor, const Record& before,
                          const Changes& values, const Happening& happening) {
  return operations::change_row(tx, actor, before, values, event_of(happening));
}

Result<void> remove_row(db::Transaction& tx, const access::Actor& actor, const Record& before,
                        const Happening& happening) {
  return operations::remove_row(tx, actor, before, event_of(happening));
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
