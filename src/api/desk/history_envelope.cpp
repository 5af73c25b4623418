#include <map>

#include "api/desk/envelope.h"
#include "api/desk/sharing.h"
#include "api/desk/words.h"
#include "desk/modules.h"

namespace tandem::api::desk_dialect {

namespace {

/// "ContactUpdated": the module's word and what was done.
std::string name_of_other(const records::LogEntry& entry) {
  std::string name = entry.module == "appointments"
                         ? std::string("event")
                         : entry.module.substr(0, entry.module.size() - 1);
  name.front() = char(name.front() - 'a' + 'A');
  if (entry.event == "created") return name + "Created";
  if (entry.event == "deleted") return name + "Deleted";
  if (entry.event == "restored") return name + "Restored";
  return name + "Updated";
}

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
      {"rated", "CustomerRatingAdded"},
      {"shared", "TicketShared"},
      {"share_changed", "TicketShareModeUpdated"},
      {"unshared", "TicketShareRevoked"},
      {"merged", "TicketMergedMaster"},
      {"merged_into", "TicketMergedChild"},
      {"split", "TicketSplitParent"},
      {"split_from", "TicketSplitChild"},
      {"time_logged", "TimeEntryAdded"},
      {"time_changed", "TimeEntryUpdated"},
      {"time_removed", "TimeEntryDeleted"},
      {"followed", "FollowersAdded"},
      {"followers_added", "FollowersAdded"},
      {"webhook_called", "CustomFunctionExecuted"},
      {"unfollowed", "FollowersRemoved"},
      {"followers_removed", "FollowersRemoved"},
  };
  if (entry.module != "tickets") return name_of_other(entry);
  const auto name = names.find(entry.event);
  return name == names.end() ? "TicketUpdated" : name->second;
}

std::string source_name(const std::string& path) {
  if (path == "mail") return "Email";
  if (path == "import") return "Import";
  if (path == "api") return "API";
  return "Web";
}

/// The field's key in the dialect; nothing for what the dialect has no word for.
std::optional<std::string> property_of(const records::Shape& shape, std::string_view field) {
  const records::FieldDef* definition = shape.find(field);
  if (definition && definition->custom) return "cf_" + std::string(field);
  for (const FieldWord& word : words_of(shape.module())) {
    if (word.field == field) return std::string(word.key);
  }
  return std::nullopt;
}

/// A choice by its label, everything else as the change log has it.
Json shown_value(const records::Shape& shape, std::string_view field, const Json& value) {
  const records::FieldDef* definition = shape.find(field);
  if (!definition || definition->custom || !value.is_string() || definition->choices.empty()) {
    return value;
  }
  return Json(label_of(*definition, std::string(value.as_string())));
}

void append_change(JsonWriter& json, const records::Shape& shape, std::string_view field,
                   const Json& change) {
  const std::optional<std::string> property = property_of(shape, field);
  if (!property || !change.is_array() || change.as_array().size() != 2) return;
  json.begin_object().string("propertyName", *property).string("propertyType", "TEXT");
  json.null("systemProperty").key("propertyValue").begin_object();
  json.key("previousValue").value(shown_value(shape, field, change.as_array()[0]));
  json.key("updatedValue").value(shown_value(shape, field, change.as_array()[1]));
  json.end_object().end_object();
}

JsonWriter& begin_property(JsonWriter& json, std::string_view name) {
  json.begin_object().string("propertyName", name).string("propertyType", "TEXT");
  return json.null("systemProperty").key("propertyValue");
}

/// The access that the department had before, of the words "<id>:<access>" in the entry.
std::string_view access_before(const records::LogEntry& entry, const std::string& department) {
  const Result<Json> changes = json_from_text(entry.changes_json);
  const Json* shares = changes ? find(*changes, "shares") : nullptr;
  if (!shares || !shares->is_array() || shares->as_array().empty()) return "";
  const Json& before = shares->as_array().front();
  if (!before.is_array()) return "";
  for (const Json& one : before.as_array()) {
    if (!one.is_string()) continue;
    const std::string_view word(one.as_string());
    const size_t colon = word.find(':');
    if (word.substr(0, colon) == department) return share_type(word.substr(colon + 1));
  }
  return "";
}

/// With which department, and at which access.
void append_share(JsonWriter& json, db::Transaction& tx, OrgId org,
                  const records::LogEntry& entry) {
  const Result<Json> detail = json_from_text(entry.detail_json);
  if (!detail) return;
  const std::string id = text_of(*detail, "department");
  begin_property(json, "departmentId").string(id).end_object();
  for (const records::LinkTitle& department :
       records::link_titles(tx, org, desk::departments_module(), {id_from_text(id).value_or(0)})) {
    begin_property(json, "departmentName").string(department.title).end_object();
  }
  const std::string_view type = share_type(text_of(*detail, "access"));
  begin_property(json, "type");
  if (entry.event != "share_changed") {
    json.string(type).end_object();
    return;
  }
  json.begin_object().string("previousValue", access_before(entry, id));
  json.string("updatedValue", type).end_object().end_object();
}

bool is_about_a_share(const records::LogEntry& entry) {
  return entry.event == "shared" || entry.event == "share_changed" || entry.event == "unshared";
}

}  // namespace

std::string history_json(db::Transaction& tx, OrgId org, const records::Shape& shape,
                         const records::LogEntry& entry) {
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
  if (changes && changes->is_object()) {
    for (const auto& pair : changes->as_object())
      append_change(json, shape, pair.key(), pair.value());
  }
  if (is_about_a_share(entry)) append_share(json, tx, org, entry);
  json.end_array().end_object();
  return json.take();
}

}  // namespace tandem::api::desk_dialect
