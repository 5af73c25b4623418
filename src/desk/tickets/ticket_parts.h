#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Moving what was said on a ticket, and its files, to another ticket: what merging and splitting
// have in common. A part keeps its id, and with it its place in time.

namespace tandem::desk {

/// More than this moves at no time.
constexpr size_t parts_moved_max = 2'000;

/// Ids of messages, comments, files and time entries.
struct TicketParts {
  std::vector<int64_t> threads;
  std::vector<int64_t> comments;
  std::vector<int64_t> attachments;
  std::vector<int64_t> times;  // worked time, which only merging moves

  size_t count() const {
    return threads.size() + comments.size() + attachments.size() + times.size();
  }
};

/// All of a ticket's, oldest first; those with an id of at least `from` when that is not 0. Stops
/// one above parts_moved_max of each kind. Worked time is among it only when `from` is 0.
TicketParts parts_of(db::Transaction& tx, OrgId org, RecordId ticket, int64_t from = 0);

/// Moves the parts that are on the ticket `from`; those that are gone stay gone. A file of the
/// ticket itself becomes one of the other ticket.
Result<void> move_parts(db::Transaction& tx, const access::Actor& actor, const TicketParts& parts,
                        RecordId from, RecordId to);

/// thread_count, comment_count and attachment_count as the rows say.
records::Changes counted_parts(db::Transaction& tx, OrgId org, RecordId ticket);

/// The last word of the newest public message of a ticket, for set_last_word; nothing is set when
/// it has none.
void set_newest_word(db::Transaction& tx, OrgId org, RecordId ticket, records::Changes& values);

}  // namespace tandem::desk
