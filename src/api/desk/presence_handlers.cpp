#include <algorithm>

#include "api/desk/colleagues.h"
#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "desk/dashboards/agents_now.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int agent_rows_usual = 25;
constexpr int agent_rows_max = 200;

enum class Online { yes, no };

Result<http::Response> list_agents_who_are(Call& call, Online wanted) {
  const PageWindow window = TRY(page_window(call, agent_rows_usual, agent_rows_max));
  const std::vector<records::Value> departments = TRY(call.query_ids("departmentId", 1));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    int64_t row = 0;
    const std::vector<access::Agent> agents = TRY(colleagues(tx, call));
    for (const access::Agent& agent : agents) {
      if (agent.status != access::AgentStatus::active) continue;
      if (desk::is_here(agent, tx.now()) != (wanted == Online::yes)) continue;
      const bool is_there =
          departments.empty() ||
          std::binary_search(agent.department_ids.begin(), agent.department_ids.end(),
                             departments.front().id().value);
      if (!is_there || row++ < window.offset) continue;
      if (shown.size() < size_t(window.limit)) shown.push_back(agent_json(agent));
    }
    return show_list(shown);
  });
}

}  // namespace

Result<http::Response> list_online_agents(Call& call) {
  return list_agents_who_are(call, Online::yes);
}

Result<http::Response> list_offline_agents(Call& call) {
  return list_agents_who_are(call, Online::no);
}

}  // namespace tandem::api::desk_dialect
