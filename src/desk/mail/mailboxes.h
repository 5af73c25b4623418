#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"

namespace tandem::desk {

constexpr int mailboxes_max = 200;

/// One mail server of a mailbox as settings show it; the password is written, never read.
struct MailboxServer {
  std::string host;  // "" when there is none
  int port = 0;
  std::string security = "tls";  // tls, starttls or none
  std::string user;
  std::optional<std::string> password;  // when writing: absent keeps it, "" removes it
  bool has_password = false;
  std::string folder = "INBOX";  // IMAP
};

struct Mailbox {
  RecordId id;
  OrgId org;
  RecordId department;
  std::string address;
  std::string display_name;
  MailboxServer imap;
  MailboxServer smtp;
  bool is_enabled = true;
  /// Replies carry support+t123.…@… as their Reply-To. Only for servers that deliver such
  /// addresses.
  bool uses_plus_address = false;
  int poll_seconds = 1;         // 1 to 3,600
  std::string state = "never";  // ok, failing or never
  std::string last_error;
  std::optional<Instant> last_success_at;
  int64_t uid_validity = 0;
  int64_t last_uid = 0;
};

/// Settings. Refuse: forbidden (manage_mailboxes), not_found, conflict (address taken), invalid
/// (names the field: address, department, imap.host, imap.port, …).
Result<std::vector<Mailbox>> list_mailboxes(db::Transaction& tx, const access::Actor& actor);
Result<Mailbox> read_mailbox(db::Transaction& tx, const access::Actor& actor, RecordId id);
Result<Mailbox> add_mailbox(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                            const Mailbox& mailbox);
/// A stored password is for the server it was typed for: with another host, port, security or user,
/// and none given, it refuses with invalid, code "password_again" ("imap.password",
/// "smtp.password"). Where no host or no user is left, the stored password is removed.
Result<Mailbox> change_mailbox(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                               const Mailbox& mailbox);
Result<void> remove_mailbox(db::Transaction& tx, const access::Actor& actor, RecordId id);

struct ServerCheck {
  bool is_ok = false;
  std::string message;
};
struct MailboxCheck {
  ServerCheck imap;
  ServerCheck smtp;
};
/// Tries to sign in to both servers now. Takes seconds; holds no transaction meanwhile. Refuses
/// with busy while this node makes two other checks.
Result<MailboxCheck> check_mailbox(const Desk& desk, const access::Actor& actor, RecordId id);

// For the room itself.
std::optional<Mailbox> find_mailbox(db::Transaction& tx, OrgId org, RecordId id);
std::vector<Mailbox> mailboxes_of_department(db::Transaction& tx, OrgId org, RecordId department);
/// Lower-case addresses of all mailboxes of an organisation.
std::vector<std::string> own_addresses(db::Transaction& tx, OrgId org);
/// The servers with their opened passwords. Refuses with invalid when the secret no longer fits.
Result<mail::ImapServer> imap_server_of(db::Transaction& tx, const Desk& desk,
                                        const Mailbox& mailbox);
Result<mail::SmtpServer> smtp_server_of(db::Transaction& tx, const Desk& desk,
                                        const Mailbox& mailbox);

}  // namespace tandem::desk
