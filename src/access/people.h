#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/password_rules.h"
#include "db/database.h"
#include "records/shape.h"

// A person is one human with one e-mail address and one password, in as many organisations as
// invite them.

namespace tandem::access {

struct Person {
  PersonId id = {};
  std::string email = {};  // lower case
  std::string name = {};
  std::string locale = {};     // en, ja, zh, pt
  std::string theme = {};      // system, light, dark
  std::string density = {};    // comfortable, compact
  std::string time_zone = {};  // "Europe/Berlin"
  std::string phone = {};      // "+4930123456", for SMS; "" when none is given
  int undo_send_seconds = 10;  // 0, 5, 10, 30, 60: for so long a reply can be taken back
  bool is_active = true;
  bool totp_enabled = false;
  Instant created_at = {};
};

struct NewPerson {
  std::string email = {};
  std::string name = {};
  std::string password_hash;  // of hash_password(), made before the transaction
  std::string locale = "en";
  std::string time_zone = "UTC";
};

struct ProfileChange {
  std::optional<std::string> name = {};
  std::optional<std::string> locale = {};
  std::optional<std::string> theme = {};
  std::optional<std::string> density = {};
  std::optional<std::string> time_zone = {};
  std::optional<std::string> phone = {};
  std::optional<int64_t> undo_send_seconds = {};
};

constexpr int person_name_chars_max = 100;

/// en, ja, zh, pt.
bool is_locale(std::string_view text);

/// Trimmed and in lower case, as people are found by it. Refuses with invalid (field "email").
Result<std::string> normal_email(std::string_view email);

/// "+", the country code and the number, without what people put in between; "" stays "". Refuses
/// with invalid (`field`).
Result<std::string> normal_phone(std::string_view phone, const std::string& field = "phone");

std::optional<Person> find_person(db::Transaction& tx, PersonId id);
std::optional<Person> find_person_by_email(db::Transaction& tx, std::string_view email);
/// Refuses: invalid (names the field), conflict (code "duplicate", field "email").
Result<Person> create_person(db::Transaction& tx, const NewPerson& person);
/// Changes what is given; the name also in every organisation's record of the person.
Result<Person> change_profile(db::Transaction& tx, const records::Catalogue& catalogue, PersonId id,
                              const ProfileChange& change);

struct PasswordChange {
  std::string current = {};
  std::string next = {};
  int64_t kept_session = 0;  // the session that asks; all others end
  std::string address = {};
};
/// Every other session, every OAuth token and every reset of the person ends.
/// Refuses: unauthenticated "wrong_credentials", busy "throttled", invalid of password_fault().
Result<void> change_password(db::Database& database, PersonId id, const PasswordChange& change);

/// Stores a new hash and ends sessions (but `kept_session`), tokens and resets.
void replace_password(db::Transaction& tx, PersonId id, const std::string& password_hash,
                      int64_t kept_session = 0);

}  // namespace tandem::access
