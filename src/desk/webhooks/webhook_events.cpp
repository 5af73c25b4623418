#include "desk/webhooks/webhook_events.h"

#include <algorithm>

#include "base/json.h"
#include "desk/activities/activities.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

/// Fields that the program writes and others wait for. Counters and the last word are not among
/// them: what a reply or comment does to its ticket is told by its own event, if at all.
bool is_news_of_a_ticket(std::string_view name) {
  for (const std::string_view known :
       {"closed_at", "is_escalated", "shares", "merged_into", "spam_at"}) {
    if (name == known) return true;
  }
  for (const records::FieldDef& field : tickets_module().fields) {
    if (field.name == name) return field.written_by == records::WrittenBy::person;
  }
  return true;  // a custom field
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool became(const records::LogEntry& entry, std::string_view field, const Json& before) {
  const Result<Json> changes = json_from_text(entry.changes_json);
  const Json* change = changes ? find(*changes, field) : nullptr;
  return change && change->is_array() && !change->as_array().empty() &&
         change->as_array().front() == before;
}

std::optional<EventVerb> verb_of_attachment(const records::LogEntry& entry,
                                            const std::vector<std::string>& changed) {
  // Attached now, at once or after it waited as an upload.
  if (has(changed, "ticket")) {
    if (!became(entry, "ticket", nullptr)) return std::nullopt;
    return EventVerb::add;
  }
  if (entry.event == "purged") return EventVerb::delete_;
  if (entry.event == "created") return std::nullopt;
  if (has(changed, "name") || has(changed, "is_private")) return EventVerb::update;
  return std::nullopt;
}

/// What people wrote of a task or an appointment, or what follows from it.
bool is_news_of_an_activity(const records::ModuleDef& module, std::string_view name) {
  for (const records::FieldDef& field : module.fields) {
    if (field.name == name) {
      return field.written_by == records::WrittenBy::person || name == "completed_at";
    }
  }
  return true;  // a custom field
}

bool is_news(const records::LogEntry& entry, const std::string& name) {
  if (entry.module == "comments") return name == "html";
  if (entry.module == "tickets") return is_news_of_a_ticket(name);
  if (entry.module == "tasks") return is_news_of_an_activity(tasks_module(), name);
  if (entry.module == "appointments") return is_news_of_an_activity(appointments_module(), name);
  return true;
}

/// A ticket that came as spam and is none: whoever hears of tickets hears of it now.
bool is_first_heard_of(const records::LogEntry& entry) {
  if (entry.event != "spam_unmarked") return false;
  const Result<Json> detail = json_from_text(entry.detail_json);
  const Json* came_as_spam = detail ? find(*detail, "came_as_spam") : nullptr;
  return came_as_spam && came_as_spam->is_bool() && came_as_spam->as_bool();
}

std::optional<EventVerb> verb_of(const records::LogEntry& entry) {
  if (entry.event == called_entry) return EventVerb::call;
  if (is_first_heard_of(entry)) return EventVerb::add;
  const std::vector<std::string> changed = changed_fields_of(entry);
  if (entry.module == "attachments") return verb_of_attachment(entry, changed);
  // Worked time is removed without the recycle bin.
  if (entry.module == "time_entries" && entry.event == "purged") return EventVerb::delete_;
  if (entry.event == "created") return EventVerb::add;
  if (entry.event == "deleted") return EventVerb::delete_;
  if (entry.event == "restored") return EventVerb::update;
  if (entry.event == "purged") return std::nullopt;
  const bool is_any_news =
      std::any_of(changed.begin(), changed.end(),
                  [&](const std::string& name) { return is_news(entry, name); });
  if (!is_any_news) return std::nullopt;
  return EventVerb::update;
}

}  // namespace

const std::vector<WebhookEvent>& webhook_events() {
  using enum EventVerb;
  static const std::vector<WebhookEvent> events{
      {"Ticket_Add", "tickets", add, true},
      {"Ticket_Update", "tickets", update, true},
      {"Ticket_Delete", "tickets", delete_, true},
      {"Ticket_Comment_Add", "comments", add, true},
      {"Ticket_Comment_Update", "comments", update, true},
      {"Ticket_Thread_Add", "threads", add, true, true},
      {"Ticket_Attachment_Add", "attachments", add, true},
      {"Ticket_Attachment_Update", "attachments", update, true},
      {"Ticket_Attachment_Delete", "attachments", delete_, true},
      {"Contact_Add", "contacts", add},
      {"Contact_Update", "contacts", update},
      {"Contact_Delete", "contacts", delete_},
      {"Account_Add", "accounts", add},
      {"Account_Update", "accounts", update},
      {"Account_Delete", "accounts", delete_},
      {"Task_Add", "tasks", add, true},
      {"Task_Update", "tasks", update, true},
      {"Task_Delete", "tasks", delete_, true},
      {"Event_Add", "appointments", add, true},
      {"Event_Update", "appointments", update, true},
      {"Event_Delete", "appointments", delete_, true},
      {"Call_Add", "threads", add, true, true, true},
      {"TimeEntry_Add", "time_entries", add, true},
      {"TimeEntry_Update", "time_entries", update, true},
      {"TimeEntry_Delete", "time_entries", delete_, true},
      {"Agent_Add", "agents", add},
      {"Agent_Update", "agents", update},
      {"Agent_Delete", "agents", delete_},
      {"Department_Add", "departments", add},
      {"Department_Update", "departments", update},
      {call_event, "tickets", EventVerb::call},
  };
  return events;
}

const WebhookEvent* find_webhook_event(std::string_view name) {
  for (const WebhookEvent& event : webhook_events()) {
    if (event.name == name) return &event;
  }
  return nullptr;
}

std::vector<const WebhookEvent*> events_of_entry(const records::LogEntry& entry) {
  std::vector<const WebhookEvent*> found;
  const bool may_be_one =
      std::any_of(webhook_events().begin(), webhook_events().end(),
                  [&](const WebhookEvent& event) { return event.module == entry.module; });
  if (!may_be_one) return found;
  const std::optional<EventVerb> verb = verb_of(entry);
  if (!verb) return found;
  for (const WebhookEvent& event : webhook_events()) {
    if (event.module != entry.module || event.verb != *verb) continue;
    if (event.is_of_calls && !has(changed_fields_of(entry), "call_started_at")) continue;
    found.push_back(&event);
  }
  return found;
}

std::vector<std::string> changed_fields_of(const records::LogEntry& entry) {
  std::vector<std::string> names;
  const Result<Json> changes = json_from_text(entry.changes_json);
  if (!changes || !changes->is_object()) return names;
  for (const auto& pair : changes->as_object()) names.emplace_back(pair.key());
  return names;
}

}  // namespace tandem::desk
