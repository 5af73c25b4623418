#pragma once

#include <string>

#include "access/actor.h"
#include "records/record.h"

// A message about another matter becomes a ticket of its own. Manual, Merging and splitting 3.1.

namespace tandem::desk {

/// How much goes: the message alone, or with all messages and comments after it.
enum class SplitReach { message, and_what_follows };

struct SplitRequest {
  RecordId ticket;
  RecordId thread;
  SplitReach reach = SplitReach::message;
  std::string subject = {};  // "": that of the message, else of the ticket
};

/// The new ticket, of the same department, contact, addresses and channel, without an owner; the
/// files of what goes go along. Each ticket names the other in its history. Sends nothing to the
/// customer. Refuses: not_found, forbidden (act "split", the right to create), invalid (subject too
/// long), conflict (nothing would be left of the ticket, too many parts).
Result<records::Record> split_ticket(db::Transaction& tx, const access::Actor& actor,
                                     const SplitRequest& request);

}  // namespace tandem::desk
