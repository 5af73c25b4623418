#pragma once

#include <string>
#include <vector>

#include "desk/desk.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/raw_mails.h"
#include "mail/classify.h"

namespace tandem::desk {

/// A mail that was read, with everything that had to be done outside the transaction.
struct IncomingMail {
  const Mailbox& mailbox;
  const RawMail& raw;
  const mail::ParsedMail& mail;
  mail::MailClass kind;
  Address requester;       // whom to answer: From, or Reply-To of a form that writes as ourselves
  std::string sender;      // the requester's address in lower case
  bool is_marked = false;  // as spam, by a server on the way
  std::vector<int64_t> files;  // of mail.attachments, stored already, in the same order
};

enum class OpenedAs { work, spam };
/// Makes the ticket, its requester and its first message.
Result<IntakeReport> open_ticket(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                 OpenedAs opened_as = OpenedAs::work);
/// Adds the mail to a ticket; a customer's answer reopens it, but not an automatic one, nor one of
/// an archive that is older than the closing.
Result<IntakeReport> join_ticket(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                 const ThreadMatch& match);
/// Notes on an outgoing mail that it came back.
Result<IntakeReport> take_bounce(db::Transaction& tx, const Desk& desk, const IncomingMail& in);

}  // namespace tandem::desk
