#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/support/caller.h"
#include "bench/support/draw.h"

namespace tandem::bench {

/// One kind of request that people wait for.
struct Question {
  std::string name;
  /// The bytes of one such request, about other records at each call.
  std::function<std::string(const Caller&, Draw&)> ask;
};

/// Ids of tickets that the caller may see, spread over the whole record.
std::vector<int64_t> some_visible_tickets(server::Program& program, const Caller& caller,
                                          int64_t tickets);

/// Those that are measured under load: ticket, list, search, search for rarer words, timeline.
std::vector<Question> measured_questions(std::vector<int64_t> ticket_ids);
/// Every list, count and filter that the browser application offers.
std::vector<Question> all_questions(std::vector<int64_t> ticket_ids);

/// Views of five conditions that the caller makes anew, by name: what they find is common, rare or
/// nothing, and one has no condition that an index knows.
std::vector<std::pair<std::string, RecordId>> make_measured_views(server::Program& program,
                                                                  const Caller& caller);
/// Their lists and counts.
std::vector<Question> view_questions(const std::vector<std::pair<std::string, RecordId>>& views);

}  // namespace tandem::bench
