#include "api/native/answers.h"
#include "api/native/sales_handlers.h"
#include "crm/deals/contact_roles.h"

namespace tandem::api::native {

namespace {

std::string role_json(const crm::ContactRole& role) {
  JsonWriter json;
  json.begin_object().id("id", role.id.value).string("name", role.name);
  json.string("said", crm::said_of_role(role.id));
  return json.end_object().take();
}

Result<crm::ContactRoleWords> words_of(const JsonObject& body) {
  TRY(only_keys(body, {"name", "sequence_number"}));
  crm::ContactRoleWords words;
  if (body.contains("name")) words.name = TRY(body_text(body, "name", crm::contact_role_chars_max));
  if (body.contains("sequence_number")) words.place = TRY(body_number(body, "sequence_number", 0));
  return words;
}

}  // namespace

Result<http::Response> list_contact_roles(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    return http::Response::json(
        200, listed("contact_roles", crm::list_contact_roles(tx, call.actor.org), role_json));
  });
}

Result<http::Response> add_contact_role(Call& call) {
  const JsonObject body = TRY(call.body());
  const crm::ContactRoleWords words = TRY(words_of(body));
  return written(call, 201, [&](db::Transaction& tx) -> Result<std::string> {
    const crm::ContactRole role = TRY(crm::add_contact_role(tx, call.actor, words));
    return role_json(role);
  });
}

Result<http::Response> change_contact_role(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const crm::ContactRoleWords words = TRY(words_of(body));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const crm::ContactRole role = TRY(crm::change_contact_role(tx, call.actor, id, words));
    return role_json(role);
  });
}

Result<http::Response> retire_contact_role(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"target"}));
  const RecordId target = TRY(body_id(body, "target"));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const crm::RoleRetirement step = TRY(crm::retire_contact_role(tx, call.actor, {id, target}));
    JsonWriter json;
    json.begin_object().number("exchanged", step.exchanged).boolean("is_done", step.is_done);
    return json.end_object().take();
  });
}

}  // namespace tandem::api::native
