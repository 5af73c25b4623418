#include "desk/conversation/mentions.h"

#include <fmt/format.h>

#include "access/actor_of.h"
#include "access/agents.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

// Of a name that many share, the first ones are asked.
constexpr int asked_max = 200;

bool sees(db::Transaction& tx, const access::Actor& asking, const access::Agent& agent,
          RecordId ticket) {
  if (agent.status != access::AgentStatus::active) return false;
  const Result<access::Actor> actor =
      access::actor_of(tx, *asking.catalogue, agent.person, asking.org, access::Path::ui);
  return actor && operations::read_record(tx, *actor, tickets_module(), ticket);
}

}  // namespace

Result<std::vector<Colleague>> people_to_mention(db::Transaction& tx, const access::Actor& actor,
                                                 RecordId ticket, std::string_view text) {
  TRY(ticket_for(tx, actor, ticket, "comment"));
  const std::string wanted = fold(trim(text));
  std::vector<Colleague> people;
  int asked = 0;
  for (const access::Agent& agent : access::list_agents(tx, actor.org)) {
    if (fold(agent.name).find(wanted) == std::string::npos) continue;
    if (++asked > asked_max || people.size() >= size_t{mentionable_shown_max}) break;
    if (sees(tx, actor, agent, ticket)) people.push_back({agent.id, agent.name});
  }
  return people;
}

Result<void> mentions_fit(size_t count) {
  if (count <= mentions_max) return {};
  return invalid("mentions", "too_many",
                 fmt::format("Mention at most {} people in one comment.", mentions_max));
}

Result<void> can_be_mentioned(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                              const std::vector<int64_t>& agents) {
  TRY(mentions_fit(agents.size()));
  for (const int64_t id : agents) {
    const std::optional<access::Agent> agent = access::find_agent(tx, actor.org, RecordId{id});
    if (!agent || agent->status != access::AgentStatus::active) {
      return invalid("mentions", "not_found", "Mention active colleagues alone.");
    }
    if (!sees(tx, actor, *agent, ticket)) {
      return invalid("mentions", "does_not_see_the_ticket",
                     agent->name +
                         " does not see this ticket. Share it with their department, or "
                         "take the mention out.");
    }
  }
  return {};
}

std::string mentions_to_json(db::Transaction& tx, OrgId org, const std::vector<int64_t>& agents) {
  JsonWriter json;
  json.begin_array();
  for (const int64_t id : agents) {
    const std::optional<access::Agent> agent = access::find_agent(tx, org, RecordId{id});
    if (!agent) continue;
    json.begin_object().id("agent", id).id("person", agent->person.value);
    json.string("name", agent->name).end_object();
  }
  return json.end_array().take();
}

std::vector<Mention> mentions_from_json(const std::string& json) {
  std::vector<Mention> mentions;
  const Result<Json> list = json_from_text(json);
  if (!list || !list->is_array()) return mentions;
  for (const Json& one : list->as_array()) {
    mentions.push_back({RecordId{id_from_text(text_of(one, "agent")).value_or(0)},
                        PersonId{id_from_text(text_of(one, "person")).value_or(0)},
                        text_of(one, "name")});
  }
  return mentions;
}

std::string mention_in_html(std::string_view name) {
  return sanitise_html("<strong>@" + escape_html(name) + "</strong>");
}

}  // namespace tandem::desk
