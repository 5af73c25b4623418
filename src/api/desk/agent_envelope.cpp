#include "api/desk/envelope.h"

namespace tandem::api::desk_dialect {

namespace {

std::string_view permission_type(access::RoleKind kind) {
  switch (kind) {
    case access::RoleKind::administrator: return "Admin";
    case access::RoleKind::agent: return "AgentPublic";
    case access::RoleKind::light_agent: return "Light";
    case access::RoleKind::custom: return "Custom";
  }
  return "Custom";
}

}  // namespace

void append_names(JsonWriter& json, std::string_view name) {
  const size_t space = name.rfind(' ');
  const bool has_two = space != std::string_view::npos;
  json.string("firstName", has_two ? name.substr(0, space) : std::string_view());
  json.string("lastName", has_two ? name.substr(space + 1) : name);
}

std::string agent_json(const access::Agent& agent) {
  JsonWriter json;
  json.begin_object().id("id", agent.id.value);
  append_names(json, agent.name);
  json.string("name", agent.name).string("emailId", agent.email).id("zuid", agent.person.value);
  json.id("roleId", agent.role_id.value).id("profileId", agent.role_id.value);
  json.string("rolePermissionType", permission_type(agent.role_kind));
  json.key("associatedDepartmentIds").begin_array();
  for (const int64_t id : agent.department_ids) json.id(id);
  json.end_array();
  for (const char* key : {"associatedChatDepartmentIds", "channelExpert"}) {
    json.key(key).begin_array().end_array();
  }
  const bool is_disabled = agent.status == access::AgentStatus::disabled;
  json.string("status", is_disabled ? "DISABLED" : "ACTIVE");
  json.boolean("isConfirmed", agent.status != access::AgentStatus::invited);
  json.boolean("isZiaAgent", false);
  for (const char* key : {"photoURL", "phone", "mobile", "extn", "aboutInfo", "timeZone",
                          "langCode", "countryCode"}) {
    json.null(key);
  }
  json.key("cf").begin_object().end_object().end_object();
  return json.take();
}

}  // namespace tandem::api::desk_dialect
