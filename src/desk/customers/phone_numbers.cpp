#include "desk/customers/phone_numbers.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "desk/customers/contact_fill.h"

namespace tandem::desk {

namespace {

constexpr size_t digits_min = phone_digits_min;
constexpr size_t tail_digits = phone_tail_digits;
constexpr int candidates_max = 50;

std::string tail_of(const std::string& digits) {
  return digits.size() <= tail_digits ? digits : digits.substr(digits.size() - tail_digits);
}

void keep_numbers(db::Transaction& tx, OrgId org, RecordId contact,
                  const std::vector<std::string>& numbers) {
  for (const std::string& number : numbers) {
    const std::string digits = phone_digits(number);
    if (digits.size() < digits_min) continue;
    tx.execute(
        "INSERT INTO contact_numbers (org_id, contact_id, digits, tail) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (org_id, contact_id, digits) DO NOTHING",
        {org.value, contact.value, digits, tail_of(digits)});
  }
}

void forget_numbers(db::Transaction& tx, OrgId org, RecordId contact) {
  tx.execute("DELETE FROM contact_numbers WHERE org_id = $1 AND contact_id = $2",
             {org.value, contact.value});
}

}  // namespace

std::optional<FoundContact> find_contact_by_phone(db::Transaction& tx, OrgId org,
                                                  std::string_view number) {
  const std::string digits = phone_digits(number);
  if (digits.size() < digits_min) return std::nullopt;
  const std::vector<db::Row> rows = tx.rows(
      "SELECT c.id, c.title, n.digits FROM contact_numbers n JOIN contacts c "
      "ON c.org_id = n.org_id AND c.id = n.contact_id WHERE n.org_id = $1 AND n.tail = $2 "
      "AND c.deleted_at IS NULL ORDER BY c.id LIMIT $3",
      {org.value, tail_of(digits), int64_t{candidates_max}});
  std::vector<FoundContact> similar;
  for (const db::Row& row : rows) {
    const FoundContact found{RecordId{row.integer(0)}, row.text(1)};
    if (row.text(2) == digits) return found;
    const bool is_new = similar.empty() || similar.back().id != found.id;
    if (is_new && is_one_number(row.text(2), digits)) similar.push_back(found);
  }
  if (similar.size() == 1) return similar[0];
  return std::nullopt;
}

Result<void> numbers_are_findable(records::Change& contact) {
  const bool is_gone = contact.verb == records::Verb::purged;
  const RecordId id = is_gone ? contact.before.id : contact.proposed.id;
  const bool is_touched =
      contact.changes("phone") || contact.changes("mobile") || contact.changes("other_phones");
  if (!is_gone && !is_touched) return {};
  if (!contact.is_new()) forget_numbers(contact.tx, contact.org, id);
  if (is_gone) return {};
  std::vector<std::string> numbers = contact.get("other_phones").list();
  numbers.push_back(contact.get("phone").text());
  numbers.push_back(contact.get("mobile").text());
  keep_numbers(contact.tx, contact.org, id, numbers);
  return {};
}

int fill_contact_numbers(db::Database& database) {
  const ContactFill fill{.name = "contacts", .columns = "phone, mobile", .condition = ""};
  return fill_contacts(database, fill, [](db::Transaction& tx, const db::Row& row) {
    keep_numbers(tx, OrgId{row.integer(0)}, RecordId{row.integer(1)}, {row.text(2), row.text(3)});
  });
}

}  // namespace tandem::desk
