#pragma once

#include <string>
#include <string_view>

#include "records/filter.h"
#include "records/shape.h"

// Conditions on tickets that stand for themselves: those of automation rules and of policies, which
// are asked when nobody is looking.

namespace tandem::desk {

struct TicketConditions {
  records::Filter filter = {};
  /// "now" and days that are counted from today mean another moment each time.
  bool depends_on_the_time = false;
};

/// Reads conditions as filter_from_json() does. `whose`: "a rule", for the refusal. Refuses with
/// invalid (conditions): unknown fields, wrong values, "me", which nobody is then.
Result<TicketConditions> read_ticket_conditions(const std::string& conditions_json,
                                                const records::Shape& tickets, Instant now,
                                                std::string_view whose);

}  // namespace tandem::desk
