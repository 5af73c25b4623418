#include "api/native/contact_handlers.h"

#include "api/native/merge_envelope.h"
#include "desk/customers/contact_duplicates.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"
#include "operations/visible.h"

namespace tandem::api::native {

namespace {

using records::Record;

void append_texts(JsonWriter& json, std::string_view key, const records::Changes& changes,
                  const std::string& field) {
  json.key(key).begin_array();
  const records::Value* list = changes.find(field);
  for (const std::string& one : list ? list->list() : std::vector<std::string>{}) json.string(one);
  json.end_array();
}

std::string preview_json(db::Transaction& tx, const Call& call,
                         const desk::ContactMergePreview& preview) {
  const operations::MergePlan& merge = preview.plan;
  JsonWriter json;
  json.begin_object().key("target").begin_object();
  append_hit(json, call, merge.target);
  json.end_object().key("contacts").begin_array();
  for (size_t at = 0; at < merge.others.size(); ++at) {
    json.begin_object();
    append_hit(json, call, merge.others[at]);
    json.number("tickets", preview.tickets[at].value);
    json.boolean("tickets_is_exact", preview.tickets[at].is_exact).end_object();
  }
  json.end_array();
  append_choices(json, tx, call, merge, "contact");
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
  const desk::ContactMergeRequest request = TRY(read_merge(call, "contacts"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::ContactMergePreview merge =
        TRY(desk::preview_contact_merge(tx, call.actor, request));
    return http::Response::json(200, preview_json(tx, call, merge));
  });
}

Result<http::Response> merge_contacts(Call& call) {
  const desk::ContactMergeRequest request = TRY(read_merge(call, "contacts"));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record contact = TRY(desk::merge_contacts(tx, call.actor, request));
    return record_json(tx, call.actor, contact);
  }));
}

Result<http::Response> list_contact_merges(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto merges = TRY(operations::merges_into(tx, call.actor, desk::contacts_module(), id));
    return http::Response::json(200, merges_json(merges, "contacts"));
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
      append_hit(json, call, one.other);
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
        append_hit(json, call, *contact);
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
