#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/time_tracking/time_entries.h"

// Worked time over a period: by agent, by ticket, by day, and entry by entry. All of it is of the
// tickets that stand in the actor's lists, as of now. Manual, Time entries 3.

namespace tandem::desk {

constexpr int64_t time_report_days_max = 366;
/// The tickets that took the most time.
constexpr int64_t time_report_tickets_max = 200;
constexpr int64_t time_report_entries_max = 5'000;

struct TimeReportQuery {
  Instant from = {};         // inclusive
  Instant to = {};           // exclusive
  RecordId agent = {};       // 0: of all
  RecordId department = {};  // of the ticket; 0: of all
  std::optional<bool> is_billable = {};
};

/// Sets `from` and `to`: from the beginning of the first day to the end of the last one, days since
/// 1970-01-01 in the organisation's time zone.
void set_days(db::Transaction& tx, OrgId org, int64_t from_day, int64_t until_day,
              TimeReportQuery& query);

// All refuse with forbidden (no right to read tickets) and invalid (to: not after from, more than
// 366 days).

struct TimeOfAgent {
  RecordId agent;
  std::string name;
  TimeTotals totals;
};
/// The most time first.
Result<std::vector<TimeOfAgent>> time_by_agent(db::Transaction& tx, const access::Actor& actor,
                                               const TimeReportQuery& query);

struct TimeOfTicket {
  RecordId ticket;
  int64_t number = 0;
  std::string title;
  TimeTotals totals;
};
/// The most time first, time_report_tickets_max of them.
Result<std::vector<TimeOfTicket>> time_by_ticket(db::Transaction& tx, const access::Actor& actor,
                                                 const TimeReportQuery& query);

struct TimeOfDay {
  int64_t day = 0;  // since 1970-01-01, in the organisation's time zone
  TimeTotals totals;
};
/// Days on which work began, the newest first.
Result<std::vector<TimeOfDay>> time_by_day(db::Transaction& tx, const access::Actor& actor,
                                           const TimeReportQuery& query);

struct ReportedEntry {
  RecordId id;
  TimeOfTicket ticket;  // without totals
  RecordId agent;
  std::string agent_name;
  Instant worked_at;
  int64_t seconds = 0;
  bool is_billable = false;
  std::string note;
};
/// Newest work first, time_report_entries_max of them.
Result<std::vector<ReportedEntry>> reported_entries(db::Transaction& tx, const access::Actor& actor,
                                                    const TimeReportQuery& query);

}  // namespace tandem::desk
