#include "desk/mail/mailboxes.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/departments.h"
#include "desk/mail/mailbox_rows.h"
#include "mail/wire_address.h"

namespace tandem::desk {

namespace {

constexpr int port_max = 65'535;
constexpr int64_t display_name_chars_max = 120;

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_mailboxes);
}

bool has_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Result<void> fits(const MailboxServer& server, const std::string& name) {
  if (server.host.size() > 253 || has_break(server.host) || has_break(server.user) ||
      server.host.find_first_of(" /@") != std::string::npos) {
    return invalid(name + ".host", "bad_server", "Give a host name such as mail.example.com.");
  }
  if (server.host.empty()) return {};
  if (server.port < 1 || server.port > port_max) {
    return invalid(name + ".port", "out_of_range", "Give a port from 1 to 65535.");
  }
  if (server.security != "tls" && server.security != "starttls" && server.security != "none") {
    return invalid(name + ".security", "not_a_choice", "Choose tls, starttls or none.");
  }
  if (server.user.size() > 320 || server.folder.size() > 255 || has_break(server.folder)) {
    return invalid(name + ".user", "too_long", "Shorten the user name or the folder.");
  }
  return {};
}

Result<Mailbox> checked(db::Transaction& tx, OrgId org, Mailbox mailbox) {
  mailbox.address = ascii_lower(mail::readable_address(trim(mailbox.address)));
  mailbox.display_name = std::string(trim(mailbox.display_name));
  if (!is_email_address(mailbox.address)) {
    return invalid("address", "not_an_email", "Give an address such as support@example.com.");
  }
  TRY(mail::wire_address(mailbox.address, "address"));
  if (has_break(mailbox.display_name) ||
      count_chars(mailbox.display_name) > display_name_chars_max) {
    return invalid("display_name", "too_long", "Give a name of at most 120 characters.");
  }
  if (!is_department(tx, org, mailbox.department)) {
    return invalid("department", "not_found", "Choose the department that gets these mails.");
  }
  if (mailbox.imap.folder.empty()) mailbox.imap.folder = "INBOX";
  TRY(fits(mailbox.imap, "imap"));
  TRY(fits(mailbox.smtp, "smtp"));
  if (mailbox.poll_seconds < 1 || mailbox.poll_seconds > 3'600) {
    return invalid("poll_seconds", "out_of_range", "Choose 1 to 3,600 seconds.");
  }
  if (tx.row("SELECT 1 FROM mailboxes WHERE org_id = $1 AND address = $2 AND id <> $3",
             {org.value, mailbox.address, mailbox.id.value})) {
    return conflict("duplicate", "Another mailbox has this address.", "address");
  }
  return mailbox;
}

void set_password(db::Transaction& tx, const Desk& desk, const Mailbox& mailbox,
                  std::string_view column, const std::optional<std::string>& password) {
  if (!password) return;
  const std::string sql =
      column == "imap_password"
          ? "UPDATE mailboxes SET imap_password = $3 WHERE org_id = $1 AND id = $2"
          : "UPDATE mailboxes SET smtp_password = $3 WHERE org_id = $1 AND id = $2";
  db::Value sealed = nullptr;
  if (!password->empty()) sealed = db::Bytes{seal(desk.secret, *password)};
  tx.execute(sql, {mailbox.org.value, mailbox.id.value, std::move(sealed)});
}

void write_row(db::Transaction& tx, const Desk& desk, const Mailbox& box) {
  tx.execute(
      "INSERT INTO mailboxes (org_id, id, department_id, address, display_name, imap_host, "
      "imap_port, imap_security, imap_user, imap_folder, smtp_host, smtp_port, smtp_security, "
      "smtp_user, is_enabled, uses_plus_address, poll_seconds, state, last_error, uid_validity, "
      "last_uid, lease_owner, lease_until, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
      "$10, $11, $12, $13, $14, $15, $16, $17, 'never', '', 0, 0, '', 0, $18) "
      "ON CONFLICT (org_id, id) DO UPDATE SET department_id = excluded.department_id, "
      "address = excluded.address, display_name = excluded.display_name, "
      "imap_host = excluded.imap_host, imap_port = excluded.imap_port, "
      "imap_security = excluded.imap_security, imap_user = excluded.imap_user, "
      "imap_folder = excluded.imap_folder, smtp_host = excluded.smtp_host, "
      "smtp_port = excluded.smtp_port, smtp_security = excluded.smtp_security, "
      "smtp_user = excluded.smtp_user, is_enabled = excluded.is_enabled, "
      "uses_plus_address = excluded.uses_plus_address, poll_seconds = excluded.poll_seconds",
      {box.org.value, box.id.value, box.department.value, box.address, box.display_name,
       box.imap.host, int64_t{box.imap.port}, box.imap.security, box.imap.user, box.imap.folder,
       box.smtp.host, int64_t{box.smtp.port}, box.smtp.security, box.smtp.user,
       int64_t{box.is_enabled}, int64_t{box.uses_plus_address}, int64_t{box.poll_seconds},
       tx.now().ms});
  set_password(tx, desk, box, "imap_password", box.imap.password);
  set_password(tx, desk, box, "smtp_password", box.smtp.password);
}

bool signs_in_elsewhere(const MailboxServer& before, const MailboxServer& after) {
  return before.host != after.host || before.port != after.port ||
         before.security != after.security || before.user != after.user;
}

/// Whoever may set mailboxes up never reads a password; else they could name a server of their own,
/// or turn the encryption off, and have it sent there.
Result<void> keep_passwords_home(const Mailbox& before, Mailbox& after) {
  std::vector<FieldFault> faults;
  const auto look = [&](const char* name, const MailboxServer& was, MailboxServer& is) {
    if (!was.has_password || is.password || !signs_in_elsewhere(was, is)) return;
    if (is.host.empty() || is.user.empty()) {
      is.password = "";
      return;
    }
    faults.push_back({std::string(name) + ".password", "password_again",
                      "Type the password again; the stored one is for another server or user."});
  };
  look("imap", before.imap, after.imap);
  look("smtp", before.smtp, after.smtp);
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

/// Another server or folder counts its mails anew.
bool reads_elsewhere(const Mailbox& before, const Mailbox& after) {
  return before.imap.host != after.imap.host || before.imap.port != after.imap.port ||
         before.imap.user != after.imap.user || before.imap.folder != after.imap.folder;
}

}  // namespace

std::optional<Mailbox> find_mailbox(db::Transaction& tx, OrgId org, RecordId id) {
  std::vector<Mailbox> found =
      select_mailboxes(tx, "WHERE org_id = $1 AND id = $2", {org.value, id.value});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Mailbox> mailboxes_of_department(db::Transaction& tx, OrgId org, RecordId department) {
  return select_mailboxes(tx,
                          "WHERE org_id = $1 AND department_id = $2 AND is_enabled = 1 ORDER BY id",
                          {org.value, department.value});
}

std::vector<std::string> own_addresses(db::Transaction& tx, OrgId org) {
  std::vector<std::string> addresses;
  tx.for_each("SELECT address FROM mailboxes WHERE org_id = $1", {org.value},
              [&](const db::RowView& row) {
                addresses.emplace_back(row.text(0));
                return true;
              });
  return addresses;
}

Result<std::vector<Mailbox>> list_mailboxes(db::Transaction& tx, const access::Actor& actor) {
  TRY(require_duty(actor));
  return select_mailboxes(tx, "WHERE org_id = $1 ORDER BY address", {actor.org.value});
}

Result<Mailbox> read_mailbox(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  TRY(require_duty(actor));
  std::optional<Mailbox> found = find_mailbox(tx, actor.org, id);
  if (!found) return not_found("There is no such mailbox.");
  return std::move(*found);
}

Result<Mailbox> add_mailbox(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                            const Mailbox& mailbox) {
  TRY(require_duty(actor));
  if (own_addresses(tx, actor.org).size() >= size_t(mailboxes_max)) {
    return invalid("address", "too_many", "Remove a mailbox first; there may be 200.");
  }
  Mailbox added = TRY(checked(tx, actor.org, mailbox));
  added.org = actor.org;
  added.id = {tx.new_id()};
  write_row(tx, desk, added);
  access::audit(tx, actor, "mailbox_added", added.address);
  return read_mailbox(tx, actor, added.id);
}

Result<Mailbox> change_mailbox(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                               const Mailbox& mailbox) {
  const Mailbox before = TRY(read_mailbox(tx, actor, mailbox.id));
  Mailbox changed = TRY(checked(tx, actor.org, mailbox));
  TRY(keep_passwords_home(before, changed));
  changed.org = actor.org;
  write_row(tx, desk, changed);
  access::audit(tx, actor, "mailbox_changed", changed.address);
  if (reads_elsewhere(before, changed)) {
    tx.execute(
        "UPDATE mailboxes SET uid_validity = 0, last_uid = 0, state = 'never', last_error = '' "
        "WHERE org_id = $1 AND id = $2",
        {actor.org.value, mailbox.id.value});
  }
  return read_mailbox(tx, actor, mailbox.id);
}

Result<void> remove_mailbox(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  const Mailbox removed = TRY(read_mailbox(tx, actor, id));
  tx.execute("DELETE FROM mailboxes WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  access::audit(tx, actor, "mailbox_removed", removed.address);
  return {};
}

}  // namespace tandem::desk
