#include "desk/dashboards/figures_keeping.h"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "access/organisations.h"
#include "desk/dashboards/figures.h"
#include "desk/dashboards/figures_state.h"
#include "records/change_log.h"

namespace tandem::desk {

namespace {

constexpr int log_entries_max = 400;
/// So that a count of a million tickets leaves the worker free to stop, and others their turn.
constexpr int steps_per_look = 50;
constexpr size_t faults_shown_max = 20;
/// Days of old figures that one transaction forgets, of one department along one dimension.
constexpr int64_t days_forgotten_max = 14;

/// One organisation's tickets, as they are counted anew.
class TicketCount {
 public:
  TicketCount(db::Transaction& tx, OrgId org, const FiguresState& state)
      : tx_(tx), org_(org), state_(state), days_(state.time_zone) {}

  void count(RecordId ticket) {
    const std::optional<KeptFacts> before = kept_facts(tx_, org_, ticket);
    if (before && before->generation == state_.generation)
      count_facts(differences_, before->facts, -1);
    const std::optional<TicketFacts> now = facts_of_ticket(tx_, org_, ticket, days_);
    if (now) {
      count_facts(differences_, *now, 1);
      keep_facts(tx_, org_, {state_.generation, *now});
    } else if (before) {
      forget_facts(tx_, org_, ticket);
    }
  }

  void finish() {
    add_to_table(tx_, org_, state_.generation, differences_);
    note_counted(tx_, org_);
  }

 private:
  db::Transaction& tx_;
  OrgId org_;
  FiguresState state_;
  LocalDays days_;
  Figures differences_;
};

using TicketsByOrg = std::map<OrgId, std::set<int64_t>>;

void count_tickets(db::Transaction& tx, const TicketsByOrg& changed) {
  for (const auto& [org, tickets] : changed) {
    const std::optional<FiguresState> state = figures_state(tx, org);
    if (!state) continue;  // all of them will be counted
    TicketCount counting(tx, org, *state);
    for (const int64_t ticket : tickets) counting.count(RecordId{ticket});
    counting.finish();
  }
}

void count_all_anew(db::Transaction& tx) {
  for (const access::Organisation& organisation : access::all_organisations(tx)) {
    if (figures_state(tx, organisation.id)) count_anew(tx, organisation.id);
  }
}

/// Whether there was nothing to write.
bool is_log_counted(db::Database& database) {
  return database.read([](db::Transaction& tx) {
    const std::optional<std::string> cursor = feed_cursor(tx);
    if (!cursor) return false;
    const Result<records::Feed> feed = records::read_feed(tx, *cursor, 1);
    return feed && feed->entries.empty();
  });
}

/// The next entries of the change log. Answers whether there may be more.
Result<bool> count_changes(db::Transaction& tx) {
  const std::optional<std::string> cursor = take_turn(tx);
  if (!cursor) {
    move_feed(tx, records::cursor_at_end(tx));
    return true;
  }
  const Result<records::Feed> feed = records::read_feed(tx, *cursor, log_entries_max);
  if (!feed) {
    // A log of another database, after a restore: nobody knows what happened in between.
    move_feed(tx, records::cursor_at_end(tx));
    count_all_anew(tx);
    return true;
  }
  if (feed->entries.empty()) return false;
  TicketsByOrg changed;
  for (const auto& [org, entry] : feed->entries) {
    if (entry.module == "tickets") changed[org].insert(entry.record.value);
  }
  count_tickets(tx, changed);
  move_feed(tx, feed->cursor);
  return feed->entries.size() == size_t(log_entries_max);
}

std::vector<int64_t> next_tickets(db::Transaction& tx, OrgId org, int64_t after) {
  std::vector<int64_t> tickets;
  tx.for_each("SELECT id FROM tickets WHERE org_id = $1 AND id > $2 ORDER BY id LIMIT $3",
              {org.value, after, int64_t{tickets_counted_max}}, [&](const db::RowView& row) {
                tickets.push_back(row.integer(0));
                return true;
              });
  return tickets;
}

/// One step of counting all tickets of an organisation.
void walk(db::Transaction& tx, OrgId org, const FiguresState& state) {
  const std::vector<int64_t> tickets = next_tickets(tx, org, state.walked_to);
  TicketCount counting(tx, org, state);
  for (const int64_t ticket : tickets) counting.count(RecordId{ticket});
  counting.finish();
  const bool is_last = tickets.size() < size_t(tickets_counted_max);
  // What was counted of tickets that are gone for good.
  const int64_t until = is_last ? std::numeric_limits<int64_t>::max() : tickets.back();
  tx.execute(
      "DELETE FROM ticket_facts WHERE org_id = $1 AND ticket_id > $2 AND ticket_id <= $3 "
      "AND generation < $4",
      {org.value, state.walked_to, until, state.generation});
  move_walk(tx, org, until, is_last ? WalkState::done : WalkState::under_way);
}

/// Answers whether there were any.
bool forget_old_figures(db::Transaction& tx, OrgId org, int64_t generation) {
  const std::optional<db::Row> row = tx.row(
      "SELECT generation, dimension, department_id, day FROM desk_figures WHERE org_id = $1 "
      "AND generation < $2 ORDER BY org_id, generation, dimension, department_id, day LIMIT 1",
      {org.value, generation});
  if (!row) return false;
  tx.execute(
      "DELETE FROM desk_figures WHERE org_id = $1 AND generation = $2 AND dimension = $3 "
      "AND department_id = $4 AND day >= $5 AND day < $6",
      {org.value, row->integer(0), row->text(1), row->integer(2), row->integer(3),
       row->integer(3) + days_forgotten_max});
  return true;
}

struct Task {
  OrgId org;
  enum class Kind { begin, walk, forget } kind = Kind::begin;
};

/// The first organisation with something to do beside its changes.
std::optional<Task> next_task(db::Transaction& tx) {
  for (const access::Organisation& organisation : access::all_organisations(tx)) {
    if (organisation.app != "desk") continue;
    const std::optional<FiguresState> state = figures_state(tx, organisation.id);
    const bool is_begun = state && state->time_zone == time_zone_of(tx, organisation.id);
    if (!is_begun) return Task{organisation.id, Task::Kind::begin};
    if (!state->is_ready) return Task{organisation.id, Task::Kind::walk};
    const int64_t old = tx.integer(
        "SELECT COUNT(*) FROM (SELECT 1 FROM desk_figures WHERE org_id = $1 AND generation < $2 "
        "LIMIT 1) AS old",
        {organisation.id.value, state->generation});
    if (old > 0) return Task{organisation.id, Task::Kind::forget};
  }
  return std::nullopt;
}

Result<void> work_on(db::Transaction& tx, const Task& task) {
  if (!take_turn(tx)) return {};
  const std::optional<FiguresState> state = figures_state(tx, task.org);
  switch (task.kind) {
    case Task::Kind::begin: count_anew(tx, task.org); return {};
    case Task::Kind::walk:
      if (state && !state->is_ready) walk(tx, task.org, *state);
      return {};
    case Task::Kind::forget:
      if (state) forget_old_figures(tx, task.org, state->generation);
      return {};
  }
  return {};
}

}  // namespace

bool count_some(db::Database& database) {
  if (!is_log_counted(database)) {
    const Result<bool> is_more = database.write(
        [](db::Transaction& tx) -> Result<bool> { return count_changes(tx); }, db::Priority::bulk);
    if (*is_more) return true;
  }
  const std::optional<Task> task = database.read([](db::Transaction& tx) { return next_task(tx); });
  if (!task) return false;
  const Result<void> done = database.write(
      [&](db::Transaction& tx) -> Result<void> { return work_on(tx, *task); }, db::Priority::bulk);
  return done.has_value();
}

void keep_figures(db::Database& database, const StopSign& stop) {
  for (int step = 0; step < steps_per_look && count_some(database); ++step) {
    if (stop.is_up()) return;
  }
}

void finish_figures(db::Database& database) {
  while (count_some(database)) {
  }
}

void count_anew(db::Transaction& tx, OrgId org) {
  const std::optional<FiguresState> state = figures_state(tx, org);
  begin_walk(tx, org, (state ? state->generation : 0) + 1, time_zone_of(tx, org));
}

namespace {

Figures figures_of_tickets(db::Transaction& tx, OrgId org, const LocalDays& days) {
  Figures figures;
  int64_t after = 0;
  while (true) {
    const std::vector<int64_t> tickets = next_tickets(tx, org, after);
    for (const int64_t ticket : tickets) {
      const std::optional<TicketFacts> facts = facts_of_ticket(tx, org, RecordId{ticket}, days);
      if (facts) count_facts(figures, *facts, 1);
    }
    if (tickets.size() < size_t(tickets_counted_max)) return figures;
    after = tickets.back();
  }
}

Figures figures_in_table(db::Transaction& tx, OrgId org, int64_t generation) {
  Figures figures;
  tx.for_each(
      "SELECT dimension, department_id, day, measure, key, count, minutes FROM desk_figures "
      "WHERE org_id = $1 AND generation = $2",
      {org.value, generation}, [&](const db::RowView& row) {
        const Cell cell{std::string(row.text(0)), row.integer(1), row.integer(2),
                        std::string(row.text(3)), std::string(row.text(4))};
        figures[cell] = {row.integer(5), row.integer(6)};
        return true;
      });
  return figures;
}

std::string told(const Cell& cell, const Sum& kept, const Sum& found) {
  return fmt::format(
      "Figures: {} by {} \"{}\" of department {} on {} are {} ({} minutes), but the tickets are {} "
      "({} minutes)",
      cell.measure, cell.dimension, cell.key, cell.department, day_to_iso(cell.day), kept.count,
      kept.minutes, found.count, found.minutes);
}

}  // namespace

std::vector<std::string> wrong_figures(db::Transaction& tx, OrgId org) {
  const std::optional<FiguresState> state = figures_state(tx, org);
  if (!state || !state->is_ready) return {};
  Figures found = figures_of_tickets(tx, org, LocalDays(state->time_zone));
  Figures kept = figures_in_table(tx, org, state->generation);
  for (const auto& [cell, sum] : found) kept.try_emplace(cell);
  std::vector<std::string> faults;
  for (const auto& [cell, sum] : kept) {
    if (sum == found[cell]) continue;
    faults.push_back(told(cell, sum, found[cell]));
    if (faults.size() == faults_shown_max) break;
  }
  return faults;
}

}  // namespace tandem::desk
