#include "desk/customers/learned_address.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contacts.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

bool is_copied(const records::Record& ticket, const std::string& address) {
  const std::vector<std::string> copied = split(ticket.get("cc").text(), ',');
  return std::any_of(copied.begin(), copied.end(),
                     [&](const std::string& one) { return ascii_lower(trim(one)) == address; });
}

bool is_somebodys(db::Transaction& tx, OrgId org, const records::Record& ticket,
                  const std::string& address) {
  if (is_copied(ticket, address) || find_contact_by_address(tx, org, address)) return true;
  const std::vector<std::string> ours = own_addresses(tx, org);
  if (std::find(ours.begin(), ours.end(), address) != ours.end()) return true;
  return tx
      .row("SELECT 1 FROM agents WHERE org_id = $1 AND email = $2 AND deleted_at IS NULL",
           {org.value, address})
      .has_value();
}

/// Without the address: it stands among the changes, where it is hidden from whom the field is.
std::string detail_of(const records::Record& ticket) {
  JsonWriter detail;
  detail.begin_object().id("ticket", ticket.id.value);
  detail.string("number", std::to_string(ticket.get("number").number()));
  return detail.end_object().take();
}

}  // namespace

void learn_address(db::Transaction& tx, const access::Actor& actor, const records::Record& ticket,
                   const std::vector<Address>& written_to) {
  if (!actor.is_agent() || written_to.size() != 1) return;
  const RecordId id = contact_in_force(tx, actor.org, ticket.get("contact").id());
  if (!id) return;
  access::Actor program = access::system_actor(*actor.catalogue, actor.org, actor.path);
  const Result<records::Record> contact = read_row(tx, program, contacts_module(), id);
  if (!contact || !addresses_in(*contact).empty()) return;
  const std::string address = ascii_lower(written_to.front().address);
  if (is_somebodys(tx, actor.org, ticket, address)) return;
  // The answer is sent all the same when another writer gave the address away at this moment.
  const Result<records::Record> learned = tx.attempt([&] {
    return change_row(tx, program, *contact, {{"email", address}},
                      {"address_learned", detail_of(ticket)});
  });
  (void)learned;
}

}  // namespace tandem::desk
