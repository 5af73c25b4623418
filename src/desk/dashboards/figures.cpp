#include "desk/dashboards/figures.h"

namespace tandem::desk {

namespace {

/// Puts one ticket into the figures along each dimension it is asked for.
class Counting {
 public:
  Counting(Figures& figures, const TicketFacts& facts, int64_t times)
      : figures_(figures), facts_(facts), times_(times) {}

  void add(const char* dimension, const std::string& measure, int64_t day, std::string key = "",
           int64_t minutes = 0) {
    Sum& sum = figures_[Cell{dimension, facts_.department.value, day, measure, std::move(key)}];
    sum.count += times_;
    sum.minutes += times_ * minutes;
  }

  void add_by_owner(const std::string& measure, int64_t day, int64_t minutes = 0) {
    add("total", measure, day, "", minutes);
    add("owner", measure, day, std::to_string(facts_.owner.value), minutes);
  }

  void add_by_all(const std::string& measure, int64_t day) {
    add_by_owner(measure, day);
    add("channel", measure, day, facts_.channel);
    add("priority", measure, day, facts_.priority);
    for (const std::string& tag : facts_.tags) add("tag", measure, day, tag);
  }

  void add_duration(const std::string& measure, int64_t day, int64_t minutes) {
    add_by_owner(measure, day, minutes);
    add("channel", measure, day, facts_.channel, minutes);
    add("band", measure, day, std::to_string(band_of(minutes)), minutes);
  }

 private:
  Figures& figures_;
  const TicketFacts& facts_;
  int64_t times_;
};

}  // namespace

void count_facts(Figures& figures, const TicketFacts& facts, int64_t times) {
  Counting counting(figures, facts, times);
  counting.add_by_all("created", facts.created_day);
  counting.add("hour", "created", facts.created_day, std::to_string(facts.hour_of_week));
  if (facts.is_open()) {
    counting.add_by_all("open", no_day);
    if (facts.due_day) counting.add("due", "due", *facts.due_day);
  } else {
    counting.add_by_all("closed", facts.closed_day);
    if (facts.resolution_minutes)
      counting.add_duration("resolved", facts.closed_day, *facts.resolution_minutes);
    if (!facts.resolution_outcome.empty())
      counting.add_by_owner("resolution_" + facts.resolution_outcome, facts.closed_day);
  }
  if (facts.responded_day) {
    if (facts.answer_minutes)
      counting.add_duration("answered", *facts.responded_day, *facts.answer_minutes);
    if (!facts.response_outcome.empty())
      counting.add_by_owner("response_" + facts.response_outcome, *facts.responded_day);
  }
  if (facts.rated_day) counting.add_by_owner("rated_" + facts.rating, *facts.rated_day);
}

void add_to_table(db::Transaction& tx, OrgId org, int64_t generation, const Figures& differences) {
  for (const auto& [cell, sum] : differences) {
    if (sum == Sum{}) continue;
    const db::Args place{org.value, generation,   cell.dimension, cell.department,
                         cell.day,  cell.measure, cell.key};
    db::Args args = place;
    args.emplace_back(sum.count);
    args.emplace_back(sum.minutes);
    tx.execute(
        "INSERT INTO desk_figures (org_id, generation, dimension, department_id, day, measure, "
        "key, count, minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (org_id, "
        "generation, dimension, department_id, day, measure, key) DO UPDATE SET "
        "count = desk_figures.count + excluded.count, "
        "minutes = desk_figures.minutes + excluded.minutes",
        args);
    if (sum.count >= 0) continue;
    tx.execute(
        "DELETE FROM desk_figures WHERE org_id = $1 AND generation = $2 AND dimension = $3 "
        "AND department_id = $4 AND day = $5 AND measure = $6 AND key = $7 AND count = 0",
        place);
  }
}

}  // namespace tandem::desk
