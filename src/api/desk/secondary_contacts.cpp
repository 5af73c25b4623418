#include "api/desk/secondary_contacts.h"

#include <algorithm>

#include "base/text.h"
#include "desk/customers/contacts.h"
#include "desk/modules.h"

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

constexpr size_t copied_looked_at_max = 50;

std::vector<std::string> copied_on(const Record& ticket) {
  std::vector<std::string> addresses;
  for (const std::string& one : split(ticket.get("cc").text(), ',')) {
    const std::string address = ascii_lower(trim(one));
    if (!address.empty()) addresses.push_back(address);
  }
  return addresses;
}

bool may_read_contacts(const Call& call) {
  return access::has_right(call.actor, "contacts", access::Right::read);
}

Result<std::string> address_of(db::Transaction& tx, const Call& call, int64_t id) {
  const Result<Record> contact =
      operations::read_record(tx, call.actor, desk::contacts_module(), RecordId{id});
  if (!contact || contact->get("email").is_null()) {
    return invalid("secondaryContacts", "not_found", "Name contacts that have a mail address.");
  }
  return contact->get("email").text();
}

}  // namespace

std::vector<RecordId> secondary_contacts_of(db::Transaction& tx, const Call& call,
                                            const Record& ticket) {
  std::vector<RecordId> contacts;
  if (!may_read_contacts(call)) return contacts;
  size_t looked_at = 0;
  for (const std::string& address : copied_on(ticket)) {
    if (++looked_at > copied_looked_at_max || contacts.size() == secondary_contacts_max) break;
    const auto found = desk::find_contact_by_address(tx, call.actor.org, address);
    if (!found || std::find(contacts.begin(), contacts.end(), found->id) != contacts.end())
      continue;
    contacts.push_back(found->id);
  }
  return contacts;
}

Result<void> take_secondary_contacts(db::Transaction& tx, const Call& call, const JsonObject& body,
                                     const Record* ticket, records::Changes& changes) {
  if (!body.if_contains("secondaryContacts")) return {};
  const std::vector<int64_t> ids =
      TRY(some_ids_of(body, "secondaryContacts", secondary_contacts_max));
  std::vector<std::string> copied;
  if (ticket) {
    for (const std::string& address : copied_on(*ticket)) {
      if (!desk::find_contact_by_address(tx, call.actor.org, address)) copied.push_back(address);
    }
  }
  for (const int64_t id : ids) {
    const std::string address = TRY(address_of(tx, call, id));
    if (std::find(copied.begin(), copied.end(), address) == copied.end()) copied.push_back(address);
  }
  changes.set("cc", copied.empty() ? records::Value() : records::Value(join(copied, ", ")));
  return {};
}

}  // namespace tandem::api::desk_dialect
