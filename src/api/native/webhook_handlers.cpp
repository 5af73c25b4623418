#include "api/native/webhook_handlers.h"

#include "api/native/answers.h"
#include "desk/webhooks/webhook_deliveries.h"
#include "desk/webhooks/webhook_sending.h"

namespace tandem::api::native {

namespace {

constexpr int deliveries_usual = 50;

std::string webhook_json(const desk::Webhook& webhook, const std::string& secret = "") {
  JsonWriter json;
  json.begin_object().id("id", webhook.id.value).string("name", webhook.name);
  json.string("description", webhook.description).string("url", webhook.url);
  json.raw("subscriptions", desk::subscriptions_to_json(webhook.subscriptions));
  json.boolean("includes_private", webhook.includes_private);
  json.boolean("includes_automation", webhook.includes_automation);
  json.boolean("is_enabled", webhook.is_enabled).string("off_reason", webhook.off_reason);
  json.number("failures_in_row", webhook.failures_in_row);
  json.string("created_at", to_iso(webhook.created_at));
  json.string("updated_at", to_iso(webhook.updated_at));
  if (!secret.empty()) json.string("secret", secret);
  return json.end_object().take();
}

/// What the body says of a webhook; the rest stays as it is.
Result<desk::Webhook> read_body(const JsonObject& body, desk::Webhook webhook) {
  TRY(only_keys(body, {"name", "description", "url", "subscriptions", "includes_private",
                       "includes_automation", "is_enabled"}));
  if (body.contains("name")) webhook.name = TRY(body_text(body, "name"));
  if (body.contains("description")) {
    webhook.description = TRY(body_text(body, "description", desk::webhook_description_chars_max));
  }
  if (body.contains("url")) webhook.url = TRY(body_text(body, "url", desk::webhook_url_chars_max));
  if (const Json* subscriptions = body.if_contains("subscriptions")) {
    webhook.subscriptions = TRY(desk::subscriptions_from_json(*subscriptions));
  }
  webhook.includes_private = TRY(body_flag(body, "includes_private", webhook.includes_private));
  webhook.includes_automation =
      TRY(body_flag(body, "includes_automation", webhook.includes_automation));
  webhook.is_enabled = TRY(body_flag(body, "is_enabled", webhook.is_enabled));
  return webhook;
}

void append_moment(JsonWriter& json, std::string_view key, const std::optional<Instant>& at) {
  if (at) {
    json.string(key, to_iso(*at));
  } else {
    json.null(key);
  }
}

enum class Depth { row, whole };

std::string delivery_json(const desk::WebhookDelivery& delivery, Depth depth) {
  JsonWriter json;
  json.begin_object().id("id", delivery.id.value).string("event", delivery.event);
  json.id("record", delivery.record.value).string("state", delivery.state);
  json.number("attempts", delivery.attempts).number("status", delivery.status);
  json.string("answer", delivery.answer).string("created_at", to_iso(delivery.created_at));
  append_moment(json, "tried_at", delivery.tried_at);
  append_moment(json, "next_try_at", delivery.next_try_at);
  if (depth == Depth::whole) json.raw("content", delivery.content);
  return json.end_object().take();
}

std::string fields_json(const Call& call, db::Transaction& tx, const desk::WebhookEvent& event) {
  JsonWriter json;
  json.begin_array();
  const records::ModuleDef* module = call.services.desk.catalogue.find(std::string(event.module));
  const records::ShapeRef shape = call.services.desk.catalogue.shape(tx, call.actor.org, *module);
  for (const records::FieldDef& field : shape->fields()) {
    if (field.written_by == records::WrittenBy::person) json.string(field.name);
  }
  return json.end_array().take();
}

std::string word_of(desk::WebhookOutcome outcome) {
  switch (outcome) {
    case desk::WebhookOutcome::delivered: return "delivered";
    case desk::WebhookOutcome::try_again: return "try_again";
    case desk::WebhookOutcome::refused: return "refused";
    case desk::WebhookOutcome::gone: return "gone";
  }
  return "";
}

}  // namespace

Result<http::Response> list_webhooks(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::Webhook> webhooks = TRY(desk::list_webhooks(tx, call.actor));
    return http::Response::json(200, listed("webhooks", webhooks, [](const desk::Webhook& one) {
                                  return webhook_json(one);
                                }));
  });
}

Result<http::Response> list_webhook_events(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto show = [&](const desk::WebhookEvent& event) {
      JsonWriter json;
      json.begin_object().string("name", event.name).string("module", event.module);
      json.boolean("has_department", event.has_department);
      json.boolean("has_direction", event.has_direction);
      const bool is_update = event.verb == desk::EventVerb::update;
      json.boolean("has_fields", is_update);
      json.raw("fields", is_update ? fields_json(call, tx, event) : "[]");
      return json.end_object().take();
    };
    return http::Response::json(200, listed("events", desk::webhook_events(), show));
  });
}

Result<http::Response> add_webhook(Call& call) {
  const JsonObject body = TRY(call.body());
  const desk::Webhook wanted = TRY(read_body(body, {}));
  return written(call, 201, [&](db::Transaction& tx) -> Result<std::string> {
    const desk::WebhookWithSecret added =
        TRY(desk::add_webhook(tx, call.services.desk, call.actor, wanted));
    return webhook_json(added.webhook, added.secret);
  });
}

Result<http::Response> read_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Webhook webhook = TRY(desk::read_webhook(tx, call.actor, id));
    return http::Response::json(200, webhook_json(webhook));
  });
}

Result<http::Response> change_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const desk::Webhook before = TRY(desk::read_webhook(tx, call.actor, id));
    const desk::Webhook wanted = TRY(read_body(body, before));
    const desk::Webhook changed = TRY(desk::change_webhook(tx, call.actor, wanted));
    return webhook_json(changed);
  });
}

Result<http::Response> remove_webhook(Call& call) { return removed(call, desk::remove_webhook); }

Result<http::Response> renew_webhook_secret(Call& call) {
  const RecordId id = TRY(call.id());
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const std::string secret =
        TRY(desk::renew_webhook_secret(tx, call.services.desk, call.actor, id));
    return JsonWriter().begin_object().string("secret", secret).end_object().take();
  });
}

Result<http::Response> test_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  const desk::WebhookReport report = TRY(desk::send_test_event(call.services.desk, call.actor, id));
  JsonWriter json;
  json.begin_object().string("outcome", word_of(report.outcome)).number("status", report.status);
  json.string("answer", report.answer).number("took_ms", report.took_ms).end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> list_webhook_deliveries(Call& call) {
  const RecordId id = TRY(call.id());
  const int limit =
      TRY(call.query_number("limit", deliveries_usual, 1, desk::webhook_log_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::DeliveryPage page = TRY(desk::list_webhook_deliveries(
        tx, call.actor, id, call.query_text("state"), call.query_text("cursor"), limit));
    JsonWriter json;
    json.begin_object().key("deliveries").begin_array();
    for (const desk::WebhookDelivery& one : page.deliveries) {
      json.raw(delivery_json(one, Depth::row));
    }
    json.end_array().key("next_cursor");
    if (page.next_cursor.empty()) {
      json.null();
    } else {
      json.string(page.next_cursor);
    }
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> read_webhook_delivery(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId delivery = TRY(call.id("delivery"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::WebhookDelivery found =
        TRY(desk::read_webhook_delivery(tx, call.actor, id, delivery));
    return http::Response::json(200, delivery_json(found, Depth::whole));
  });
}

Result<http::Response> redeliver_webhook(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId delivery = TRY(call.id("delivery"));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const desk::WebhookDelivery again = TRY(desk::redeliver(tx, call.actor, id, delivery));
    return delivery_json(again, Depth::row);
  });
}

}  // namespace tandem::api::native
