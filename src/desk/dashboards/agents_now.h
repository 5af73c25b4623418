#pragma once

#include <vector>

#include "access/agents.h"
#include "desk/dashboards/dashboard.h"

// Who is here, and who has how much to do right now.

namespace tandem::desk {

constexpr int64_t here_ms = 5 * minute_ms;
constexpr size_t agents_now_max = 200;

/// Whether the agent is signed in and used the program within here_ms.
bool is_here(const access::Agent& agent, Instant now);

struct AgentNow {
  RecordId agent = {};
  std::string name = {};
  bool is_here = false;
  std::optional<int64_t> open = {};
  std::optional<int64_t> overdue = {};
  std::optional<int64_t> closed_today = {};
};

/// The active agents of the departments of the scope, those who are here first, then by open
/// tickets; at most agents_now_max. Figures that are hidden from the role are absent. Refuses:
/// invalid unknown_field when owners are hidden, conflict "figures_are_counted". Manual, Dashboards
/// 2.7.
Result<std::vector<AgentNow>> agents_now(db::Transaction& tx, const access::Actor& actor,
                                         const DashboardScope& scope);

}  // namespace tandem::desk
