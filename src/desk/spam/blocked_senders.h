#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Whose mails are spam, and what else an organisation settled about spam. Manual, Spam 2 and 3.

namespace tandem::desk {

constexpr int blocked_senders_max = 2'000;
constexpr int spam_days_usual = 30;
constexpr int spam_days_max = 365;

struct SpamSettings {
  bool believes_filters = true;     // X-Spam-Flag and X-Spam-Status of a server on the way
  int days_kept = spam_days_usual;  // then spam goes into the recycle bin; 0 keeps it
};

struct BlockedSender {
  RecordId id;
  // "ana@example.com", "@example.com" for a domain and those below it, or the digits of a number
  std::string sender;
  Instant blocked_at;
};

SpamSettings spam_settings_of(db::Transaction& tx, OrgId org);
/// Refuses: forbidden (manage_mailboxes), invalid (days_kept not 0 to 365).
Result<void> save_spam_settings(db::Transaction& tx, const access::Actor& actor,
                                const SpamSettings& settings);

/// By name. Refuses: forbidden.
Result<std::vector<BlockedSender>> list_blocked_senders(db::Transaction& tx,
                                                        const access::Actor& actor);
/// `sender`: an address, a domain, with @ or without, or a telephone number. Blocking twice changes
/// nothing. Refuses: forbidden, invalid (none of these, one of ours, more than 2,000).
Result<void> block_sender(db::Transaction& tx, const access::Actor& actor, std::string_view sender);
/// Refuses: forbidden, not_found.
Result<void> unblock_sender(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// Who told us something, as far as a channel knows it.
struct Sender {
  std::string email;
  std::string phone;
};
/// The address that a ticket came from, or else the number, by whoever may mark that ticket.
/// Refuses: invalid as above.
Result<void> block_requester(db::Transaction& tx, const access::Actor& actor, const Sender& sender);
/// Answers whether one of them was blocked; a domain stays so.
bool unblock_requester(db::Transaction& tx, const access::Actor& actor, const Sender& sender);

/// Whether what this address sends is spam, by itself or by its domain.
bool is_blocked(db::Transaction& tx, OrgId org, std::string_view address);
/// The same of one who is known by an address, a number or both: who gives a number alone is also
/// blocked when all addresses of the contact with this number are. Manual, Spam 2.3.
bool is_blocked_sender(db::Transaction& tx, OrgId org, const Sender& sender);
/// Those of the contacts all of whose addresses are blocked; one query for a page.
std::set<int64_t> blocked_among(db::Transaction& tx, OrgId org,
                                const std::vector<records::Record>& contacts);
/// Whether a server on the way marked the mail, by the fields of its head.
bool is_marked_by_filter(std::string_view raw_mail);

}  // namespace tandem::desk
