#include <algorithm>

#include "access/agents.h"
#include "access/currency.h"
#include "access/organisations.h"
#include "access/roles.h"
#include "api/native/answers.h"
#include "api/native/application.h"
#include "api/native/settings_handlers.h"
#include "records/fields/field_kind.h"

namespace tandem::api::native {

namespace {

void append_field(JsonWriter& json, const Call& call, const records::ModuleDef& module,
                  const records::FieldDef& field) {
  const access::FieldAccess access = access::field_access(call.actor, module.name, field);
  if (access == access::FieldAccess::hidden) return;
  json.begin_object().string("name", field.name).string("label", field.label);
  json.string("kind", records::kind_of(field).word).boolean("required", field.required);
  json.boolean("unique", field.unique)
      .boolean("searchable", field.searchable)
      .boolean("sortable", field.sortable);
  json.boolean("read_only", field.written_by == records::WrittenBy::system ||
                                access != access::FieldAccess::write);
  json.boolean("custom", field.custom)
      .number("max_chars", field.max_chars)
      .number("scale", field.scale);
  json.key("choices").begin_array();
  for (const records::ChoiceOption& choice : field.choices) {
    json.begin_object().string("name", choice.name).string("label", choice.label);
    const auto may_choose = call.application.may_choose;
    if (may_choose && !may_choose(call.actor, module, field, choice)) {
      json.boolean("may_choose", false);
    }
    json.end_object();
  }
  json.end_array();
  if (!field.link_to.empty()) json.string("link_to", field.link_to);
  json.key("default");
  records::append_value(json, field, field.default_value);
  json.end_object();
}

/// What a record is known by: the first field, or the first required one behind a salutation.
const std::string& title_field(const records::ModuleDef& module) {
  const auto is_title = [](const records::FieldDef& field) {
    return field.kind == records::FieldKind::text && field.required;
  };
  if (module.fields.front().kind == records::FieldKind::text) return module.fields.front().name;
  const auto found = std::find_if(module.fields.begin(), module.fields.end(), is_title);
  return found == module.fields.end() ? module.fields.front().name : found->name;
}

/// What people do with the records of a module by the generic addresses, or by those of its own:
/// files are added to a record and removed from it.
bool is_offered(const records::ModuleDef& module, access::Right right) {
  if (right == access::Right::read || module.generic_writes) return true;
  const bool is_own = right == access::Right::create || right == access::Right::delete_;
  return is_own && module.name == "attachments";
}

void append_module(JsonWriter& json, db::Transaction& tx, const Call& call,
                   const records::ModuleDef& module) {
  json.begin_object().string("name", module.name).string("label", module.label);
  json.string("label_plural", module.label_plural).string("title_field", title_field(module));
  json.key("may").begin_array();
  for (const access::Right right : access::all_rights()) {
    if (is_offered(module, right) && access::has_right(call.actor, module.name, right))
      json.string(word(right));
  }
  json.end_array().key("fields").begin_array();
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, module);
  for (const records::FieldDef& field : shape->fields()) append_field(json, call, module, field);
  for (const records::ComputedField& computed : module.computed) {
    records::FieldDef shown = computed.field;
    shown.written_by = records::WrittenBy::system;  // It follows from the others.
    append_field(json, call, module, shown);
  }
  json.end_array().end_object();
}

void append_me(JsonWriter& json, const Call& call) {
  json.key("me")
      .begin_object()
      .id("person_id", call.actor.person.value)
      .id("agent_id", call.actor.id.value);
  call.application.append_to_me(json, call);
  json.string("name", call.actor.name).string("email", call.actor.email).key("role").begin_object();
  json.id("id", call.actor.role->id.value).string("name", call.actor.role->name);
  json.string("kind", word(call.actor.role->kind)).end_object().key("department_ids").begin_array();
  for (const int64_t id : call.actor.department_ids) json.id(id);
  json.end_array().key("may").begin_array();
  for (const access::Duty duty : access::all_duties()) {
    if (access::has_duty(call.actor, duty)) json.string(word(duty));
  }
  json.end_array().end_object();
}

void append_agents(JsonWriter& json, db::Transaction& tx, const Call& call) {
  json.key("agents").begin_array();
  for (const access::Agent& agent : access::list_agents(tx, call.actor.org)) {
    json.begin_object()
        .id("id", agent.id.value)
        .string("name", agent.name)
        .string("email", agent.email);
    json.string("status", word(agent.status))
        .string("role_name", agent.role_name)
        .key("department_ids")
        .begin_array();
    for (const int64_t id : agent.department_ids) json.id(id);
    json.end_array().end_object();
  }
  json.end_array();
}

void append_currency(JsonWriter& json, const std::string& currency) {
  if (currency.empty()) {
    json.null("currency");
  } else {
    json.string("currency", currency);
  }
}

}  // namespace

Result<http::Response> show_meta(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Organisation> organisation =
        access::find_organisation(tx, call.actor.org);
    JsonWriter json;
    json.begin_object().key("organisation").begin_object().id("id", call.actor.org.value);
    json.string("name", organisation ? organisation->name : "");
    json.string("app", call.application.name);
    append_currency(json, access::currency_of(tx, call.actor.org));
    json.end_object();
    append_me(json, call);
    json.key("modules").begin_array();
    for (const std::string_view name : call.application.modules) {
      if (const records::ModuleDef* module = call.actor.catalogue->find(name))
        append_module(json, tx, call, *module);
    }
    json.end_array();
    append_agents(json, tx, call);
    TRY(call.application.append_to_meta(json, tx, call));
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> show_organisation(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Organisation> organisation =
        access::find_organisation(tx, call.actor.org);
    JsonWriter json;
    json.begin_object().string("name", organisation ? organisation->name : "");
    append_currency(json, access::currency_of(tx, call.actor.org));
    json.key("currencies").begin_array();
    for (const std::string_view code : access::currencies()) json.string(code);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> change_organisation(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"name", "currency"}));
  const std::string name = TRY(body_text(body, "name"));
  const std::string currency = TRY(body_text(body, "currency"));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    if (body.contains("name") || !body.contains("currency"))
      TRY(access::rename_organisation(tx, call.actor, name));
    if (body.contains("currency")) TRY(access::choose_currency(tx, call.actor, currency));
    const std::optional<access::Organisation> now = access::find_organisation(tx, call.actor.org);
    JsonWriter json;
    json.begin_object().string("name", now ? now->name : "");
    append_currency(json, access::currency_of(tx, call.actor.org));
    return json.end_object().take();
  });
}

Result<http::Response> switch_feature(Call& call) {
  const std::string feature(call.request.param("feature"));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"is_on"}));
  if (!body.contains("is_on")) return invalid("is_on", "required", "Say true or false.");
  const bool is_on = TRY(body_flag(body, "is_on", false));
  const access::FeatureState state = is_on ? access::FeatureState::on : access::FeatureState::off;
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return access::switch_feature(tx, call.actor, feature, state);
  }));
  return http::Response::json(200, JsonWriter()
                                       .begin_object()
                                       .string("name", feature)
                                       .boolean("is_on", is_on)
                                       .end_object()
                                       .take());
}

}  // namespace tandem::api::native
