#include <algorithm>

#include "access/agents.h"
#include "access/organisations.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "base/text.h"
#include "desk/modules.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int agent_rows_usual = 25;
constexpr int agent_rows_max = 200;

bool matches(const access::Agent& agent, const Call& call,
             const std::vector<records::Value>& departments) {
  const std::string status = call.query_text("status");
  if (!status.empty() &&
      status != (agent.status == access::AgentStatus::disabled ? "DISABLED" : "ACTIVE")) {
    return false;
  }
  if (!departments.empty() &&
      std::none_of(departments.begin(), departments.end(), [&](const records::Value& id) {
        return std::binary_search(agent.department_ids.begin(), agent.department_ids.end(),
                                  id.number());
      })) {
    return false;
  }
  const std::string wanted = fold(call.query_text("searchStr"));
  return wanted.empty() || fold(agent.name).find(wanted) != std::string::npos ||
         fold(agent.email).find(wanted) != std::string::npos;
}

Result<std::vector<access::Agent>> agents_of(db::Transaction& tx, const Call& call) {
  const std::vector<records::Value> departments =
      TRY(call.query_ids("departmentIds", agent_rows_max));
  std::vector<access::Agent> agents = access::list_agents(tx, call.actor.org);
  std::erase_if(agents,
                [&](const access::Agent& agent) { return !matches(agent, call, departments); });
  return agents;
}

std::string organization_json(const Call& call, const access::Organisation& organisation) {
  JsonWriter json;
  json.begin_object().id("id", organisation.id.value).string("companyName", organisation.name);
  json.string("portalName", organisation.name)
      .string("alias", organisation.name)
      .boolean("isDefault", true);
  json.string("portalURL", call.services.base_url + "/desk/" + to_string(organisation.id));
  json.string("edition", "ENTERPRISE").end_object();
  return json.take();
}

http::Response show_count(size_t count) {
  return http::Response::json(
      200, JsonWriter().begin_object().number("count", int64_t(count)).end_object().take());
}

}  // namespace

Result<http::Response> list_agents(Call& call) {
  const PageWindow window = TRY(page_window(call, agent_rows_usual, agent_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::Agent> agents = TRY(agents_of(tx, call));
    std::vector<std::string> shown;
    const size_t last = std::min(agents.size(), size_t(window.offset) + size_t(window.limit));
    for (size_t row = size_t(window.offset); row < last; ++row)
      shown.push_back(agent_json(agents[row]));
    return show_list(shown);
  });
}

Result<http::Response> read_agent(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Agent> agent = access::find_agent(tx, call.actor.org, id);
    if (!agent) return not_found("There is no such agent.");
    return http::Response::json(200, agent_json(*agent));
  });
}

Result<http::Response> count_agents(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::Agent> agents = TRY(agents_of(tx, call));
    return show_count(agents.size());
  });
}

Result<http::Response> show_my_info(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Agent> agent =
        access::find_agent(tx, call.actor.org, call.actor.id);
    if (!agent) return not_found("You are no agent of this portal.");
    return http::Response::json(200, agent_json(*agent));
  });
}

Result<http::Response> list_organizations(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Organisation> organisation =
        access::find_organisation(tx, call.actor.org);
    if (!organisation) return http::Response::no_content();
    return show_list({organization_json(call, *organisation)});
  });
}

Result<http::Response> read_organization(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Organisation> organisation =
        access::find_organisation(tx, call.actor.org);
    if (!organisation || organisation->id.value != id.value)
      return not_found("There is no such portal.");
    return http::Response::json(200, organization_json(call, *organisation));
  });
}

Result<http::Response> count_departments(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Count count = TRY(operations::count_records(
        tx, call.actor, desk::departments_module(), records::everything()));
    return show_count(size_t(count.value));
  });
}

Result<http::Response> list_my_departments(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    std::vector<records::Value> mine(call.actor.department_ids.begin(),
                                     call.actor.department_ids.end());
    query.filter = records::field("id").is_one_of(std::move(mine));
    query.sort = {"title", false};
    query.limit = agent_rows_max;
    const records::Page page =
        TRY(operations::list_records(tx, call.actor, desk::departments_module(), std::move(query)));
    return show_page(tx, call, page);
  });
}

}  // namespace tandem::api::desk_dialect
