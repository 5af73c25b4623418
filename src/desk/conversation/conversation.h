#pragma once

#include <string>
#include <string_view>

#include "access/actor.h"
#include "records/record.h"

// What the messages and comments of a ticket leave on the ticket itself.

namespace tandem::desk {

constexpr int64_t preview_chars = 250;
constexpr int64_t stored_body_chars_max = 1'000'000;
constexpr size_t reference_ids_bytes_max = 20'000;

/// One line of what a text says, for lists.
std::string preview_of(std::string_view plain_text);

/// Message-IDs as a thread keeps them, oldest first and separated by spaces: the newest ones that
/// fit reference_ids_bytes_max. A mail may bring more of them than anybody needs.
std::string kept_references(std::string ids);

/// The author's columns of a message or comment.
void set_author(records::Changes& values, const access::Actor& actor);

/// Whose words stand last in a conversation.
enum class Speaker { agent, customer };

/// What a ticket keeps of the message said last: its words, whose they are and when they were said.
/// No other change of the ticket touches them. Manual, Queue and views 2.4.
void set_last_word(records::Changes& values, std::string_view preview, Speaker speaker, Instant at);

/// Who speaks in the description of a new ticket. The contact, for a person who notes a call, a
/// chat or a letter writes down what the contact said, and programs bring what customers wrote. The
/// agent where nobody asks, or where an agent writes in the browser and the channel is "web". One
/// who sends spam speaks without being a contact. Manual, Tickets 2.7.
Speaker speaker_of_description(const records::Change& ticket);

/// Makes the description of a new ticket its first message.
Result<void> add_description(records::Change& ticket);

/// Removes messages, comments, attachments and drafts of a ticket for good. What was stored of its
/// mails goes with the next sweep; their keys stay, so that they are not taken in again.
Result<void> forget_conversation(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

}  // namespace tandem::desk
