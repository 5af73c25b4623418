#pragma once

#include <string>
#include <string_view>

#include "access/actor.h"
#include "records/record.h"

// What the messages and comments of a ticket leave on the ticket itself.

namespace tandem::desk {

constexpr int64_t preview_chars = 250;
constexpr int64_t stored_body_chars_max = 1'000'000;

/// One line of what a text says, for lists.
std::string preview_of(std::string_view plain_text);

/// The author's columns of a message or comment.
void set_author(records::Changes& values, const access::Actor& actor);

/// Makes the description of a new ticket its first message.
Result<void> add_description(records::Change& ticket);

/// Removes messages, comments, attachments and drafts of a ticket for good. What was stored of its
/// mails goes with the next sweep; their keys stay, so that they are not taken in again.
Result<void> forget_conversation(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

}  // namespace tandem::desk
