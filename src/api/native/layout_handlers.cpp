#include "api/native/layout_handlers.h"

#include "desk/layouts/layout_json.h"
#include "desk/modules.h"

namespace tandem::api::native {

namespace {

/// Every field that a layout may hold, and what holds of it.
void append_possible(JsonWriter& json, const Call& call, const records::Shape& tickets) {
  json.key("possible").begin_array();
  for (const records::FieldDef& field : tickets.fields()) {
    const bool is_hidden = access::field_access(call.actor, tickets.module().name, field) ==
                           access::FieldAccess::hidden;
    if (is_hidden || !desk::may_be_laid_out(field)) continue;
    json.begin_object().string("name", field.name);
    json.boolean("is_needed", desk::asked_by(field) == desk::Asked::always);
    json.boolean("takes_default", desk::may_have_default(field)).end_object();
  }
  json.end_array();
}

std::string layout_json(db::Transaction& tx, const Call& call, const desk::Layout& layout) {
  const records::ShapeRef tickets =
      call.actor.catalogue->shape(tx, call.actor.org, desk::tickets_module());
  JsonWriter json;
  json.begin_object().id("department", layout.department.value);
  json.boolean("is_own", layout.is_own);
  desk::append_layout(json, *tickets, layout);
  append_possible(json, call, *tickets);
  return json.end_object().take();
}

}  // namespace

Result<http::Response> list_layouts(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("departments").begin_array();
    for (const int64_t id : desk::departments_with_layout(tx, call.actor.org)) json.id(id);
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> show_layout(Call& call) {
  const RecordId department = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Layout layout = TRY(desk::read_layout(tx, call.actor, department));
    return http::Response::json(200, layout_json(tx, call, layout));
  });
}

Result<http::Response> save_layout(Call& call) {
  const RecordId department = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"sections", "defaults"}));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::Layout layout = TRY(desk::save_layout(tx, call.actor, department, body));
    return layout_json(tx, call, layout);
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_layout(Call& call) {
  const RecordId department = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_layout(tx, call.actor, department);
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::native
