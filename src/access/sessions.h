#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

namespace tandem::access {

constexpr int64_t session_lifetime_ms = 30 * day_ms;
constexpr int64_t session_idle_ms = 7 * day_ms;
constexpr int64_t session_seen_every_ms = minute_ms;
constexpr int sessions_per_person_max = 50;

struct Session {
  int64_t id = 0;
  PersonId person = {};
  std::string csrf_token = {};
  Instant created_at = {};
  Instant last_seen_at = {};
  Instant expires_at = {};
  std::string address = {};
  std::string agent = {};  // the browser's User-Agent, at most 300 characters
};

struct NewSession {
  std::string token = {};  // for the cookie; only its hash is stored
  Session session = {};
};

/// The session of a cookie. One indexed read, or none within some seconds of the last one; moves
/// last_seen_at at most once a minute. Refuses: unauthenticated "signed_out" when unknown, idle too
/// long, expired, or its person disabled.
Result<Session> find_session(db::Database& database, std::string_view token);

/// Whether the header carries the session's CSRF token.
bool csrf_matches(const Session& session, std::string_view csrf_token);

NewSession create_session(db::Transaction& tx, PersonId person, std::string_view address,
                          std::string_view agent);
/// Ends the session of a cookie; an unknown one is fine.
void sign_out(db::Transaction& tx, std::string_view token);
/// Those of the ids whose session still holds: neither ended, nor expired, nor idle too long.
std::set<int64_t> open_sessions(db::Transaction& tx, const std::vector<int64_t>& ids);
/// Newest first.
std::vector<Session> sessions_of(db::Transaction& tx, PersonId person);
/// Refuses: not_found, also when it is another person's.
Result<void> end_session(db::Transaction& tx, PersonId person, int64_t session_id);
void end_all_sessions(db::Transaction& tx, PersonId person, int64_t but_session_id = 0);

}  // namespace tandem::access
