#include <algorithm>

#include "access/agents.h"
#include "access/invitations.h"
#include "api/account_mails.h"
#include "api/desk/colleagues.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "base/text.h"

// Inviting agents, changing what they may, and who works in which department.

namespace tandem::api::desk_dialect {

namespace {

using access::Agent;
using access::AgentChange;
using access::AgentStatus;

constexpr size_t agents_per_call_max = 50;

http::Response show_agent(const Agent& agent) {
  return http::Response::json(200, agent_json(agent));
}

/// Here roles and profiles are one thing, and clients name either.
RecordId role_in(const JsonObject& body) {
  const std::optional<RecordId> profile = id_member(body, "profileId");
  return profile ? *profile : id_member(body, "roleId").value_or(RecordId{});
}

constexpr InputWord agent_inputs[] = {{"email", "emailId"},
                                      {"name", "lastName"},
                                      {"role_id", "roleId"},
                                      {"department_ids", "associatedDepartmentIds"}};

Result<Agent> change(Call& call, RecordId id, const AgentChange& change) {
  Agent agent =
      TRY(in_words(agent_inputs, call.database().write([&](db::Transaction& tx) -> Result<Agent> {
        return access::change_agent(tx, call.actor, id, change);
      })));
  call.services.drop_listeners(agent.person);
  call.services.wake();
  return agent;
}

/// Several agents in one transaction: all or none.
Result<void> change_each(Call& call, const std::vector<RecordId>& ids,
                         const std::function<Result<AgentChange>(const Agent&)>& wanted) {
  const std::vector<Agent> changed =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<std::vector<Agent>> {
        std::vector<Agent> agents;
        for (const RecordId id : ids) {
          const std::optional<Agent> agent = access::find_agent(tx, call.actor.org, id);
          if (!agent) return not_found("There is no such agent.");
          const AgentChange next = TRY(wanted(*agent));
          Agent after = TRY(access::change_agent(tx, call.actor, id, next));
          agents.push_back(std::move(after));
        }
        return agents;
      }));
  for (const Agent& agent : changed) call.services.drop_listeners(agent.person);
  call.services.wake();
  return {};
}

}  // namespace

Result<http::Response> invite_agent(Call& call) {
  const JsonObject body = TRY(call.body());
  access::NewInvitation invitation;
  invitation.email = text_member(body, "emailId");
  invitation.name =
      std::string(trim(text_member(body, "firstName") + " " + text_member(body, "lastName")));
  invitation.role_id = role_in(body);
  invitation.department_ids =
      TRY(some_ids_of(body, "associatedDepartmentIds", access::departments_per_agent_max));
  const access::Invited invited = TRY(in_words(
      agent_inputs, call.database().write([&](db::Transaction& tx) -> Result<access::Invited> {
        access::Invited made = TRY(access::invite(tx, call.actor, invitation));
        send_invitation_mail(tx, call.services, call.actor.org, call.request.scheme, made.mail);
        return made;
      })));
  call.services.wake();
  return show_agent(invited.agent);
}

Result<http::Response> change_agent(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  AgentChange wanted;
  if (const RecordId role = role_in(body)) wanted.role_id = role;
  if (body.contains("associatedDepartmentIds")) {
    wanted.department_ids =
        TRY(some_ids_of(body, "associatedDepartmentIds", access::departments_per_agent_max));
  }
  const Agent agent = TRY(change(call, id, wanted));
  return show_agent(agent);
}

Result<http::Response> deactivate_agent(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(change(call, id, {.status = AgentStatus::disabled}));
  return http::Response::no_content();
}

Result<http::Response> activate_agents(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "agentIds", agents_per_call_max));
  TRY(change_each(call, ids, [](const Agent&) -> Result<AgentChange> {
    return AgentChange{.status = AgentStatus::active};
  }));
  return http::Response::no_content();
}

Result<http::Response> reinvite_agents(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "agentIds", agents_per_call_max));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    for (const RecordId id : ids) {
      const access::Invited again = TRY(access::reinvite(tx, call.actor, id));
      send_invitation_mail(tx, call.services, call.actor.org, call.request.scheme, again.mail);
    }
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> remove_unconfirmed_agents(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "agentIds", agents_per_call_max));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    for (const RecordId id : ids) TRY(access::withdraw_invitation(tx, call.actor, id));
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

namespace {

enum class Membership { given, taken };

/// Puts the agents of the body into the department of the path, or takes them out of it.
Result<http::Response> move_agents(Call& call, Membership membership) {
  const RecordId department = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "agentIds", agents_per_call_max));
  TRY(call.database().read([&](db::Transaction& tx) {
    return operations::read_record(tx, call.actor, *call.module, department);
  }));
  TRY(change_each(call, ids, [&](const Agent& agent) -> Result<AgentChange> {
    std::vector<int64_t> departments = agent.department_ids;
    std::erase(departments, department.value);
    if (membership == Membership::given) departments.push_back(department.value);
    return AgentChange{.department_ids = std::move(departments)};
  }));
  return http::Response::no_content();
}

}  // namespace

Result<http::Response> associate_agents(Call& call) { return move_agents(call, Membership::given); }

Result<http::Response> dissociate_agents(Call& call) {
  return move_agents(call, Membership::taken);
}

Result<http::Response> list_associable_agents(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, id));
    std::vector<std::string> shown;
    const std::vector<Agent> agents = TRY(colleagues(tx, call));
    for (const Agent& agent : agents) {
      const std::vector<int64_t>& own = agent.department_ids;
      const bool is_there = std::binary_search(own.begin(), own.end(), id.value);
      if (!is_there && agent.status != AgentStatus::disabled) shown.push_back(agent_json(agent));
    }
    return show_list(shown);
  });
}

}  // namespace tandem::api::desk_dialect
