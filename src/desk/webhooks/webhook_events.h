#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/change_log.h"

// What webhooks may be told of. The names are those of the Desk dialect, so that one receiver
// understands both. Manual, Webhooks 1.2.

namespace tandem::desk {

enum class EventVerb { add, update, delete_, call };

/// One kind of event. Its conditions: which a subscription may set for it.
struct WebhookEvent {
  std::string_view name;    // "Ticket_Add"
  std::string_view module;  // whose record it carries
  EventVerb verb = EventVerb::add;
  bool has_department = false;
  bool has_direction = false;
  bool is_of_calls = false;  // of messages, those alone that are telephone calls
};

/// All that can be subscribed to, in the order they are shown.
const std::vector<WebhookEvent>& webhook_events();
/// Null when there is none of this name.
const WebhookEvent* find_webhook_event(std::string_view name);

/// Sent by hand, to see whether the receiver answers.
constexpr std::string_view test_event = "Webhook_Test";

/// A rule or a macro calls the webhook about a ticket: this entry of the ticket's history says it,
/// and its detail which webhook is meant. Manual, Automation 1.7.
constexpr std::string_view call_event = "Automation_Call";
constexpr std::string_view called_entry = "webhook_called";

/// The events that an entry of the change log is: none, one, or two of a call, which is a message,
/// too. An upload becomes an event when it is attached, and moves of messages between tickets are
/// none.
std::vector<const WebhookEvent*> events_of_entry(const records::LogEntry& entry);

/// The names of the fields that changed.
std::vector<std::string> changed_fields_of(const records::LogEntry& entry);

}  // namespace tandem::desk
