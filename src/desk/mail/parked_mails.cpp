#include "desk/mail/parked_mails.h"

#include "access/audit.h"
#include "desk/mail/raw_mails.h"
#include "desk/tickets/timeline.h"

namespace tandem::desk {

namespace {

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_mailboxes);
}

Result<RawMail> parked_mail(db::Transaction& tx, const access::Actor& actor, int64_t id) {
  TRY(require_duty(actor));
  std::optional<RawMail> found = find_raw_mail(tx, actor.org, id);
  if (!found || found->state != "parked") return not_found("There is no such parked mail.");
  return std::move(*found);
}

}  // namespace

Result<ParkedMailPage> list_parked_mails(db::Transaction& tx, const access::Actor& actor,
                                         const std::string& cursor, int limit) {
  TRY(require_duty(actor));
  if (limit < 1 || limit > 200) return invalid("limit", "out_of_range", "Ask for 1 to 200 mails.");
  const std::optional<int64_t> below = cursor.empty() ? INT64_MAX : id_from_text(cursor);
  if (!below) return invalid("cursor", "bad_cursor", "Take the cursor of the last answer.");
  ParkedMailPage page;
  tx.for_each(
      "SELECT m.id, m.received_at, m.mailbox_id, COALESCE(b.address, ''), m.sender, m.subject, "
      "m.reason, m.size_bytes, CASE WHEN m.file_id > 0 THEN 1 ELSE 0 END FROM raw_mails m "
      "LEFT JOIN mailboxes b ON b.org_id = m.org_id AND b.id = m.mailbox_id "
      "WHERE m.org_id = $1 AND m.state = 'parked' AND m.id < $2 ORDER BY m.id DESC LIMIT $3",
      {actor.org.value, *below, int64_t{limit} + 1}, [&](const db::RowView& row) {
        if (int(page.mails.size()) == limit) {
          page.next_cursor = std::to_string(page.mails.back().id);
          return false;
        }
        page.mails.push_back({row.integer(0),
                              {row.integer(1)},
                              {row.integer(2)},
                              std::string(row.text(3)),
                              std::string(row.text(4)),
                              std::string(row.text(5)),
                              std::string(row.text(6)),
                              row.integer(7),
                              row.integer(8) == 1});
        return true;
      });
  return page;
}

Result<IntakeReport> retry_parked_mail(const Desk& desk, const access::Actor& actor, int64_t id) {
  const RawMail mail = TRY(desk.database.read(
      [&](db::Transaction& tx) -> Result<RawMail> { return parked_mail(tx, actor, id); }));
  if (mail.file == 0) {
    return conflict("mail_not_stored",
                    "This mail was too large to be stored; read it where it came from.");
  }
  return take_in_again(desk, actor.org, id);
}

Result<void> drop_parked_mail(db::Transaction& tx, const access::Actor& actor, int64_t id) {
  TRY(parked_mail(tx, actor, id));
  const std::optional<db::Row> mail = tx.row(
      "SELECT sender, subject FROM raw_mails WHERE org_id = $1 AND id = $2", {actor.org.value, id});
  // The row stays with its key, so that the server's copy is not taken in again.
  tx.execute(
      "UPDATE raw_mails SET state = 'taken', outcome = 'dropped', file_id = NULL "
      "WHERE org_id = $1 AND id = $2",
      {actor.org.value, id});
  access::audit(tx, actor, "parked_mail_dropped", mail->text(0) + ": " + mail->text(1));
  return {};
}

Result<std::string> raw_of_parked_mail(const Desk& desk, const access::Actor& actor, int64_t id) {
  const RawMail mail = TRY(desk.database.read(
      [&](db::Transaction& tx) -> Result<RawMail> { return parked_mail(tx, actor, id); }));
  std::optional<std::string> bytes = desk.files.get(actor.org, mail.file);
  if (!bytes) return not_found("The raw mail is gone.");
  return std::move(*bytes);
}

Result<std::string> raw_of_thread(const Desk& desk, const access::Actor& actor, RecordId ticket,
                                  RecordId thread) {
  const TimelineItem item =
      TRY(desk.database.read([&](db::Transaction& tx) -> Result<TimelineItem> {
        return read_thread(tx, actor, ticket, thread);
      }));
  const int64_t file = item.record.get("raw_file").number();
  std::optional<std::string> bytes;
  if (file != 0) bytes = desk.files.get(actor.org, file);
  if (!bytes) return not_found("This message came by no mail, or its raw mail is gone.");
  return std::move(*bytes);
}

}  // namespace tandem::desk
