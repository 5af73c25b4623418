#include "api/native/notification_rule_handlers.h"

#include "desk/conversation/mentions.h"
#include "desk/notifications/notification_rules.h"
#include "desk/notifications/notification_templates.h"

namespace tandem::api::native {

namespace {

void append_rule(JsonWriter& json, const desk::NotificationRule& rule) {
  json.begin_object().string("event", desk::word(rule.event));
  json.boolean("mail", rule.by_mail).boolean("sms", rule.by_sms);
  json.boolean("has_fixed_template", desk::is_template_fixed(rule.event)).end_object();
}

void append_template(JsonWriter& json, const desk::NotificationTemplate& words) {
  json.begin_object().string("event", desk::word(words.event)).string("locale", words.locale);
  json.string("subject", words.subject).string("text", words.text);
  json.string("sms_text", words.sms_text).boolean("is_own", words.is_own);
  json.boolean("is_fixed", desk::is_template_fixed(words.event)).end_object();
}

http::Response template_answer(const desk::NotificationTemplate& words) {
  JsonWriter json;
  append_template(json, words);
  return http::Response::json(200, json.take());
}

Result<desk::NotificationEvent> event_in_path(const Call& call) {
  const auto event = desk::notification_event_from_word(call.request.param("event"));
  if (event) return *event;
  return not_found("There is no such notification.");
}

Result<std::optional<bool>> optional_flag(const JsonObject& body, std::string_view key) {
  if (!body.contains(key)) return std::optional<bool>();
  const bool flag = TRY(body_flag(body, key, false));
  return std::optional<bool>(flag);
}

}  // namespace

Result<http::Response> list_notification_rules(Call& call) {
  const RecordId department = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto rules = TRY(desk::list_notification_rules(tx, call.actor, department));
    JsonWriter json;
    json.begin_object().id("department", department.value).key("rules").begin_array();
    for (const desk::NotificationRule& rule : rules) append_rule(json, rule);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> change_notification_rule(Call& call) {
  const RecordId department = TRY(call.id());
  const desk::NotificationEvent event = TRY(event_in_path(call));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"mail", "sms"}));
  desk::NotificationRuleChange change;
  change.by_mail = TRY(optional_flag(body, "mail"));
  change.by_sms = TRY(optional_flag(body, "sms"));
  const desk::NotificationRule rule =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::NotificationRule> {
        return desk::change_notification_rule(tx, call.actor, department, event, change);
      }));
  JsonWriter json;
  append_rule(json, rule);
  return http::Response::json(200, json.take());
}

Result<http::Response> list_notification_templates(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto templates = TRY(desk::list_notification_templates(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("templates").begin_array();
    for (const desk::NotificationTemplate& words : templates) append_template(json, words);
    json.end_array().key("placeholders").begin_array();
    for (const std::string& name : desk::placeholders()) json.string(name);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> write_notification_template(Call& call) {
  desk::NotificationTemplate wanted;
  wanted.event = TRY(event_in_path(call));
  wanted.locale = call.request.param("locale");
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"subject", "text", "sms_text"}));
  // The room counts what is too long, so that its own refusal names the limit.
  constexpr int64_t typed_chars_max = 100'000;
  wanted.subject = TRY(body_text(body, "subject", typed_chars_max));
  wanted.text = TRY(body_text(body, "text", typed_chars_max));
  wanted.sms_text = TRY(body_text(body, "sms_text", typed_chars_max));
  const desk::NotificationTemplate written =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::NotificationTemplate> {
        return desk::write_notification_template(tx, call.actor, wanted);
      }));
  return template_answer(written);
}

Result<http::Response> reset_notification_template(Call& call) {
  const desk::NotificationEvent event = TRY(event_in_path(call));
  const std::string locale(call.request.param("locale"));
  const desk::NotificationTemplate words =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::NotificationTemplate> {
        return desk::reset_notification_template(tx, call.actor, event, locale);
      }));
  return template_answer(words);
}

Result<http::Response> list_people_to_mention(Call& call) {
  const RecordId ticket = TRY(call.id());
  const std::string text = call.query_text("text");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto people = TRY(desk::people_to_mention(tx, call.actor, ticket, text));
    JsonWriter json;
    json.begin_object().key("agents").begin_array();
    for (const desk::Colleague& one : people) {
      json.begin_object().id("id", one.id.value).string("name", one.name).end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
