#pragma once

#include <string>
#include <string_view>

#include "base/stop_sign.h"
#include "desk/desk.h"
#include "desk/mail/mailboxes.h"

namespace tandem::desk {

enum class IntakeOutcome { ticket, thread, bounce, auto_reply, duplicate, parked };
std::string_view word(IntakeOutcome outcome);

struct IntakeReport {
  /// duplicate: it was there before, taken in or parked; nothing was added.
  IntakeOutcome outcome = IntakeOutcome::parked;
  int64_t raw_mail = 0;
  RecordId ticket;
  RecordId thread;
  std::string message_id;  // as the mail gives it, without <>; "" when it has none
  std::string reason;      // why it waits for an administrator, as a code: "loop_suspected"
};

/// A mail per sender and hour above this is parked: two machines are talking.
constexpr int mails_per_sender_and_hour_max = 20;
/// After so many failures (not refusals) a mail is parked.
constexpr int intake_attempts_max = 3;

/// Where a mail comes from decides which time counts.
///
/// mailbox: it arrives now. Ticket and message are of the moment of their intake, whatever the
/// sender's clock says: lists, due times and integrations go by it, and nobody can write a ticket
/// into the past. The Date, where it is credible, is shown as the time when the mail was sent.
///
/// archive: it arrived long ago and is imported. Ticket and message take the credible Date, else
/// the time of the last Received field, else now. mails_per_sender_and_hour_max is not asked for:
/// an archive holds years of one sender in a minute. The change log and what follows it still say
/// when the import was.
///
/// Credible is a time from 1990 to now that lies within 30 days before the last Received field (a
/// day of wrong clocks after it allowed), where there is one.
enum class MailSource { mailbox, archive };
std::string_view word(MailSource source);

/// Takes one mail of a mailbox in. The raw mail is stored first; then all that it means happens in
/// one transaction, so a crash at any point loses nothing and the same mail is never taken twice,
/// on any node. What can't be understood is parked, never lost.
/// Throws when the world broke (disk, database): the same call may be made again.
IntakeReport take_in(const Desk& desk, const Mailbox& mailbox, std::string_view raw,
                     MailSource source = MailSource::mailbox);

/// Takes in again a raw mail that is stored already: a parked one, or one left by a crash. Asks no
/// rate limit, because a person asked for it. One that was never stored stays as it is.
IntakeReport take_in_again(const Desk& desk, OrgId org, int64_t raw_mail);

/// Finishes what crashed nodes left behind: mails stored over a minute ago and not taken in.
/// Answers how many it found. The sign is asked before each.
int finish_intake(const Desk& desk, const StopSign& stop = {});

}  // namespace tandem::desk
