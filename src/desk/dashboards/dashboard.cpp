#include "desk/dashboards/dashboard.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "base/text.h"
#include "desk/dashboards/figures_state.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "records/filter_compile.h"
#include "records/store.h"

namespace tandem::desk {

using access::Actor;

namespace {

Result<Period> period_of(const DashboardQuery& query, int64_t today) {
  if (!query.period) {
    const int64_t days = query.days.value_or(dashboard_days_usual);
    if (days >= 1 && days <= dashboard_days_max) return Period{today - days + 1, today};
    return invalid("days", "out_of_range",
                   fmt::format("Ask for 1 to {} days.", dashboard_days_max));
  }
  const Period period = *query.period;
  if (period.until_day > today)
    return invalid("until", "out_of_range", "Choose a last day that is not in the future.");
  if (period.from_day > period.until_day)
    return invalid("from", "out_of_range", "Choose a first day that is not after the last one.");
  if (period.until_day - period.from_day >= dashboard_days_max) {
    return invalid("from", "out_of_range",
                   fmt::format("Choose a period of at most {} days.", dashboard_days_max));
  }
  return period;
}

Result<std::vector<int64_t>> departments_of(db::Transaction& tx, const Actor& actor,
                                            RecordId department) {
  std::vector<int64_t> all = listed_departments(tx, actor);
  if (!department) return all;
  if (std::find(all.begin(), all.end(), department.value) == all.end())
    return invalid("department", "not_found", "Choose one of your departments.");
  return std::vector<int64_t>{department.value};
}

/// One row of the table of figures.
struct Figure {
  int64_t department = 0;
  int64_t day = 0;
  std::optional<Measure> measure = {};
  std::string_view key = {};
  Sum sum = {};
};

/// Reads figures along one dimension, in the order of departments and days.
class FiguresReader {
 public:
  FiguresReader(db::Transaction& tx, OrgId org, const DashboardScope& scope)
      : tx_(tx), org_(org), scope_(scope) {}

  void for_each(const char* dimension, const Period& period,
                const std::function<void(const Figure&)>& each) const {
    if (scope_.departments.empty()) return;
    records::Statement statement(org_);
    const std::string place =
        fmt::format("org_id = $1 AND generation = {} AND dimension = {} AND department_id IN (",
                    statement.bind(scope_.generation), statement.bind(std::string(dimension)));
    std::vector<std::string> departments;
    for (const int64_t id : scope_.departments) departments.push_back(statement.bind(id));
    statement.text = fmt::format(
        "SELECT department_id, day, measure, key, count, minutes FROM desk_figures WHERE {}{}) "
        "AND day >= {} AND day <= {}",
        place, fmt::join(departments, ", "), statement.bind(period.from_day),
        statement.bind(period.until_day));
    tx_.for_each(statement.text, statement.args, [&](const db::RowView& row) {
      each(Figure{.department = row.integer(0),
                  .day = row.integer(1),
                  .measure = measure_from_word(row.text(2)),
                  .key = row.text(3),
                  .sum = {row.integer(4), row.integer(5)}});
      return true;
    });
  }

  /// Those of the period, and those that are open.
  void for_each_of_period(const char* dimension,
                          const std::function<void(const Figure&)>& each) const {
    for_each(dimension, {no_day, no_day}, each);
    for_each(dimension, scope_.period, each);
  }

 private:
  db::Transaction& tx_;
  OrgId org_;
  const DashboardScope& scope_;
};

using TallyByKey = std::map<std::string, Tally>;

std::vector<KeyFigures> with_titles(const TallyByKey& tallies,
                                    const std::function<std::string(const std::string&)>& title) {
  std::vector<KeyFigures> rows;
  for (const auto& [key, tally] : tallies) rows.push_back({key, title(key), tally});
  std::stable_sort(rows.begin(), rows.end(), [](const KeyFigures& a, const KeyFigures& b) {
    return a.tally.count(Measure::created) > b.tally.count(Measure::created);
  });
  return rows;
}

/// Rows whose keys are ids of records.
std::vector<KeyFigures> of_records(db::Transaction& tx, const Actor& actor, const char* module,
                                   const TallyByKey& tallies) {
  std::vector<int64_t> ids;
  for (const auto& [key, tally] : tallies) ids.push_back(id_from_text(key).value_or(0));
  std::map<int64_t, std::string> titles;
  for (const records::LinkTitle& link :
       records::link_titles(tx, actor.org, *actor.catalogue->find(module), std::move(ids))) {
    titles[link.id.value] = link.title;
  }
  return with_titles(tallies,
                     [&](const std::string& key) { return titles[id_from_text(key).value_or(0)]; });
}

/// Fills the dashboard, section by section.
class DashboardReader {
 public:
  DashboardReader(db::Transaction& tx, const Actor& actor, const DashboardScope& scope)
      : tx_(tx),
        actor_(actor),
        scope_(scope),
        figures_(tx, actor.org, scope),
        shape_(actor.catalogue->shape(tx, actor.org, tickets_module())) {}

  Dashboard read() {
    read_totals();
    read_overdue();
    read_hours();
    read_bands();
    dashboard_.agents = divided_by("owner", "owner");
    dashboard_.channels = divided_by("channel", "channel");
    dashboard_.priorities = divided_by("priority", "priority");
    dashboard_.tags = divided_by("tags", "tag");
    return std::move(dashboard_);
  }

 private:
  void read_totals() {
    const Period& period = scope_.period;
    for (int64_t day = period.from_day; day <= period.until_day; ++day)
      dashboard_.days.push_back({.day = day});
    TallyByKey departments;
    figures_.for_each_of_period("total", [&](const Figure& figure) {
      if (!figure.measure) return;
      dashboard_.total.add(*figure.measure, figure.sum);
      departments[std::to_string(figure.department)].add(*figure.measure, figure.sum);
      if (figure.day != no_day)
        dashboard_.days[size_t(figure.day - period.from_day)].tally.add(*figure.measure,
                                                                        figure.sum);
    });
    if (may_divide_by(actor_, "department"))
      dashboard_.departments = of_records(tx_, actor_, "departments", departments);
    read_backlog();
  }

  /// Backwards from what is open now: a day before there was what came less and what went more.
  void read_backlog() {
    int64_t open = dashboard_.total.count(Measure::open);
    const Period since{scope_.period.until_day + 1, never_closed};
    figures_.for_each("total", since, [&](const Figure& figure) {
      if (figure.measure == Measure::created) open -= figure.sum.count;
      if (figure.measure == Measure::closed) open += figure.sum.count;
    });
    for (auto day = dashboard_.days.rbegin(); day != dashboard_.days.rend(); ++day) {
      day->backlog = open;
      open += day->tally.count(Measure::closed) - day->tally.count(Measure::created);
    }
  }

  /// Whole days from the figures, and today up to now from the index of what is due.
  void read_overdue() {
    if (!may_read(actor_, Measure::open) || !may_divide_by(actor_, "due_at")) return;
    int64_t overdue = 0;
    figures_.for_each("due", {std::numeric_limits<int64_t>::min(), scope_.today - 1},
                      [&](const Figure& figure) { overdue += figure.sum.count; });
    for (const int64_t department : scope_.departments) {
      overdue += tx_.integer(
          "SELECT COUNT(*) FROM ticket_facts WHERE org_id = $1 AND department_id = $2 "
          "AND due_day = $3 AND due_at < $4",
          {actor_.org.value, department, scope_.today, db::arg(tx_.now())});
    }
    dashboard_.overdue = overdue;
  }

  void read_hours() {
    dashboard_.created_by_hour.assign(hours_per_week, 0);
    figures_.for_each("hour", scope_.period, [&](const Figure& figure) {
      const int64_t hour = id_from_text(figure.key).value_or(0);
      dashboard_.created_by_hour[size_t(hour)] += figure.sum.count;
    });
  }

  void read_bands() {
    dashboard_.answered_by_band.assign(band_ends_minutes.size() + 1, 0);
    dashboard_.resolved_by_band = dashboard_.answered_by_band;
    figures_.for_each("band", scope_.period, [&](const Figure& figure) {
      const auto band = size_t(id_from_text(figure.key).value_or(0));
      std::vector<int64_t>& bands = figure.measure == Measure::answered
                                        ? dashboard_.answered_by_band
                                        : dashboard_.resolved_by_band;
      bands[band] += figure.sum.count;
    });
  }

  KeyedFigures divided_by(const char* field, const std::string& dimension) {
    if (!may_divide_by(actor_, field)) return std::nullopt;
    TallyByKey tallies;
    figures_.for_each_of_period(dimension.c_str(), [&](const Figure& figure) {
      if (figure.measure) tallies[std::string(figure.key)].add(*figure.measure, figure.sum);
    });
    if (dimension == "owner") {
      if (may_read(actor_, Measure::open))
        dashboard_.unassigned = tallies["0"].count(Measure::open);
      return of_records(tx_, actor_, "agents", tallies);
    }
    if (dimension == "tag") return most_used_tags(tallies);
    return with_titles(tallies, [&](const std::string& key) {
      for (const records::ChoiceOption& choice : shape_->find(field)->choices) {
        if (choice.name == key) return choice.label;
      }
      return key;
    });
  }

  std::vector<KeyFigures> most_used_tags(const TallyByKey& tallies) {
    std::vector<KeyFigures> tags = with_titles(tallies, [](const std::string& key) { return key; });
    if (tags.size() > tags_shown_max) tags.resize(tags_shown_max);
    for (KeyFigures& tag : tags) {
      for (const int64_t department : scope_.departments) {
        const std::optional<db::Row> row = tx_.row(
            "SELECT name FROM ticket_tags WHERE org_id = $1 AND department_id = $2 AND key = $3 "
            "ORDER BY org_id, department_id, key LIMIT 1",
            {actor_.org.value, department, tag.key});
        if (!row) continue;
        tag.title = row->text(0);
        break;
      }
    }
    return tags;
  }

  db::Transaction& tx_;
  const Actor& actor_;
  const DashboardScope& scope_;
  FiguresReader figures_;
  records::ShapeRef shape_;
  Dashboard dashboard_;
};

}  // namespace

Result<DashboardScope> dashboard_scope(db::Transaction& tx, const Actor& actor,
                                       const DashboardQuery& query) {
  if (actor.kind == access::ActorKind::contact)
    return forbidden("agents_only", "Dashboards are for agents.");
  TRY(access::require_right(actor, tickets_module(), access::Right::read));
  DashboardScope scope;
  const std::optional<FiguresState> state = figures_state(tx, actor.org);
  scope.time_zone = state ? state->time_zone : time_zone_of(tx, actor.org);
  scope.generation = state ? state->generation : 0;
  scope.is_ready = state && state->is_ready;
  scope.counted_at = state ? state->counted_at : tx.now();
  scope.today = LocalDays(scope.time_zone).day_of(tx.now());
  scope.period = TRY(period_of(query, scope.today));
  scope.departments = TRY(departments_of(tx, actor, query.department));
  return scope;
}

Result<Dashboard> read_dashboard(db::Transaction& tx, const Actor& actor,
                                 const DashboardScope& scope) {
  if (!scope.is_ready) {
    return conflict("figures_are_counted",
                    "All tickets are being counted; look again in some minutes.");
  }
  return DashboardReader(tx, actor, scope).read();
}

int64_t counted_percent(db::Transaction& tx, OrgId org) {
  const std::optional<FiguresState> state = figures_state(tx, org);
  if (!state) return 0;
  if (state->is_ready) return 100;
  // Ids follow time, so that the place among them is near enough.
  const int64_t first = tx.integer(
      "SELECT id FROM tickets WHERE org_id = $1 ORDER BY org_id, id LIMIT 1", {org.value});
  const int64_t last =
      tx.integer("SELECT id FROM tickets WHERE org_id = $1 ORDER BY org_id DESC, id DESC LIMIT 1",
                 {org.value});
  if (state->walked_to <= first || last <= first) return 0;
  return std::min<int64_t>(99, (state->walked_to - first) / ((last - first) / 100 + 1));
}

std::optional<int64_t> within_minutes(const std::vector<int64_t>& by_band, int64_t per_cent) {
  int64_t all = 0;
  for (const int64_t count : by_band) all += count;
  int64_t until = 0;
  for (size_t band = 0; band < band_ends_minutes.size() && all > 0; ++band) {
    until += by_band[band];
    if (until * 100 >= all * per_cent) return band_ends_minutes[band];
  }
  return std::nullopt;
}

}  // namespace tandem::desk
