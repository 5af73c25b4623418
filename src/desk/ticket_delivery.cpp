#include "desk/ticket_delivery.h"

#include "desk/modules.h"
#include "desk/rows.h"
#include "records/store.h"

namespace tandem::desk {

Result<void> note_delivery(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                           const std::string& event, const records::Record& thread) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  const std::optional<records::Record> found = TRY(records::select_one(
      tx, actor.org, shape, ticket, records::everything(), records::Bin::either));
  if (!found) return {};
  const bool failed =
      tx.row(
            "SELECT 1 FROM threads WHERE org_id = $1 AND ticket = $2 "
            "AND deleted_at IS NULL AND delivery_state IN ('failed', 'bounced') LIMIT 1",
            {actor.org.value, ticket.value})
          .has_value();
  JsonWriter detail;
  detail.begin_object().id("thread", thread.id.value);
  detail.string("message", thread.get("delivery_message").text()).end_object();
  TRY(change_row(tx, actor, *found, {{"send_failed", int64_t{failed}}}, {event, detail.take()}));
  return {};
}

}  // namespace tandem::desk
