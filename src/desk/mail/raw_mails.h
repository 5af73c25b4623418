#pragma once

#include <optional>
#include <string>

#include "desk/mail/mail_intake.h"
#include "mail/message.h"

// The table of every mail that came in: what makes intake safe against crashes and repeats.

namespace tandem::desk {

constexpr size_t stored_message_id_bytes_max = 500;

/// As ids are stored and looked up: overlong ones by their digest.
std::string stored_message_id(std::string_view message_id);

struct RawMail {
  OrgId org;
  int64_t id = 0;
  RecordId mailbox;
  std::string state;  // received, taken, parked
  std::string outcome;
  std::string reason;
  int64_t file = 0;
  int attempts = 0;
  MailSource source = MailSource::mailbox;
  RecordId ticket;
  RecordId thread;
  bool is_new = false;  // stored by this call
};

/// What is known of a mail before it is understood.
struct NewRawMail {
  std::string_view raw;
  std::string message_id;
  std::string sender;  // lower case; whoever is to be answered
  std::string subject;
  MailSource source = MailSource::mailbox;
};

/// Stores the bytes and the row, unless the mail is there: then answers that row. A mail that only
/// shares the Message-ID of another (is_same_mail) is stored and parked ("message_id_reused").
RawMail keep_raw_mail(const Desk& desk, const Mailbox& mailbox, const NewRawMail& mail);
std::optional<RawMail> find_raw_mail(db::Transaction& tx, OrgId org, int64_t id);

/// Takes the row for this transaction; false when another one has finished it.
bool claim_raw_mail(db::Transaction& tx, const RawMail& mail);
void finish_raw_mail(db::Transaction& tx, const RawMail& mail, const IntakeReport& report);
IntakeReport park_raw_mail(const Desk& desk, const RawMail& mail, const std::string& reason);
/// Counts a failure; answers how many there were.
int note_intake_failure(const Desk& desk, const RawMail& mail);

/// Mails of one sender that came in during the last hour, counted up to `most`; an imported archive
/// is no sign of a circle and does not count.
int64_t mails_of_sender_in_an_hour(db::Transaction& tx, OrgId org, const std::string& sender,
                                   int64_t most);

}  // namespace tandem::desk
