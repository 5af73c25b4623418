#pragma once

#include <string>
#include <vector>

#include "db/database.h"

namespace tandem::access {

constexpr int recovery_codes_count = 10;

struct TotpOffer {
  std::string secret = {};       // base32, for typing
  std::string otpauth_url = {};  // for a QR code
};

/// Offers a secret; nothing changes until a code of it was given. Refuses with conflict
/// "totp_enabled".
Result<TotpOffer> begin_totp(db::Transaction& tx, const std::string& key, PersonId person);
struct TotpConfirmation {
  std::string code = {};
  std::string address = {};
};
/// Turns it on and answers ten recovery codes, shown once. Refuses: unauthenticated "totp_wrong",
/// conflict "totp_not_begun".
Result<std::vector<std::string>> confirm_totp(db::Transaction& tx, const std::string& key,
                                              PersonId person,
                                              const TotpConfirmation& confirmation);

struct TotpRemoval {
  std::string password = {};
  std::string address = {};
};
/// Refuses as prove_password().
Result<void> remove_totp(db::Database& database, PersonId person, const TotpRemoval& removal);

/// Whether the code is right now and was not used before; uses it up. A recovery code counts once.
enum class TotpOutcome { not_enabled, required, wrong, right };
TotpOutcome use_totp_code(db::Transaction& tx, const std::string& key, PersonId person,
                          const std::string& code);

}  // namespace tandem::access
