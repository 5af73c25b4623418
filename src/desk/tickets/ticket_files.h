#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/conversation/comments.h"
#include "records/record.h"

// The files that hang on a ticket itself, and taking any of its files away again.

namespace tandem::desk {

constexpr int ticket_files_shown_max = 250;

struct AttachFor {
  RecordId ticket;
  Audience audience = Audience::colleagues;
};
/// Attaches uploads to the ticket itself: needs the right to update it; counts them there. What
/// contacts attach is everybody's, whatever `audience` says; attach_to_ticket is for colleagues, so
/// that no webhook hears of a file unasked. Refuses as attach_uploads. Manual, Webhooks 1.4.
Result<std::vector<records::Record>> attach_for(db::Transaction& tx, const access::Actor& actor,
                                                const AttachFor& where,
                                                const std::vector<int64_t>& ids);

/// A file with what the actor may do with it: "delete", or nothing.
struct TicketFile {
  records::Record attachment;
  std::vector<std::string> may;
};

/// The files of the ticket itself, newest first, the newest 250; those of its messages and comments
/// stand with them. Refuses: not_found, forbidden.
Result<std::vector<TicketFile>> files_of_ticket(db::Transaction& tx, const access::Actor& actor,
                                                RecordId ticket);

/// Takes a file from the ticket, for good; its bytes go with the next sweep. A file of the ticket
/// itself needs the right to update the ticket; one of a comment goes with who may change the
/// comment. Refuses: not_found, forbidden, conflict (part of a message, ticket in the bin).
Result<void> remove_attachment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               RecordId attachment);

/// Says who may read a file of the ticket itself: everyone on the ticket, or colleagues alone.
/// Needs the right to update the ticket. Refuses: not_found, forbidden, conflict (a file of a
/// message or comment goes with it).
Result<records::Record> show_attachment_to(db::Transaction& tx, const access::Actor& actor,
                                           RecordId ticket, RecordId attachment, Audience audience);

}  // namespace tandem::desk
