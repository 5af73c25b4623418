#include "desk/customers/contact_addresses.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/actor.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/customers/contacts.h"
#include "desk/customers/phone_numbers.h"
#include "desk/modules.h"
#include "mail/wire_address.h"
#include "operations/merging.h"

namespace tandem::desk {

using records::Change;
using records::Record;
using records::Verb;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

void add_address(std::vector<std::string>& addresses, std::string_view address) {
  std::string comparable = ascii_lower(address);
  if (!comparable.empty() && !holds(addresses, comparable)) {
    addresses.push_back(std::move(comparable));
  }
}

}  // namespace

std::vector<std::string> addresses_of_contact(db::Transaction& tx, OrgId org, RecordId contact) {
  std::vector<std::string> addresses;
  const std::optional<db::Row> row = tx.row(
      "SELECT email, secondary_email, other_emails FROM contacts WHERE org_id = $1 AND id = $2",
      {org.value, contact.value});
  if (!row) return addresses;
  for (const int column : {0, 1}) {
    if (!row->is_null(column)) add_address(addresses, row->text(column));
  }
  const Result<Json> further = json_from_text(row->is_null(2) ? "[]" : row->text(2));
  if (!further || !further->is_array()) return addresses;
  for (const Json& one : further->as_array()) {
    if (one.is_string()) add_address(addresses, std::string_view(one.as_string()));
  }
  return addresses;
}

std::vector<std::string> addresses_in(const Record& contact) {
  std::vector<std::string> addresses;
  for (const char* name : {"email", "secondary_email"})
    add_address(addresses, contact.get(name).text());
  for (const std::string& one : contact.get("other_emails").list()) add_address(addresses, one);
  return addresses;
}

RecordId contact_in_force(db::Transaction& tx, OrgId org, RecordId contact) {
  return operations::record_in_force(tx, org, contacts_module(), contact);
}

std::vector<RecordId> same_person(db::Transaction& tx, OrgId org, RecordId contact) {
  return operations::same_record(tx, org, contacts_module(), contact);
}

bool is_address_of_person(db::Transaction& tx, OrgId org, RecordId contact,
                          const std::string& address) {
  for (const RecordId one : same_person(tx, org, contact)) {
    if (holds(addresses_of_contact(tx, org, one), address)) return true;
  }
  return false;
}

namespace {

Result<std::string> comparable(const char* field, const std::string& address) {
  if (!is_email_address(address)) {
    return invalid(field, "not_an_email", "Give a mail address such as ana@example.com.");
  }
  return ascii_lower(mail::readable_address(address));
}

Result<void> settle_further_emails(Change& contact) {
  std::vector<std::string> further;
  for (const std::string& one : contact.get("other_emails").list()) {
    if (trim(one).empty()) continue;
    const std::string address = TRY(comparable("other_emails", std::string(trim(one))));
    const bool is_known = address == contact.get("email").text() ||
                          address == contact.get("secondary_email").text() ||
                          holds(further, address);
    if (!is_known) further.push_back(address);
  }
  if (further.size() > further_addresses_max) {
    return invalid("other_emails", "too_many",
                   fmt::format("Give at most {} further addresses.", further_addresses_max));
  }
  std::sort(further.begin(), further.end());
  contact.set("other_emails", further.empty() ? records::Value() : records::Value(further));
  return {};
}

Result<void> settle_further_phones(Change& contact) {
  std::vector<std::string> further;
  for (const std::string& one : contact.get("other_phones").list()) {
    const std::string number(trim(one));
    if (number.empty()) continue;
    if (phone_digits(number).empty() || number.size() > 50) {
      return invalid("other_phones", "not_a_phone", "Give numbers such as +49 30 1234567.");
    }
    further.push_back(number);
  }
  if (further.size() > further_phones_max) {
    return invalid("other_phones", "too_many",
                   fmt::format("Give at most {} further telephones.", further_phones_max));
  }
  std::sort(further.begin(), further.end());
  contact.set("other_phones", further.empty() ? records::Value() : records::Value(further));
  return {};
}

}  // namespace

Result<void> reach_is_comparable(Change& contact) {
  if (contact.verb != Verb::created && contact.verb != Verb::updated) return {};
  for (const char* name : {"email", "secondary_email"}) {
    const std::string& address = contact.get(name).text();
    if (address.empty()) continue;
    const std::string stored = TRY(comparable(name, address));
    contact.set(name, stored);
  }
  if (!contact.get("other_emails").list().empty()) TRY(settle_further_emails(contact));
  if (!contact.get("other_phones").list().empty() && contact.changes("other_phones")) {
    TRY(settle_further_phones(contact));
  }
  return {};
}

namespace {

std::optional<FoundContact> other_with(const Change& contact, const std::string& address) {
  const db::Args args{contact.org.value, address, contact.proposed.id.value};
  for (const char* sql :
       {"SELECT id, title FROM contacts WHERE org_id = $1 AND email = $2 AND id <> $3 "
        "AND deleted_at IS NULL",
        "SELECT id, title FROM contacts WHERE org_id = $1 AND secondary_email = $2 AND id <> $3 "
        "AND deleted_at IS NULL LIMIT 1",
        "SELECT c.id, c.title FROM contact_addresses a JOIN contacts c "
        "ON c.org_id = a.org_id AND c.id = a.contact_id "
        "WHERE a.org_id = $1 AND a.address = $2 AND a.contact_id <> $3 AND c.deleted_at IS NULL"}) {
    const std::optional<db::Row> row = contact.tx.row(sql, args);
    if (row) return FoundContact{RecordId{row->integer(0)}, row->text(1)};
  }
  return std::nullopt;
}

/// Whoever may not read contacts learns no name.
Refusal taken(const Change& contact, const std::string& address,
              const std::optional<FoundContact>& other) {
  std::string field = "other_emails";
  for (const char* name : {"email", "secondary_email"}) {
    if (contact.get(name).text() == address) field = name;
  }
  const bool may_read = contact.actor.is_system() ||
                        access::has_right(contact.actor, "contacts", access::Right::read);
  const std::string whose =
      other && may_read ? fmt::format("“{}”", other->name) : "another contact";
  return conflict(
      "address_taken",
      fmt::format("The address {} belongs to {}; take it away there first, or merge the "
                  "two contacts.",
                  address, whose),
      field);
}

bool may_bring_addresses(const Change& contact) {
  return contact.verb == Verb::created || contact.verb == Verb::updated ||
         contact.verb == Verb::restored;
}

std::vector<std::string> addresses_before(const Change& contact) {
  if (contact.verb != Verb::updated) return {};
  return addresses_in(contact.before);
}

}  // namespace

Result<void> addresses_are_free(Change& contact) {
  if (!may_bring_addresses(contact)) return {};
  const std::vector<std::string> before = addresses_before(contact);
  for (const std::string& address : addresses_in(contact.proposed)) {
    if (holds(before, address)) continue;
    const std::optional<FoundContact> other = other_with(contact, address);
    if (other) return taken(contact, address, other);
  }
  return {};
}

Result<void> addresses_are_kept(Change& contact) {
  const db::Args of_this{contact.org.value, contact.verb == Verb::purged
                                                ? contact.before.id.value
                                                : contact.proposed.id.value};
  const auto forget = [&] {
    contact.tx.execute("DELETE FROM contact_addresses WHERE org_id = $1 AND contact_id = $2",
                       of_this);
  };
  if (!may_bring_addresses(contact)) {
    forget();
    return {};
  }
  const std::vector<std::string> addresses = addresses_in(contact.proposed);
  const std::vector<std::string> before = addresses_before(contact);
  if (contact.verb == Verb::updated && addresses == before) return {};
  if (!contact.is_new()) forget();
  for (const std::string& address : addresses) {
    const int64_t kept = contact.tx.execute(
        "INSERT INTO contact_addresses (org_id, address, contact_id) VALUES ($1, $2, $3) "
        "ON CONFLICT (org_id, address) DO NOTHING",
        {contact.org.value, address, contact.proposed.id.value});
    // Two that shared an address before it had to be somebody's own go on with it; else another
    // writer was faster between the question and here.
    if (kept == 0 && !holds(before, address))
      return taken(contact, address, other_with(contact, address));
  }
  return {};
}

}  // namespace tandem::desk
