#include "access/agents.h"
#include "access/invitations.h"
#include "access/roles.h"
#include "api/account_mails.h"
#include "api/native/answers.h"
#include "api/native/settings_handlers.h"

namespace tandem::api::native {

namespace {

void append_agent(JsonWriter& json, const access::Agent& agent) {
  json.begin_object().id("agent_id", agent.id.value).id("person_id", agent.person.value);
  json.string("name", agent.name).string("email", agent.email).key("role").begin_object();
  json.id("id", agent.role_id.value)
      .string("name", agent.role_name)
      .string("kind", word(agent.role_kind))
      .end_object();
  json.key("department_ids").begin_array();
  for (const int64_t id : agent.department_ids) json.id(id);
  json.end_array().string("status", word(agent.status));
  append_moment(json, "invited_at", agent.invited_at);
  append_moment(json, "last_seen_at", agent.last_seen_at);
  json.boolean("totp_enabled", agent.totp_enabled).end_object();
}

http::Response show_agent(int status, const access::Agent& agent) {
  JsonWriter json;
  append_agent(json, agent);
  return http::Response::json(status, json.take());
}

std::string roles_json(db::Transaction& tx, const access::Actor& reader) {
  JsonWriter json;
  json.begin_object().key("roles").begin_array();
  for (const access::Role& role : access::list_roles(tx, reader.org)) {
    access::append_role(json, role, reader);
  }
  json.end_array().key("field_choices");
  access::append_field_choices(json, tx, reader);
  return json.end_object().take();
}

Result<http::Response> save_role(Call& call, RecordId id, int status) {
  const Json body = TRY(json_from_text(call.request.body));
  const access::Role role =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<access::Role> {
        const access::RoleDraft draft = TRY(access::role_draft_from_json(tx, call.actor, body));
        return id ? access::update_role(tx, call.actor, id, draft)
                  : access::create_role(tx, call.actor, draft);
      }));
  JsonWriter json;
  access::append_role(json, role, call.actor);
  return http::Response::json(status, json.take());
}

}  // namespace

Result<http::Response> list_people(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("people").begin_array();
    for (const access::Agent& agent : access::list_agents(tx, call.actor.org))
      append_agent(json, agent);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> invite_person(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"email", "name", "role_id", "department_ids"}));
  access::NewInvitation invitation;
  invitation.email = TRY(body_text(body, "email"));
  invitation.name = TRY(body_text(body, "name"));
  invitation.role_id = TRY(body_id(body, "role_id"));
  invitation.department_ids =
      TRY(body_ids(body, "department_ids", access::departments_per_agent_max));
  const access::Invited invited =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<access::Invited> {
        access::Invited made = TRY(access::invite(tx, call.actor, invitation));
        send_invitation_mail(tx, call.services, call.actor.org, call.request.scheme, made.mail);
        return made;
      }));
  call.services.wake();
  return show_agent(201, invited.agent);
}

Result<http::Response> change_person(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"role_id", "department_ids", "status"}));
  access::AgentChange change;
  if (body.contains("role_id")) change.role_id = TRY(body_id(body, "role_id"));
  if (body.contains("department_ids")) {
    change.department_ids =
        TRY(body_ids(body, "department_ids", access::departments_per_agent_max));
  }
  if (body.contains("status")) {
    const std::string text = TRY(body_text(body, "status"));
    change.status = access::agent_status_from_word(text);
    if (!change.status) return invalid("status", "not_a_choice", "Say active or disabled.");
  }
  const access::Agent agent =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<access::Agent> {
        return access::change_agent(tx, call.actor, id, change);
      }));
  call.services.drop_listeners(agent.person);
  call.services.wake();
  return show_agent(200, agent);
}

Result<http::Response> reinvite_person(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::Invited invited = TRY(access::reinvite(tx, call.actor, id));
    send_invitation_mail(tx, call.services, call.actor.org, call.request.scheme, invited.mail);
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> withdraw_invitation(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return access::withdraw_invitation(tx, call.actor, id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> list_roles(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    return http::Response::json(200, roles_json(tx, call.actor));
  });
}

Result<http::Response> add_role(Call& call) { return save_role(call, RecordId{}, 201); }

Result<http::Response> change_role(Call& call) {
  const RecordId id = TRY(call.id());
  return save_role(call, id, 200);
}

Result<http::Response> remove_role(Call& call) { return removed(call, access::delete_role); }

}  // namespace tandem::api::native
