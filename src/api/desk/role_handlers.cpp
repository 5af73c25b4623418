#include <algorithm>

#include "access/roles.h"
#include "api/desk/colleagues.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"

// What the dialect calls a role (a place in the organisation) and a profile (what one may do) is
// one thing here, a role; both addresses show the same, under the same id.

namespace tandem::api::desk_dialect {

namespace {

using access::Right;
using access::Role;
using access::RoleKind;

constexpr int role_rows_usual = 25;
constexpr int role_rows_max = 200;

using RoleJson = std::string (*)(const Call& call, const Role& role);

std::string role_json(const Call&, const Role& role) {
  JsonWriter json;
  json.begin_object().id("id", role.id.value).string("name", role.name);
  json.string("description", "").null("reportsTo").boolean("shareDataWithPeers", true);
  json.boolean("isDefault", access::is_system(role)).boolean("isVisible", true).end_object();
  return json.take();
}

std::string_view profile_type(RoleKind kind) {
  if (kind == RoleKind::administrator) return "Administrator";
  return kind == RoleKind::light_agent ? "Light Agent" : "Agent";
}

struct Permission {
  std::string_view key;
  Right right;
};
constexpr Permission permissions[] = {
    {"view", Right::read},           {"create", Right::create},
    {"edit", Right::update},         {"delete", Right::delete_},
    {"import", Right::import},       {"export", Right::export_},
    {"massUpdate", Right::bulk},     {"sendReply", Right::reply},
    {"forward", Right::forward},     {"comment", Right::comment},
    {"assign", Right::assign},       {"changeStatus", Right::change_status},
    {"moveDepartment", Right::move}, {"share", Right::share},
};

/// {"tickets":{"view":true,…},…} of every module.
void append_permissions(JsonWriter& json, const Call& call, const Role& role) {
  access::Actor holder = call.actor;
  holder.role = std::make_shared<const Role>(role);
  json.key("permissions").begin_object();
  for (const records::ModuleDef* module : call.actor.catalogue->modules()) {
    if (!module->part_of.empty()) continue;
    json.key(module->name).begin_object();
    for (const Permission& each : permissions)
      json.boolean(each.key, access::has_right(holder, module->name, each.right));
    json.end_object();
  }
  json.end_object();
}

std::string profile_json(const Call& call, const Role& role) {
  JsonWriter json;
  json.begin_object().id("id", role.id.value).string("name", role.name).string("description", "");
  json.string("type", profile_type(role.kind)).boolean("isDefault", access::is_system(role));
  json.boolean("isVisible", true);
  append_permissions(json, call, role);
  json.end_object();
  return json.take();
}

Result<http::Response> list(Call& call, RoleJson show) {
  TRY(access::require_duty(call.actor, access::Duty::manage_people));
  const PageWindow window = TRY(page_window(call, role_rows_usual, role_rows_max));
  const std::vector<records::Value> ids = TRY(call.query_ids("ids", role_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    int64_t row = 0;
    for (const Role& role : access::list_roles(tx, call.actor.org)) {
      if (!ids.empty() && std::find(ids.begin(), ids.end(), role.id) == ids.end()) continue;
      const bool is_on_page = row >= window.offset && row < window.offset + window.limit;
      if (is_on_page) shown.push_back(show(call, role));
      ++row;
    }
    return show_list(shown);
  });
}

Result<http::Response> read(Call& call, RecordId id, RoleJson show) {
  const bool is_own = call.actor.role && call.actor.role->id == id;
  if (!is_own) TRY(access::require_duty(call.actor, access::Duty::manage_people));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<Role> role = access::find_role(tx, call.actor.org, id);
    if (!role) return not_found("There is no such role.");
    return http::Response::json(200, show(call, *role));
  });
}

Result<http::Response> read_own(Call& call, RoleJson show) {
  if (!call.actor.role) return not_found("You have no role in this portal.");
  return http::Response::json(200, show(call, *call.actor.role));
}

}  // namespace

Result<http::Response> list_roles(Call& call) { return list(call, role_json); }

Result<http::Response> list_profiles(Call& call) { return list(call, profile_json); }

Result<http::Response> read_role(Call& call) {
  const RecordId id = TRY(call.id());
  return read(call, id, role_json);
}

Result<http::Response> read_profile(Call& call) {
  const RecordId id = TRY(call.id());
  return read(call, id, profile_json);
}

Result<http::Response> read_own_role(Call& call) { return read_own(call, role_json); }

Result<http::Response> read_own_profile(Call& call) { return read_own(call, profile_json); }

Result<http::Response> show_own_permissions(Call& call) {
  if (!call.actor.role) return not_found("You have no role in this portal.");
  JsonWriter json;
  json.begin_object();
  append_permissions(json, call, *call.actor.role);
  json.end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> read_light_profile(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    for (const Role& role : access::list_roles(tx, call.actor.org)) {
      if (role.kind == RoleKind::light_agent)
        return http::Response::json(200, profile_json(call, role));
    }
    return not_found("There is no such profile.");
  });
}

Result<http::Response> count_roles(Call& call) {
  TRY(access::require_duty(call.actor, access::Duty::manage_people));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto count = int64_t(access::list_roles(tx, call.actor.org).size());
    return http::Response::json(
        200, JsonWriter().begin_object().number("count", count).end_object().take());
  });
}

Result<http::Response> list_agents_with_role(Call& call) {
  TRY(access::require_duty(call.actor, access::Duty::manage_people));
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, role_rows_usual, role_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    if (!access::find_role(tx, call.actor.org, id)) return not_found("There is no such role.");
    std::vector<std::string> shown;
    int64_t row = 0;
    const std::vector<access::Agent> agents = TRY(colleagues(tx, call));
    for (const access::Agent& agent : agents) {
      if (agent.role_id.value != id.value) continue;
      if (row >= window.offset && row < window.offset + window.limit)
        shown.push_back(agent_json(agent));
      ++row;
    }
    return show_list(shown);
  });
}

}  // namespace tandem::api::desk_dialect
