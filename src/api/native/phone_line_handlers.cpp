#include "api/native/answers.h"
#include "api/native/channel_handlers.h"
#include "desk/channels/phone_lines.h"

namespace tandem::api::native {

namespace {

void append_line(JsonWriter& json, const Call& call, const desk::PhoneLine& line) {
  json.id("id", line.id.value).string("name", line.name);
  json.id("department", line.department.value).string("takes", line.takes);
  json.boolean("joins_open_ticket", line.joins_open_ticket).boolean("is_enabled", line.is_enabled);
  json.string("address", call.services.base_url + "/hooks/calls/" + line.key);
}

/// What the body says of a telephone system; the rest stays as it is.
Result<desk::PhoneLine> read_line(const JsonObject& body, desk::PhoneLine line) {
  TRY(only_keys(body, {"name", "department", "takes", "joins_open_ticket", "is_enabled"}));
  if (body.contains("name")) line.name = TRY(body_text(body, "name"));
  if (body.contains("department")) line.department = TRY(body_id(body, "department"));
  if (body.contains("takes")) line.takes = TRY(body_text(body, "takes"));
  line.joins_open_ticket = TRY(body_flag(body, "joins_open_ticket", line.joins_open_ticket));
  line.is_enabled = TRY(body_flag(body, "is_enabled", line.is_enabled));
  return line;
}

}  // namespace

Result<http::Response> list_phone_lines(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::PhoneLine> lines = TRY(desk::list_phone_lines(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("phone_lines").begin_array();
    for (const desk::PhoneLine& line : lines) {
      json.begin_object();
      append_line(json, call, line);
      json.end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_phone_line(Call& call) {
  const JsonObject body = TRY(call.body());
  const desk::PhoneLine wanted = TRY(read_line(body, {}));
  const desk::PhoneLineWithSecret added =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::PhoneLineWithSecret> {
        return desk::add_phone_line(tx, call.services.desk, call.actor, wanted);
      }));
  JsonWriter json;
  json.begin_object();
  append_line(json, call, added.line);
  json.string("secret", added.secret).end_object();
  return http::Response::json(201, json.take());
}

Result<http::Response> change_phone_line(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const desk::PhoneLine line =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::PhoneLine> {
        const desk::PhoneLine before = TRY(desk::read_phone_line(tx, call.actor, id));
        const desk::PhoneLine wanted = TRY(read_line(body, before));
        return desk::change_phone_line(tx, call.actor, wanted);
      }));
  JsonWriter json;
  json.begin_object();
  append_line(json, call, line);
  json.end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> remove_phone_line(Call& call) {
  return removed(call, desk::remove_phone_line);
}

Result<http::Response> renew_phone_secret(Call& call) {
  const RecordId id = TRY(call.id());
  const std::string secret =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
        return desk::renew_phone_secret(tx, call.services.desk, call.actor, id);
      }));
  JsonWriter json;
  json.begin_object().string("secret", secret).end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::native
