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

/// Composes the mail of an outgoing thread. Its text comes from the thread alone, so that nothing
/// private of the ticket can get into it. Refuses with invalid what can't be composed.
Result<Envelope> envelope_of_thread(db::Transaction& tx, const Desk& desk, OrgId org,
                                    const records::Record& thread);

/// Hands it in: to the server, or as a file into the outbox.
mail::SendReport hand_in(const Desk& desk, const Envelope& envelope);

}  // namespace tandem::desk
