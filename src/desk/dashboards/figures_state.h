#pragma once

#include <optional>
#include <string>

#include "db/database.h"

// How far the figures of dashboards are: the rows that say it.

namespace tandem::desk {

struct FiguresState {
  int64_t generation = 0;  // figures and facts of another one are old
  std::string time_zone = {};
  int64_t walked_to = 0;
  bool is_ready = false;  // all tickets were counted in this generation
  Instant counted_at = {};
};
/// Nothing when the organisation was never counted.
std::optional<FiguresState> figures_state(db::Transaction& tx, OrgId org);
void begin_walk(db::Transaction& tx, OrgId org, int64_t generation, const std::string& time_zone);
enum class WalkState { under_way, done };
void move_walk(db::Transaction& tx, OrgId org, int64_t walked_to, WalkState state);
void note_counted(db::Transaction& tx, OrgId org);

/// The place in the change log; nothing before the first time.
std::optional<std::string> feed_cursor(db::Transaction& tx);
/// The same for whoever counts: two nodes never count at once, because both write this row first.
std::optional<std::string> take_turn(db::Transaction& tx);
void move_feed(db::Transaction& tx, const std::string& cursor);

}  // namespace tandem::desk
