#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"

// How one ticket went: who handled it for how long, how often it was reopened or passed on. Read
// from its history and its messages when it is asked for.

namespace tandem::desk {

/// Entries of the history that are looked at, the newest ones.
constexpr int metrics_entries_max = 1'000;
constexpr int64_t metrics_messages_max = 1'000;

struct Handled {
  std::string key = {};  // the agent's id, or the name of the status
  std::string name = {};
  int64_t ms = 0;
};

struct TicketMetrics {
  std::optional<int64_t> first_response_minutes = {};
  std::optional<int64_t> resolution_minutes = {};
  /// From each customer's message to the answer, all together; nothing without an answer.
  std::optional<int64_t> total_response_minutes = {};
  int64_t responses = 0;  // times somebody who had written was answered
  int64_t messages = 0;
  int64_t outgoing = 0;
  int64_t reassigned = 0;  // from one agent to another
  int64_t reopened = 0;
  std::vector<Handled> agents = {};    // while they owned it and it was not closed
  std::vector<Handled> statuses = {};  // up to now, or for good
};
/// Plain times. What is hidden from the role stays out. Refuses: not_found, forbidden.
Result<TicketMetrics> metrics_of_ticket(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket);

}  // namespace tandem::desk
