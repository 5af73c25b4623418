#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/tickets/ticket_parts.h"
#include "records/record.h"

// Several tickets about one matter become one. Messages, comments and files move to the target in
// order of time; the others are closed, point to it (field merged_into) and leave the views. Sends
// nothing to anybody. Manual, Merging and splitting.

namespace tandem::desk {

constexpr size_t tickets_merged_max = 20;

/// A ticket as the person saw it: with its revision, or whatever it is now.
struct SeenTicket {
  RecordId id;
  std::optional<int64_t> revision = {};
};

/// One of the tickets that go into the target.
struct MergedTicket {
  records::Record ticket;
  TicketParts parts;
  int64_t private_count = 0;                 // messages and comments that customers must not see
  std::vector<RecordId> draft_writers = {};  // whose unsent texts come along
  bool is_of_another_contact = false;
};

/// What a merge will do.
struct MergePreview {
  records::Record target;
  std::vector<MergedTicket> others;
  std::vector<std::string> copied;   // addresses that become copied people of the target
  std::vector<Share> shared_with;    // who sees what comes to the target, beside its department
  std::vector<Share> shares_ending;  // who saw one of the others and sees the target not
  int64_t followers_left = 0;        // of the others, for whom the target has no room
};

/// Refuses what merge_tickets refuses, and writes nothing.
Result<MergePreview> preview_merge(db::Transaction& tx, const access::Actor& actor,
                                   const SeenTicket& target, const std::vector<SeenTicket>& others);

/// The target as it is then. Refuses: not_found, forbidden (act "merge" on each, and change_status
/// on what has to be closed), invalid (none, more than 20, the target itself, one twice, more than
/// parts_moved_max parts, more copied people than a ticket takes), conflict (stale, merged already,
/// in the recycle bin).
Result<records::Record> merge_tickets(db::Transaction& tx, const access::Actor& actor,
                                      const SeenTicket& target,
                                      const std::vector<SeenTicket>& others);

/// A merge that can still be taken apart.
struct DoneMerge {
  RecordId id;
  Instant merged_at;
  std::vector<RecordId> tickets;
};
/// Into this ticket within the last 30 days, newest first, at most 50. Refuses: not_found.
Result<std::vector<DoneMerge>> merges_into(db::Transaction& tx, const access::Actor& actor,
                                           RecordId target);

/// Gives the tickets back what came from them, as far as it still is there, and their status. What
/// came to the target since stays. Refuses: not_found, forbidden, conflict (undone already, older
/// than 30 days, the target was merged on, a ticket is gone or in the recycle bin, a part was moved
/// to a third ticket).
Result<records::Record> undo_merge(db::Transaction& tx, const access::Actor& actor, RecordId target,
                                   RecordId merge);

/// The ticket that a merged one has become a part of; itself when it was not merged.
RecordId ticket_in_force(db::Transaction& tx, OrgId org, RecordId ticket);

/// Copied people as the field `cc` holds them, with further addresses, each once.
std::string with_copied_people(const std::string& cc, const std::vector<std::string>& addresses);

}  // namespace tandem::desk
