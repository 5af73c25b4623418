#pragma once

#include <string>
#include <vector>

#include "desk/desk.h"
#include "desk/mail/mail_intake.h"

namespace tandem::desk {

/// A mail that could not be taken in and waits for an administrator.
struct ParkedMail {
  int64_t id = 0;
  Instant received_at;
  RecordId mailbox;
  std::string mailbox_address;
  std::string from;
  std::string subject;
  std::string reason;
  int64_t size_bytes = 0;
  /// Whether the mail itself was kept: without it nothing can be tried again or read.
  bool is_kept = false;
};
struct ParkedMailPage {
  std::vector<ParkedMail> mails;
  std::string next_cursor;
};

/// All refuse with forbidden without manage_mailboxes. Newest first, 1 to 200 a page.
Result<ParkedMailPage> list_parked_mails(db::Transaction& tx, const access::Actor& actor,
                                         const std::string& cursor, int limit);
/// Refuses with conflict, code "mail_not_stored", what was never fetched (too large).
Result<IntakeReport> retry_parked_mail(const Desk& desk, const access::Actor& actor, int64_t id);
/// Forgets it for good.
Result<void> drop_parked_mail(db::Transaction& tx, const access::Actor& actor, int64_t id);
Result<std::string> raw_of_parked_mail(const Desk& desk, const access::Actor& actor, int64_t id);

/// The raw mail of a thread the actor sees. Refuses with not_found when it came by no mail.
Result<std::string> raw_of_thread(const Desk& desk, const access::Actor& actor, RecordId ticket,
                                  RecordId thread);

}  // namespace tandem::desk
