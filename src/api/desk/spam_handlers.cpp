#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "desk/spam/spam.h"

// Spam in the Desk dialect.

namespace tandem::api::desk_dialect {

namespace {

using Outcomes = std::vector<operations::BulkOutcome>;

/// All or nothing: the first refusal of one ticket is that of the call.
Result<void> all_done(const Outcomes& outcomes) {
  for (const operations::BulkOutcome& outcome : outcomes) {
    if (outcome.refusal) return *outcome.refusal;
  }
  return {};
}

}  // namespace

/// contactSpam blocks the senders; handleExistingTickets takes their further open tickets along.
Result<http::Response> mark_spam(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", desk::marked_at_once_max));
  const bool is_spam = !body.contains("isSpam") || flag_member(body, "isSpam");
  const desk::SpamMarking marking{.blocks_sender = flag_member(body, "contactSpam"),
                                  .takes_further = flag_member(body, "handleExistingTickets")};
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    if (is_spam) {
      const Outcomes marked = TRY(desk::mark_spam(tx, call.actor, ids, marking));
      return all_done(marked);
    }
    const desk::Unmarked unmarked = TRY(desk::unmark_spam(tx, call.actor, ids));
    return all_done(unmarked.outcomes);
  }));
  call.services.wake();
  return http::Response::no_content();
}

/// Into the recycle bin; what is no spam is refused.
Result<http::Response> delete_spam(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", desk::marked_at_once_max));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    if (ids.size() > 1) TRY(access::require_right(call.actor, *call.module, access::Right::bulk));
    for (const RecordId id : ids) {
      const records::Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
      if (ticket.get("spam_at").is_null())
        return invalid("ids", "not_spam", "Name tickets that are marked as spam.");
      TRY(operations::delete_record(tx, call.actor, *call.module, id));
    }
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> empty_spam(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::optional<RecordId> department = id_member(body, "departmentId");
  if (!department)
    return invalid("departmentId", "required", "Name the department whose spam goes.");
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::empty_spam(tx, call.actor, *department);
  }));
  call.services.wake();
  return http::Response::json(202, "{}");
}

}  // namespace tandem::api::desk_dialect
