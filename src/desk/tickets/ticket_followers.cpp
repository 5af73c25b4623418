#include "desk/tickets/ticket_followers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "access/agents.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/agent_sight.h"
#include "desk/tickets/still_open.h"
#include "operations/operations.h"
#include "records/change_log.h"

namespace tandem::desk {

namespace {

using access::Actor;
using access::Agent;
using records::Record;

/// Whoever follows and sees the ticket, in the order of their ids.
std::vector<Agent> followers_of(db::Transaction& tx, const Actor& asking, const Record& ticket) {
  std::vector<Agent> followers;
  for (const db::Row& row :
       tx.rows("SELECT agent_id FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2 "
               "ORDER BY agent_id LIMIT $3",
               {asking.org.value, ticket.id.value, int64_t(followers_per_ticket_max)})) {
    std::optional<Agent> agent = access::find_agent(tx, asking.org, RecordId{row.integer(0)});
    if (agent && agent_sees(tx, asking, *agent, ticket)) followers.push_back(std::move(*agent));
  }
  return followers;
}

bool is_oneself(const Actor& actor, const std::vector<int64_t>& agents) {
  return actor.is_agent() && agents.size() == 1 && agents.front() == actor.id.value;
}

Result<void> may_be_named(const std::vector<int64_t>& agents) {
  if (agents.empty()) return invalid("followers", "required", "Name at least one colleague.");
  if (agents.size() > followers_per_ticket_max) {
    return invalid("followers", "too_many",
                   fmt::format("Name at most {} colleagues.", followers_per_ticket_max));
  }
  return {};
}

Result<Agent> colleague_who_sees(db::Transaction& tx, const Actor& actor, const Record& ticket,
                                 int64_t id) {
  std::optional<Agent> agent = access::find_agent(tx, actor.org, RecordId{id});
  if (!agent || agent->status != access::AgentStatus::active) {
    return invalid("followers", "not_found", "Choose active colleagues alone.");
  }
  if (!agent_sees(tx, actor, *agent, ticket)) {
    return invalid("followers", "follower_sees_nothing",
                   agent->name +
                       " does not see this ticket. Share it with their department, or leave them "
                       "out.");
  }
  return std::move(*agent);
}

enum class Following { begins, ends };

/// Of oneself it is "followed"; of colleagues the names are told.
void note_in_history(db::Transaction& tx, const Actor& actor, const Record& ticket,
                     const std::vector<Agent>& agents, Following following) {
  if (agents.empty()) return;
  const bool is_own = agents.size() == 1 && actor.is_agent() && agents.front().id == actor.id;
  std::vector<std::string> names;
  JsonWriter detail;
  detail.begin_object().key("agents").begin_array();
  for (const Agent& agent : agents) {
    detail.id(agent.id.value);
    names.push_back(agent.name);
  }
  detail.end_array().string("names", join(names, ", ")).end_object();
  const bool begins = following == Following::begins;
  const char* event = begins ? "followers_added" : "followers_removed";
  if (is_own) event = begins ? "followed" : "unfollowed";
  records::log_event(tx, actor.org, tickets_module().name, ticket.id, ticket.revision, event,
                     actor.author(), detail.take());
}

Result<void> write_followers(db::Transaction& tx, const Actor& actor, const Record& ticket,
                             const std::vector<Agent>& agents) {
  std::vector<Agent> added;
  for (const Agent& agent : agents) {
    const int64_t made = tx.execute(
        "INSERT INTO ticket_followers (org_id, ticket_id, agent_id, followed_at) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        {actor.org.value, ticket.id.value, agent.id.value, tx.now().ms});
    if (made > 0) added.push_back(agent);
  }
  const int64_t count =
      tx.integer("SELECT COUNT(*) FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2",
                 {actor.org.value, ticket.id.value});
  if (count > int64_t(followers_per_ticket_max)) {
    return conflict("too_many_followers",
                    fmt::format("At most {} people follow a ticket; take somebody out first.",
                                followers_per_ticket_max),
                    "followers");
  }
  note_in_history(tx, actor, ticket, added, Following::begins);
  return {};
}

void erase_followers(db::Transaction& tx, const Actor& actor, const Record& ticket,
                     const std::vector<int64_t>& agents) {
  std::vector<Agent> removed;
  for (const int64_t id : agents) {
    const int64_t gone = tx.execute(
        "DELETE FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
        {actor.org.value, ticket.id.value, id});
    std::optional<Agent> agent = access::find_agent(tx, actor.org, RecordId{id});
    if (gone > 0 && agent) removed.push_back(std::move(*agent));
  }
  note_in_history(tx, actor, ticket, removed, Following::ends);
}

}  // namespace

Result<std::vector<Follower>> list_followers(db::Transaction& tx, const Actor& actor,
                                             RecordId ticket) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  std::vector<Follower> followers;
  // Customers don't learn who reads along.
  if (actor.kind == access::ActorKind::contact) return followers;
  for (const Agent& agent : followers_of(tx, actor, found)) {
    followers.push_back({agent.id, agent.name, agent.email});
  }
  std::sort(followers.begin(), followers.end(), [](const Follower& one, const Follower& other) {
    return std::pair(fold(one.name), one.id.value) < std::pair(fold(other.name), other.id.value);
  });
  return followers;
}

Result<void> follow_ticket(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  return add_followers(tx, actor, ticket, {actor.id.value});
}

Result<void> unfollow_ticket(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  return remove_followers(tx, actor, ticket, {actor.id.value});
}

Result<void> add_followers(db::Transaction& tx, const Actor& actor, RecordId ticket,
                           const std::vector<int64_t>& agents) {
  const bool is_own = is_oneself(actor, agents);
  const Record found = TRY(ticket_for(tx, actor, ticket, is_own ? "follow" : "set_followers"));
  TRY(may_be_named(agents));
  std::vector<Agent> colleagues;
  for (const int64_t id : agents) {
    Agent colleague = TRY(colleague_who_sees(tx, actor, found, id));
    colleagues.push_back(std::move(colleague));
  }
  return write_followers(tx, actor, found, colleagues);
}

Result<void> remove_followers(db::Transaction& tx, const Actor& actor, RecordId ticket,
                              const std::vector<int64_t>& agents) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  // Oneself at any time, also of a ticket in the recycle bin.
  if (!is_oneself(actor, agents)) TRY(operations::require_act(actor, found, "set_followers"));
  TRY(may_be_named(agents));
  erase_followers(tx, actor, found, agents);
  return {};
}

std::vector<RecordId> followers_who_see(db::Transaction& tx, const Actor& actor,
                                        const Record& ticket) {
  std::vector<RecordId> ids;
  for (const Agent& agent : followers_of(tx, actor, ticket)) ids.push_back(agent.id);
  return ids;
}

std::vector<records::Value> followed_tickets(db::Transaction& tx, const Actor& actor) {
  std::vector<records::Value> ids;
  if (!actor.is_agent()) return ids;
  for (const db::Row& row :
       tx.rows("SELECT t.id FROM (SELECT ticket_id FROM ticket_followers WHERE org_id = $1 "
               "AND agent_id = $2 ORDER BY followed_at DESC LIMIT $3) f "
               "JOIN tickets t ON t.org_id = $1 AND t.id = f.ticket_id "
               "WHERE " +
                   still_open_sql("t.") +
                   " AND t.deleted_at IS NULL "
                   "ORDER BY t.id DESC LIMIT $4",
               {actor.org.value, actor.id.value, int64_t{followed_looked_at_max},
                int64_t{followed_listed_max}})) {
    ids.emplace_back(row.integer(0));
  }
  return ids;
}

void take_over_followers(db::Transaction& tx, OrgId org, RecordId from, RecordId to) {
  const int64_t following =
      tx.integer("SELECT COUNT(*) FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2",
                 {org.value, to.value});
  const int64_t room = std::max(int64_t(followers_per_ticket_max) - following, int64_t{0});
  tx.execute(
      "INSERT INTO ticket_followers (org_id, ticket_id, agent_id, followed_at) "
      "SELECT f.org_id, $3, f.agent_id, f.followed_at FROM ticket_followers f "
      "WHERE f.org_id = $1 AND f.ticket_id = $2 AND NOT EXISTS "
      "(SELECT 1 FROM ticket_followers t WHERE t.org_id = f.org_id AND t.ticket_id = $3 "
      "AND t.agent_id = f.agent_id) ORDER BY f.followed_at, f.agent_id LIMIT $4",
      {org.value, from.value, to.value, room});
}

int64_t followers_without_room(db::Transaction& tx, OrgId org,
                               const std::vector<int64_t>& tickets) {
  std::set<int64_t> agents;
  for (const int64_t ticket : tickets) {
    tx.for_each("SELECT agent_id FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2",
                {org.value, ticket}, [&](const db::RowView& row) {
                  agents.insert(row.integer(0));
                  return true;
                });
  }
  return std::max(int64_t(agents.size()) - int64_t(followers_per_ticket_max), int64_t{0});
}

void forget_followers(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

}  // namespace tandem::desk
