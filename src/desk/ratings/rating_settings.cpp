#include "desk/ratings/rating_settings.h"

#include "access/audit.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

constexpr int departments_max = 1'000;

RatingSettings settings_from(const db::RowView& row) {
  RatingSettings settings{.department = RecordId{row.integer(0)}};
  settings.is_on = row.integer(1) != 0;
  settings.asked_with = asked_with_from_word(row.text(2)).value_or(AskedWith::each_reply);
  settings.words = std::string(row.text(3));
  return settings;
}

}  // namespace

std::string_view word(AskedWith asked_with) {
  switch (asked_with) {
    case AskedWith::each_reply: return "each_reply";
    case AskedWith::closing_reply: return "closing_reply";
  }
  return "";
}

std::optional<AskedWith> asked_with_from_word(std::string_view text) {
  for (const AskedWith asked_with : {AskedWith::each_reply, AskedWith::closing_reply}) {
    if (word(asked_with) == text) return asked_with;
  }
  return std::nullopt;
}

RatingSettings rating_settings_of(db::Transaction& tx, OrgId org, RecordId department) {
  RatingSettings settings{.department = department};
  tx.for_each(
      "SELECT department_id, is_on, asked_with, words FROM rating_settings "
      "WHERE org_id = $1 AND department_id = $2",
      {org.value, department.value}, [&](const db::RowView& row) {
        settings = settings_from(row);
        return false;
      });
  return settings;
}

std::vector<RatingSettings> list_rating_settings(db::Transaction& tx, OrgId org) {
  std::vector<RatingSettings> all;
  tx.for_each(
      "SELECT d.id, s.is_on, s.asked_with, s.words FROM departments d "
      "LEFT JOIN rating_settings s ON s.org_id = d.org_id AND s.department_id = d.id "
      "WHERE d.org_id = $1 AND d.deleted_at IS NULL ORDER BY d.name, d.id LIMIT $2",
      {org.value, int64_t{departments_max}}, [&](const db::RowView& row) {
        all.push_back(settings_from(row));
        return true;
      });
  return all;
}

Result<RatingSettings> save_rating_settings(db::Transaction& tx, const access::Actor& actor,
                                            RatingSettings settings) {
  TRY(access::require_duty(actor, access::Duty::manage_departments));
  const records::Record department =
      TRY(read_row(tx, actor, departments_module(), settings.department));
  settings.words = to_utf8_lossy(trim(settings.words));
  if (count_chars(settings.words) > rating_words_chars_max) {
    return invalid("words", "too_long", "Shorten the text to 300 characters.");
  }
  tx.execute(
      "INSERT INTO rating_settings (org_id, department_id, is_on, asked_with, words) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, department_id) DO UPDATE SET "
      "is_on = excluded.is_on, asked_with = excluded.asked_with, words = excluded.words",
      {actor.org.value, settings.department.value, int64_t{settings.is_on},
       std::string(word(settings.asked_with)), settings.words});
  access::audit(tx, actor, "rating_settings_changed", department.title);
  return settings;
}

}  // namespace tandem::desk
