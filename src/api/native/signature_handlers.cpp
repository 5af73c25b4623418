#include "api/native/signature_handlers.h"

#include "api/native/answers.h"
#include "desk/conversation/reply_placeholders.h"
#include "desk/conversation/signatures.h"

namespace tandem::api::native {

namespace {

std::string signature_json(const std::string& html) {
  JsonWriter json;
  json.begin_object().string("html", html).key("placeholders").begin_array();
  for (const std::string& name : desk::reply_placeholders()) json.string(name);
  return json.end_array().end_object().take();
}

Result<std::string> read_html(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"html"}));
  return body_text(body, "html", int64_t(desk::signature_html_bytes_max));
}

}  // namespace

Result<http::Response> show_own_signature(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::string html = TRY(desk::own_signature(tx, call.actor));
    return http::Response::json(200, signature_json(html));
  });
}

Result<http::Response> save_own_signature(Call& call) {
  const std::string html = TRY(read_html(call));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const std::string kept = TRY(desk::save_own_signature(tx, call.actor, html));
    return signature_json(kept);
  });
}

Result<http::Response> show_department_signature(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::string html = TRY(desk::department_signature(tx, call.actor, id));
    return http::Response::json(200, signature_json(html));
  });
}

Result<http::Response> save_department_signature(Call& call) {
  const RecordId id = TRY(call.id());
  const std::string html = TRY(read_html(call));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const std::string kept = TRY(desk::save_department_signature(tx, call.actor, id, html));
    return signature_json(kept);
  });
}

}  // namespace tandem::api::native
