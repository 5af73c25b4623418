#include "access/active_member.h"

namespace tandem::access {

bool is_active_member(db::Transaction& tx, OrgId org, PersonId person) {
  return tx
      .row(
          "SELECT 1 FROM memberships m JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
          "JOIN people p ON p.id = m.person_id WHERE m.org_id = $1 AND m.person_id = $2 "
          "AND a.status = 'active' AND a.deleted_at IS NULL AND p.status = 'active'",
          {db::arg(org), db::arg(person)})
      .has_value();
}

}  // namespace tandem::access
