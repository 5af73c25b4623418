#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "access/oauth_tokens.h"
#include "db/database.h"

namespace tandem::access {

/// Moves on with every change of anybody's rights in the organisation; 0 when there is none.
int64_t access_version(db::Transaction& tx, OrgId org);
/// Who a signed-in person is in an organisation. Role and departments are cached until the
/// organisation's access_version moves on, so a change counts from its commit. Refuses with
/// not_found who is no active member, and organisations of another application than the
/// catalogue's, as if the organisation did not exist.
Result<Actor> actor_of(db::Transaction& tx, const records::Catalogue& catalogue, PersonId person,
                       OrgId org, Path path);
/// The same for an OAuth token: path api, with its scopes. In the application of its client it
/// holds for the client's organisation alone: refuses with forbidden "org_mismatch" another than
/// that; OrgId{} stands for it. In the other applications it holds for the organisations of the
/// person; OrgId{} stands for the one that they joined first. The scopes say which applications
/// those are: who calls asks them.
Result<Actor> actor_of_token(db::Transaction& tx, const records::Catalogue& catalogue,
                             const OAuthToken& token, OrgId org);

}  // namespace tandem::access
