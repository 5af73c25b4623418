#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/conversation/replies.h"

// Whom an answer goes to and what it quotes. Only what is public takes part: a private comment, the
// note of a call, a forward and the answers to it never leave the house.

namespace tandem::desk {

constexpr size_t quoted_bytes_max = 200'000;
constexpr int forwarded_mails_max = 20;

/// The newest public mail of a ticket; nothing when it has none. `id`: that one, if it is public.
std::optional<records::Record> public_mail(db::Transaction& tx, const access::Actor& actor,
                                           RecordId ticket, RecordId id = {});

struct Recipients {
  std::vector<Address> to;
  std::vector<Address> cc;
  std::vector<Address> bcc = {};
};
/// reply: whoever wrote last (or where they want answers), else the requester. reply_all: also
/// everyone copied, but not the actor who answers. Never one of our own mailboxes, however the
/// address is spelled. forward: nobody yet.
Recipients recipients_for(db::Transaction& tx, const access::Actor& actor,
                          const records::Record& ticket,
                          const std::optional<records::Record>& answered, ReplyKind kind);

/// "Re: …" or "Fwd: …", without piling up.
std::string subject_for(std::string_view subject, ReplyKind kind);

/// The history below an answer: the answered mail; below a forward: the public mails and the
/// ticket's description, whatever channel it was noted from, oldest first. Manual, Replies and
/// comments 1.5 and 1.10.
std::string quoted_history(db::Transaction& tx, const access::Actor& actor,
                           const records::Record& ticket,
                           const std::optional<records::Record>& answered, ReplyKind kind);

/// Files of public mails and of the ticket itself: what a forward may carry.
std::vector<records::Record> public_attachments(db::Transaction& tx, const access::Actor& actor,
                                                RecordId ticket);

/// Without double ones, compared in lower case; those in `without` are left out.
std::vector<Address> distinct(std::vector<Address> addresses,
                              const std::vector<std::string>& without);

}  // namespace tandem::desk
