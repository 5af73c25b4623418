#include <algorithm>

#include "access/agents.h"
#include "access/organisations.h"
#include "api/desk/colleagues.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/views/ticket_views.h"
#include "desk/views/views.h"
#include "views/custom_views.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int agent_rows_usual = 25;
constexpr int agent_rows_max = 200;

/// Which agents a query asks for.
struct AgentQuery {
  std::vector<records::Value> ids;
  std::vector<records::Value> departments;
  std::string status;
  std::string words;
  std::optional<bool> is_light;

  bool fits(const access::Agent& agent) const {
    const bool is_disabled = agent.status == access::AgentStatus::disabled;
    if (!status.empty() && status != (is_disabled ? "DISABLED" : "ACTIVE")) return false;
    if (is_light && *is_light != (agent.role_kind == access::RoleKind::light_agent)) return false;
    if (!ids.empty() && std::find(ids.begin(), ids.end(), agent.id) == ids.end()) return false;
    const std::vector<int64_t>& own = agent.department_ids;
    const bool is_there =
        departments.empty() ||
        std::any_of(departments.begin(), departments.end(), [&](const records::Value& id) {
          return std::binary_search(own.begin(), own.end(), id.number());
        });
    if (!is_there) return false;
    return words.empty() || fold(agent.name).find(words) != std::string::npos ||
           fold(agent.email).find(words) != std::string::npos;
  }
};

Result<AgentQuery> agent_query(const Call& call) {
  AgentQuery query;
  query.ids = TRY(call.query_ids("agentIds", agent_rows_max));
  if (query.ids.empty()) query.ids = TRY(call.query_ids("ids", agent_rows_max));
  query.departments = TRY(call.query_ids("departmentIds", agent_rows_max));
  query.status = call.query_text("status");
  if (!query.status.empty() && query.status != "ACTIVE" && query.status != "DISABLED") {
    return invalid("status", "not_a_choice", "Give ACTIVE or DISABLED.");
  }
  const std::string light = call.query_text("isLightAgent");
  if (!light.empty()) query.is_light = light == "true";
  query.words = fold(call.query_text("searchStr"));
  return query;
}

Result<std::vector<access::Agent>> agents_that_fit(db::Transaction& tx, const Call& call,
                                                   const AgentQuery& query) {
  std::vector<access::Agent> agents = TRY(colleagues(tx, call));
  std::erase_if(agents, [&](const access::Agent& agent) { return !query.fits(agent); });
  return agents;
}

http::Response show_agents(const std::vector<access::Agent>& agents, const PageWindow& window) {
  std::vector<std::string> shown;
  const size_t last = std::min(agents.size(), size_t(window.offset) + size_t(window.limit));
  for (size_t row = size_t(window.offset); row < last; ++row)
    shown.push_back(agent_json(agents[row]));
  return show_list(shown);
}

std::string organization_json(const Call& call, const access::Organisation& organisation) {
  JsonWriter json;
  json.begin_object().id("id", organisation.id.value).string("companyName", organisation.name);
  json.string("portalName", organisation.name)
      .string("alias", organisation.name)
      .boolean("isDefault", true);
  json.string("portalURL", call.services.base_url + "/desk/" + to_string(organisation.id));
  json.string("edition", "ENTERPRISE").null("currencyCode").end_object();
  return json.take();
}

http::Response show_count(size_t count) {
  return http::Response::json(
      200, JsonWriter().begin_object().number("count", int64_t(count)).end_object().take());
}

}  // namespace

Result<http::Response> list_agents(Call& call) {
  const PageWindow window = TRY(page_window(call, agent_rows_usual, agent_rows_max));
  const AgentQuery query = TRY(agent_query(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::Agent> agents = TRY(agents_that_fit(tx, call, query));
    return show_agents(agents, window);
  });
}

Result<http::Response> list_agents_of(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, agent_rows_usual, agent_rows_max));
  AgentQuery query = TRY(agent_query(call));
  query.departments = {records::Value(id)};
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, desk::departments_module(), id));
    const std::vector<access::Agent> agents = TRY(agents_that_fit(tx, call, query));
    return show_agents(agents, window);
  });
}

Result<http::Response> read_agent(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const access::Agent agent = TRY(colleague(tx, call, id));
    return http::Response::json(200, agent_json(agent));
  });
}

Result<http::Response> read_agent_by_email(Call& call) {
  const std::string_view email = call.request.param("email");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::Agent> agents = TRY(colleagues(tx, call));
    for (const access::Agent& agent : agents) {
      if (equal_ignoring_ascii_case(agent.email, email))
        return http::Response::json(200, agent_json(agent));
    }
    return not_found("There is no such agent.");
  });
}

Result<http::Response> count_agents(Call& call) {
  const AgentQuery query = TRY(agent_query(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<access::Agent> agents = TRY(agents_that_fit(tx, call, query));
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
    // Who belongs to no department and sees them all, such as an administrator, has them all.
    std::vector<records::Value> mine(call.actor.department_ids.begin(),
                                     call.actor.department_ids.end());
    if (!mine.empty()) {
      query.filter = records::field("id").is_one_of(std::move(mine));
    } else if (!call.actor.is_administrator()) {
      query.filter = records::nothing();
    }
    query.sort = {"title", false};
    query.limit = agent_rows_max;
    const records::Page page =
        TRY(list_page(tx, call, desk::departments_module(), std::move(query)));
    return show_page(tx, call, page);
  });
}

namespace {

std::string view_json(int64_t id, std::string_view name, std::string_view ready) {
  JsonWriter json;
  json.begin_object().id("id", id).string("name", name);
  json.string("module", "tickets").boolean("isStarred", false);
  json.boolean("isDefault", ready == desk::view_names().front()).end_object();
  return json.take();
}

}  // namespace

/// The ready views, whose id is the place by age, so that it stays; then the custom ones.
Result<http::Response> list_views(Call& call) {
  const std::string module = call.query_text("module");
  if (!module.empty() && module != "tickets") return http::Response::no_content();
  std::vector<std::string> shown;
  const std::vector<std::string>& names = desk::views_by_age();
  for (size_t place = 0; place < names.size(); ++place) {
    std::string label = names[place];
    std::replace(label.begin(), label.end(), '_', ' ');
    label.front() = char(label.front() - 'a' + 'A');
    shown.push_back(view_json(int64_t(place) + 1, label, names[place]));
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    for (const views::CustomView& view :
         views::list_custom_views(tx, call.actor, desk::viewed_tickets()))
      shown.push_back(view_json(view.id.value, view.name, ""));
    return show_list(shown);
  });
}

}  // namespace tandem::api::desk_dialect
