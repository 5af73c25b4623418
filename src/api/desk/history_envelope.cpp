#include <map>

#include "api/desk/envelope.h"
#include "api/desk/words.h"

namespace tandem::api::desk_dialect {

namespace {

/// The dialect's names of what the change log of a ticket says; a word it lacks is shown as
/// TicketUpdated.
std::string event_name(const records::LogEntry& entry) {
  static const std::map<std::string, std::string, std::less<>> names{
      {"created", "TicketCreated"},
      {"updated", "TicketUpdated"},
      {"deleted", "TicketDeleted"},
      {"restored", "TicketRestored"},
      {"reply_sent", "ThreadAdded"},
      {"mail_received", "ThreadAdded"},
      {"forwarded", "ThreadAdded"},
      {"comment_added", "CommentAdded"},
      {"comment_edited", "CommentEdited"},
      {"comment_removed", "CommentDeleted"},
      {"attachment_added", "AttachmentAdded"},
      {"attachment_removed", "AttachmentDeleted"},
      {"resent", "ThreadResent"},
  };
  const auto name = names.find(entry.event);
  if (entry.module != "tickets")
    return "Record" + std::string(entry.event == "created" ? "Created" : "Updated");
  return name == names.end() ? "TicketUpdated" : name->second;
}

std::string source_name(const std::string& path) {
  if (path == "mail") return "Email";
  if (path == "import") return "Import";
  if (path == "api") return "API";
  return "Web";
}

void append_change(JsonWriter& json, const records::ModuleDef& module, std::string_view field,
                   const Json& change) {
  if (!change.is_array() || change.as_array().size() != 2) return;
  json.begin_object()
      .string("propertyName", key_of_field(module, field))
      .string("propertyType", "TEXT");
  json.null("systemProperty").key("propertyValue").begin_object();
  json.key("previousValue")
      .value(change.as_array()[0])
      .key("updatedValue")
      .value(change.as_array()[1]);
  json.end_object().end_object();
}

}  // namespace

std::string history_json(const Call& call, const records::LogEntry& entry) {
  JsonWriter json;
  json.begin_object().string("eventName", event_name(entry)).string("eventTime", to_iso(entry.at));
  json.string("source", source_name(entry.author.path)).key("actor").begin_object();
  json.id("id", entry.author.id.value).string("name", entry.author.name);
  const char* type = "System";
  if (entry.author.kind == "person") type = "Agent";
  if (entry.author.kind == "contact") type = "Contact";
  json.string("type", type).end_object().key("actorInfo").begin_array().end_array();
  json.key("eventInfo").begin_array();
  const Result<Json> changes =
      json_from_text(entry.changes_json.empty() ? "{}" : entry.changes_json);
  const records::ModuleDef* module = call.actor.catalogue->find(entry.module);
  if (changes && changes->is_object() && module) {
    for (const auto& pair : changes->as_object())
      append_change(json, *module, pair.key(), pair.value());
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace tandem::api::desk_dialect
