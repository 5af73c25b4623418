#include "desk/time_tracking/time_report.h"

#include <fmt/format.h>

#include <functional>
#include <map>

#include "access/agents.h"
#include "desk/dashboards/local_days.h"
#include "desk/modules.h"
#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::desk {

namespace {

using access::Actor;

/// Offsets of time zones are multiples of it, so that a quarter lies in one local day.
constexpr int64_t quarter_ms = 15 * minute_ms;
/// 366 days may have an hour more than 366 times 24.
constexpr int64_t clocks_change_ms = hour_ms;

/// "SELECT … FROM time_entries WHERE …" of what the query asks for.
Result<records::Statement> entries_of(db::Transaction& tx, const Actor& actor,
                                      const TimeReportQuery& query, const std::string& what) {
  TRY(access::require_right(actor, tickets_module(), access::Right::read));
  if (query.to <= query.from ||
      query.to - query.from > time_report_days_max * day_ms + clocks_change_ms) {
    return invalid("to", "out_of_range", "Give a time after from, at most 366 days later.");
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, time_entries_module());
  records::Statement statement(actor.org);
  statement.text = "SELECT " + what +
                   " FROM time_entries WHERE org_id = $1 AND deleted_at IS NULL AND worked_at >= " +
                   statement.bind(query.from.ms) + " AND worked_at < " +
                   statement.bind(query.to.ms);
  if (query.agent) statement.text += " AND agent = " + statement.bind(query.agent.value);
  if (query.is_billable) {
    statement.text += " AND is_billable = " + statement.bind(int64_t{*query.is_billable});
  }
  statement.text += " AND ";
  records::Filter tickets = operations::listed_filter(actor, tickets_module());
  if (query.department) {
    tickets = records::all_of({tickets, records::field("department").is(query.department)});
  }
  TRY(records::compile_filter(tx, actor.org, *shape, records::linked("ticket", std::move(tickets)),
                              statement));
  return statement;
}

constexpr const char* sums =
    "COUNT(*) AS entries, CAST(SUM(seconds) AS BIGINT) AS seconds, "
    "CAST(SUM(CASE WHEN is_billable = 1 THEN seconds ELSE 0 END) AS BIGINT) AS billable";

/// The first moment of a local day. No zone is further from UTC than 15 hours.
Instant beginning_of(const LocalDays& days, int64_t day) {
  int64_t before = day * day_ms - 15 * hour_ms, inside = day * day_ms + 15 * hour_ms;
  while (inside - before > 1) {
    const int64_t between = before + (inside - before) / 2;
    (days.day_of(Instant{between}) < day ? before : inside) = between;
  }
  return Instant{inside};
}

TimeTotals totals_in(const db::Row& row) {
  return {.count = row.integer(1), .seconds = row.integer(2), .billable_seconds = row.integer(3)};
}

// What the rows of `entries_of` name, so that one query answers a whole report.
constexpr std::string_view its_agent = "LEFT JOIN agents AS a ON a.org_id = $1 AND a.id = e.agent";
constexpr std::string_view its_ticket =
    "LEFT JOIN tickets AS t ON t.org_id = $1 AND t.id = e.ticket";

/// Whoever was removed for good has no name.
std::string text_or_nothing(const db::Row& row, int column) {
  return row.is_null(column) ? std::string() : row.text(column);
}

}  // namespace

void set_days(db::Transaction& tx, OrgId org, int64_t from_day, int64_t until_day,
              TimeReportQuery& query) {
  const LocalDays days(time_zone_of(tx, org));
  query.from = beginning_of(days, from_day);
  query.to = beginning_of(days, until_day + 1);
}

Result<std::vector<TimeOfAgent>> time_by_agent(db::Transaction& tx, const Actor& actor,
                                               const TimeReportQuery& query) {
  records::Statement statement = TRY(entries_of(tx, actor, query, "agent, " + std::string(sums)));
  statement.text += " GROUP BY agent ORDER BY seconds DESC, agent LIMIT " +
                    statement.bind(int64_t{access::agents_per_organisation_max});
  std::vector<TimeOfAgent> report;
  const std::string text =
      fmt::format("SELECT e.*, a.title FROM ({}) AS e {} ORDER BY e.seconds DESC, e.agent",
                  statement.text, its_agent);
  for (const db::Row& row : tx.rows(text, statement.args))
    report.push_back({RecordId{row.integer(0)}, text_or_nothing(row, 4), totals_in(row)});
  return report;
}

Result<std::vector<TimeOfTicket>> time_by_ticket(db::Transaction& tx, const Actor& actor,
                                                 const TimeReportQuery& query) {
  records::Statement statement = TRY(entries_of(tx, actor, query, "ticket, " + std::string(sums)));
  statement.text += " GROUP BY ticket ORDER BY seconds DESC, ticket LIMIT " +
                    statement.bind(time_report_tickets_max);
  std::vector<TimeOfTicket> report;
  const std::string text = fmt::format(
      "SELECT e.*, t.number, t.subject FROM ({}) AS e {} ORDER BY e.seconds DESC, e.ticket",
      statement.text, its_ticket);
  for (const db::Row& row : tx.rows(text, statement.args)) {
    report.push_back({.ticket = RecordId{row.integer(0)},
                      .number = row.is_null(4) ? 0 : row.integer(4),
                      .title = text_or_nothing(row, 5),
                      .totals = totals_in(row)});
  }
  return report;
}

Result<std::vector<TimeOfDay>> time_by_day(db::Transaction& tx, const Actor& actor,
                                           const TimeReportQuery& query) {
  records::Statement statement = TRY(entries_of(
      tx, actor, query, "worked_at / " + std::to_string(quarter_ms) + ", " + std::string(sums)));
  statement.text += " GROUP BY 1";
  const LocalDays days(time_zone_of(tx, actor.org));
  std::map<int64_t, TimeTotals, std::greater<>> by_day;
  for (const db::Row& row : tx.rows(statement.text, statement.args)) {
    TimeTotals& day = by_day[days.day_of(Instant{row.integer(0) * quarter_ms})];
    const TimeTotals more = totals_in(row);
    day.count += more.count;
    day.seconds += more.seconds;
    day.billable_seconds += more.billable_seconds;
  }
  std::vector<TimeOfDay> report;
  for (const auto& [day, totals] : by_day) report.push_back({day, totals});
  return report;
}

Result<std::vector<ReportedEntry>> reported_entries(db::Transaction& tx, const Actor& actor,
                                                    const TimeReportQuery& query) {
  records::Statement statement =
      TRY(entries_of(tx, actor, query, "id, ticket, agent, worked_at, seconds, is_billable, note"));
  statement.text +=
      " ORDER BY worked_at DESC, id DESC LIMIT " + statement.bind(time_report_entries_max);
  const std::string text = fmt::format(
      "SELECT e.*, t.number, t.subject, a.title FROM ({}) AS e {} {} "
      "ORDER BY e.worked_at DESC, e.id DESC",
      statement.text, its_ticket, its_agent);
  std::vector<ReportedEntry> entries;
  for (const db::Row& row : tx.rows(text, statement.args)) {
    entries.push_back({.id = RecordId{row.integer(0)},
                       .ticket = {.ticket = RecordId{row.integer(1)},
                                  .number = row.is_null(7) ? 0 : row.integer(7),
                                  .title = text_or_nothing(row, 8),
                                  .totals = {}},
                       .agent = RecordId{row.integer(2)},
                       .agent_name = text_or_nothing(row, 9),
                       .worked_at = row.instant(3),
                       .seconds = row.integer(4),
                       .is_billable = row.integer(5) != 0,
                       .note = row.text(6)});
  }
  return entries;
}

}  // namespace tandem::desk
