#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Colleagues named in a comment. Manual, Replies and comments 2.4; S021.

namespace tandem::desk {

constexpr size_t mentions_max = 20;
constexpr int mentionable_shown_max = 20;

struct Colleague {
  RecordId id;
  std::string name;
};

/// Active colleagues who see the ticket and whose name holds `text`, by name, at most
/// mentionable_shown_max. Refuses: not_found, forbidden (who may not comment).
Result<std::vector<Colleague>> people_to_mention(db::Transaction& tx, const access::Actor& actor,
                                                 RecordId ticket, std::string_view text);

/// Refuses with invalid (mentions) whom a mention would not reach: nobody here, not at work, or
/// somebody who does not see the ticket. More than mentions_max, too.
Result<void> can_be_mentioned(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                              const std::vector<int64_t>& agents);

}  // namespace tandem::desk
