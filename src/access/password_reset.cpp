#include "access/password_reset.h"

#include "access/audit.h"
#include "access/people.h"
#include "access/throttle.h"
#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

struct Claim {
  PersonId person;
  std::string email;
};

Result<Claim> find_claim(db::Transaction& tx, const std::string& token) {
  const auto row = tx.row(
      "SELECT p.id, p.email, r.expires_at FROM password_resets r "
      "JOIN people p ON p.id = r.person_id WHERE r.token_hash = $1 AND p.status = 'active'",
      {db::Bytes{sha256(token)}});
  if (!row || tx.now() >= row->instant(2)) {
    return invalid("token", "token_invalid",
                   "This link was used or has expired. Ask for a new one.");
  }
  return Claim{PersonId{row->integer(0)}, row->text(1)};
}

/// Counts how often mails to a person were asked for, so that nobody is flooded.
bool is_within_limit(db::Transaction& tx, const std::string& email) {
  const std::string subject = "reset:" + to_hex(sha256(email));
  tx.execute(
      "INSERT INTO login_attempts (subject, failures, last_at, free_at) VALUES ($1, 1, $2, $2) "
      "ON CONFLICT (subject) DO UPDATE SET "
      "failures = CASE WHEN login_attempts.last_at <= $3 THEN 1 "
      "ELSE login_attempts.failures + 1 END, "
      "last_at = CASE WHEN login_attempts.last_at <= $3 THEN $2 ELSE login_attempts.last_at END",
      {subject, db::arg(tx.now()), db::arg(tx.now() - hour_ms)});
  return tx.integer("SELECT failures FROM login_attempts WHERE subject = $1", {subject}) <=
         password_resets_per_hour_max;
}

}  // namespace

Result<std::optional<PasswordResetMail>> request_password_reset(db::Transaction& tx,
                                                                const std::string& email,
                                                                const std::string& address) {
  const std::string normal = ascii_lower(trim(email));
  // Whoever asks for many people, known or invented, waits: invented ones leave no row behind.
  TRY(begin_attempt(tx, attempts_from(address, "reset")));
  const std::optional<Person> person = find_person_by_email(tx, normal);
  if (!person || !person->is_active || !is_within_limit(tx, normal)) {
    return std::optional<PasswordResetMail>(std::nullopt);
  }
  PasswordResetMail mail{.to = person->email,
                         .name = person->name,
                         .token = random_token(),
                         .locale = person->locale,
                         .expires_at = tx.now() + password_reset_lifetime_ms};
  tx.execute(
      "INSERT INTO password_resets (person_id, token_hash, expires_at) VALUES ($1, $2, $3) "
      "ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, "
      "expires_at = excluded.expires_at",
      {db::arg(person->id), db::Bytes{sha256(mail.token)}, db::arg(mail.expires_at)});
  audit_person(tx, person->id, address, "password_reset_requested", "");
  return std::optional<PasswordResetMail>(std::move(mail));
}

Result<PersonId> reset_password(db::Database& database, const PasswordReset& reset) {
  const Claim claim =
      TRY(database.read([&](db::Transaction& tx) { return find_claim(tx, reset.token); }));
  TRY(check_new_password(reset.password, claim.email));
  const std::string hash = hash_password(reset.password);
  return database.write([&](db::Transaction& tx) -> Result<PersonId> {
    const Claim still = TRY(find_claim(tx, reset.token));
    // Deleting it first lets one of two simultaneous uses win.
    if (tx.execute("DELETE FROM password_resets WHERE token_hash = $1",
                   {db::Bytes{sha256(reset.token)}}) == 0) {
      return invalid("token", "token_invalid", "This link was used already.");
    }
    replace_password(tx, still.person, hash);
    audit_person(tx, still.person, reset.address, "password_reset", "");
    return still.person;
  });
}

}  // namespace tandem::access
