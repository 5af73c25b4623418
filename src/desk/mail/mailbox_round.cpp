#include "desk/mail/mailbox_round.h"

#include "base/text.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailbox_poller.h"
#include "desk/mail/raw_mails.h"
#include "mail/message.h"

namespace tandem::desk {

namespace {

constexpr int64_t success_noted_every_ms = 30 * second_ms;
constexpr int64_t error_chars_max = 1'000;

void save_place(const Desk& desk, const Mailbox& mailbox) {
  const auto saved = desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    tx.execute(
        "UPDATE mailboxes SET uid_validity = $3, last_uid = $4 WHERE org_id = $1 AND id = $2",
        {mailbox.org.value, mailbox.id.value, mailbox.uid_validity, mailbox.last_uid});
    return true;
  });
  if (!saved) throw db::DatabaseFailure("the place in a mailbox can't be saved");
}

/// Too large to be fetched: a row tells the administrator, the mail stays on the server.
void park_too_large(const Desk& desk, const Mailbox& mailbox, uint32_t uid, int64_t size_bytes) {
  const auto parked = desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    const std::string key =
        "uid:" + std::to_string(mailbox.uid_validity) + ":" + std::to_string(uid);
    tx.execute(
        "INSERT INTO raw_mails (org_id, id, mailbox_id, dedupe_key, sha256, message_id, sender, "
        "subject, size_bytes, received_at, state, outcome, reason, attempts) "
        "VALUES ($1, $2, $3, $4, '', '', '', '', $5, $6, 'parked', 'parked', 'mail_too_large', 0) "
        "ON CONFLICT (org_id, mailbox_id, dedupe_key) DO NOTHING",
        {mailbox.org.value, tx.new_id(), mailbox.id.value, key, size_bytes, tx.now().ms});
    return true;
  });
  if (!parked) throw db::DatabaseFailure("a mail can't be parked");
}

Result<int> take_one(const Desk& desk, Mailbox& mailbox, mail::ImapSession& session,
                     const mail::MailSize& mail) {
  if (mail.size_bytes > int64_t(mail::raw_mail_bytes_max)) {
    park_too_large(desk, mailbox, mail.uid, mail.size_bytes);
    return 1;
  }
  const Result<std::string> raw = session.fetch(mail.uid, int64_t(mail::raw_mail_bytes_max));
  if (!raw && raw.error().kind == RefusalKind::too_large) {
    park_too_large(desk, mailbox, mail.uid, mail.size_bytes);
    return 1;
  }
  if (!raw && raw.error().kind == RefusalKind::not_found) return 0;  // Someone else removed it.
  if (!raw) return raw.error();
  take_in(desk, mailbox, *raw);
  TRY(session.mark_seen(mail.uid));
  return 1;
}

}  // namespace

Result<int> read_new_mails(const Desk& desk, Mailbox& mailbox, mail::ImapSession& session,
                           const std::function<bool()>& should_go_on) {
  const mail::MailboxState state = TRY(session.select(mailbox.imap.folder));
  if (mailbox.uid_validity != int64_t{state.uid_validity}) {
    // The server counts anew. What was taken in before is known by its Message-ID.
    mailbox.uid_validity = state.uid_validity;
    mailbox.last_uid = 0;
    save_place(desk, mailbox);
  }
  int taken = 0;
  for (;;) {
    const std::vector<mail::MailSize> mails =
        TRY(session.list_from(uint32_t(mailbox.last_uid + 1), mails_per_list));
    for (const mail::MailSize& mail : mails) {
      taken += TRY(take_one(desk, mailbox, session, mail));
      mailbox.last_uid = mail.uid;
      save_place(desk, mailbox);
      if (!should_go_on()) return taken;
    }
    if (int(mails.size()) < mails_per_list) return taken;
  }
}

void note_mailbox_success(const Desk& desk, const Mailbox& mailbox) {
  const Instant now = desk.database.clock().now();
  const bool is_fresh = mailbox.state == "ok" && mailbox.last_success_at &&
                        now - *mailbox.last_success_at < success_noted_every_ms;
  if (is_fresh) return;
  const auto noted = desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    tx.execute(
        "UPDATE mailboxes SET state = 'ok', last_error = '', last_success_at = $3 "
        "WHERE org_id = $1 AND id = $2",
        {mailbox.org.value, mailbox.id.value, tx.now().ms});
    return true;
  });
  (void)noted;  // Only a display.
}

void note_mailbox_failure(const Desk& desk, const Mailbox& mailbox, const std::string& message) {
  const auto noted = desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    tx.execute(
        "UPDATE mailboxes SET state = 'failing', last_error = $3 WHERE org_id = $1 AND id = $2",
        {mailbox.org.value, mailbox.id.value,
         std::string(first_chars(to_utf8_lossy(message), error_chars_max))});
    return true;
  });
  (void)noted;  // Only a display.
}

Result<int> poll_once(const Desk& desk, OrgId org, RecordId id) {
  struct Found {
    Mailbox mailbox;
    mail::ImapServer server;
  };
  Found found = TRY(desk.database.read([&](db::Transaction& tx) -> Result<Found> {
    Found here;
    std::optional<Mailbox> mailbox = find_mailbox(tx, org, id);
    if (!mailbox) return not_found("There is no such mailbox.");
    here.mailbox = std::move(*mailbox);
    here.server = TRY(imap_server_of(tx, desk, here.mailbox));
    return here;
  }));
  const auto round = [&]() -> Result<int> {
    mail::ImapSession session = TRY(mail::ImapSession::open(found.server));
    return read_new_mails(desk, found.mailbox, session, [] { return true; });
  };
  Result<int> taken = round();
  if (taken) {
    note_mailbox_success(desk, found.mailbox);
  } else {
    note_mailbox_failure(desk, found.mailbox, taken.error().message);
  }
  return taken;
}

}  // namespace tandem::desk
