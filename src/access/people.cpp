#include "access/people.h"

#include <unicode/timezone.h>

#include <algorithm>
#include <array>

#include "access/agent_rows.h"
#include "access/audit.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/sessions.h"
#include "access/sign_in.h"
#include "base/crypto.h"
#include "base/names.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr size_t time_zone_bytes_max = 64;
// As ITU-T E.164 counts them, with the country code.
constexpr size_t phone_digits_min = 5;
constexpr size_t phone_digits_max = 15;
constexpr std::array<int64_t, 5> undo_send_choices{0, 5, 10, 30, 60};

constexpr std::string_view person_query =
    "SELECT id, email, name, locale, theme, density, time_zone, status, "
    "CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END, created_at, phone, undo_send_seconds "
    "FROM people WHERE ";

std::optional<Person> one_person(db::Transaction& tx, std::string_view condition, db::Value value) {
  const auto row = tx.row(std::string(person_query) + std::string(condition), {std::move(value)});
  if (!row) return std::nullopt;
  return Person{.id = PersonId{row->integer(0)},
                .email = row->text(1),
                .name = row->text(2),
                .locale = row->text(3),
                .theme = row->text(4),
                .density = row->text(5),
                .time_zone = row->text(6),
                .phone = row->text(10),
                .undo_send_seconds = int(row->integer(11)),
                .is_active = row->text(7) == "active",
                .totp_enabled = row->integer(8) != 0,
                .created_at = row->instant(9)};
}

constexpr NameRule name_rule{.of = "the person", .chars_max = person_name_chars_max};

/// The name of a zone that the time zone database knows.
Result<void> check_time_zone(const std::string& name) {
  icu::UnicodeString canonical;
  UBool is_known = false;
  UErrorCode error = U_ZERO_ERROR;
  if (!name.empty() && name.size() <= time_zone_bytes_max) {
    icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(name), canonical, is_known, error);
  }
  if (is_known && U_SUCCESS(error)) return {};
  return invalid("time_zone", "not_a_choice", "Give a zone such as Europe/Berlin.");
}

Result<void> check_profile(const ProfileChange& change) {
  if (change.locale && !is_locale(*change.locale)) {
    return invalid("locale", "not_a_choice", "Choose en, ja, zh or pt.");
  }
  if (change.theme && *change.theme != "system" && *change.theme != "light" &&
      *change.theme != "dark") {
    return invalid("theme", "not_a_choice", "Choose system, light or dark.");
  }
  if (change.density && *change.density != "comfortable" && *change.density != "compact") {
    return invalid("density", "not_a_choice", "Choose comfortable or compact.");
  }
  if (change.undo_send_seconds && std::find(undo_send_choices.begin(), undo_send_choices.end(),
                                            *change.undo_send_seconds) == undo_send_choices.end()) {
    return invalid("undo_send_seconds", "not_a_choice", "Choose 0, 5, 10, 30 or 60 seconds.");
  }
  if (change.time_zone) TRY(check_time_zone(*change.time_zone));
  return {};
}

/// The record of the person in each of their organisations carries the name too.
Result<void> rename_in_organisations(db::Transaction& tx, const records::Catalogue& catalogue,
                                     const Person& person) {
  for (const db::Row& row :
       tx.rows("SELECT m.org_id, m.agent_id FROM memberships m "
               "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
               "WHERE m.person_id = $1 AND a.deleted_at IS NULL ORDER BY m.org_id",
               {db::arg(person.id)})) {
    const OrgId org{row.integer(0)};
    Actor self = system_actor(catalogue, org, Path::ui);
    self.kind = ActorKind::person;
    self.person = person.id;
    self.id = RecordId{row.integer(1)};
    self.name = person.name;
    change_access(tx, org);
    TRY(update_agent_record(tx, self, self.id, {{"name", person.name}}));
  }
  return {};
}

}  // namespace

bool is_locale(std::string_view text) {
  return text == "en" || text == "ja" || text == "zh" || text == "pt";
}

Result<std::string> normal_email(std::string_view email) {
  const std::string lower = ascii_lower(trim(email));
  if (is_email_address(lower)) return lower;
  return invalid("email", "not_an_email", "Give an e-mail address such as ana@example.com.");
}

Result<std::string> normal_phone(std::string_view phone, const std::string& field) {
  std::string number;
  bool is_number = true;
  for (const char c : trim(phone)) {
    const bool is_between = c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
    if (is_between) continue;
    is_number = is_number && ((c >= '0' && c <= '9') || (c == '+' && number.empty()));
    number += c;
  }
  if (number.empty()) return number;
  const bool has_length = number.size() > phone_digits_min && number.size() <= phone_digits_max + 1;
  if (is_number && has_length && number[0] == '+' && number[1] != '0') return number;
  return invalid(field, "not_a_phone",
                 "Give the number with its country code, such as +49 30 123456.");
}

std::optional<Person> find_person(db::Transaction& tx, PersonId id) {
  return one_person(tx, "id = $1", db::arg(id));
}

std::optional<Person> find_person_by_email(db::Transaction& tx, std::string_view email) {
  return one_person(tx, "email = $1", ascii_lower(trim(email)));
}

Result<Person> create_person(db::Transaction& tx, const NewPerson& person) {
  const std::string email = TRY(normal_email(person.email));
  const std::string name = TRY(checked_name(person.name, name_rule));
  TRY(check_profile({.locale = person.locale, .time_zone = person.time_zone}));
  const PersonId id{tx.new_id()};
  const int64_t made = tx.execute(
      "INSERT INTO people (id, email, name, password_hash, locale, theme, density, time_zone, "
      "status, created_at) "
      "VALUES ($1, $2, $3, $4, $5, 'system', 'comfortable', $6, 'active', $7) "
      "ON CONFLICT (email) DO NOTHING",
      {db::arg(id), email, name, person.password_hash, person.locale, person.time_zone,
       db::arg(tx.now())});
  if (made == 0) {
    return conflict("duplicate", "Somebody with this e-mail address is here already.", "email");
  }
  return *find_person(tx, id);
}

Result<Person> change_profile(db::Transaction& tx, const records::Catalogue& catalogue, PersonId id,
                              const ProfileChange& change) {
  TRY(check_profile(change));
  std::optional<Person> person = find_person(tx, id);
  if (!person) return not_found("There is no such person.");
  const std::string old_name = person->name;
  if (change.phone) person->phone = TRY(normal_phone(*change.phone));
  if (change.name) person->name = TRY(checked_name(*change.name, name_rule));
  if (change.locale) person->locale = *change.locale;
  if (change.theme) person->theme = *change.theme;
  if (change.density) person->density = *change.density;
  if (change.time_zone) person->time_zone = *change.time_zone;
  if (change.undo_send_seconds) person->undo_send_seconds = int(*change.undo_send_seconds);
  tx.execute(
      "UPDATE people SET name = $2, locale = $3, theme = $4, density = $5, time_zone = $6, "
      "phone = $7, undo_send_seconds = $8 WHERE id = $1",
      {db::arg(id), person->name, person->locale, person->theme, person->density, person->time_zone,
       person->phone, int64_t{person->undo_send_seconds}});
  if (person->name != old_name) TRY(rename_in_organisations(tx, catalogue, *person));
  return *person;
}

Result<void> change_password(db::Database& database, PersonId id, const PasswordChange& change) {
  TRY(prove_password(database, id, change.current, change.address));
  const std::optional<Person> person =
      database.read([&](db::Transaction& tx) { return find_person(tx, id); });
  if (!person) return not_found("There is no such person.");
  TRY(check_new_password(change.next, person->email));
  const std::string hash = hash_password(change.next);
  return database.write([&](db::Transaction& tx) -> Result<void> {
    replace_password(tx, id, hash, change.kept_session);
    audit_person(tx, id, change.address, "password_changed", "");
    return {};
  });
}

void replace_password(db::Transaction& tx, PersonId id, const std::string& password_hash,
                      int64_t kept_session) {
  tx.execute("UPDATE people SET password_hash = $2 WHERE id = $1", {db::arg(id), password_hash});
  tx.execute("DELETE FROM password_resets WHERE person_id = $1", {db::arg(id)});
  end_all_sessions(tx, id, kept_session);
  end_all_delegations(tx, id);
}

}  // namespace tandem::access
