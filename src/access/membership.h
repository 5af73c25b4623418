#pragma once

#include <string_view>

#include "db/database.h"

// Who is let in at all: an active person who is an active member of some organisation. Signing in
// and every session ask this; a token is for one organisation and asks is_active_member().

namespace tandem::access {

/// A condition of SQL, true while the person `p.id` of `people p` is let in.
constexpr std::string_view belongs_somewhere_sql =
    "p.status = 'active' AND EXISTS (SELECT 1 FROM memberships m "
    "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
    "WHERE m.person_id = p.id AND a.status = 'active' AND a.deleted_at IS NULL)";

bool belongs_somewhere(db::Transaction& tx, PersonId person);

}  // namespace tandem::access
