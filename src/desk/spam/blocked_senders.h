#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

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
  std::string sender;  // "ana@example.com", or "@example.com" for a domain and those below it
  Instant blocked_at;
};

SpamSettings spam_settings_of(db::Transaction& tx, OrgId org);
/// Refuses: forbidden (manage_mailboxes), invalid (days_kept not 0 to 365).
Result<void> save_spam_settings(db::Transaction& tx, const access::Actor& actor,
                                const SpamSettings& settings);

/// By name. Refuses: forbidden.
Result<std::vector<BlockedSender>> list_blocked_senders(db::Transaction& tx,
                                                        const access::Actor& actor);
/// `sender`: an address or a domain, with @ or without. Blocking twice changes nothing. Refuses:
/// forbidden, invalid (neither, one of ours, more than 2,000).
Result<void> block_sender(db::Transaction& tx, const access::Actor& actor, std::string_view sender);
/// Refuses: forbidden, not_found.
Result<void> unblock_sender(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// The address that a ticket came from, by whoever may mark that ticket. Refuses: invalid as above.
Result<void> block_address(db::Transaction& tx, const access::Actor& actor,
                           std::string_view address);
void unblock_address(db::Transaction& tx, const access::Actor& actor, std::string_view address);

/// Whether what this address sends is spam, by itself or by its domain.
bool is_blocked(db::Transaction& tx, OrgId org, std::string_view address);
/// Whether a server on the way marked the mail, by the fields of its head.
bool is_marked_by_filter(std::string_view raw_mail);

}  // namespace tandem::desk
