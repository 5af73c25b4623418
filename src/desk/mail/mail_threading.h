#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"

// Which ticket a mail belongs to. Our own Message-IDs and reply addresses carry a signature, so
// that nobody can guess their way into a ticket.

namespace tandem::desk {

/// "t.<ticket>.<thread>.<signature>@<domain>", without <>.
std::string message_id_of(const Desk& desk, OrgId org, RecordId ticket, RecordId thread);
/// "support+t<ticket>.<signature>@example.com"; nothing when the local part would be too long.
std::optional<std::string> reply_address_of(const Desk& desk, OrgId org, RecordId ticket,
                                            std::string_view mailbox_address);
/// The X-Loop value of an organisation's mails.
std::string loop_mark_of(const Desk& desk, OrgId org);

struct SignedIds {
  RecordId ticket;
  RecordId thread;  // 0 in a reply address
};
/// Nothing when the signature is not ours for this organisation. Compared in constant time.
std::optional<SignedIds> read_message_id(const Desk& desk, OrgId org, std::string_view message_id);
std::optional<SignedIds> read_reply_address(const Desk& desk, OrgId org, std::string_view address);

/// What a mail says about where it belongs.
struct MailReferences {
  std::vector<std::string> recipients;   // To, Cc, Delivered-To …
  std::vector<std::string> message_ids;  // In-Reply-To first, then References from the newest
  std::string sender;                    // lower case
  RecordId department;                   // of the mailbox it came to
};
struct ThreadMatch {
  RecordId ticket;
  RecordId answered_thread;  // 0 when only the ticket is known
  /// The ids are known, but the sender is not on that ticket: make a new ticket and say so there.
  bool is_stranger = false;
  /// The agent who wrote and does not ask on that ticket: for colleagues only.
  std::optional<access::Actor> colleague = {};
};
/// A signed address or id decides; a known Message-ID only when the sender is on the ticket
/// (requester, copied, written to before, or an agent), and of several tickets that hold it the one
/// of the mailbox's department. An agent without access to the ticket is a stranger to it either
/// way. Nothing when the mail belongs nowhere.
std::optional<ThreadMatch> match_ticket(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const MailReferences& references);

/// Whether the ticket was forwarded to this address (in lower case).
bool was_forwarded_to(db::Transaction& tx, OrgId org, RecordId ticket, std::string_view address);

}  // namespace tandem::desk
