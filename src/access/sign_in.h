#pragma once

#include <string>

#include "access/people.h"
#include "access/sessions.h"

namespace tandem::access {

struct SignInRequest {
  std::string email = {};
  std::string password = {};
  std::string totp_code = {};       // or a recovery code; "" when the person has none
  std::string address = {};         // numeric network address
  std::string agent = {};           // User-Agent
  std::string replaced_token = {};  // the session cookie that came along: it ends
};

struct SignedIn {
  std::string token = {};  // for the cookie
  Session session = {};
  Person person = {};
};

/// Checks who somebody is and begins a session. `key`: of load_secret_key(). Takes the time of one
/// password hash also for unknown people, and hashes outside of any transaction. Refuses:
/// unauthenticated "wrong_credentials" (also for unknown people), "totp_required", "totp_wrong";
/// forbidden "access_ended" who is an active member of no organisation (any more), once they are
/// proven; busy "throttled", whose message says for how many seconds.
Result<SignedIn> sign_in(db::Database& database, const std::string& key,
                         const SignInRequest& request);

/// Proves a signed-in person's password again, throttled like signing in.
Result<void> prove_password(db::Database& database, PersonId person, const std::string& password,
                            const std::string& address);

}  // namespace tandem::access
