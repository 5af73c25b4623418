#include "access/sessions.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/membership.h"
#include "access/short_cache.h"
#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr int64_t agent_chars_max = 300;
constexpr int64_t address_chars_max = 64;
constexpr size_t sessions_per_query_max = 200;

ShortCache<Session>& kept_sessions() {
  static ShortCache<Session> kept;
  return kept;
}

constexpr std::string_view session_columns =
    "s.id, s.person_id, s.csrf_token, s.created_at, s.last_seen_at, s.expires_at, s.address, "
    "s.agent";

Session session_of(const db::Row& row) {
  return {.id = row.integer(0),
          .person = PersonId{row.integer(1)},
          .csrf_token = row.text(2),
          .created_at = row.instant(3),
          .last_seen_at = row.instant(4),
          .expires_at = row.instant(5),
          .address = row.text(6),
          .agent = row.text(7)};
}

Refusal signed_out() { return unauthenticated("signed_out", "Sign in first."); }

bool is_over(const Session& session, Instant now) {
  return now >= session.expires_at || now - session.last_seen_at >= session_idle_ms;
}

std::optional<Session> read_session(db::Database& database, const std::string& hash) {
  return database.read([&](db::Transaction& tx) -> std::optional<Session> {
    const auto row = tx.row("SELECT " + std::string(session_columns) +
                                " FROM sessions s JOIN people p ON p.id = s.person_id "
                                "WHERE s.token_hash = $1 AND " +
                                std::string(belongs_somewhere_sql),
                            {db::Bytes{hash}});
    if (!row) return std::nullopt;
    return session_of(*row);
  });
}

/// Sessions end; when somebody was here last stays known.
void remember_seen(db::Transaction& tx, PersonId person, Instant at) {
  tx.execute(
      "UPDATE people SET last_seen_at = $2 WHERE id = $1 "
      "AND (last_seen_at IS NULL OR last_seen_at < $2)",
      {db::arg(person), db::arg(at)});
}

void mark_seen(db::Database& database, const Session& session) {
  const Result<void> marked = database.write([&](db::Transaction& tx) -> Result<void> {
    tx.execute("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2",
               {session.id, db::arg(session.last_seen_at)});
    remember_seen(tx, session.person, session.last_seen_at);
    return {};
  });
  (void)marked;  // The body refuses nothing.
}

void end_oldest(db::Transaction& tx, PersonId person) {
  tx.execute(
      "DELETE FROM sessions WHERE person_id = $1 AND id NOT IN "
      "(SELECT id FROM sessions WHERE person_id = $1 ORDER BY id DESC LIMIT $2)",
      {db::arg(person), int64_t{sessions_per_person_max}});
}

}  // namespace

Result<Session> find_session(db::Database& database, std::string_view token) {
  if (token.empty()) return signed_out();
  const std::string hash = sha256(token);
  const Instant now = database.clock().now();
  const uint64_t epoch = cache_epoch();
  std::optional<Session> session = kept_sessions().find(hash, now);
  const bool was_kept = session.has_value();
  if (!session) session = read_session(database, hash);
  if (!session || is_over(*session, now)) return signed_out();
  if (now - session->last_seen_at >= session_seen_every_ms) {
    session->last_seen_at = now;
    kept_sessions().keep(hash, *session, now, epoch);
    mark_seen(database, *session);
  } else if (!was_kept) {
    kept_sessions().keep(hash, *session, now, epoch);
  }
  return *session;
}

bool csrf_matches(const Session& session, std::string_view csrf_token) {
  return equal_in_constant_time(session.csrf_token, csrf_token);
}

NewSession create_session(db::Transaction& tx, PersonId person, std::string_view address,
                          std::string_view agent) {
  NewSession made;
  made.token = random_token();
  made.session = {.id = tx.new_id(),
                  .person = person,
                  .csrf_token = random_token(),
                  .created_at = tx.now(),
                  .last_seen_at = tx.now(),
                  .expires_at = tx.now() + session_lifetime_ms,
                  .address = std::string(first_chars(address, address_chars_max)),
                  .agent = std::string(first_chars(agent, agent_chars_max))};
  const Session& session = made.session;
  tx.execute(
      "INSERT INTO sessions (id, token_hash, person_id, csrf_token, created_at, last_seen_at, "
      "expires_at, address, agent) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)",
      {session.id, db::Bytes{sha256(made.token)}, db::arg(person), session.csrf_token,
       db::arg(session.created_at), db::arg(session.expires_at), session.address, session.agent});
  remember_seen(tx, person, session.created_at);
  end_oldest(tx, person);
  return made;
}

void sign_out(db::Transaction& tx, std::string_view token) {
  tx.execute("DELETE FROM sessions WHERE token_hash = $1", {db::Bytes{sha256(token)}});
  forget_cached(tx);
}

std::set<int64_t> open_sessions(db::Transaction& tx, const std::vector<int64_t>& ids) {
  std::set<int64_t> open;
  for (size_t from = 0; from < ids.size(); from += sessions_per_query_max) {
    db::Args args{db::arg(tx.now()), db::arg(tx.now() - session_idle_ms)};
    std::string places;
    const size_t to = std::min(ids.size(), from + sessions_per_query_max);
    for (size_t at = from; at < to; ++at) {
      args.emplace_back(ids[at]);
      places += fmt::format("{}${}", at == from ? "" : ", ", args.size());
    }
    const std::string sql =
        "SELECT id FROM sessions WHERE expires_at > $1 AND last_seen_at > $2 AND id IN (" + places +
        ")";
    for (const db::Row& row : tx.rows(sql, args)) open.insert(row.integer(0));
  }
  return open;
}

std::vector<Session> sessions_of(db::Transaction& tx, PersonId person) {
  std::vector<Session> sessions;
  for (const db::Row& row :
       tx.rows("SELECT " + std::string(session_columns) +
                   " FROM sessions s WHERE s.person_id = $1 ORDER BY s.id DESC LIMIT $2",
               {db::arg(person), int64_t{sessions_per_person_max}})) {
    Session session = session_of(row);
    if (!is_over(session, tx.now())) sessions.push_back(std::move(session));
  }
  return sessions;
}

Result<void> end_session(db::Transaction& tx, PersonId person, int64_t session_id) {
  const int64_t ended = tx.execute("DELETE FROM sessions WHERE person_id = $1 AND id = $2",
                                   {db::arg(person), session_id});
  if (ended == 0) return not_found("There is no such session.");
  forget_cached(tx);
  return {};
}

void end_all_sessions(db::Transaction& tx, PersonId person, int64_t but_session_id) {
  tx.execute("DELETE FROM sessions WHERE person_id = $1 AND id <> $2",
             {db::arg(person), but_session_id});
  forget_cached(tx);
}

}  // namespace tandem::access
