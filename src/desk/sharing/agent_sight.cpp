#include "desk/sharing/agent_sight.h"

#include "access/actor_of.h"
#include "desk/sharing/ticket_visibility.h"

namespace tandem::desk {

bool agent_sees(db::Transaction& tx, const access::Actor& asking, const access::Agent& agent,
                const records::Record& ticket) {
  if (agent.status != access::AgentStatus::active) return false;
  const Result<access::Actor> actor =
      access::actor_of(tx, *asking.catalogue, agent.person, asking.org, access::Path::ui);
  return actor && sees_ticket(*actor, ticket);
}

bool agent_sees(db::Transaction& tx, const access::Actor& asking, RecordId agent,
                const records::Record& ticket) {
  const std::optional<access::Agent> found = access::find_agent(tx, asking.org, agent);
  return found && agent_sees(tx, asking, *found, ticket);
}

}  // namespace tandem::desk
