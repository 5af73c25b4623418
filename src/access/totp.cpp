#include "access/totp.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "access/people.h"
#include "access/sign_in.h"
#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr size_t secret_bytes = 20;
constexpr size_t recovery_code_chars = 16;  // 80 bits

struct Factor {
  std::string secret;   // "" when off
  std::string pending;  // "" when nothing was offered
  int64_t last_step = 0;
};

Factor read_factor(db::Transaction& tx, const std::string& key, PersonId person) {
  const auto row =
      tx.row("SELECT totp_secret, totp_pending, totp_last_step FROM people WHERE id = $1",
             {db::arg(person)});
  if (!row) return {};
  const auto open = [&](int column) -> std::string {
    if (row->is_null(column)) return "";
    const std::optional<std::string> plain = open_sealed(key, row->bytes(column));
    // With another key nobody could be checked: closed, and said to the operator.
    if (!plain) throw std::runtime_error("The secret key does not open this database's secrets");
    return *plain;
  };
  return {open(0), open(1), row->integer(2)};
}

/// "ABCD-EFGH-…" as people type it: letter case, dashes and spaces do not matter.
std::string normal_code(const std::string& code) {
  std::string normal;
  for (const char c : ascii_lower(code)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) normal += c;
  }
  return normal;
}

std::string code_hash(const std::string& key, PersonId person, const std::string& code) {
  return hmac_sha256(key, "recovery code " + to_string(person) + " " + normal_code(code));
}

std::vector<std::string> replace_recovery_codes(db::Transaction& tx, const std::string& key,
                                                PersonId person) {
  tx.execute("DELETE FROM recovery_codes WHERE person_id = $1", {db::arg(person)});
  std::vector<std::string> codes;
  for (int made = 0; made < recovery_codes_count; ++made) {
    const std::string letters =
        ascii_lower(to_base32(random_bytes(10))).substr(0, recovery_code_chars);
    std::string code;
    for (size_t at = 0; at < letters.size(); ++at) {
      if (at != 0 && at % 4 == 0) code += '-';
      code += letters[at];
    }
    tx.execute("INSERT INTO recovery_codes (person_id, code_hash) VALUES ($1, $2)",
               {db::arg(person), db::Bytes{code_hash(key, person, code)}});
    codes.push_back(std::move(code));
  }
  return codes;
}

bool use_recovery_code(db::Transaction& tx, const std::string& key, PersonId person,
                       const std::string& code) {
  const int64_t used = tx.execute(
      "UPDATE recovery_codes SET used_at = $3 "
      "WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL",
      {db::arg(person), db::Bytes{code_hash(key, person, code)}, db::arg(tx.now())});
  return used == 1;
}

/// Both parts of the label go into a URL.
std::string encode_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Refusal no_person() { return not_found("There is no such person."); }

}  // namespace

Result<TotpOffer> begin_totp(db::Transaction& tx, const std::string& key, PersonId person) {
  const std::optional<Person> found = find_person(tx, person);
  if (!found) return no_person();
  if (found->totp_enabled) {
    return conflict("totp_enabled", "Two-step sign-in is on. Turn it off first.");
  }
  const std::string secret = random_bytes(secret_bytes);
  tx.execute("UPDATE people SET totp_pending = $2 WHERE id = $1",
             {db::arg(person), db::Bytes{seal(key, secret)}});
  const std::string text = to_base32(secret);
  return TotpOffer{text, fmt::format("otpauth://totp/Tandem:{}?secret={}&issuer=Tandem",
                                     encode_label(found->email), text)};
}

Result<std::vector<std::string>> confirm_totp(db::Transaction& tx, const std::string& key,
                                              PersonId person,
                                              const TotpConfirmation& confirmation) {
  const Factor factor = read_factor(tx, key, person);
  if (factor.pending.empty()) {
    return conflict("totp_not_begun", "Ask for a secret first, then give its code.");
  }
  const std::optional<int64_t> step =
      totp_step_of(factor.pending, trim(confirmation.code), tx.now().ms / second_ms);
  if (!step) return unauthenticated("totp_wrong", "The code is wrong. Check your device's clock.");
  tx.execute(
      "UPDATE people SET totp_secret = $2, totp_pending = NULL, totp_last_step = $3 WHERE id = $1",
      {db::arg(person), db::Bytes{seal(key, factor.pending)}, *step});
  audit_person(tx, person, confirmation.address, "totp_enabled", "");
  return replace_recovery_codes(tx, key, person);
}

Result<void> remove_totp(db::Database& database, PersonId person, const TotpRemoval& removal) {
  TRY(prove_password(database, person, removal.password, removal.address));
  return database.write([&](db::Transaction& tx) -> Result<void> {
    tx.execute("UPDATE people SET totp_secret = NULL, totp_pending = NULL WHERE id = $1",
               {db::arg(person)});
    tx.execute("DELETE FROM recovery_codes WHERE person_id = $1", {db::arg(person)});
    audit_person(tx, person, removal.address, "totp_disabled", "");
    return {};
  });
}

TotpOutcome use_totp_code(db::Transaction& tx, const std::string& key, PersonId person,
                          const std::string& code) {
  const Factor factor = read_factor(tx, key, person);
  if (factor.secret.empty()) return TotpOutcome::not_enabled;
  if (trim(code).empty()) return TotpOutcome::required;
  const std::optional<int64_t> step =
      totp_step_of(factor.secret, trim(code), tx.now().ms / second_ms);
  if (!step) {
    return use_recovery_code(tx, key, person, code) ? TotpOutcome::right : TotpOutcome::wrong;
  }
  const int64_t fresh =
      tx.execute("UPDATE people SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2",
                 {db::arg(person), *step});
  return fresh == 1 ? TotpOutcome::right : TotpOutcome::wrong;
}

}  // namespace tandem::access
