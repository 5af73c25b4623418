#include "api/desk/colleagues.h"

#include "access/agents_module.h"

namespace tandem::api::desk_dialect {

namespace {

Result<void> may_read_colleagues(const Call& call) {
  return access::require_right(call.actor, access::agents_module(), access::Right::read);
}

}  // namespace

Result<std::vector<access::Agent>> colleagues(db::Transaction& tx, const Call& call) {
  TRY(may_read_colleagues(call));
  return access::list_agents(tx, call.actor.org);
}

Result<access::Agent> colleague(db::Transaction& tx, const Call& call, RecordId id) {
  if (id != call.actor.id) TRY(may_read_colleagues(call));
  std::optional<access::Agent> agent = access::find_agent(tx, call.actor.org, id);
  if (!agent) return not_found("There is no such agent.");
  return std::move(*agent);
}

}  // namespace tandem::api::desk_dialect
