#include "desk/tickets/ticket_conditions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"

namespace tandem::desk {

namespace {

using records::Filter;

Result<Filter> filter_at(const Json& json, const records::Shape& tickets, RecordId me,
                         Instant now) {
  Result<Filter> filter = records::filter_from_json(json, tickets, {.me = me, .now = now});
  if (filter) return filter;
  Refusal refusal = filter.error();
  refusal.field = "conditions";
  return refusal;
}

/// Conditions hold values of who looks and when; what comes out otherwise at another time, or for
/// another person, depends on it.
bool are_the_same(const Filter& one, const Filter& other) {
  return one.values == other.values &&
         std::equal(one.parts.begin(), one.parts.end(), other.parts.begin(), other.parts.end(),
                    are_the_same);
}

}  // namespace

Result<TicketConditions> read_ticket_conditions(const std::string& conditions_json,
                                                const records::Shape& tickets, Instant now,
                                                std::string_view whose) {
  // No record has these ids.
  constexpr RecordId somebody{INT64_MIN}, somebody_else{INT64_MIN + 1};
  const Json json = TRY(json_from_text(conditions_json));
  TicketConditions conditions;
  conditions.filter = TRY(filter_at(json, tickets, somebody, now));
  const Filter otherwise = TRY(filter_at(json, tickets, somebody_else, now));
  if (!are_the_same(conditions.filter, otherwise)) {
    return invalid("conditions", "asks_for_me",
                   fmt::format("Name a person; {} does not know who is looking.", whose));
  }
  const Filter later = TRY(filter_at(json, tickets, somebody, now + 2 * day_ms));
  conditions.depends_on_the_time = !are_the_same(conditions.filter, later);
  return conditions;
}

}  // namespace tandem::desk
