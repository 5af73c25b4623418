#include "desk/mail/intake_contact.h"

#include "base/text.h"
#include "desk/customers/contacts.h"
#include "desk/customers/person_name.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

access::Actor acting(const Desk& desk, OrgId org, RecordId id, const std::string& name) {
  access::Actor actor;
  actor.catalogue = &desk.catalogue;
  actor.org = org;
  actor.kind = access::ActorKind::contact;
  actor.id = id;
  actor.name = name;
  actor.path = access::Path::mail;
  return actor;
}

std::optional<access::Actor> known_sender(db::Transaction& tx, const Desk& desk, OrgId org,
                                          const std::string& address) {
  const std::optional<FoundContact> found = find_contact_by_address(tx, org, address);
  if (!found) return std::nullopt;
  access::Actor actor = acting(desk, org, found->id, found->name);
  actor.email = address;
  return actor;
}

}  // namespace

Result<access::Actor> contact_who_wrote(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const Address& sender) {
  const std::string address = ascii_lower(sender.address);
  if (std::optional<access::Actor> known = known_sender(tx, desk, org, address)) return *known;
  const access::Actor program = access::system_actor(desk.catalogue, org, access::Path::mail);
  const PersonName name = name_from(sender);
  records::Changes values{{"last_name", name.last}, {"email", address}};
  if (!name.first.empty()) values.set("first_name", name.first);
  const records::Record contact = TRY(add_row(tx, program, contacts_module(), values));
  access::Actor actor = acting(desk, org, contact.id, contact.title);
  actor.email = address;
  return actor;
}

access::Actor sender_of_spam(db::Transaction& tx, const Desk& desk, OrgId org,
                             const Address& sender) {
  const std::string address = ascii_lower(sender.address);
  if (std::optional<access::Actor> known = known_sender(tx, desk, org, address)) return *known;
  const std::string name = to_utf8_lossy(trim(sender.name));
  access::Actor actor = acting(desk, org, {}, name.empty() ? address : name);
  actor.email = address;
  return actor;
}

}  // namespace tandem::desk
