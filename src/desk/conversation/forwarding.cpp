#include "desk/conversation/forwarding.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/customers/contact_addresses.h"
#include "desk/sharing/ticket_visibility.h"
#include "mail/wire_address.h"

namespace tandem::desk {

namespace {

constexpr int64_t addresses_max = 500;

std::string plain_local_part(std::string_view text) {
  std::string local;
  for (const char c : text) {
    if (c != '"' && c != '\\' && c != ' ') local += c;
  }
  local = ascii_lower(local);
  const size_t tag = local.find('+');
  return tag == 0 || tag == local.npos ? local : local.substr(0, tag);
}

}  // namespace

std::string mailbox_of(std::string_view address) {
  const std::string readable = mail::readable_address(trim(address));
  const size_t at = readable.rfind('@');
  if (at == readable.npos) return ascii_lower(readable);
  std::string domain = ascii_lower(readable.substr(at + 1));
  while (domain.ends_with('.')) domain.pop_back();
  if (domain == "googlemail.com") domain = "gmail.com";
  std::string local = plain_local_part(std::string_view(readable).substr(0, at));
  if (domain == "gmail.com") std::erase(local, '.');
  return local + "@" + domain;
}

namespace {

/// Also on other tickets, and where they asked to be answered. What contacts wrote that became one
/// stands under the name it was written under, whoever has the ticket by now.
void add_what_they_wrote_from(db::Transaction& tx, OrgId org, const std::vector<RecordId>& person,
                              std::vector<std::string>& mailboxes) {
  std::string writers;
  db::Args args{org.value, addresses_max, int64_t{0}};
  for (const RecordId one : person) {
    args.emplace_back(one.value);
    writers += fmt::format("{}${}", writers.empty() ? "" : ", ", args.size());
  }
  for (const RecordId asker : person) {
    args[2] = asker.value;
    tx.for_each(
        "SELECT DISTINCT h.sender_email, h.reply_to_addresses FROM tickets t "
        "JOIN threads h ON h.org_id = t.org_id AND h.ticket = t.id "
        "WHERE t.org_id = $1 AND t.contact = $3 AND h.author_kind = 'contact' "
        "AND h.author_id IN (" +
            writers + ") LIMIT $2",
        args, [&](const db::RowView& row) {
          if (!row.is_null(0)) mailboxes.push_back(mailbox_of(row.text(0)));
          for (const Address& one : addresses_from_json(row.text(1))) {
            mailboxes.push_back(mailbox_of(one.address));
          }
          return true;
        });
  }
}

/// A text, or all texts of lists and of lists in them.
void add_texts(const Json& json, std::vector<std::string>& mailboxes) {
  if (json.is_string()) mailboxes.push_back(mailbox_of(json.as_string()));
  if (!json.is_array()) return;
  for (const Json& one : json.as_array()) add_texts(one, mailboxes);
}

/// What the addresses of the contact were: who may change them must not change who asks.
void add_former_addresses(db::Transaction& tx, OrgId org, RecordId contact,
                          std::vector<std::string>& mailboxes) {
  tx.for_each(
      "SELECT changes FROM change_log WHERE org_id = $1 AND module = 'contacts' "
      "AND record_id = $2 AND changes LIKE '%email%' ORDER BY seq DESC LIMIT $3",
      {org.value, contact.value, addresses_max}, [&](const db::RowView& row) {
        const Result<Json> changes = json_from_text(row.text(0));
        for (const char* field : {"email", "secondary_email", "other_emails"}) {
          const Json* change = changes ? find(*changes, field) : nullptr;
          if (change) add_texts(*change, mailboxes);
        }
        return true;
      });
}

/// The one id of a pair [before, after] that came with the change; 0 when none did.
RecordId id_after(const Json* pair) {
  if (!pair || !pair->is_array() || pair->as_array().size() != 2) return {};
  const Json& after = pair->as_array().back();
  if (!after.is_string()) return {};
  return RecordId{id_from_text(std::string_view(after.as_string())).value_or(0)};
}

/// The same of the ticket, without what a contact who asks no longer brought in place of another's
/// address: it was theirs. What was given, or stood there first, stays known.
void add_former_addresses_of_ticket(db::Transaction& tx, OrgId org, RecordId ticket,
                                    std::vector<std::string>& mailboxes) {
  std::vector<std::string> all;
  std::vector<std::string> given;
  std::vector<std::string> brought;
  for (const db::Row& row :
       tx.rows("SELECT changes FROM change_log WHERE org_id = $1 AND module = 'tickets' "
               "AND record_id = $2 AND changes LIKE '%email%' ORDER BY seq DESC LIMIT $3",
               {org.value, ticket.value, addresses_max})) {
    const Result<Json> changes = json_from_text(row.text(0));
    const Json* email = changes ? find(*changes, "email") : nullptr;
    if (!email || !email->is_array() || email->as_array().empty()) continue;
    add_texts(*email, all);
    const Json& after = email->as_array().back();
    if (!after.is_string()) continue;
    const bool replaces = email->as_array().front().is_string();
    const RecordId contact = replaces ? id_after(find(*changes, "contact")) : RecordId{};
    const std::string address(after.as_string());
    const bool is_theirs = contact && is_address_of_person(tx, org, contact, ascii_lower(address));
    (is_theirs ? brought : given).push_back(mailbox_of(address));
  }
  const auto holds = [](const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  for (std::string& one : all) {
    if (!holds(brought, one) || holds(given, one)) mailboxes.push_back(std::move(one));
  }
}

bool is_gone(db::Transaction& tx, OrgId org, RecordId contact) {
  return !tx.row("SELECT 1 FROM contacts WHERE org_id = $1 AND id = $2",
                 {org.value, contact_in_force(tx, org, contact).value});
}

/// Those who asked and were erased since: the ticket's history knows them when the ticket itself
/// does not any more, and what it knows is never erased.
std::vector<RecordId> erased_requesters(db::Transaction& tx, OrgId org, RecordId ticket) {
  std::vector<RecordId> erased;
  for (const db::Row& row :
       tx.rows("SELECT changes FROM change_log WHERE org_id = $1 AND module = 'tickets' "
               "AND record_id = $2 AND changes LIKE '%\"contact\":[%' ORDER BY seq DESC LIMIT $3",
               {org.value, ticket.value, addresses_max})) {
    const Result<Json> changes = json_from_text(row.text(0));
    const Json* change = changes ? find(*changes, "contact") : nullptr;
    if (!change || !change->is_array()) continue;
    for (const Json& one : change->as_array()) {
      const std::optional<int64_t> id =
          one.is_string() ? id_from_text(std::string_view(one.as_string())) : std::nullopt;
      if (!id || !is_gone(tx, org, RecordId{*id})) continue;
      for (const RecordId contact : same_person(tx, org, RecordId{*id})) erased.push_back(contact);
      erased.emplace_back(*id);
    }
  }
  return erased;
}

/// What an erased contact wrote on the ticket bears their number still.
void add_what_they_wrote_here(db::Transaction& tx, OrgId org, RecordId ticket, RecordId contact,
                              std::vector<std::string>& mailboxes) {
  tx.for_each(
      "SELECT DISTINCT sender_email, reply_to_addresses FROM threads WHERE org_id = $1 "
      "AND ticket = $2 AND author_kind = 'contact' AND author_id = $3 LIMIT $4",
      {org.value, ticket.value, contact.value, addresses_max}, [&](const db::RowView& row) {
        if (!row.is_null(0)) mailboxes.push_back(mailbox_of(row.text(0)));
        for (const Address& one : addresses_from_json(row.text(1)))
          mailboxes.push_back(mailbox_of(one.address));
        return true;
      });
}

/// All that the requester and the contacts that became one with them can be reached by.
std::vector<std::string> mailboxes_of_requester(db::Transaction& tx, OrgId org,
                                                const records::Record& ticket) {
  std::vector<std::string> mailboxes;
  if (!ticket.get("email").is_null()) mailboxes.push_back(mailbox_of(ticket.get("email").text()));
  add_former_addresses_of_ticket(tx, org, ticket.id, mailboxes);
  const std::vector<RecordId> person = same_person(tx, org, ticket.get("contact").id());
  add_what_they_wrote_from(tx, org, person, mailboxes);
  for (const RecordId contact : person) {
    for (const std::string& address : addresses_of_contact(tx, org, contact))
      mailboxes.push_back(mailbox_of(address));
    add_former_addresses(tx, org, contact, mailboxes);
  }
  for (const RecordId contact : erased_requesters(tx, org, ticket.id)) {
    add_former_addresses(tx, org, contact, mailboxes);
    add_what_they_wrote_here(tx, org, ticket.id, contact, mailboxes);
  }
  return mailboxes;
}

/// Old servers send "maria%kunde.example@relay.example" on to maria@kunde.example.
bool routes_on(std::string_view address) {
  return address.substr(0, address.rfind('@')).find_first_of("%!") != std::string_view::npos;
}

}  // namespace

bool is_same_mailbox(std::string_view one, std::string_view other) {
  return mailbox_of(one) == mailbox_of(other);
}

Result<void> may_forward_to(db::Transaction& tx, const access::Actor& actor,
                            const records::Record& ticket, const Recipients& recipients) {
  if (access_to(actor, ticket) != TicketAccess::restricted) return {};
  const std::vector<std::string> requester = mailboxes_of_requester(tx, actor.org, ticket);
  for (const std::vector<Address>* addresses : {&recipients.to, &recipients.cc, &recipients.bcc}) {
    for (const Address& one : *addresses) {
      const std::string mailbox = mailbox_of(one.address);
      const bool is_requester =
          std::find(requester.begin(), requester.end(), mailbox) != requester.end();
      if (!is_requester && !routes_on(one.address)) continue;
      return forbidden("not_to_the_requester",
                       fmt::format("Your department may not write to {}, who asks here; forward to "
                                   "somebody else, or comment privately.",
                                   one.address));
    }
  }
  return {};
}

}  // namespace tandem::desk
