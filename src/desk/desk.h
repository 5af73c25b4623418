#pragma once

#include <optional>
#include <string>

#include "db/database.h"
#include "files/store.h"
#include "mail/message.h"
#include "mail/server_address.h"
#include "records/shape.h"

namespace tandem::desk {

using mail::Address;

/// What the desk works with besides the transaction it is given. Made once at start; the parts that
/// it refers to outlive it.
struct Desk {
  db::Database& database;
  files::FileStore& files;
  const records::Catalogue& catalogue;
  /// 32 bytes: seals mailbox passwords and signs reply addresses. The same on every node, for good.
  std::string secret;
  /// The right side of the Message-IDs we make: "help.example.com".
  std::string mail_domain = "localhost";
  /// Sender of invitations and other notices, and of replies from departments without a mailbox.
  Address default_sender;
  /// Where mail goes whose mailbox has no SMTP server of its own.
  std::optional<mail::SmtpServer> default_smtp;
  /// Without any SMTP server mails are put here as .eml files, so that a demo needs no mail server.
  std::string outbox_folder;
  /// Where the servers of mailboxes may lie, which people type; not asked for default_smtp, which
  /// the operator gives. Empty: anywhere.
  mail::AddressGuard mail_guard = {};
};

}  // namespace tandem::desk
