#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/agents.h"
#include "access/sign_in.h"

namespace tandem::access {

constexpr int64_t invitation_lifetime_ms = 7 * day_ms;

struct NewInvitation {
  std::string email = {};
  std::string name = {};
  RecordId role_id = {};
  std::vector<int64_t> department_ids = {};
};

/// What the mail to the invited person needs. `token` stands only here: a job that carries it seals
/// it.
struct InvitationMail {
  std::string to = {};
  std::string name = {};
  std::string token = {};  // for <base>/invitation/<token>
  std::string organisation_name = {};
  std::string inviter_name = {};
  std::string role_name = {};
  std::string locale = {};
  Instant expires_at = {};
};

struct Invited {
  Agent agent = {};
  InvitationMail mail = {};
};

/// Makes an agent with status invited and a single-use token (S121, S123). No account exists before
/// the token is used, so nobody can prepare one for an address that is not theirs. Refuses:
/// forbidden (manage_people, "more_than_own"), invalid (email, name, role_id, department_ids),
/// conflict "duplicate" when the address is a member already.
Result<Invited> invite(db::Transaction& tx, const Actor& actor, const NewInvitation& invitation);
/// A new token; the old one is void. Refuses with conflict "not_invited" who has accepted already.
Result<Invited> reinvite(db::Transaction& tx, const Actor& actor, RecordId agent);
/// Takes an invitation back and the agent with it. Refuses with conflict "not_invited".
Result<void> withdraw_invitation(db::Transaction& tx, const Actor& actor, RecordId agent);

struct InvitationView {
  std::string email = {};
  std::string name = {};
  OrgId org = {};
  std::string organisation_name = {};
  std::string role_name = {};
  bool has_account = false;
};
/// Refuses with invalid "token_invalid" (field "token"): unknown, used, or older than 7 days.
Result<InvitationView> find_invitation(db::Transaction& tx, std::string_view token);

struct Acceptance {
  std::string token = {};
  std::string name = {};  // "" keeps the invitation's
  std::string password = {};
  std::string totp_code = {};  // of an existing person who uses one
  std::string locale = "en";
  std::string address = {};
  std::string agent = {};
};
/// A new person sets a password, an existing one proves theirs; then they are a member and signed
/// in (S121). Refuses as find_invitation, check_new_password and sign_in.
Result<SignedIn> accept_invitation(db::Database& database, const records::Catalogue& catalogue,
                                   const std::string& key, const Acceptance& acceptance);

}  // namespace tandem::access
