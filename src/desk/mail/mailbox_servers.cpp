#include <semaphore>

#include "base/crypto.h"
#include "desk/mail/mailboxes.h"
#include "mail/imap.h"
#include "mail/smtp_check.h"

namespace tandem::desk {

namespace {

constexpr int check_timeout_ms = 15'000;
// A check holds the thread of its request while a server far away takes its time.
constexpr int checks_at_once_max = 2;

std::counting_semaphore<checks_at_once_max>& check_turns() {
  static std::counting_semaphore<checks_at_once_max> instance(checks_at_once_max);
  return instance;
}

struct CheckTurn {
  CheckTurn() = default;
  ~CheckTurn() { check_turns().release(); }
  CheckTurn(const CheckTurn&) = delete;
  CheckTurn& operator=(const CheckTurn&) = delete;
};

mail::Security security_from(std::string_view word) {
  if (word == "none") return mail::Security::none;
  return word == "starttls" ? mail::Security::starttls : mail::Security::tls;
}

Result<mail::MailServer> server_from(const Desk& desk, const MailboxServer& server,
                                     const std::optional<db::Row>& row) {
  mail::MailServer opened;
  opened.host = server.host;
  opened.port = server.port;
  opened.security = security_from(server.security);
  opened.user = server.user;
  opened.may_reach = desk.mail_guard;
  if (!row || row->is_null(0)) return opened;
  const std::optional<std::string> password = open_sealed(desk.secret, row->bytes(0));
  if (!password) {
    return invalid("password", "sealed_with_another_secret",
                   "Type the mailbox password again; the program's secret has changed.");
  }
  opened.password = *password;
  return opened;
}

ServerCheck check_imap(const mail::ImapServer& server, const std::string& folder) {
  Result<mail::ImapSession> session = mail::ImapSession::open(server);
  if (!session) return {false, session.error().message};
  const Result<mail::MailboxState> state = session->select(folder);
  if (!state) return {false, state.error().message};
  return {true, "Signed in; the folder holds " + std::to_string(state->exists) + " mails."};
}

}  // namespace

Result<mail::ImapServer> imap_server_of(db::Transaction& tx, const Desk& desk,
                                        const Mailbox& mailbox) {
  return server_from(desk, mailbox.imap,
                     tx.row("SELECT imap_password FROM mailboxes WHERE org_id = $1 AND id = $2",
                            {mailbox.org.value, mailbox.id.value}));
}

Result<mail::SmtpServer> smtp_server_of(db::Transaction& tx, const Desk& desk,
                                        const Mailbox& mailbox) {
  return server_from(desk, mailbox.smtp,
                     tx.row("SELECT smtp_password FROM mailboxes WHERE org_id = $1 AND id = $2",
                            {mailbox.org.value, mailbox.id.value}));
}

Result<MailboxCheck> check_mailbox(const Desk& desk, const access::Actor& actor, RecordId id) {
  struct Servers {
    Mailbox mailbox;
    mail::ImapServer imap;
    mail::SmtpServer smtp;
  };
  Servers servers = TRY(desk.database.read([&](db::Transaction& tx) -> Result<Servers> {
    Servers found;
    found.mailbox = TRY(read_mailbox(tx, actor, id));
    found.imap = TRY(imap_server_of(tx, desk, found.mailbox));
    found.smtp = TRY(smtp_server_of(tx, desk, found.mailbox));
    return found;
  }));
  if (!check_turns().try_acquire()) {
    return busy("Other mailboxes are being checked right now. Try again in a moment.");
  }
  const CheckTurn turn;
  servers.imap.timeout_ms = servers.smtp.timeout_ms = check_timeout_ms;
  MailboxCheck check;
  check.imap = servers.imap.host.empty() ? ServerCheck{false, "No IMAP server is given."}
                                         : check_imap(servers.imap, servers.mailbox.imap.folder);
  if (servers.smtp.host.empty()) {
    check.smtp = {true, "Replies go out by the server of the installation."};
  } else {
    const Result<void> signed_in = mail::check_smtp_sign_in(servers.smtp);
    check.smtp =
        signed_in ? ServerCheck{true, "Signed in."} : ServerCheck{false, signed_in.error().message};
  }
  return check;
}

}  // namespace tandem::desk
