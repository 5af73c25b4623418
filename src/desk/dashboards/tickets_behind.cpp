#include "desk/dashboards/tickets_behind.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/crypto.h"
#include "base/text.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "records/fields/field_kind.h"

namespace tandem::desk {

using access::Actor;
using records::Statement;

namespace {

constexpr int behind_rows_max = 100;

/// Where a figure's tickets stand: the column that leads its index, and in which order they are
/// read.
struct Place {
  const char* day = "created_day";
  const char* then = "ticket_id";
  bool is_ascending = false;
};

Place place_of(const std::string& figure) {
  if (figure == "created") return {};
  if (figure == "overdue") return {"due_day", "due_at", true};
  if (figure == "answered" || figure.starts_with("response_")) return {"responded_day"};
  if (figure.starts_with("rated_")) return {"rated_day"};
  return {"closed_day"};
}

bool is_without_period(const std::string& figure) {
  return figure == "open" || figure == "unassigned" || figure == "overdue";
}

/// The days, and what else makes the figure.
void append_figure(Statement& statement, Instant now, const DashboardScope& scope,
                   const std::string& figure) {
  std::string& text = statement.text;
  const Period& period = scope.period;
  if (figure == "open" || figure == "unassigned") {
    text += " AND closed_day = " + statement.bind(never_closed);
  } else if (figure == "overdue") {
    text += " AND due_day <= " + statement.bind(scope.today);
    text += " AND due_at < " + statement.bind(db::arg(now));
  } else if (figure == "backlog") {
    text += " AND closed_day > " + statement.bind(period.until_day);
    text += " AND created_day <= " + statement.bind(period.until_day);
  } else {
    const std::string day = place_of(figure).day;
    text += " AND " + day + " >= " + statement.bind(period.from_day);
    text += " AND " + day + " <= " + statement.bind(period.until_day);
  }
  if (figure == "unassigned") text += " AND owner_id = 0";
  if (figure == "answered") text += " AND answer_minutes IS NOT NULL";
  if (figure == "resolved") text += " AND resolution_minutes IS NOT NULL";
  const size_t line = figure.find('_');
  if (line == figure.npos) return;
  const std::string outcome = figure.substr(line + 1);
  const std::string column = figure.starts_with("rated_")      ? "rating"
                             : figure.starts_with("response_") ? "response_outcome"
                                                               : "resolution_outcome";
  text += " AND " + column + " = " + statement.bind(outcome);
}

void append_band(Statement& statement, const std::string& figure, int64_t band) {
  const std::string minutes = figure == "answered" ? "answer_minutes" : "resolution_minutes";
  if (band > 0) {
    statement.text +=
        " AND " + minutes + " > " + statement.bind(band_ends_minutes[size_t(band) - 1]);
  }
  if (size_t(band) < band_ends_minutes.size())
    statement.text += " AND " + minutes + " <= " + statement.bind(band_ends_minutes[size_t(band)]);
}

void append_sections(Statement& statement, const BehindQuery& query, int64_t department) {
  if (query.owner) statement.text += " AND owner_id = " + statement.bind(*query.owner);
  if (query.channel) statement.text += " AND channel = " + statement.bind(*query.channel);
  if (query.priority) statement.text += " AND priority = " + statement.bind(*query.priority);
  if (query.hour) statement.text += " AND hour_of_week = " + statement.bind(*query.hour);
  if (query.band) append_band(statement, query.figure, *query.band);
  if (query.tag) {
    statement.text += fmt::format(
        " AND ticket_id IN (SELECT ticket_id FROM ticket_tags WHERE org_id = $1 "
        "AND department_id = {} AND key = {})",
        statement.bind(department), statement.bind(ascii_lower(trim(*query.tag))));
  }
}

/// A row of the facts, in the order of the list: what the cursor holds.
struct Found {
  int64_t day = 0;
  int64_t then = 0;
  int64_t ticket = 0;
  auto operator<=>(const Found&) const = default;
};

std::string to_cursor(const Found& found) {
  return to_base64url(fmt::format("{}.{}.{}", found.day, found.then, found.ticket));
}

Result<std::optional<Found>> from_cursor(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Found>();
  const std::vector<std::string> parts = split(from_base64url(cursor).value_or(""), '.');
  std::vector<int64_t> numbers;
  for (const std::string& part : parts) {
    const auto number = records::whole_number(part, std::numeric_limits<int64_t>::max());
    if (number) numbers.push_back(*number);
  }
  if (numbers.size() != 3) return invalid("cursor", "bad_cursor", "Start again without a cursor.");
  return std::optional(Found{numbers[0], numbers[1], numbers[2]});
}

void append_conditions(Statement& statement, Instant now, const DashboardScope& scope,
                       const BehindQuery& query, int64_t department) {
  statement.text += " FROM ticket_facts WHERE org_id = $1 AND department_id = ";
  statement.text += statement.bind(department);
  append_figure(statement, now, scope, query.figure);
  append_sections(statement, query, department);
}

/// Refuses sections that do not belong to the figure.
Result<void> sections_fit(const BehindQuery& query) {
  const bool has_bands = query.figure == "answered" || query.figure == "resolved";
  const bool fits_band = !query.band || (has_bands && *query.band >= 0 &&
                                         *query.band <= int64_t(band_ends_minutes.size()));
  if (!fits_band) {
    return invalid("band", "out_of_range",
                   fmt::format("Give a band from 0 to {}, of answered or resolved.",
                               band_ends_minutes.size()));
  }
  const bool fits_hour = !query.hour || (query.figure == "created" && *query.hour >= 0 &&
                                         *query.hour < hours_per_week);
  if (!fits_hour)
    return invalid("hour", "out_of_range", "Give an hour of the week from 0 to 167, of created.");
  return {};
}

Result<void> may_look_behind(const Actor& actor, const BehindQuery& query) {
  const bool is_of_open = is_without_period(query.figure);
  const std::optional<Measure> measure = is_of_open ? Measure::open
                                         : query.figure == "backlog"
                                             ? Measure::closed
                                             : measure_from_word(query.figure);
  if (!measure) {
    return invalid("figure", "not_a_choice",
                   "Name a figure of the dashboard: created, closed, open, backlog, unassigned, "
                   "overdue, answered, resolved, response_kept, response_missed, "
                   "resolution_kept, resolution_missed, rated_good, rated_okay or rated_bad.");
  }
  TRY(may_read(actor, *measure));
  if (query.figure == "overdue") TRY(may_divide_by(actor, "due_at"));
  if (query.figure == "unassigned" || query.owner) TRY(may_divide_by(actor, "owner"));
  if (query.channel) TRY(may_divide_by(actor, "channel"));
  if (query.priority) TRY(may_divide_by(actor, "priority"));
  if (query.tag) TRY(may_divide_by(actor, "tags"));
  return sections_fit(query);
}

Result<void> may_list(const Actor& actor, const DashboardScope& scope, const BehindQuery& query) {
  TRY(may_look_behind(actor, query));
  if (scope.is_ready) return {};
  return conflict("figures_are_counted",
                  "All tickets are being counted; look again in some minutes.");
}

/// Where the table of figures holds the count of a list.
struct Counted {
  std::string dimension = "total";
  std::string measure = {};
  std::string key = {};
  Period days = {};
};

/// Nothing for what is narrowed twice, and for what is no measure of its own.
std::optional<Counted> counted_in_figures(const DashboardScope& scope, const BehindQuery& query) {
  Counted counted{.measure = query.figure, .days = scope.period};
  int narrowed = 0;
  const auto narrow = [&](const char* dimension, const std::string& key) {
    counted.dimension = dimension;
    counted.key = key;
    ++narrowed;
  };
  if (query.figure == "unassigned") {
    counted.measure = "open";
    narrow("owner", "0");
  }
  if (query.owner) narrow("owner", std::to_string(*query.owner));
  if (query.channel) narrow("channel", *query.channel);
  if (query.priority) narrow("priority", *query.priority);
  if (query.tag) narrow("tag", ascii_lower(trim(*query.tag)));
  if (query.hour) narrow("hour", std::to_string(*query.hour));
  if (query.band) narrow("band", std::to_string(*query.band));
  if (narrowed > 1 || !measure_from_word(counted.measure)) return std::nullopt;
  // Other measures are not kept by channel, priority and tag.
  const bool is_by_all =
      counted.measure == "created" || counted.measure == "closed" || counted.measure == "open";
  const bool is_kept = is_by_all || counted.dimension == "total" || counted.dimension == "owner" ||
                       counted.dimension == "band";
  if (!is_kept) return std::nullopt;
  if (counted.measure == "open") counted.days = {no_day, no_day};
  return counted;
}

int64_t count_in_figures(db::Transaction& tx, OrgId org, const DashboardScope& scope,
                         const Counted& counted) {
  int64_t count = 0;
  for (const int64_t department : scope.departments) {
    count += tx.integer(
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM desk_figures WHERE org_id = $1 "
        "AND generation = $2 AND dimension = $3 AND department_id = $4 AND day >= $5 "
        "AND day <= $6 AND measure = $7 AND key = $8",
        {org.value, scope.generation, counted.dimension, department, counted.days.from_day,
         counted.days.until_day, counted.measure, counted.key});
  }
  return count;
}

/// The first rows after the cursor of all departments, joined in order; one more than asked for
/// when there are more.
Result<std::vector<Found>> find_facts(db::Transaction& tx, const Actor& actor,
                                      const DashboardScope& scope, const BehindQuery& query) {
  TRY(from_cursor(query.cursor));
  std::vector<Found> found;
  for (const int64_t department : scope.departments) {
    const Statement statement = behind_statement(actor.org, tx.now(), scope, query, department);
    tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
      found.push_back({row.integer(0), row.integer(1), row.integer(2)});
      return true;
    });
  }
  std::sort(found.begin(), found.end());
  if (!place_of(query.figure).is_ascending) std::reverse(found.begin(), found.end());
  if (found.size() > size_t(query.limit) + 1) found.resize(size_t(query.limit) + 1);
  return found;
}

/// The records in the order they were found. What the actor does not see is left out by the one
/// rule that says so.
Result<records::Page> read_tickets(db::Transaction& tx, const Actor& actor,
                                   const std::vector<Found>& found) {
  records::Query query;
  query.limit = behind_rows_max;
  std::vector<records::Value> ids;
  for (const Found& one : found) ids.emplace_back(RecordId{one.ticket});
  query.filter = ids.empty() ? records::nothing() : records::field("id").is_one_of(std::move(ids));
  records::Page page = TRY(operations::list_records(tx, actor, tickets_module(), std::move(query)));
  const auto place_among = [&](const records::Record& record) {
    return std::find_if(found.begin(), found.end(),
                        [&](const Found& one) { return one.ticket == record.id.value; });
  };
  std::sort(page.records.begin(), page.records.end(),
            [&](const records::Record& a, const records::Record& b) {
              return place_among(a) < place_among(b);
            });
  return page;
}

}  // namespace

Statement behind_statement(OrgId org, Instant now, const DashboardScope& scope,
                           const BehindQuery& query, int64_t department) {
  const Place place = place_of(query.figure);
  Statement statement(org);
  statement.text = fmt::format("SELECT {}, {}, ticket_id", place.day, place.then);
  append_conditions(statement, now, scope, query, department);
  const Result<std::optional<Found>> after = from_cursor(query.cursor);
  const bool is_by_ticket = std::string_view(place.then) == "ticket_id";
  if (after && *after) {
    const Found& last = **after;
    const std::string sign = place.is_ascending ? ">" : "<";
    const std::string day = statement.bind(last.day);
    statement.text +=
        is_by_ticket
            ? fmt::format(" AND ({}, ticket_id) {} ({}, {})", place.day, sign, day,
                          statement.bind(last.ticket))
            : fmt::format(" AND ({}, {}, ticket_id) {} ({}, {}, {})", place.day, place.then, sign,
                          day, statement.bind(last.then), statement.bind(last.ticket));
  }
  const char* direction = place.is_ascending ? "ASC" : "DESC";
  statement.text += fmt::format(" ORDER BY {} {}", place.day, direction);
  if (!is_by_ticket) statement.text += fmt::format(", {} {}", place.then, direction);
  statement.text +=
      fmt::format(", ticket_id {} LIMIT {}", direction, statement.bind(query.limit + 1));
  return statement;
}

Result<records::Page> tickets_behind(db::Transaction& tx, const Actor& actor,
                                     const DashboardScope& scope, const BehindQuery& query) {
  TRY(may_list(actor, scope, query));
  if (query.limit < 1 || query.limit > behind_rows_max) {
    return invalid("limit", "out_of_range", fmt::format("Ask for 1 to {}.", behind_rows_max));
  }
  std::vector<Found> found = TRY(find_facts(tx, actor, scope, query));
  const bool is_more = found.size() > size_t(query.limit);
  if (is_more) found.pop_back();
  records::Page page = TRY(read_tickets(tx, actor, found));
  page.next_cursor = is_more ? to_cursor(found.back()) : "";
  return page;
}

Result<records::Count> count_behind(db::Transaction& tx, const Actor& actor,
                                    const DashboardScope& scope, const BehindQuery& query) {
  TRY(may_list(actor, scope, query));
  if (const std::optional<Counted> counted = counted_in_figures(scope, query))
    return records::Count{.value = count_in_figures(tx, actor.org, scope, *counted)};
  records::Count count;
  for (const int64_t department : scope.departments) {
    Statement statement(actor.org);
    statement.text = "SELECT COUNT(*) FROM (SELECT 1";
    append_conditions(statement, tx.now(), scope, query, department);
    statement.text += " LIMIT " + statement.bind(records::count_cap + 1) + ") AS counted";
    count.value += tx.integer(statement.text, statement.args);
  }
  count.is_exact = count.value <= records::count_cap;
  count.value = std::min(count.value, records::count_cap);
  return count;
}

}  // namespace tandem::desk
