#pragma once

#include <string>

#include "db/database.h"

// A sealed value in the database tells whether the secret key is the one that the passwords of
// mailboxes and the second factors in it were sealed with.

namespace tandem::server {

/// Whether a start has tied the database to a secret key.
bool has_secret_probe(db::Database& database);

/// Ties the database to `key` when it is tied to none.
void keep_secret_probe(db::Database& database, const std::string& key);

/// Refuses with conflict "wrong_secret_key" a key other than the one the database is tied to, and
/// says what to do. `place`: where the key came from, such as "data/secret.key".
Result<void> require_own_key(db::Database& database, const std::string& key,
                             const std::string& place);

}  // namespace tandem::server
