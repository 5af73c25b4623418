#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/actor.h"

// Figures about the tickets of a contact or an account. What takes time to find out was noted on
// the ticket when it happened (ticket_times.h, ratings.h); here one index is read up to a cap.

namespace tandem::desk {

/// The newest by activity count, so that the figures cost the same for the largest customer.
constexpr int64_t statistics_tickets_max = 1'000;

struct Statistics {
  int64_t tickets = 0;
  int64_t open = 0;     // not closed
  int64_t overdue = 0;  // of these
  int64_t answered = 0;
  int64_t resolved = 0;
  std::optional<int64_t> average_first_answer_minutes;  // of those answered
  std::optional<int64_t> average_resolution_minutes;    // of those resolved
  int64_t good = 0;
  int64_t okay = 0;
  int64_t bad = 0;
  bool is_capped = false;  // there are more tickets

  int64_t rated() const { return good + okay + bad; }
  /// Of `count` among those rated, 0 to 100; 0 when none is.
  int64_t percent(int64_t count) const {
    return rated() == 0 ? 0 : (count * 200 / rated() + 1) / 2;
  }
};

enum class Customer { contact, account };

/// Over the tickets that are listed to the actor, never over those only shared with them (S063).
/// What the role hides of tickets stays out. Refuses: not_found (no such contact or account),
/// forbidden.
Result<Statistics> statistics_of(db::Transaction& tx, const access::Actor& actor, Customer customer,
                                 RecordId id);

}  // namespace tandem::desk
