#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "access/actor.h"
#include "desk/dashboards/figures.h"

// What dashboards say of tickets, in words, and who may read it.

namespace tandem::desk {

enum class Measure {
  created,
  closed,
  open,
  answered,
  resolved,
  response_kept,
  response_missed,
  resolution_kept,
  resolution_missed,
  rated_good,
  rated_okay,
  rated_bad
};
constexpr size_t measure_count = 12;
std::string_view word(Measure measure);
std::optional<Measure> measure_from_word(std::string_view word);

/// What was counted along one row of a dashboard.
class Tally {
 public:
  const Sum& of(Measure measure) const { return sums_[size_t(measure)]; }
  int64_t count(Measure measure) const { return of(measure).count; }
  void add(Measure measure, const Sum& sum);
  /// The mean of answered or resolved; nothing when there are none.
  std::optional<int64_t> average_minutes(Measure measure) const;

 private:
  std::array<Sum, measure_count> sums_ = {};
};

/// Refuses, like a condition on them would, figures made of fields that are hidden from the role.
/// Manual, Dashboards 3.2.
Result<void> may_read(const access::Actor& actor, Measure measure);
/// The same of what a dashboard is divided by: owner, channel, priority, tags or due_at.
Result<void> may_divide_by(const access::Actor& actor, const char* field);

}  // namespace tandem::desk
