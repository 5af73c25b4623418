#include <fmt/format.h>

#include "access/agents.h"
#include "api/desk/handlers.h"
#include "desk/dashboards/agents_now.h"
#include "desk/dashboards/ticket_metrics.h"
#include "desk/modules.h"
#include "desk/tickets/still_open.h"

// How one ticket went, and how much each agent has to do.

namespace tandem::api::desk_dialect {

namespace {

constexpr int64_t minutes_per_hour = 60;

/// "01:50 hrs"
std::string hours_of(int64_t minutes) {
  return fmt::format("{:02}:{:02} hrs", minutes / minutes_per_hour, minutes % minutes_per_hour);
}

void append_hours(JsonWriter& json, std::string_view key, std::optional<int64_t> minutes) {
  if (minutes) {
    json.string(key, hours_of(*minutes));
  } else {
    json.null(key);
  }
}

std::string metrics_json(const desk::TicketMetrics& metrics) {
  JsonWriter json;
  json.begin_object();
  append_hours(json, "firstResponseTime", metrics.first_response_minutes);
  append_hours(json, "totalResponseTime", metrics.total_response_minutes);
  append_hours(json, "resolutionTime", metrics.resolution_minutes);
  json.string("responseCount", std::to_string(metrics.responses));
  json.string("threadCount", std::to_string(metrics.messages));
  json.string("outgoingCount", std::to_string(metrics.outgoing));
  json.string("reassignCount", std::to_string(metrics.reassigned));
  json.string("reopenCount", std::to_string(metrics.reopened));
  json.key("agentsHandled").begin_array();
  for (const desk::Handled& agent : metrics.agents) {
    json.begin_object().string("agentId", agent.key).string("agentName", agent.name);
    json.string("handlingTime", hours_of(agent.ms / minute_ms)).end_object();
  }
  json.end_array().key("stagingData").begin_array();
  for (const desk::Handled& status : metrics.statuses) {
    json.begin_object().string("status", status.name);
    json.string("handledTime", hours_of(status.ms / minute_ms)).end_object();
  }
  return json.end_array().end_object().take();
}

/// How many tickets of an agent stand in the caller's lists and meet `more`, up to the cap of
/// counts.
Result<std::string> count_of(db::Transaction& tx, const Call& call, RecordId agent,
                             const std::vector<records::Filter>& more) {
  std::vector<records::Filter> parts{records::field("owner").is(agent)};
  parts.insert(parts.end(), more.begin(), more.end());
  const records::Count count = TRY(operations::count_records(tx, call.actor, desk::tickets_module(),
                                                             records::all_of(std::move(parts))));
  return std::to_string(count.value);
}

/// The words of the dialect, and what each counts.
std::vector<std::pair<const char*, std::vector<records::Filter>>> work_counts(Instant now) {
  const records::Filter unclosed = desk::still_open();
  const auto due = [](Instant from, Instant until) {
    return records::all_of(
        {records::field("due_at").at_least(from), records::field("due_at").before(until)});
  };
  return {{"openCount", {records::field("status_type").is("open")}},
          {"onholdCount", {records::field("status_type").is("on_hold")}},
          {"overDueCount", {unclosed, records::field("due_at").before(now)}},
          {"dueIn1HrCount", {unclosed, due(now, now + hour_ms)}}};
}

Result<std::string> work_json(db::Transaction& tx, const Call& call, const access::Agent& agent,
                              const std::vector<records::Filter>& in_department) {
  JsonWriter json;
  json.begin_object().id("agentId", agent.id.value);
  for (auto& [key, filters] : work_counts(tx.now())) {
    std::vector<records::Filter> all = filters;
    all.insert(all.end(), in_department.begin(), in_department.end());
    const std::string count = TRY(count_of(tx, call, agent.id, all));
    json.string(key, count);
  }
  json.key("channel").begin_array().end_array();
  json.boolean("isOnline", desk::is_here(agent, tx.now()));
  return json.end_object().take();
}

constexpr size_t agents_counted_max = 50;

}  // namespace

Result<http::Response> count_tickets_of_agents(Call& call) {
  const std::vector<records::Value> agents = TRY(call.query_ids("agentIds", agents_counted_max));
  const std::vector<records::Value> departments = TRY(call.query_ids("departmentId", 1));
  if (agents.empty())
    return invalid("agentIds", "required", "Name the agents, at most 50, separated by commas.");
  std::vector<records::Filter> in_department;
  if (!departments.empty())
    in_department.push_back(records::field("department").is(departments.front()));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(access::require_right(call.actor, desk::tickets_module(), access::Right::read));
    std::vector<std::string> items;
    for (const records::Value& id : agents) {
      const std::optional<access::Agent> agent = access::find_agent(tx, call.actor.org, id.id());
      if (!agent) continue;
      std::string item = TRY(work_json(tx, call, *agent, in_department));
      items.push_back(std::move(item));
    }
    return show_list(items);
  });
}

Result<http::Response> show_metrics(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TicketMetrics metrics = TRY(desk::metrics_of_ticket(tx, call.actor, id));
    return http::Response::json(200, metrics_json(metrics));
  });
}

}  // namespace tandem::api::desk_dialect
