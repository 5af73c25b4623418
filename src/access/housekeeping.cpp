#include "access/housekeeping.h"

#include "access/sessions.h"
#include "access/throttle.h"

namespace tandem::access {

namespace {

constexpr int64_t known_network_memory_ms = 90 * day_ms;
/// A used code stays this long, so that using it again is noticed.
constexpr int64_t used_code_memory_ms = day_ms;

struct Expiry {
  std::string_view sql;  // $1: the moment, $2: how many rows
  int64_t age_ms = 0;
};

constexpr Expiry expiries[] = {
    {"DELETE FROM sessions WHERE id IN "
     "(SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
     0},
    {"DELETE FROM oauth_tokens WHERE id IN "
     "(SELECT id FROM oauth_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
     0},
    {"DELETE FROM oauth_codes WHERE code_hash IN "
     "(SELECT code_hash FROM oauth_codes WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
     used_code_memory_ms},
    {"DELETE FROM password_resets WHERE person_id IN "
     "(SELECT person_id FROM password_resets WHERE expires_at <= $1 LIMIT $2)",
     0},
    {"DELETE FROM invitations WHERE token_hash IN "
     "(SELECT token_hash FROM invitations WHERE expires_at <= $1 LIMIT $2)",
     0},
    {"DELETE FROM login_attempts WHERE subject IN "
     "(SELECT subject FROM login_attempts WHERE last_at <= $1 ORDER BY last_at LIMIT $2)",
     throttle_memory_ms},
    {"DELETE FROM known_networks WHERE (person_id, network) IN "
     "(SELECT person_id, network FROM known_networks WHERE last_at <= $1 ORDER BY last_at "
     "LIMIT $2)",
     known_network_memory_ms},
};

int64_t forget_some(db::Database& database, const Expiry& expiry) {
  const Result<int64_t> gone = database.write(
      [&](db::Transaction& tx) -> Result<int64_t> {
        return tx.execute(expiry.sql,
                          {db::arg(tx.now() - expiry.age_ms), int64_t{db::bulk_rows_max}});
      },
      db::Priority::bulk);
  return gone.value_or(0);
}

}  // namespace

void forget_expired(db::Database& database, const StopSign& stop) {
  for (const Expiry& expiry : expiries) {
    while (forget_some(database, expiry) == db::bulk_rows_max) {
      if (stop.is_up()) return;
    }
  }
}

}  // namespace tandem::access
