#include "access/sign_in.h"

#include <variant>

#include "access/audit.h"
#include "access/membership.h"
#include "access/sign_in_steps.h"
#include "access/throttle.h"
#include "access/totp.h"
#include "base/crypto.h"
#include "base/text.h"

// The problem: an answer, or the time it takes, must not say whether somebody is known; guessing
// must stay slow however many ask at once; and 30 ms of hashing must not hold the one writer of
// SQLite. So: look up, count the attempt in a transaction of its own, hash without any, then finish
// in a second transaction that takes the count back.

namespace tandem::access {

namespace {

struct Account {
  PersonId person;
  std::string password_hash;
  KnowsNetwork known = KnowsNetwork::no;
};

Refusal wrong_credentials() {
  return unauthenticated("wrong_credentials", "E-mail address or password is wrong.");
}

/// Said only to somebody who proved who they are.
Refusal access_ended() {
  return forbidden("access_ended",
                   "Your access was ended. Ask an administrator of your organisation to enable "
                   "your account again.");
}

/// Compared with when nobody has the address, so that the answer takes as long.
const std::string& nobodys_hash() {
  static const std::string hash = hash_password(random_token());
  return hash;
}

Account account_of(const std::optional<db::Row>& row) {
  if (!row) return {};
  return {.person = PersonId{row->integer(0)},
          .password_hash = row->text(1),
          .known = row->integer(2) != 0 ? KnowsNetwork::yes : KnowsNetwork::no};
}

Account find_account(db::Database& database, const std::string& email, const std::string& address) {
  return database.read([&](db::Transaction& tx) {
    return account_of(
        tx.row("SELECT p.id, p.password_hash, CASE WHEN k.network IS NULL THEN 0 ELSE 1 END "
               "FROM people p LEFT JOIN known_networks k ON k.person_id = p.id AND k.network = $2 "
               "WHERE p.email = $1",
               {email, network_of(address)}));
  });
}

Account find_account(db::Database& database, PersonId person, const std::string& address) {
  return database.read([&](db::Transaction& tx) {
    return account_of(
        tx.row("SELECT p.id, p.password_hash, CASE WHEN k.network IS NULL THEN 0 ELSE 1 END "
               "FROM people p LEFT JOIN known_networks k ON k.person_id = p.id AND k.network = $2 "
               "WHERE p.id = $1",
               {db::arg(person), network_of(address)}));
  });
}

bool is_right_password(const Account& account, const std::string& password) {
  if (password.size() > password_bytes_max) return false;
  const std::string& hash = account.person ? account.password_hash : nobodys_hash();
  const bool matches = password_matches(password, hash);
  return matches && account.person;
}

Result<void> count_attempt(db::Database& database, const std::vector<Attempt>& attempts) {
  return database.write(
      [&](db::Transaction& tx) -> Result<void> { return begin_attempt(tx, attempts); });
}

void log_failure(db::Transaction& tx, PersonId person, const std::string& address) {
  if (person) {
    audit_person(tx, person, address, "sign_in_failed", "");
  } else {
    // What was typed may be a password in the wrong field: it is not kept.
    audit(tx, AuditAuthor{.address = address}, "sign_in_failed", "");
  }
}

void log_failure(db::Database& database, PersonId person, const std::string& address) {
  const Result<void> logged = database.write([&](db::Transaction& tx) -> Result<void> {
    log_failure(tx, person, address);
    return {};
  });
  (void)logged;  // The body refuses nothing.
}

/// A wrong second factor must stay written while the caller is refused, so the refusal is part of
/// the answer.
using Outcome = std::variant<SignedIn, Refusal>;

struct Finish {
  const std::string& key;
  const SignInRequest& request;
  const Account& account;
  const std::vector<Attempt>& attempts;
  const std::function<Result<void>(db::Transaction&, const Person&)>& also;
};

Result<Outcome> finish(db::Transaction& tx, const Finish& step) {
  const auto row =
      tx.row("SELECT password_hash FROM people WHERE id = $1", {db::arg(step.account.person)});
  // The password was changed while this one was being hashed.
  if (!row || row->text(0) != step.account.password_hash) return wrong_credentials();
  switch (use_totp_code(tx, step.key, step.account.person, step.request.totp_code)) {
    case TotpOutcome::required:
      take_back_attempt(tx, step.attempts, Proven::password_only);
      return Outcome(unauthenticated("totp_required", "Give the code of your authenticator app."));
    case TotpOutcome::wrong:
      log_failure(tx, step.account.person, step.request.address);
      return Outcome(unauthenticated("totp_wrong", "The code is wrong or was used before."));
    case TotpOutcome::not_enabled:
    case TotpOutcome::right: break;
  }
  const Person person = *find_person(tx, step.account.person);
  if (step.also && person.is_active) TRY(step.also(tx, person));
  take_back_attempt(tx, step.attempts, Proven::everything);
  if (!belongs_somewhere(tx, person.id)) {
    log_failure(tx, person.id, step.request.address);
    return Outcome(access_ended());
  }
  return Outcome(begin_session(tx, person, step.request));
}

}  // namespace

SignedIn begin_session(db::Transaction& tx, const Person& person, const SignInRequest& request) {
  if (!request.replaced_token.empty()) sign_out(tx, request.replaced_token);
  NewSession made = create_session(tx, person.id, request.address, request.agent);
  tx.execute(
      "INSERT INTO known_networks (person_id, network, last_at) VALUES ($1, $2, $3) "
      "ON CONFLICT (person_id, network) DO UPDATE SET last_at = excluded.last_at",
      {db::arg(person.id), network_of(request.address), db::arg(tx.now())});
  audit_person(tx, person.id, request.address, "signed_in", "");
  return {std::move(made.token), std::move(made.session), person};
}

Result<SignedIn> sign_in_and(
    db::Database& database, const std::string& key, const SignInRequest& request,
    const std::function<Result<void>(db::Transaction&, const Person&)>& also) {
  nobodys_hash();
  const std::string email = ascii_lower(trim(request.email));
  const Account account = find_account(database, email, request.address);
  const std::vector<Attempt> attempts = attempts_of(email, request.address, account.known);
  TRY(count_attempt(database, attempts));
  if (!is_right_password(account, request.password)) {
    log_failure(database, account.person, request.address);
    return wrong_credentials();
  }
  const Finish step{key, request, account, attempts, also};
  Outcome outcome =
      TRY(database.write([&](db::Transaction& tx) -> Result<Outcome> { return finish(tx, step); }));
  if (Refusal* const refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
  return std::get<SignedIn>(std::move(outcome));
}

Result<SignedIn> sign_in(db::Database& database, const std::string& key,
                         const SignInRequest& request) {
  return sign_in_and(database, key, request, {});
}

Result<void> prove_password(db::Database& database, PersonId person, const std::string& password,
                            const std::string& address) {
  const Account account = find_account(database, person, address);
  const std::vector<Attempt> attempts =
      attempts_of("person " + to_string(person), address, account.known);
  TRY(count_attempt(database, attempts));
  if (!is_right_password(account, password)) {
    log_failure(database, account.person, address);
    return unauthenticated("wrong_credentials", "The password is wrong.");
  }
  return database.write([&](db::Transaction& tx) -> Result<void> {
    take_back_attempt(tx, attempts, Proven::everything);
    return {};
  });
}

}  // namespace tandem::access
