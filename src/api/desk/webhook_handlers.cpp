#include <algorithm>

#include "api/desk/handlers.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/webhooks/webhook_sending.h"
#include "desk/webhooks/webhooks.h"

// Webhooks in the dialect's words: subscriptions are an object of events, fields have the dialect's
// names.

namespace tandem::api::desk_dialect {

namespace {

constexpr std::string_view custom_prefix = "cf_";

const records::ModuleDef* module_of(const Call& call, const std::string& event_name) {
  const desk::WebhookEvent* event = desk::find_webhook_event(event_name);
  return event ? call.services.desk.catalogue.find(std::string(event->module)) : nullptr;
}

std::string field_of_word(const records::ModuleDef* module, const std::string& name) {
  const FieldWord* word = module ? find_word(*module, name) : nullptr;
  if (word) return std::string(word->field);
  return name.starts_with(custom_prefix) ? name.substr(custom_prefix.size()) : name;
}

std::string word_of_field(const records::ModuleDef* module, const std::string& field) {
  if (!module) return field;
  const bool is_own = std::any_of(module->fields.begin(), module->fields.end(),
                                  [&](const auto& each) { return each.name == field; });
  return is_own ? key_of_field(*module, field) : std::string(custom_prefix) + field;
}

Result<desk::Subscription> read_subscription(const Call& call, const std::string& event,
                                             const Json& conditions) {
  desk::Subscription read{.event = event};
  if (conditions.is_null()) return read;
  if (!conditions.is_object()) {
    return invalid("subscriptions", "wrong_type", "Send null or an object for each event.");
  }
  const JsonObject& object = conditions.as_object();
  read.departments = TRY(some_ids_of(object, "departmentIds", desk::webhook_departments_max));
  read.includes_previous = flag_member(object, "includePrevState");
  read.direction = text_member(object, "direction");
  const Json* fields = object.if_contains("fields");
  if (!fields || fields->is_null()) return read;
  if (!fields->is_array()) {
    return invalid("subscriptions", "wrong_type", "Send fields as a list of names.");
  }
  for (const Json& field : fields->as_array()) {
    if (!field.is_string()) {
      return invalid("subscriptions", "wrong_type", "Send fields as a list of names.");
    }
    read.fields.push_back(field_of_word(module_of(call, event), std::string(field.as_string())));
  }
  return read;
}

Result<std::vector<desk::Subscription>> read_subscriptions(const Call& call,
                                                           const JsonObject& body) {
  std::vector<desk::Subscription> read;
  const Json* events = body.if_contains("subscriptions");
  if (!events || !events->is_object()) {
    return invalid("subscriptions", "required",
                   "Name the events: {\"Ticket_Add\":null}, or with conditions.");
  }
  for (const auto& pair : events->as_object()) {
    const desk::Subscription one =
        TRY(read_subscription(call, std::string(pair.key()), pair.value()));
    read.push_back(one);
  }
  return read;
}

std::string host_of(const std::string& url) {
  const size_t start = url.find("://");
  if (start == std::string::npos) return "Webhook";
  const std::string host = url.substr(start + 3, url.find_first_of("/?", start + 3) - start - 3);
  return std::string(first_chars(host, desk::webhook_name_chars_max));
}

/// What the body says of it; the rest stays as it is.
Result<desk::Webhook> read_webhook(const Call& call, const JsonObject& body,
                                   desk::Webhook webhook) {
  if (body.contains("url")) webhook.url = text_member(body, "url");
  if (body.contains("name")) webhook.name = text_member(body, "name");
  if (webhook.name.empty()) webhook.name = host_of(webhook.url);
  if (body.contains("description")) webhook.description = text_member(body, "description");
  if (body.contains("ignoreSourceId")) webhook.source_id = text_member(body, "ignoreSourceId");
  if (body.contains("isEnabled")) webhook.is_enabled = flag_member(body, "isEnabled");
  if (body.contains("includePrivateComments")) {
    webhook.includes_private = flag_member(body, "includePrivateComments");
  }
  if (const Json* from = body.if_contains("includeEventsFrom")) {
    webhook.includes_automation =
        from->is_array() &&
        std::any_of(from->as_array().begin(), from->as_array().end(), [](const Json& one) {
          return one.is_string() && one.as_string() == "AUTOMATION";
        });
  }
  if (body.contains("subscriptions")) webhook.subscriptions = TRY(read_subscriptions(call, body));
  return webhook;
}

void append_subscription(JsonWriter& json, const Call& call, const desk::Subscription& one) {
  const desk::WebhookEvent* event = desk::find_webhook_event(one.event);
  json.key(one.event).begin_object().key("departmentIds");
  if (one.departments.empty()) {
    json.null();
  } else {
    json.begin_array();
    for (const int64_t id : one.departments) json.id(id);
    json.end_array();
  }
  if (event && event->verb == desk::EventVerb::update) {
    json.boolean("includePrevState", one.includes_previous).key("fields").begin_array();
    for (const std::string& field : one.fields) {
      json.string(word_of_field(module_of(call, one.event), field));
    }
    json.end_array();
  }
  if (!one.direction.empty()) json.string("direction", one.direction);
  json.end_object();
}

std::string webhook_json(const Call& call, const desk::Webhook& webhook,
                         const std::string& secret = "") {
  JsonWriter json;
  json.begin_object().id("id", webhook.id.value).string("name", webhook.name);
  json.string("description", webhook.description).string("url", webhook.url);
  json.string("type", "CUSTOMER_WEBHOOK").boolean("isEnabled", webhook.is_enabled);
  json.key("includeEventsFrom").begin_array();
  if (webhook.includes_automation) json.string("AUTOMATION");
  json.end_array().key("ignoreSourceId");
  if (webhook.source_id.empty()) {
    json.null();
  } else {
    json.string(webhook.source_id);
  }
  json.boolean("includePrivateComments", webhook.includes_private);
  json.key("subscriptions").begin_object();
  for (const desk::Subscription& one : webhook.subscriptions) append_subscription(json, call, one);
  json.end_object().id("createdBy", webhook.created_by.value);
  json.string("createdTime", to_iso(webhook.created_at));
  json.string("modifiedTime", to_iso(webhook.updated_at));
  if (!secret.empty()) json.string("signingSecret", secret);
  return json.end_object().take();
}

}  // namespace

Result<http::Response> list_webhooks(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    const std::vector<desk::Webhook> webhooks = TRY(desk::list_webhooks(tx, call.actor));
    for (const desk::Webhook& webhook : webhooks) shown.push_back(webhook_json(call, webhook));
    return show_list(shown);
  });
}

Result<http::Response> read_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Webhook webhook = TRY(desk::read_webhook(tx, call.actor, id));
    return http::Response::json(200, webhook_json(call, webhook));
  });
}

Result<http::Response> add_webhook(Call& call) {
  const JsonObject body = TRY(call.body());
  desk::Webhook first;
  first.includes_automation = false;
  const desk::Webhook wanted = TRY(read_webhook(call, body, first));
  if (wanted.subscriptions.empty()) TRY(read_subscriptions(call, body));
  // Who may not make webhooks can't have addresses called either.
  TRY(call.database().read([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::list_webhooks(tx, call.actor));
    return {};
  }));
  TRY(desk::require_answer(call.services.desk, wanted.url));
  const desk::WebhookWithSecret added =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::WebhookWithSecret> {
        return desk::add_webhook(tx, call.services.desk, call.actor, wanted);
      }));
  return http::Response::json(200, webhook_json(call, added.webhook, added.secret));
}

Result<http::Response> update_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const desk::Webhook changed =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::Webhook> {
        const desk::Webhook before = TRY(desk::read_webhook(tx, call.actor, id));
        const desk::Webhook wanted = TRY(read_webhook(call, body, before));
        return desk::change_webhook(tx, call.actor, wanted);
      }));
  return http::Response::json(200, webhook_json(call, changed));
}

Result<http::Response> remove_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_webhook(tx, call.actor, id);
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::desk_dialect
