#include "api/native/answers.h"
#include "api/native/channel_handlers.h"
#include "desk/channels/web_forms.h"
#include "desk/modules.h"

namespace tandem::api::native {

namespace {

void append_form(JsonWriter& json, const Call& call, const desk::WebForm& form) {
  json.begin_object().id("id", form.id.value).string("name", form.name);
  json.id("department", form.department.value).string("title", form.title);
  json.string("intro", form.intro).string("thanks", form.thanks).string("locale", form.locale);
  json.string("address", call.services.base_url + "/forms/" + form.key);
  json.key("fields").begin_array();
  for (const desk::WebFormField& field : form.fields) {
    json.begin_object().string("name", field.name).boolean("is_required", field.is_required);
    json.end_object();
  }
  json.end_array().key("origins").begin_array();
  for (const std::string& origin : form.origins) json.string(origin);
  json.end_array().boolean("sends_receipt", form.sends_receipt);
  json.boolean("is_enabled", form.is_enabled).end_object();
}

Result<std::vector<desk::WebFormField>> fields_of(const JsonObject& body) {
  std::vector<desk::WebFormField> fields;
  const Json* const listed = body.if_contains("fields");
  if (!listed || !listed->is_array()) return invalid("fields", "wrong_type", "Send a list.");
  for (const Json& one : listed->as_array()) {
    if (!one.is_object()) return invalid("fields", "wrong_type", "Send a list of objects.");
    TRY(only_keys(one.as_object(), {"name", "is_required"}));
    desk::WebFormField field;
    field.name = TRY(body_text(one.as_object(), "name"));
    field.is_required = TRY(body_flag(one.as_object(), "is_required", false));
    fields.push_back(std::move(field));
    if (fields.size() > desk::web_form_fields_max) break;
  }
  return fields;
}

/// What the body says of a form; the rest stays as it is.
Result<desk::WebForm> read_form(const JsonObject& body, desk::WebForm form) {
  TRY(only_keys(body, {"name", "department", "title", "intro", "thanks", "locale", "fields",
                       "origins", "sends_receipt", "is_enabled"}));
  if (body.contains("name")) form.name = TRY(body_text(body, "name"));
  if (body.contains("department")) form.department = TRY(body_id(body, "department"));
  if (body.contains("title")) form.title = TRY(body_text(body, "title"));
  const int64_t text_max = 2 * desk::web_form_text_chars_max;
  if (body.contains("intro")) form.intro = TRY(body_text(body, "intro", text_max));
  if (body.contains("thanks")) form.thanks = TRY(body_text(body, "thanks", text_max));
  if (body.contains("locale")) form.locale = TRY(body_text(body, "locale"));
  if (body.contains("fields")) form.fields = TRY(fields_of(body));
  if (body.contains("origins")) {
    form.origins = TRY(body_texts(body, "origins", desk::web_form_origins_max));
  }
  form.sends_receipt = TRY(body_flag(body, "sends_receipt", form.sends_receipt));
  form.is_enabled = TRY(body_flag(body, "is_enabled", form.is_enabled));
  return form;
}

}  // namespace

Result<http::Response> list_web_forms(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::WebForm> forms = TRY(desk::list_web_forms(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("web_forms").begin_array();
    for (const desk::WebForm& form : forms) append_form(json, call, form);
    json.end_array().key("ticket_fields").begin_array();
    const records::ShapeRef tickets =
        call.services.desk.catalogue.shape(tx, call.actor.org, desk::tickets_module());
    for (const records::FieldDef& field : desk::fields_for_web_forms(*tickets)) {
      json.begin_object().string("name", "ticket." + field.name).string("label", field.label);
      json.end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_web_form(Call& call) {
  const JsonObject body = TRY(call.body());
  const desk::WebForm wanted = TRY(read_form(body, {}));
  const desk::WebForm form =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::WebForm> {
        return desk::add_web_form(tx, call.actor, wanted);
      }));
  JsonWriter json;
  append_form(json, call, form);
  return http::Response::json(201, json.take());
}

Result<http::Response> change_web_form(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const desk::WebForm form =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::WebForm> {
        const desk::WebForm before = TRY(desk::read_web_form(tx, call.actor, id));
        const desk::WebForm wanted = TRY(read_form(body, before));
        return desk::change_web_form(tx, call.actor, wanted);
      }));
  JsonWriter json;
  append_form(json, call, form);
  return http::Response::json(200, json.take());
}

Result<http::Response> remove_web_form(Call& call) { return removed(call, desk::remove_web_form); }

}  // namespace tandem::api::native
