#include "api/native/notification_rule_handlers.h"
#include "desk/notifications/sms_gateway.h"

namespace tandem::api::native {

namespace {

void append_gateway(JsonWriter& json, const desk::SmsGateway& gateway) {
  json.begin_object().string("url", gateway.url).string("method", gateway.method);
  json.string("content_type", gateway.content_type).string("body", gateway.body);
  json.key("headers").begin_array();
  for (const desk::SmsHeader& header : gateway.headers) {
    json.begin_object().string("name", header.name).boolean("has_value", true).end_object();
  }
  json.end_array().boolean("is_enabled", gateway.is_enabled);
  if (gateway.last_failure) {
    json.key("last_failure").begin_object();
    append_moment(json, "at", gateway.last_failure->at);
    json.string("message", gateway.last_failure->message).end_object();
  } else {
    json.null("last_failure");
  }
  json.end_object();
}

Result<desk::SmsHeader> header_of(const Json& one) {
  if (!one.is_object()) return invalid("headers", "wrong_type", "Send a list of objects.");
  const JsonObject& object = one.as_object();
  TRY(only_keys(object, {"name", "value", "has_value"}));
  desk::SmsHeader header;
  header.name = TRY(body_text(object, "name"));
  if (object.contains("value")) {
    header.value = TRY(body_text(object, "value", 2 * desk::sms_header_value_chars_max));
  }
  return header;
}

Result<std::vector<desk::SmsHeader>> headers_of(const JsonObject& body) {
  std::vector<desk::SmsHeader> headers;
  const Json* const listed = body.if_contains("headers");
  if (!listed || listed->is_null()) return headers;
  if (!listed->is_array()) return invalid("headers", "wrong_type", "Send a list.");
  for (const Json& one : listed->as_array()) {
    const desk::SmsHeader header = TRY(header_of(one));
    headers.push_back(header);
    if (headers.size() > desk::sms_headers_max) break;
  }
  return headers;
}

}  // namespace

Result<http::Response> show_sms_gateway(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<desk::SmsGateway> gateway = TRY(desk::read_sms_gateway(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("gateway");
    gateway ? append_gateway(json, *gateway) : void(json.null());
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> save_sms_gateway(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"url", "method", "content_type", "body", "headers", "is_enabled"}));
  desk::SmsGateway wanted;
  wanted.url = TRY(body_text(body, "url", 2 * desk::sms_url_chars_max));
  if (body.contains("method")) wanted.method = TRY(body_text(body, "method"));
  if (body.contains("content_type")) wanted.content_type = TRY(body_text(body, "content_type"));
  wanted.body = TRY(body_text(body, "body", 2 * desk::sms_body_chars_max));
  wanted.headers = TRY(headers_of(body));
  wanted.is_enabled = TRY(body_flag(body, "is_enabled", true));
  const desk::SmsGateway saved =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::SmsGateway> {
        return desk::save_sms_gateway(tx, call.services.desk, call.actor, wanted);
      }));
  JsonWriter json;
  append_gateway(json, saved);
  return http::Response::json(200, json.take());
}

Result<http::Response> remove_sms_gateway(Call& call) {
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_sms_gateway(tx, call.actor);
  }));
  return http::Response::no_content();
}

Result<http::Response> test_sms_gateway(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"to"}));
  const std::string to = TRY(body_text(body, "to"));
  const desk::SmsReport report = TRY(desk::send_test_sms(call.services.desk, call.actor, to));
  JsonWriter json;
  json.begin_object().boolean("ok", report.outcome == desk::SmsOutcome::accepted);
  json.string("message", report.answer).end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::native
