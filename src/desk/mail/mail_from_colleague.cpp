#include "desk/mail/mail_from_colleague.h"

#include "access/actor_of.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"

namespace tandem::desk {

namespace {

bool asks_on(db::Transaction& tx, OrgId org, const records::Record& ticket,
             const std::string& sender) {
  if (ascii_lower(ticket.get("email").text()) == sender) return true;
  return is_address_of_person(tx, org, ticket.get("contact").id(), sender);
}

}  // namespace

std::optional<access::Actor> colleague_who_wrote(db::Transaction& tx, const Desk& desk, OrgId org,
                                                 const records::Record& ticket,
                                                 const std::string& sender) {
  if (sender.empty()) return std::nullopt;
  const std::optional<db::Row> row = tx.row(
      "SELECT m.person_id FROM agents a "
      "JOIN memberships m ON m.org_id = a.org_id AND m.agent_id = a.id "
      "WHERE a.org_id = $1 AND a.email = $2 AND a.status = 'active' AND a.deleted_at IS NULL",
      {org.value, sender});
  if (!row || asks_on(tx, org, ticket, sender)) return std::nullopt;
  Result<access::Actor> colleague =
      access::actor_of(tx, desk.catalogue, PersonId{row->integer(0)}, org, access::Path::mail);
  if (!colleague) return std::nullopt;
  return std::move(*colleague);
}

}  // namespace tandem::desk
