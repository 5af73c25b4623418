#pragma once

#include <optional>
#include <string>

#include "desk/dashboards/dashboard.h"
#include "records/filter_compile.h"
#include "records/store.h"

// The tickets that a figure of a dashboard counts. Read from the same facts as the figures, so that
// a list has as many tickets as its figure says.

namespace tandem::desk {

/// What a figure is of: a measure, or one of what dashboards show beside them.
struct BehindQuery {
  /// A measure, or backlog (open at the end of the period), unassigned or overdue.
  std::string figure = {};
  // Narrows it; each is a key of its section.
  std::optional<int64_t> owner = {};  // 0: nobody
  std::optional<std::string> channel = {};
  std::optional<std::string> priority = {};  // "": none
  std::optional<std::string> tag = {};
  std::optional<int64_t> hour = {};  // of the week; created
  std::optional<int64_t> band = {};  // answered and resolved
  std::string cursor = {};
  int limit = 50;  // 1 to 100
};

/// Newest first; what is overdue by how long it is. Refuses: forbidden, conflict
/// "figures_are_counted", invalid (figure, and what hour, band and cursor may be; unknown_field for
/// a field that is hidden from the role). Manual, Dashboards 3.1.
Result<records::Page> tickets_behind(db::Transaction& tx, const access::Actor& actor,
                                     const DashboardScope& scope, const BehindQuery& query);
/// How many there are: from the figures where they know it, else up to records::count_cap.
Result<records::Count> count_behind(db::Transaction& tx, const access::Actor& actor,
                                    const DashboardScope& scope, const BehindQuery& query);

/// The statement that finds them in one department, for tests of its plan.
records::Statement behind_statement(OrgId org, Instant now, const DashboardScope& scope,
                                    const BehindQuery& query, int64_t department);

}  // namespace tandem::desk
