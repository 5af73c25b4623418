#include "api/desk/conversation_handlers.h"
#include "desk/tickets/ticket_reading.h"

namespace tandem::api::desk_dialect {

Result<http::Response> mark_as_read(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::mark_ticket_read(tx, call.actor, id);
  }));
  return http::Response::no_content();
}

Result<http::Response> mark_as_unread(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::mark_ticket_unread(tx, call.actor, id);
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::desk_dialect
