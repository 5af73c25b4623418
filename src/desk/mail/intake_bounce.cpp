#include <fmt/format.h>

#include "base/text.h"
#include "desk/conversation/ticket_delivery.h"
#include "desk/mail/intake_message.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

using records::Record;

namespace {

/// The mail of ours that came back, by its signed id, else by its stored one.
std::optional<Record> mail_that_came_back(db::Transaction& tx, const Desk& desk,
                                          const access::Actor& program, const IncomingMail& in) {
  const std::string& original = in.kind.bounce.original_message_id;
  std::vector<std::string> ids{original, in.mail.in_reply_to};
  ids.insert(ids.end(), in.mail.references.begin(), in.mail.references.end());
  for (const std::string& id : ids) {
    const std::optional<SignedIds> known = read_message_id(desk, in.mailbox.org, id);
    if (!known) continue;
    Result<Record> thread = read_row(tx, program, threads_module(), known->thread);
    if (thread && thread->get("direction").text() == "out") return std::move(*thread);
  }
  if (original.empty()) return std::nullopt;
  const std::optional<db::Row> row = tx.row(
      "SELECT id FROM threads WHERE org_id = $1 AND message_id = $2 AND direction = 'out' "
      "AND deleted_at IS NULL LIMIT 1",
      {in.mailbox.org.value, stored_message_id(original)});
  if (!row) return std::nullopt;
  Result<Record> thread = read_row(tx, program, threads_module(), RecordId{row->integer(0)});
  if (!thread) return std::nullopt;
  return std::move(*thread);
}

std::string reason_of(const mail::Bounce& bounce) {
  std::string reason;
  for (const mail::FailedRecipient& one : bounce.failed) {
    if (!reason.empty()) reason += "; ";
    reason += one.address;
    if (!one.diagnostic.empty() || !one.status.empty()) {
      reason += ": " + (one.diagnostic.empty() ? one.status : one.diagnostic);
    }
  }
  if (reason.empty()) reason = "The mail came back.";
  for (char& letter : reason) {
    if (static_cast<unsigned char>(letter) < 0x20) letter = ' ';
  }
  return std::string(first_chars(to_utf8_lossy(reason), 900));
}

}  // namespace

Result<IntakeReport> take_bounce(db::Transaction& tx, const Desk& desk, const IncomingMail& in) {
  const access::Actor program =
      access::system_actor(desk.catalogue, in.mailbox.org, access::Path::mail);
  const std::optional<Record> mail = mail_that_came_back(tx, desk, program, in);
  IntakeReport report{.outcome = IntakeOutcome::bounce,
                      .raw_mail = in.raw.id,
                      .ticket = {},
                      .thread = {},
                      .reason = "bounce_unmatched"};
  if (!mail) return report;
  const bool is_over = in.kind.bounce.weight != mail::BounceWeight::delayed;
  records::Changes changes{{"delivery_message", reason_of(in.kind.bounce)}};
  if (is_over) changes.set("delivery_state", "bounced");
  const Record changed = TRY(change_row(tx, program, *mail, changes));
  const RecordId ticket = mail->get("ticket").id();
  TRY(note_delivery(tx, program, ticket, is_over ? "mail_bounced" : "mail_delayed", changed));
  report.ticket = ticket;
  report.thread = mail->id;
  report.reason.clear();
  return report;
}

}  // namespace tandem::desk
