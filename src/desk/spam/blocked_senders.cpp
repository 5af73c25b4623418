#include "desk/spam/blocked_senders.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/phone_numbers.h"
#include "desk/mail/mailboxes.h"
#include "mail/wire_address.h"

namespace tandem::desk {

namespace {

using access::Actor;

constexpr size_t head_bytes_max = 64 * 1'024;
constexpr int domain_labels_max = 8;
constexpr size_t number_digits_min = 6;

std::string domain_of(std::string_view address) {
  const size_t at = address.rfind('@');
  return std::string(at == address.npos ? address : address.substr(at + 1));
}

std::string comparable_address(std::string_view address) {
  return ascii_lower(mail::readable_address(address));
}

bool is_number(std::string_view sender) { return sender.find('@') == sender.npos; }

/// The digits of a telephone number; "" of anything else.
std::string comparable_number(std::string_view text) {
  if (text.find_first_not_of("0123456789+-()/ ") != text.npos) return "";
  std::string digits = phone_digits(text);
  return digits.size() < number_digits_min ? "" : digits;
}

/// As the table holds it.
Result<std::string> comparable_sender(std::string_view text) {
  const std::string sender = ascii_lower(trim(text));
  const std::string number = comparable_number(sender);
  if (!number.empty()) return number;
  const size_t at = sender.find('@');
  const bool is_domain = at == 0 || at == sender.npos;
  const std::string domain = at == 0 ? sender.substr(1) : sender;
  const std::string probe = is_domain ? "a@" + domain : sender;
  const bool has_dot = domain_of(probe).find('.') != std::string::npos;
  if (is_email_address(probe) && has_dot) {
    const std::string address = comparable_address(probe);
    return is_domain ? "@" + domain_of(address) : address;
  }
  return invalid("sender", "not_a_sender",
                 "Give a mail address, a domain or a telephone number, such as ana@example.com, "
                 "example.com or +49 30 1234567.");
}

bool is_number_of_ours(db::Transaction& tx, OrgId org, const std::string& number) {
  for (const db::Row& row :
       tx.rows("SELECT p.phone FROM memberships m JOIN people p ON p.id = m.person_id "
               "WHERE m.org_id = $1 AND p.phone <> ''",
               {org.value})) {
    if (is_one_number(phone_digits(row.text(0)), number)) return true;
  }
  return false;
}

/// A mailbox, a colleague, or a domain that would shut one of them out.
bool is_ours(db::Transaction& tx, OrgId org, const std::string& sender) {
  if (is_number(sender)) return is_number_of_ours(tx, org, sender);
  const std::string domain = sender.substr(sender.front() == '@' ? 1 : 0);
  for (const std::string& own : own_addresses(tx, org)) {
    const std::string own_domain = domain_of(own);
    if (own == sender || own_domain == domain || own_domain.ends_with("." + domain)) return true;
  }
  for (const db::Row& row : tx.rows("SELECT email FROM agents WHERE org_id = $1 AND email IS NOT "
                                    "NULL AND deleted_at IS NULL",
                                    {org.value})) {
    const std::string own_domain = domain_of(row.text(0));
    const bool is_shut_out = own_domain == domain || own_domain.ends_with("." + domain);
    if (row.text(0) == sender || (sender.front() == '@' && is_shut_out)) return true;
  }
  return false;
}

Result<void> block(db::Transaction& tx, const Actor& actor, const std::string& sender) {
  if (is_ours(tx, actor.org, sender))
    return invalid("sender", "own_address", "This is one of your own; block somebody else.");
  if (tx.row("SELECT 1 FROM blocked_senders WHERE org_id = $1 AND sender = $2",
             {actor.org.value, sender}))
    return {};
  const int64_t count =
      tx.integer("SELECT COUNT(*) FROM blocked_senders WHERE org_id = $1", {actor.org.value});
  if (count >= blocked_senders_max) {
    return invalid("sender", "too_many",
                   fmt::format("Block at most {} senders; take some away, or block a domain.",
                               blocked_senders_max));
  }
  const int64_t added = tx.execute(
      "INSERT INTO blocked_senders (org_id, id, sender, blocked_at, blocked_by) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, sender) DO NOTHING",
      {actor.org.value, tx.new_id(), sender, tx.now().ms, db::arg(actor.id)});
  if (added > 0) access::audit(tx, actor, "sender_blocked", sender);
  return {};
}

bool unblock(db::Transaction& tx, const Actor& actor, const std::string& sender) {
  const int64_t gone = tx.execute("DELETE FROM blocked_senders WHERE org_id = $1 AND sender = $2",
                                  {actor.org.value, sender});
  if (gone > 0) access::audit(tx, actor, "sender_unblocked", sender);
  return gone > 0;
}

/// Whether an address is blocked where `holds` knows the list.
template <class Holds>
bool is_held(std::string_view address, Holds&& holds) {
  const std::string sender = comparable_address(address);
  if (holds(sender)) return true;
  std::string domain = domain_of(sender);
  for (int labels = 0; labels < domain_labels_max; ++labels) {
    const size_t dot = domain.find('.');
    if (dot == domain.npos) return false;
    if (holds("@" + domain)) return true;
    domain.erase(0, dot + 1);
  }
  return false;
}

/// The blocked numbers that are this one.
std::vector<std::string> numbers_held(db::Transaction& tx, OrgId org, std::string_view phone) {
  std::vector<std::string> held;
  const std::string digits = phone_digits(phone);
  if (digits.size() < number_digits_min) return held;
  for (const db::Row& row :
       tx.rows("SELECT sender FROM blocked_senders WHERE org_id = $1 AND sender NOT LIKE '%@%'",
               {org.value})) {
    if (is_one_number(row.text(0), digits)) held.push_back(row.text(0));
  }
  return held;
}

}  // namespace

SpamSettings spam_settings_of(db::Transaction& tx, OrgId org) {
  const std::optional<db::Row> row = tx.row(
      "SELECT believes_filters, days_kept FROM spam_settings WHERE org_id = $1", {org.value});
  if (!row) return {};
  return {.believes_filters = row->integer(0) != 0, .days_kept = int(row->integer(1))};
}

Result<void> save_spam_settings(db::Transaction& tx, const Actor& actor,
                                const SpamSettings& settings) {
  TRY(access::require_duty(actor, access::Duty::manage_mailboxes));
  if (settings.days_kept < 0 || settings.days_kept > spam_days_max) {
    return invalid("days_kept", "out_of_range",
                   fmt::format("Give 1 to {} days, or 0 to keep spam.", spam_days_max));
  }
  tx.execute(
      "INSERT INTO spam_settings (org_id, believes_filters, days_kept) VALUES ($1, $2, $3) "
      "ON CONFLICT (org_id) DO UPDATE SET believes_filters = excluded.believes_filters, "
      "days_kept = excluded.days_kept",
      {actor.org.value, int64_t{settings.believes_filters}, int64_t{settings.days_kept}});
  access::audit(tx, actor, "spam_settings_changed",
                fmt::format("filters {}, days {}", settings.believes_filters ? "on" : "off",
                            settings.days_kept));
  return {};
}

Result<std::vector<BlockedSender>> list_blocked_senders(db::Transaction& tx, const Actor& actor) {
  TRY(access::require_duty(actor, access::Duty::manage_mailboxes));
  std::vector<BlockedSender> senders;
  for (const db::Row& row : tx.rows("SELECT id, sender, blocked_at FROM blocked_senders "
                                    "WHERE org_id = $1 ORDER BY sender LIMIT $2",
                                    {actor.org.value, int64_t{blocked_senders_max}})) {
    senders.push_back({RecordId{row.integer(0)}, row.text(1), row.instant(2)});
  }
  return senders;
}

Result<void> block_sender(db::Transaction& tx, const Actor& actor, std::string_view sender) {
  TRY(access::require_duty(actor, access::Duty::manage_mailboxes));
  const std::string blocked = TRY(comparable_sender(sender));
  return block(tx, actor, blocked);
}

Result<void> unblock_sender(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(access::require_duty(actor, access::Duty::manage_mailboxes));
  const std::optional<db::Row> row =
      tx.row("SELECT sender FROM blocked_senders WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value});
  if (!row) return not_found("This sender is not blocked.");
  unblock(tx, actor, row->text(0));
  return {};
}

Result<void> block_requester(db::Transaction& tx, const Actor& actor, const Sender& sender) {
  if (is_email_address(sender.email)) return block(tx, actor, comparable_address(sender.email));
  const std::string number = comparable_number(sender.phone);
  if (!sender.email.empty() || number.empty()) return {};
  return block(tx, actor, number);
}

bool unblock_requester(db::Transaction& tx, const Actor& actor, const Sender& sender) {
  bool was_blocked = !sender.email.empty() && unblock(tx, actor, comparable_address(sender.email));
  for (const std::string& number : numbers_held(tx, actor.org, sender.phone))
    was_blocked = unblock(tx, actor, number) || was_blocked;
  return was_blocked;
}

bool is_blocked(db::Transaction& tx, OrgId org, std::string_view address) {
  return is_held(address, [&](const std::string& sender) {
    return tx
        .row("SELECT 1 FROM blocked_senders WHERE org_id = $1 AND sender = $2", {org.value, sender})
        .has_value();
  });
}

bool is_blocked_sender(db::Transaction& tx, OrgId org, const Sender& sender) {
  if (!sender.email.empty() && is_blocked(tx, org, sender.email)) return true;
  if (sender.phone.empty()) return false;
  if (!numbers_held(tx, org, sender.phone).empty()) return true;
  if (!sender.email.empty()) return false;
  const std::optional<FoundContact> contact = find_contact_by_phone(tx, org, sender.phone);
  if (!contact) return false;
  const std::vector<std::string> addresses = addresses_of_contact(tx, org, contact->id);
  return !addresses.empty() &&
         std::all_of(addresses.begin(), addresses.end(),
                     [&](const std::string& address) { return is_blocked(tx, org, address); });
}

std::set<int64_t> blocked_among(db::Transaction& tx, OrgId org,
                                const std::vector<records::Record>& contacts) {
  std::set<int64_t> blocked;
  if (contacts.empty()) return blocked;
  std::set<std::string> list;
  for (const db::Row& row :
       tx.rows("SELECT sender FROM blocked_senders WHERE org_id = $1", {org.value}))
    list.insert(row.text(0));
  if (list.empty()) return blocked;
  const auto holds = [&](const std::string& sender) { return list.contains(sender); };
  for (const records::Record& contact : contacts) {
    const std::vector<std::string> addresses = addresses_in(contact);
    const bool are_all_held = !addresses.empty() && std::all_of(addresses.begin(), addresses.end(),
                                                                [&](const std::string& address) {
                                                                  return is_held(address, holds);
                                                                });
    if (are_all_held) blocked.insert(contact.id.value);
  }
  return blocked;
}

bool is_marked_by_filter(std::string_view raw_mail) {
  std::string_view rest = raw_mail.substr(0, head_bytes_max);
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line = ascii_lower(trim(rest.substr(0, end)));
    if (line.empty()) return false;
    for (const std::string_view field : {"x-spam-flag:", "x-spam-status:"}) {
      if (!line.starts_with(field)) continue;
      if (trim(std::string_view(line).substr(field.size())).starts_with("yes")) return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace tandem::desk
