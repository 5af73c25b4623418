#pragma once

#include <optional>
#include <string>

#include "db/database.h"

namespace tandem::access {

constexpr int64_t password_reset_lifetime_ms = hour_ms;
constexpr int password_resets_per_hour_max = 5;

/// What the mail needs. `token` stands only here: a job that carries it seals it.
struct PasswordResetMail {
  std::string to = {};
  std::string name = {};
  std::string token = {};  // for <base>/reset/<token>
  std::string locale = {};
  Instant expires_at = {};
};

/// Begins a reset; an earlier token is void. Nothing when nobody (active) has the address or too
/// many were asked for: the caller answers the same either way. Refuses with busy "throttled" who
/// asks too often from one address or network, whoever it is for.
Result<std::optional<PasswordResetMail>> request_password_reset(db::Transaction& tx,
                                                                const std::string& email,
                                                                const std::string& address);
struct PasswordReset {
  std::string token = {};
  std::string password = {};
  std::string address = {};
};
/// Sets the password once and answers whose it is; every session, OAuth token and other reset of
/// the person ends.
/// Refuses with invalid: "token_invalid" (field "token"), "password_too_short", "password_common".
Result<PersonId> reset_password(db::Database& database, const PasswordReset& reset);

}  // namespace tandem::access
