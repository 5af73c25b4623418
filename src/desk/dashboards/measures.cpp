#include "desk/dashboards/measures.h"

#include <vector>

#include "desk/modules.h"
#include "operations/visible.h"

namespace tandem::desk {

namespace {

struct MeasureDef {
  std::string_view word;
  std::vector<const char*> fields;  // that it tells something of
};

const std::array<MeasureDef, measure_count>& definitions() {
  static const std::array<MeasureDef, measure_count> all{{
      {"created", {}},
      {"closed", {"status", "status_type", "closed_at"}},
      {"open", {"status", "status_type"}},
      {"answered", {"responded_at", "first_answer_minutes"}},
      {"resolved", {"status", "status_type", "closed_at", "resolution_minutes"}},
      {"response_kept", {"responded_at", "first_response_due_at"}},
      {"response_missed", {"responded_at", "first_response_due_at"}},
      {"resolution_kept", {"status", "status_type", "closed_at", "resolution_due_at"}},
      {"resolution_missed", {"status", "status_type", "closed_at", "resolution_due_at"}},
      {"rated_good", {"rating", "rated_at"}},
      {"rated_okay", {"rating", "rated_at"}},
      {"rated_bad", {"rating", "rated_at"}},
  }};
  return all;
}

}  // namespace

std::string_view word(Measure measure) { return definitions()[size_t(measure)].word; }

std::optional<Measure> measure_from_word(std::string_view word) {
  for (size_t index = 0; index < measure_count; ++index) {
    if (definitions()[index].word == word) return Measure(index);
  }
  return std::nullopt;
}

void Tally::add(Measure measure, const Sum& sum) {
  sums_[size_t(measure)].count += sum.count;
  sums_[size_t(measure)].minutes += sum.minutes;
}

std::optional<int64_t> Tally::average_minutes(Measure measure) const {
  const Sum& sum = of(measure);
  return sum.count == 0 ? std::nullopt : std::optional(sum.minutes / sum.count);
}

Result<void> may_read(const access::Actor& actor, Measure measure) {
  for (const char* field : definitions()[size_t(measure)].fields) TRY(may_divide_by(actor, field));
  return {};
}

Result<void> may_divide_by(const access::Actor& actor, const char* field) {
  return operations::may_ask(actor, tickets_module(), records::field(field).is_not_empty());
}

}  // namespace tandem::desk
