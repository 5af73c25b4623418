#include "desk/mail/mailbox_rows.h"

namespace tandem::desk {

namespace {

constexpr std::string_view columns =
    "SELECT org_id, id, department_id, address, display_name, imap_host, imap_port, imap_security, "
    "imap_user, imap_folder, CASE WHEN imap_password IS NULL THEN 0 ELSE 1 END, smtp_host, "
    "smtp_port, smtp_security, "
    "smtp_user, CASE WHEN smtp_password IS NULL THEN 0 ELSE 1 END, is_enabled, uses_plus_address, "
    "poll_seconds, state, "
    "last_error, last_success_at, uid_validity, last_uid FROM mailboxes ";

Mailbox mailbox_from(const db::RowView& row) {
  Mailbox mailbox;
  mailbox.org = {row.integer(0)};
  mailbox.id = {row.integer(1)};
  mailbox.department = {row.integer(2)};
  mailbox.address = row.text(3);
  mailbox.display_name = row.text(4);
  mailbox.imap = {.host = std::string(row.text(5)),
                  .port = int(row.integer(6)),
                  .security = std::string(row.text(7)),
                  .user = std::string(row.text(8)),
                  .password = std::nullopt,
                  .has_password = row.integer(10) != 0,
                  .folder = std::string(row.text(9))};
  mailbox.smtp = {.host = std::string(row.text(11)),
                  .port = int(row.integer(12)),
                  .security = std::string(row.text(13)),
                  .user = std::string(row.text(14)),
                  .password = std::nullopt,
                  .has_password = row.integer(15) != 0,
                  .folder = ""};
  mailbox.is_enabled = row.integer(16) != 0;
  mailbox.uses_plus_address = row.integer(17) != 0;
  mailbox.poll_seconds = int(row.integer(18));
  mailbox.state = row.text(19);
  mailbox.last_error = row.text(20);
  if (!row.is_null(21)) mailbox.last_success_at = Instant{row.integer(21)};
  mailbox.uid_validity = row.integer(22);
  mailbox.last_uid = row.integer(23);
  return mailbox;
}

}  // namespace

std::vector<Mailbox> select_mailboxes(db::Transaction& tx, std::string_view condition,
                                      const db::Args& args) {
  std::vector<Mailbox> mailboxes;
  tx.for_each(std::string(columns) + std::string(condition), args, [&](const db::RowView& row) {
    mailboxes.push_back(mailbox_from(row));
    return true;
  });
  return mailboxes;
}

}  // namespace tandem::desk
