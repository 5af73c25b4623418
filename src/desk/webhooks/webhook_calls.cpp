#include "desk/webhooks/webhook_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/webhooks/webhooks.h"
#include "records/change_log.h"
#include "records/change_source.h"

namespace tandem::desk {

namespace {

using access::Actor;

bool takes_calls(const Webhook& webhook) {
  return std::any_of(webhook.subscriptions.begin(), webhook.subscriptions.end(),
                     [](const Subscription& one) { return one.event == call_event; });
}

std::optional<Webhook> callable_webhook(db::Transaction& tx, OrgId org, RecordId id) {
  for (Webhook& webhook : enabled_webhooks(tx, org)) {
    if (webhook.id == id && takes_calls(webhook)) return std::move(webhook);
  }
  return std::nullopt;
}

Refusal not_callable() {
  return conflict("webhook_is_off",
                  "The webhook is gone, switched off, or takes no calls of rules any more.");
}

int64_t calls_within_an_hour(db::Transaction& tx, OrgId org, RecordId ticket) {
  return tx.integer(
      "SELECT COUNT(*) FROM change_log WHERE org_id = $1 AND module = 'tickets' "
      "AND record_id = $2 AND event = $3 AND at > $4",
      {org.value, ticket.value, std::string(called_entry), tx.now().ms - hour_ms});
}

std::string detail_of(const Webhook& webhook, const std::string& macro) {
  JsonWriter detail;
  detail.begin_object().id("webhook", webhook.id.value).string("name", webhook.name);
  if (!macro.empty()) detail.string("macro", macro);
  return detail.end_object().take();
}

}  // namespace

Result<void> may_choose_webhook(db::Transaction& tx, const Actor& actor, RecordId webhook) {
  Result<Webhook> found = read_webhook(tx, actor, webhook);
  if (found && takes_calls(*found)) return {};
  if (!found && found.error().kind == RefusalKind::forbidden) return std::move(found).error();
  return invalid("actions", "not_found", "Choose a webhook that takes calls of rules and macros.");
}

std::string problem_of_call(db::Transaction& tx, OrgId org, RecordId webhook) {
  return callable_webhook(tx, org, webhook) ? "" : not_callable().message;
}

Result<void> call_webhook(db::Transaction& tx, const Actor& actor, RecordId ticket,
                          RecordId webhook, const std::string& macro) {
  const records::Record found = TRY(ticket_for(tx, actor, ticket, "update"));
  const std::optional<Webhook> called = callable_webhook(tx, actor.org, webhook);
  if (!called) return not_callable();
  if (!called->source_id.empty() && called->source_id == records::change_source()) return {};
  if (calls_within_an_hour(tx, actor.org, ticket) >= webhook_calls_per_hour_max) {
    return conflict("too_many_calls", fmt::format("Webhooks were called {} times about this ticket "
                                                  "within an hour; wait before the next call.",
                                                  webhook_calls_per_hour_max));
  }
  records::log_event(tx, actor.org, tickets_module().name, ticket, found.revision,
                     std::string(called_entry), actor.author(), detail_of(*called, macro));
  return {};
}

}  // namespace tandem::desk
