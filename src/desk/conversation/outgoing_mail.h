#pragma once

#include <string>
#include <vector>

#include "desk/desk.h"
#include "mail/compose.h"
#include "mail/smtp.h"
#include "records/record.h"

namespace tandem::desk {

/// A mail ready for its server: the bytes, the envelope, and where to hand them in.
struct Envelope {
  std::string sender;  // "" is the null path, for automatic mail
  std::vector<std::string> recipients;
  std::string raw;
  std::optional<mail::SmtpServer> server;  // none: the outbox folder
  std::string name;                        // of the file in the outbox, without ".eml"
};

/// What the transaction knows of a mail; its files are read after it, because they may lie in the
/// database themselves.
struct PreparedMail {
  Envelope envelope;
  mail::OutgoingMail mail;
  std::vector<int64_t> files;  // of mail.attachments, in the same order
};

/// The mail of an outgoing thread. Its text comes from the thread alone, so that nothing private of
/// the ticket can get into it. Refuses with invalid what can't be composed.
Result<PreparedMail> prepare_mail(db::Transaction& tx, const Desk& desk, OrgId org,
                                  const records::Record& thread);
/// Reads the files and composes. Outside a transaction. Refuses with invalid a file that is gone.
Result<Envelope> compose(const Desk& desk, OrgId org, PreparedMail prepared);

/// Hands it in: to the server, or as a file into the outbox.
mail::SendReport hand_in(const Desk& desk, const Envelope& envelope);

}  // namespace tandem::desk
