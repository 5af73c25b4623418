#include "desk/mail/mail_threading.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/customers/contact_addresses.h"
#include "desk/mail/mail_from_colleague.h"
#include "desk/mail/raw_mails.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/tickets/ticket_merging.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

constexpr size_t signature_digits = 24;  // 96 bits
constexpr size_t local_part_bytes_max = 64;
constexpr size_t ids_looked_up_max = 30;

/// The purpose is part of what is signed, so that a signature for one use is none for another.
std::string signature_of(const Desk& desk, std::string_view purpose, OrgId org, RecordId ticket,
                         RecordId thread) {
  const std::string words =
      fmt::format("{}|{}|{}|{}", purpose, org.value, ticket.value, thread.value);
  return to_hex(hmac_sha256(desk.secret, words)).substr(0, signature_digits);
}

RecordId record_id_from_text(std::string_view text) {
  return RecordId{id_from_text(text).value_or(0)};
}

}  // namespace

std::string message_id_of(const Desk& desk, OrgId org, RecordId ticket, RecordId thread) {
  return fmt::format("t.{}.{}.{}@{}", ticket.value, thread.value,
                     signature_of(desk, "message", org, ticket, thread), desk.mail_domain);
}

std::optional<std::string> reply_address_of(const Desk& desk, OrgId org, RecordId ticket,
                                            std::string_view mailbox_address) {
  const size_t at = mailbox_address.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  const std::string local = fmt::format("{}+t{}.{}", mailbox_address.substr(0, at), ticket.value,
                                        signature_of(desk, "address", org, ticket, {}));
  if (local.size() > local_part_bytes_max) return std::nullopt;
  return local + std::string(mailbox_address.substr(at));
}

std::string loop_mark_of(const Desk& desk, OrgId org) {
  return fmt::format("tandem-{}", signature_of(desk, "loop", org, {}, {}));
}

std::optional<SignedIds> read_message_id(const Desk& desk, OrgId org, std::string_view message_id) {
  const size_t at = message_id.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  const std::vector<std::string> parts = split(message_id.substr(0, at), '.');
  if (parts.size() != 4 || parts[0] != "t") return std::nullopt;
  const SignedIds ids{record_id_from_text(parts[1]), record_id_from_text(parts[2])};
  if (!ids.ticket || !ids.thread) return std::nullopt;
  const std::string expected = signature_of(desk, "message", org, ids.ticket, ids.thread);
  if (!equal_in_constant_time(expected, ascii_lower(parts[3]))) return std::nullopt;
  return ids;
}

std::optional<SignedIds> read_reply_address(const Desk& desk, OrgId org, std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  const std::string local = ascii_lower(address.substr(0, at));
  const size_t plus = local.rfind("+t");
  if (plus == std::string::npos) return std::nullopt;
  const std::vector<std::string> parts = split(std::string_view(local).substr(plus + 2), '.');
  if (parts.size() != 2) return std::nullopt;
  const RecordId ticket = record_id_from_text(parts[0]);
  if (!ticket) return std::nullopt;
  if (!equal_in_constant_time(signature_of(desk, "address", org, ticket, {}), parts[1])) {
    return std::nullopt;
  }
  return SignedIds{ticket, {}};
}

namespace {

bool is_live_ticket(db::Transaction& tx, OrgId org, RecordId ticket) {
  return tx
      .row("SELECT 1 FROM tickets WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
           {org.value, ticket.value})
      .has_value();
}

bool holds(std::string_view addresses_json, std::string_view address) {
  for (const Address& one : addresses_from_json(addresses_json)) {
    if (ascii_lower(one.address) == address) return true;
  }
  return false;
}

/// Requester, copied, written to or heard before, or an active agent.
bool takes_part(db::Transaction& tx, OrgId org, RecordId ticket, const std::string& sender) {
  if (sender.empty()) return false;
  if (tx.row("SELECT 1 FROM agents WHERE org_id = $1 AND email = $2 AND status = 'active' "
             "AND deleted_at IS NULL",
             {org.value, sender})) {
    return true;
  }
  const std::optional<db::Row> row =
      tx.row("SELECT email, cc, contact FROM tickets WHERE org_id = $1 AND id = $2",
             {org.value, ticket.value});
  if (!row) return false;
  if (!row->is_null(0) && ascii_lower(row->text(0)) == sender) return true;
  if (is_address_of_person(tx, org, RecordId{row->integer(2)}, sender)) return true;
  if (!row->is_null(1)) {
    for (const std::string& copied : split(row->text(1), ',')) {
      if (ascii_lower(trim(copied)) == sender) return true;
    }
  }
  bool found = false;
  tx.for_each(
      "SELECT sender_email, to_addresses, cc_addresses FROM threads "
      "WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL ORDER BY id DESC LIMIT 200",
      {org.value, ticket.value}, [&](const db::RowView& thread) {
        found = ascii_lower(thread.text(0)) == sender || holds(thread.text(1), sender) ||
                holds(thread.text(2), sender);
        return !found;
      });
  return found;
}

/// The ids say where a message was when it was sent: it may have been split off or merged since.
RecordId ticket_now(db::Transaction& tx, OrgId org, const SignedIds& ids) {
  const std::optional<db::Row> thread =
      tx.row("SELECT ticket FROM threads WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
             {org.value, ids.thread.value});
  return ticket_in_force(tx, org, thread ? RecordId{thread->integer(0)} : ids.ticket);
}

std::optional<ThreadMatch> match_signed(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const MailReferences& references) {
  const auto match_of = [&](const SignedIds& ids) -> std::optional<ThreadMatch> {
    const RecordId ticket = ticket_now(tx, org, ids);
    if (!is_live_ticket(tx, org, ticket)) return std::nullopt;
    return ThreadMatch{.ticket = ticket, .answered_thread = ids.thread};
  };
  for (const std::string& id : references.message_ids) {
    const std::optional<SignedIds> ids = read_message_id(desk, org, id);
    if (!ids) continue;
    if (const std::optional<ThreadMatch> match = match_of(*ids)) return match;
  }
  for (const std::string& address : references.recipients) {
    const std::optional<SignedIds> ids = read_reply_address(desk, org, address);
    if (!ids) continue;
    if (const std::optional<ThreadMatch> match = match_of(*ids)) return match;
  }
  return std::nullopt;
}

}  // namespace

bool was_forwarded_to(db::Transaction& tx, OrgId org, RecordId ticket, std::string_view address) {
  bool found = false;
  tx.for_each(
      "SELECT to_addresses, cc_addresses, bcc_addresses FROM threads "
      "WHERE org_id = $1 AND ticket = $2 AND is_forward = 1 AND deleted_at IS NULL "
      "ORDER BY id DESC LIMIT 200",
      {org.value, ticket.value}, [&](const db::RowView& thread) {
        for (const int column : {0, 1, 2}) found = found || holds(thread.text(column), address);
        return !found;
      });
  return found;
}

namespace {

/// Whose mail it is, by what an agent may do with the ticket.
ThreadMatch with_colleague(db::Transaction& tx, const Desk& desk, OrgId org, ThreadMatch match,
                           const std::string& sender) {
  const records::ShapeRef shape = desk.catalogue.shape(tx, org, tickets_module());
  const auto ticket = records::select_one(tx, org, shape, match.ticket, records::everything(),
                                          records::Bin::either);
  if (!ticket || !*ticket) return match;
  match.colleague = colleague_who_wrote(tx, desk, org, **ticket, ascii_lower(sender));
  if (!match.colleague) return match;
  if (access_to(*match.colleague, **ticket) == TicketAccess::none) match.is_stranger = true;
  return match;
}

std::optional<ThreadMatch> match_by_words(db::Transaction& tx, const Desk& desk, OrgId org,
                                          const MailReferences& references) {
  if (auto match = match_signed(tx, desk, org, references)) return match;
  std::optional<ThreadMatch> strange;
  size_t looked_up = 0;
  for (const std::string& id : references.message_ids) {
    if (++looked_up > ids_looked_up_max) break;
    const std::optional<db::Row> row = tx.row(
        "SELECT m.ticket, m.id FROM threads m "
        "JOIN tickets t ON t.org_id = m.org_id AND t.id = m.ticket AND t.deleted_at IS NULL "
        "WHERE m.org_id = $1 AND m.message_id = $2 AND m.deleted_at IS NULL "
        "ORDER BY CASE WHEN t.department = $3 THEN 0 ELSE 1 END, m.id DESC LIMIT 1",
        {org.value, stored_message_id(id), references.department.value});
    if (!row) continue;
    ThreadMatch match{.ticket = {row->integer(0)}, .answered_thread = {row->integer(1)}};
    if (takes_part(tx, org, match.ticket, references.sender)) return match;
    match.is_stranger = true;
    if (!strange) strange = match;
  }
  return strange;
}

}  // namespace

std::optional<ThreadMatch> match_ticket(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const MailReferences& references) {
  const std::optional<ThreadMatch> match = match_by_words(tx, desk, org, references);
  if (!match) return std::nullopt;
  return with_colleague(tx, desk, org, *match, references.sender);
}

}  // namespace tandem::desk
