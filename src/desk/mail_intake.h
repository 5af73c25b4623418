#pragma once

#include <string>
#include <string_view>

#include "desk/desk.h"
#include "desk/mailboxes.h"

namespace tandem::desk {

enum class IntakeOutcome { ticket, thread, bounce, auto_reply, duplicate, parked };
std::string_view word(IntakeOutcome outcome);

struct IntakeReport {
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

/// Whether mails_per_sender_and_hour_max holds. Waived when a person asks for the mail: an archive
/// holds years of one sender in a minute.
enum class RateLimit { asked, waived };

/// Takes one mail of a mailbox in. The raw mail is stored first; then all that it means happens in
/// one transaction, so a crash at any point loses nothing and the same mail is never taken twice,
/// on any node. What can't be understood is parked, never lost.
/// Throws when the world broke (disk, database): the same call may be made again.
IntakeReport take_in(const Desk& desk, const Mailbox& mailbox, std::string_view raw,
                     RateLimit limit = RateLimit::asked);

/// Takes in again a raw mail that is stored already: a parked one, or one left by a crash. Asks no
/// rate limit, because a person asked for it.
IntakeReport take_in_again(const Desk& desk, OrgId org, int64_t raw_mail);

/// Finishes what crashed nodes left behind: mails stored over a minute ago and not taken in.
/// Answers how many.
int finish_intake(const Desk& desk);

}  // namespace tandem::desk
