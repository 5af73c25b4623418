#include "desk/tickets/due_tickets.h"

#include <fmt/format.h>

#include <vector>

#include "base/log.h"

namespace tandem::desk {

namespace {

constexpr int64_t tickets_per_round = 100;
/// So that one tick has an end.
constexpr int rounds_max = 50;

std::vector<DueTicket> due_tickets(db::Database& database, const Moments& moments) {
  return database.read([&](db::Transaction& tx) {
    std::vector<DueTicket> due;
    tx.for_each(fmt::format("SELECT org_id, ticket_id, {0} FROM {1} WHERE {0} <= $1 "
                            "ORDER BY {0}, org_id, ticket_id LIMIT $2",
                            moments.column, moments.table),
                {db::arg(tx.now()), tickets_per_round}, [&](const db::RowView& row) {
                  due.push_back({OrgId{row.integer(0)}, RecordId{row.integer(1)}, row.integer(2)});
                  return true;
                });
    return due;
  });
}

bool take(db::Transaction& tx, const Moments& moments, const DueTicket& due) {
  return tx.execute(fmt::format("UPDATE {1} SET {0} = NULL WHERE org_id = $1 AND ticket_id = $2 "
                                "AND {0} = $3",
                                moments.column, moments.table),
                    {due.org.value, due.ticket.value, due.due_at_ms}) > 0;
}

bool act_on_one(db::Database& database, const Moments& moments, const DueTicket& due,
                const std::function<Result<void>(db::Transaction&, const DueTicket&)>& act) {
  const auto in_turn = [&](const auto& then) {
    return database.write(
        [&](db::Transaction& tx) -> Result<bool> {
          if (!take(tx, moments, due)) return false;
          TRY(then(tx));
          return true;
        },
        db::Priority::bulk);
  };
  const Result<bool> done = in_turn([&](db::Transaction& tx) { return act(tx, due); });
  if (done) return *done;
  log_error(fmt::format("{}: ticket {} of {}: {}", moments.what, due.ticket.value, due.org.value,
                        done.error().message));
  (void)in_turn([](db::Transaction&) { return Result<void>(); });
  return false;
}

}  // namespace

int act_on_due_tickets(db::Database& database, const Moments& moments,
                       const std::function<Result<void>(db::Transaction&, const DueTicket&)>& act,
                       const StopSign& stop) {
  int acted = 0;
  for (int round = 0; round < rounds_max; ++round) {
    const std::vector<DueTicket> due = due_tickets(database, moments);
    for (const DueTicket& one : due) {
      if (stop.is_up()) return acted;
      if (act_on_one(database, moments, one, act)) ++acted;
    }
    if (due.size() < size_t(tickets_per_round)) break;
  }
  return acted;
}

}  // namespace tandem::desk
