#include "desk/dashboards/figures_state.h"

namespace tandem::desk {

std::optional<FiguresState> figures_state(db::Transaction& tx, OrgId org) {
  const std::optional<db::Row> row = tx.row(
      "SELECT generation, time_zone, walked_to, is_ready, counted_at FROM figures_state "
      "WHERE org_id = $1",
      {org.value});
  if (!row) return std::nullopt;
  return FiguresState{.generation = row->integer(0),
                      .time_zone = row->text(1),
                      .walked_to = row->integer(2),
                      .is_ready = row->integer(3) != 0,
                      .counted_at = row->instant(4)};
}

void begin_walk(db::Transaction& tx, OrgId org, int64_t generation, const std::string& time_zone) {
  tx.execute(
      "INSERT INTO figures_state (org_id, generation, time_zone, walked_to, is_ready, counted_at) "
      "VALUES ($1, $2, $3, 0, 0, $4) ON CONFLICT (org_id) DO UPDATE SET "
      "generation = excluded.generation, time_zone = excluded.time_zone, walked_to = 0, "
      "is_ready = 0, counted_at = excluded.counted_at",
      {org.value, generation, time_zone, db::arg(tx.now())});
}

void move_walk(db::Transaction& tx, OrgId org, int64_t walked_to, WalkState state) {
  tx.execute("UPDATE figures_state SET walked_to = $2, is_ready = $3 WHERE org_id = $1",
             {org.value, walked_to, int64_t{state == WalkState::done}});
}

void note_counted(db::Transaction& tx, OrgId org) {
  tx.execute("UPDATE figures_state SET counted_at = $2 WHERE org_id = $1",
             {org.value, db::arg(tx.now())});
}

std::optional<std::string> feed_cursor(db::Transaction& tx) {
  const std::optional<db::Row> row = tx.row("SELECT cursor FROM figures_feed WHERE id = 1");
  return row ? std::optional(row->text(0)) : std::nullopt;
}

std::optional<std::string> take_turn(db::Transaction& tx) {
  tx.execute("UPDATE figures_feed SET turn = turn + 1 WHERE id = 1");
  return feed_cursor(tx);
}

void move_feed(db::Transaction& tx, const std::string& cursor) {
  tx.execute(
      "INSERT INTO figures_feed (id, cursor, turn) VALUES (1, $1, 0) "
      "ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor",
      {cursor});
}

}  // namespace tandem::desk
