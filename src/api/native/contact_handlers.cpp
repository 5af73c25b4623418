#include "api/native/contact_handlers.h"

#include "base/text.h"
#include "desk/customers/contact_duplicates.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::api::native {

namespace {

using records::Record;

Result<std::vector<desk::SeenContact>> body_contacts(const JsonObject& body) {
  std::vector<desk::SeenContact> contacts;
  const std::vector<SeenRecord> seen = TRY(body_seen(body, "contacts", desk::contacts_merged_max));
  for (const SeenRecord& one : seen) contacts.push_back({one.id, one.revision});
  return contacts;
}

Result<desk::ContactMergeRequest> read_merge(const Call& call) {
  desk::ContactMergeRequest request;
  request.target.id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"contacts", "revision", "winners"}));
  request.others = TRY(body_contacts(body));
  request.target.revision = TRY(body_revision(body));
  const Json* winners = body.if_contains("winners");
  if (!winners || winners->is_null()) return request;
  if (!winners->is_object())
    return invalid("winners", "wrong_type", "Send winners as {field: contact's id}.");
  for (const auto& pair : winners->as_object()) {
    const RecordId contact = TRY(body_id(winners->as_object(), pair.key()));
    request.winners[std::string(pair.key())] = contact;
  }
  return request;
}

/// What a role does not see of a contact stays out.
std::string shown_text(const access::Actor& actor, const Record& contact, const char* name) {
  const records::FieldDef* field = contact.shape->find(name);
  const bool is_hidden =
      access::field_access(actor, "contacts", *field) == access::FieldAccess::hidden;
  return is_hidden ? "" : contact.get(name).text();
}

void append_contact(JsonWriter& json, const Call& call, const Record& contact) {
  json.id("id", contact.id.value).string("title", contact.title);
  json.number("revision", contact.revision);
  for (const char* name : {"email", "phone", "job_title"})
    json.string(name, shown_text(call.actor, contact, name));
}

/// A value as people read it: a link by its title.
std::string said(db::Transaction& tx, const Call& call, const records::FieldDef& field,
                 const records::Value& value) {
  if (value.is_null()) return "";
  const records::ModuleDef* linked =
      field.link_to.empty() ? nullptr : call.actor.catalogue->find(field.link_to);
  if (!linked) return records::value_to_text(field, value);
  const auto titles = records::link_titles(tx, call.actor.org, *linked, {value.number()});
  return titles.empty() ? "" : titles.front().title;
}

void append_texts(JsonWriter& json, std::string_view key, const records::Changes& changes,
                  const std::string& field) {
  json.key(key).begin_array();
  const records::Value* list = changes.find(field);
  for (const std::string& one : list ? list->list() : std::vector<std::string>{}) json.string(one);
  json.end_array();
}

std::string preview_json(db::Transaction& tx, const Call& call,
                         const desk::ContactMergePreview& merge) {
  JsonWriter json;
  json.begin_object().key("target").begin_object();
  append_contact(json, call, merge.target);
  json.end_object().key("contacts").begin_array();
  for (size_t at = 0; at < merge.others.size(); ++at) {
    json.begin_object();
    append_contact(json, call, merge.others[at]);
    json.number("tickets", merge.tickets[at].value);
    json.boolean("tickets_is_exact", merge.tickets[at].is_exact).end_object();
  }
  json.end_array().key("fields").begin_array();
  for (const desk::FieldChoice& choice : merge.choices) {
    json.begin_object().string("name", choice.field->name).id("winner", choice.winner.value);
    json.key("values").begin_array();
    const auto append_value = [&](const Record& contact) {
      json.begin_object().id("contact", contact.id.value);
      json.string("text", said(tx, call, *choice.field, contact.get(choice.field->name)));
      json.end_object();
    };
    append_value(merge.target);
    for (const Record& other : merge.others) append_value(other);
    json.end_array().end_object();
  }
  json.end_array();
  for (const char* name : {"other_emails", "other_phones"}) {
    const bool is_hidden =
        access::field_access(call.actor, "contacts", *merge.target.shape->find(name)) ==
        access::FieldAccess::hidden;
    append_texts(json, name, is_hidden ? records::Changes() : merge.changes, name);
  }
  return json.end_object().take();
}

Result<http::Response> saved(Call& call, Result<std::string> json) {
  if (!json) return json.error();
  call.services.wake();
  return http::Response::json(200, std::move(*json));
}

}  // namespace

Result<http::Response> preview_contact_merge(Call& call) {
  const desk::ContactMergeRequest request = TRY(read_merge(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::ContactMergePreview merge =
        TRY(desk::preview_contact_merge(tx, call.actor, request));
    return http::Response::json(200, preview_json(tx, call, merge));
  });
}

Result<http::Response> merge_contacts(Call& call) {
  const desk::ContactMergeRequest request = TRY(read_merge(call));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record contact = TRY(desk::merge_contacts(tx, call.actor, request));
    return record_json(tx, call.actor, contact);
  }));
}

Result<http::Response> list_contact_merges(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto merges = TRY(desk::contact_merges_into(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("merges").begin_array();
    for (const desk::DoneContactMerge& merge : merges) {
      json.begin_object().id("id", merge.id.value).string("at", to_iso(merge.merged_at));
      json.key("contacts").begin_array();
      for (const desk::MergedContact& one : merge.contacts)
        json.begin_object().id("id", one.id.value).string("title", one.name).end_object();
      json.end_array().end_object();
    }
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> undo_contact_merge(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId merge = TRY(call.id("merge"));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record contact = TRY(desk::undo_contact_merge(tx, call.actor, id, merge));
    return record_json(tx, call.actor, contact);
  }));
}

Result<http::Response> list_duplicates_of_contact(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto duplicates = TRY(desk::duplicates_of(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("duplicates").begin_array();
    for (const desk::Duplicate& one : duplicates) {
      json.begin_object().string("reason", one.reason).key("contact").begin_object();
      append_contact(json, call, one.other);
      json.end_object().end_object();
    }
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> dismiss_duplicate(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"other"}));
  const RecordId other = TRY(body_id(body, "other"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::dismiss_duplicate(tx, call.actor, id, other);
  }));
  return http::Response::no_content();
}

Result<http::Response> list_contact_duplicates(Call& call) {
  const int limit = TRY(call.query_number("limit", 25, 1, desk::duplicates_shown_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::DuplicatePage page =
        TRY(desk::list_duplicates(tx, call.actor, call.query_text("cursor"), limit));
    JsonWriter json;
    json.begin_object().key("pairs").begin_array();
    for (const desk::Duplicate& pair : page.pairs) {
      json.begin_object().string("reason", pair.reason).key("contacts").begin_array();
      for (const Record* contact : {&pair.contact, &pair.other}) {
        json.begin_object();
        append_contact(json, call, *contact);
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array();
    append_cursor(json, "next_cursor", page.next_cursor);
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace tandem::api::native
