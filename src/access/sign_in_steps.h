#pragma once

#include <functional>

#include "access/sign_in.h"

// For the files of access alone.

namespace tandem::access {

/// sign_in(), and `also` in the same transaction once the person is proven; its refusal undoes all.
Result<SignedIn> sign_in_and(
    db::Database& database, const std::string& key, const SignInRequest& request,
    const std::function<Result<void>(db::Transaction&, const Person&)>& also);

/// Begins the session of somebody proven: rotates the cookie, remembers the network, logs.
SignedIn begin_session(db::Transaction& tx, const Person& person, const SignInRequest& request);

/// Longer texts are nobody's password and are not hashed.
constexpr size_t password_bytes_max = 1'024;

}  // namespace tandem::access
