#include "api/desk/envelope.h"

#include <algorithm>

#include "api/desk/words.h"
#include "desk/replies.h"
#include "desk/views.h"

namespace tandem::api::desk_dialect {

namespace {

using records::FieldDef;
using records::Record;
using records::Value;

bool wants(const std::vector<std::string>& include, std::string_view name) {
  return std::find(include.begin(), include.end(), name) != include.end();
}

void append_word(JsonWriter& json, const Record& record, const FieldWord& word) {
  const FieldDef* field = record.shape->find(word.field);
  const Value& value = record.get(word.field);
  json.key(word.key);
  if (value.is_null()) {
    json.null();
  } else if (word.form == Form::label) {
    json.string(label_of(*field, value.text()));
  } else if (word.form == Form::id) {
    json.id(value.number());
  } else if (word.form == Form::count) {
    json.string(std::to_string(value.number()));
  } else {
    records::append_value(json, *field, value);
  }
}

void append_custom(JsonWriter& json, const Record& record) {
  const std::vector<FieldDef>& fields = record.shape->fields();
  for (const std::string_view group : {"cf", "customFields"}) {
    json.key(group).begin_object();
    for (size_t index = record.shape->own_field_count(); index < fields.size(); ++index) {
      json.key(group == "cf" ? "cf_" + fields[index].name : fields[index].label);
      records::append_value(json, fields[index], record.values[index]);
    }
    json.end_object();
  }
}

void append_moment(JsonWriter& json, std::string_view key, const Value& value) {
  if (value.is_null()) {
    json.null(key);
  } else {
    json.string(key, to_iso(value.instant()));
  }
}

/// The record a link points to, when the actor may see it.
std::optional<Record> linked(db::Transaction& tx, const Call& call, const Record& record,
                             const char* field, const char* module) {
  const RecordId id = record.get(field).id();
  if (!id) return std::nullopt;
  Result<Record> found =
      operations::read_record(tx, call.actor, *call.actor.catalogue->find(module), id);
  if (!found) return std::nullopt;
  return std::move(*found);
}

void append_ticket_contact(JsonWriter& json, db::Transaction& tx, const Call& call,
                           const Record& ticket) {
  const std::optional<Record> contact = linked(tx, call, ticket, "contact", "contacts");
  if (!contact) {
    json.null("contact");
    return;
  }
  json.key("contact").begin_object().id("id", contact->id.value);
  for (const char* key : {"firstName", "lastName", "email", "phone", "mobile"}) {
    append_word(json, *contact, *find_word(contact->shape->module(), key));
  }
  json.boolean("isSpam", false);
  if (const std::optional<Record> account = linked(tx, call, *contact, "account", "accounts")) {
    json.key("account")
        .begin_object()
        .id("id", account->id.value)
        .string("accountName", account->title);
    append_word(json, *account, *find_word(account->shape->module(), "website"));
    json.end_object();
  } else {
    json.null("account");
  }
  json.end_object();
}

void append_agent_fields(JsonWriter& json, const access::Agent& agent) {
  const size_t space = agent.name.find(' ');
  json.string("firstName", space == std::string::npos ? "" : agent.name.substr(0, space));
  json.string("lastName", space == std::string::npos ? agent.name : agent.name.substr(space + 1));
}

void append_ticket_extras(JsonWriter& json, db::Transaction& tx, const Call& call,
                          const Record& ticket, const std::vector<std::string>& include) {
  json.boolean("isOverDue", desk::is_overdue(ticket, tx.now()));
  json.boolean("isTrashed", ticket.deleted_at.has_value()).boolean("isSpam", false);
  json.string("webUrl", call.services.base_url + "/desk/" + to_string(call.actor.org) +
                            "/tickets/" + to_string(ticket.id));
  append_moment(json, "customerResponseTime", ticket.get("last_activity_at"));
  if (wants(include, "contacts")) append_ticket_contact(json, tx, call, ticket);
  if (wants(include, "assignee")) {
    const std::optional<access::Agent> agent =
        access::find_agent(tx, call.actor.org, ticket.get("owner").id());
    json.key("assignee");
    if (agent) {
      json.begin_object().id("id", agent->id.value).string("email", agent->email);
      append_agent_fields(json, *agent);
      json.end_object();
    } else {
      json.null();
    }
  }
  if (wants(include, "departments")) {
    const std::optional<Record> department = linked(tx, call, ticket, "department", "departments");
    json.key("department").begin_object().id("id", ticket.get("department").number());
    json.string("name", department ? department->title : "").end_object();
  }
}

void append_author(JsonWriter& json, std::string_view key, const Record& part) {
  const std::string& name = part.get("author_name").text();
  const size_t space = name.find(' ');
  json.key(key).begin_object().id("id", part.get("author_id").number()).string("name", name);
  json.string("firstName", space == std::string::npos ? "" : name.substr(0, space));
  json.string("lastName", space == std::string::npos ? name : name.substr(space + 1));
  json.string("email", part.get("author_email").text()).null("photoURL");
  json.string("type", part.get("author_kind").text() == "contact" ? "END_USER" : "AGENT")
      .end_object();
}

void append_attachments(JsonWriter& json, const Call& call,
                        const std::vector<Record>& attachments) {
  json.key("attachments").begin_array();
  for (const Record& attachment : attachments) json.raw(attachment_json(call, attachment));
  json.end_array();
}

/// "PHONE" of phone: the dialect shouts channels of threads.
std::string upper(std::string text) {
  for (char& letter : text) {
    if (letter >= 'a' && letter <= 'z') letter = char(letter - 'a' + 'A');
  }
  return text;
}

std::string thread_status(const std::string& delivery_state) {
  if (delivery_state == "failed" || delivery_state == "bounced") return "FAILED";
  if (delivery_state == "queued") return "PENDING";
  return "SUCCESS";
}

/// "a@x, b@y" of the JSON list that a thread keeps.
std::string comma_list(const std::string& addresses_json) {
  std::string list;
  for (const desk::Address& address : desk::addresses_from_json(addresses_json)) {
    if (!list.empty()) list += ",";
    list += address.address;
  }
  return list;
}

}  // namespace

std::string record_json(db::Transaction& tx, const Call& call, const Record& record,
                        const std::vector<std::string>& include) {
  const std::string& module = record.shape->module().name;
  JsonWriter json;
  json.begin_object().id("id", record.id.value);
  for (const FieldWord& word : words_of(record.shape->module())) append_word(json, record, word);
  json.string("createdTime", to_iso(record.created_at))
      .string("modifiedTime", to_iso(record.updated_at));
  if (module == "tickets") {
    append_ticket_extras(json, tx, call, record, include);
  } else if (module == "contacts" || module == "accounts") {
    json.string("webUrl", call.services.base_url + "/desk/" + to_string(call.actor.org) + "/" +
                              module + "/" + to_string(record.id));
    json.boolean("isDeleted", record.deleted_at.has_value());
  }
  if (record.shape->module().custom_fields) append_custom(json, record);
  json.end_object();
  return json.take();
}

std::string agent_json(const access::Agent& agent) {
  JsonWriter json;
  json.begin_object().id("id", agent.id.value);
  append_agent_fields(json, agent);
  json.string("name", agent.name).string("emailId", agent.email).id("zuid", agent.person.value);
  json.id("roleId", agent.role_id.value).id("profileId", agent.role_id.value);
  const char* type = "Custom";
  if (agent.role_kind == access::RoleKind::administrator) type = "Admin";
  if (agent.role_kind == access::RoleKind::agent) type = "AgentPublic";
  if (agent.role_kind == access::RoleKind::light_agent) type = "Light";
  json.string("rolePermissionType", type).key("associatedDepartmentIds").begin_array();
  for (const int64_t id : agent.department_ids) json.id(id);
  json.end_array().string("status",
                          agent.status == access::AgentStatus::disabled ? "DISABLED" : "ACTIVE");
  json.boolean("isConfirmed", agent.status != access::AgentStatus::invited)
      .null("photoURL")
      .end_object();
  return json.take();
}

std::string thread_json(const Call& call, const desk::TimelineItem& item, Content content) {
  const Record& thread = item.record;
  JsonWriter json;
  json.begin_object()
      .id("id", thread.id.value)
      .string("channel", upper(thread.get("channel").text()));
  json.string("direction", thread.get("direction").text());
  json.string("status", thread_status(thread.get("delivery_state").text()));
  json.string("visibility", thread.get("is_private").truth() ? "private" : "public");
  json.string("summary", thread.get("text_preview").text()).string("createdTime", to_iso(item.at));
  append_author(json, "author", thread);
  json.string("fromEmailAddress", thread.get("sender_email").text());
  json.string("to", comma_list(thread.get("to_addresses").text()));
  json.string("cc", comma_list(thread.get("cc_addresses").text()));
  json.string("bcc", comma_list(thread.get("bcc_addresses").text()));
  json.boolean("isForward", thread.get("is_forward").truth());
  json.boolean("isDescriptionThread", thread.get("is_description").truth())
      .boolean("canReply", true);
  json.boolean("hasAttach", !item.attachments.empty());
  json.string("attachmentCount", std::to_string(item.attachments.size()));
  append_attachments(json, call, item.attachments);
  json.string("contentType", "text/html").boolean("isContentTruncated", false);
  if (content == Content::whole) {
    const desk::ThreadBody body = desk::body_of(thread);
    json.string("content", body.html + body.quoted_html);
    if (call.query_text("include") == "plainText")
      json.string("plainText", thread.get("plain_text").text());
  }
  json.end_object();
  return json.take();
}

std::string comment_json(const Call& call, const desk::TimelineItem& item) {
  const Record& comment = item.record;
  JsonWriter json;
  json.begin_object().id("id", comment.id.value).string("content", comment.get("html").text());
  json.string("encodedContent", comment.get("html").text()).string("contentType", "html");
  json.boolean("isPublic", comment.get("is_public").truth())
      .string("commentedTime", to_iso(item.at));
  append_moment(json, "modifiedTime", comment.get("edited_at"));
  json.id("commenterId", comment.get("author_id").number());
  append_author(json, "commenter", comment);
  append_attachments(json, call, item.attachments);
  json.key("mention").begin_array().end_array().end_object();
  return json.take();
}

std::string attachment_json(const Call& call, const Record& attachment) {
  JsonWriter json;
  json.begin_object().id("id", attachment.id.value).string("name", attachment.get("name").text());
  json.string("size", std::to_string(attachment.get("size_bytes").number()));
  json.string("type", attachment.get("content_type").text())
      .string("createdTime", to_iso(attachment.created_at));
  json.boolean("isPublic", !attachment.get("is_private").truth());
  if (const RecordId ticket = attachment.get("ticket").id()) {
    json.string("href", call.services.base_url + "/api/v1/tickets/" + to_string(ticket) +
                            "/attachments/" + to_string(attachment.id) + "/content");
  }
  json.end_object();
  return json.take();
}

}  // namespace tandem::api::desk_dialect
