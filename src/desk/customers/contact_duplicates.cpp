#include "desk/customers/contact_duplicates.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_fill.h"
#include "desk/customers/person_name.h"
#include "desk/modules.h"
#include "operations/visible.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Change;
using records::Record;
using records::Verb;

/// A contact as it is looked for.
struct Looked {
  OrgId org;
  RecordId id;
  int64_t account = 0;
  std::string first_name;
  std::string last_name;
};

void note_pairs(db::Transaction& tx, const Looked& contact, const std::string& reason,
                const std::vector<db::Row>& others) {
  if (others.size() > size_t(alike_max)) return;
  for (const db::Row& other : others) {
    const int64_t other_id = other.integer(0);
    tx.execute(
        "INSERT INTO contact_duplicates (org_id, contact_id, other_id, reason, is_dismissed) "
        "VALUES ($1, $2, $3, $4, 0) ON CONFLICT (org_id, contact_id, other_id) DO NOTHING",
        {contact.org.value, std::min(contact.id.value, other_id),
         std::max(contact.id.value, other_id), reason});
  }
}

void note_same_phone(db::Transaction& tx, const Looked& contact) {
  for (const db::Row& number : tx.rows("SELECT digits, tail FROM contact_numbers WHERE org_id = $1 "
                                       "AND contact_id = $2 LIMIT 50",
                                       {contact.org.value, contact.id.value})) {
    note_pairs(tx, contact, "phone",
               tx.rows("SELECT n.contact_id FROM contact_numbers n "
                       "JOIN contacts c ON c.org_id = n.org_id AND c.id = n.contact_id "
                       "WHERE n.org_id = $1 AND n.tail = $2 AND n.digits = $3 "
                       "AND n.contact_id <> $4 AND c.deleted_at IS NULL LIMIT $5",
                       {contact.org.value, number.text(1), number.text(0), contact.id.value,
                        int64_t{alike_max + 1}}));
  }
}

void note_same_name(db::Transaction& tx, const Looked& contact) {
  if (contact.account == 0) return;
  note_pairs(tx, contact, "name",
             tx.rows("SELECT id FROM contacts WHERE org_id = $1 AND account = $2 "
                     "AND last_name = $3 AND COALESCE(first_name, '') = $4 AND id <> $5 "
                     "AND deleted_at IS NULL LIMIT $6",
                     {contact.org.value, contact.account, contact.last_name, contact.first_name,
                      contact.id.value, int64_t{alike_max + 1}}));
}

/// Contacts of the time when a second address could be anybody's.
void note_same_mail(db::Transaction& tx, const Looked& contact) {
  for (const std::string& address : addresses_of_contact(tx, contact.org, contact.id)) {
    for (const char* sql :
         {"SELECT id FROM contacts WHERE org_id = $1 AND email = $2 AND id <> $3 "
          "AND deleted_at IS NULL LIMIT $4",
          "SELECT id FROM contacts WHERE org_id = $1 AND secondary_email = $2 AND id <> $3 "
          "AND deleted_at IS NULL LIMIT $4"}) {
      note_pairs(
          tx, contact, "email",
          tx.rows(sql, {contact.org.value, address, contact.id.value, int64_t{alike_max + 1}}));
    }
  }
}

void forget_name_key(db::Transaction& tx, OrgId org, RecordId contact) {
  tx.execute("DELETE FROM contact_name_keys WHERE org_id = $1 AND contact_id = $2",
             {org.value, contact.value});
}

/// Contacts of one whole name. Those of two companies are two people; a name that many have says
/// nothing.
void note_same_full_name(db::Transaction& tx, const Looked& contact) {
  const std::string key = full_name_key(contact.first_name, contact.last_name);
  if (key.empty()) return;
  tx.execute(
      "INSERT INTO contact_name_keys (org_id, name_key, contact_id) VALUES ($1, $2, $3) "
      "ON CONFLICT DO NOTHING",
      {contact.org.value, key, contact.id.value});
  std::vector<db::Row> others = tx.rows(
      "SELECT k.contact_id, c.account FROM contact_name_keys k "
      "JOIN contacts c ON c.org_id = k.org_id AND c.id = k.contact_id "
      "WHERE k.org_id = $1 AND k.name_key = $2 AND k.contact_id <> $3 LIMIT $4",
      {contact.org.value, key, contact.id.value, int64_t{alike_max + 1}});
  if (others.size() > size_t(alike_max)) return;
  std::erase_if(others, [&](const db::Row& other) {
    const int64_t account = other.is_null(1) ? 0 : other.integer(1);
    return contact.account != 0 && account != 0 && account != contact.account;
  });
  note_pairs(tx, contact, "full_name", others);
}

/// The strongest reason first: the first that is noted of two contacts stays.
void note_all(db::Transaction& tx, const Looked& contact) {
  note_same_mail(tx, contact);
  note_same_phone(tx, contact);
  note_same_name(tx, contact);
  note_same_full_name(tx, contact);
}

void forget_pairs(const Change& contact, RecordId id) {
  // What people said of two contacts holds as long as both are there.
  const std::string which = contact.verb == Verb::purged ? "" : " AND is_dismissed = 0";
  for (const char* column : {"contact_id", "other_id"}) {
    contact.tx.execute(std::string("DELETE FROM contact_duplicates WHERE org_id = $1 AND ") +
                           column + " = $2" + which,
                       {contact.org.value, id.value});
  }
}

bool may_change_the_answer(const Change& contact) {
  if (contact.verb != Verb::updated) return true;
  const auto names = {"first_name", "last_name",    "account",         "phone",       "mobile",
                      "email",      "other_phones", "secondary_email", "other_emails"};
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return contact.changes(name); });
}

}  // namespace

Result<void> duplicates_are_noted(Change& contact) {
  if (!may_change_the_answer(contact)) return {};
  const bool is_gone = contact.verb == Verb::purged;
  const RecordId id = is_gone ? contact.before.id : contact.proposed.id;
  if (!contact.is_new()) {
    forget_pairs(contact, id);
    forget_name_key(contact.tx, contact.org, id);
  }
  if (is_gone || contact.verb == Verb::deleted) return {};
  const Looked looked{.org = contact.org,
                      .id = id,
                      .account = contact.get("account").number(),
                      .first_name = contact.get("first_name").text(),
                      .last_name = contact.get("last_name").text()};
  note_all(contact.tx, looked);
  return {};
}

namespace {

int strength_of(const std::string& reason) {
  if (reason == "email") return 3;
  if (reason == "phone") return 2;
  return reason == "name" ? 1 : 0;
}

/// The pairs whose contacts the actor sees, in the order of `rows` (contact, other, reason).
Result<std::vector<Duplicate>> shown_pairs(db::Transaction& tx, const Actor& actor,
                                           const std::vector<db::Row>& rows) {
  std::vector<records::Value> ids;
  for (const db::Row& row : rows) {
    ids.emplace_back(row.integer(0));
    ids.emplace_back(row.integer(1));
  }
  std::vector<Duplicate> pairs;
  if (ids.empty()) return pairs;
  records::Query query;
  query.filter = records::field("id").is_one_of(std::move(ids));
  query.limit = 2 * duplicates_shown_max;
  const records::Page page =
      TRY(operations::list_records(tx, actor, contacts_module(), std::move(query)));
  std::map<int64_t, const Record*> by_id;
  for (const Record& record : page.records) by_id[record.id.value] = &record;
  for (const db::Row& row : rows) {
    const auto contact = by_id.find(row.integer(0));
    const auto other = by_id.find(row.integer(1));
    if (contact == by_id.end() || other == by_id.end()) continue;
    pairs.push_back({*contact->second, *other->second, row.text(2)});
  }
  return pairs;
}

}  // namespace

Result<std::vector<Duplicate>> duplicates_of(db::Transaction& tx, const Actor& actor,
                                             RecordId contact) {
  TRY(operations::read_record(tx, actor, contacts_module(), contact));
  std::vector<db::Row> rows;
  for (const char* sql :
       {"SELECT contact_id, other_id, reason FROM contact_duplicates WHERE org_id = $1 "
        "AND contact_id = $2 AND is_dismissed = 0 ORDER BY other_id LIMIT $3",
        "SELECT other_id, contact_id, reason FROM contact_duplicates WHERE org_id = $1 "
        "AND other_id = $2 AND is_dismissed = 0 ORDER BY contact_id LIMIT $3"}) {
    for (db::Row& row :
         tx.rows(sql, {actor.org.value, contact.value, int64_t{duplicates_shown_max / 2}})) {
      rows.push_back(std::move(row));
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const db::Row& one, const db::Row& other) {
    return strength_of(one.text(2)) > strength_of(other.text(2));
  });
  return shown_pairs(tx, actor, rows);
}

Result<DuplicatePage> list_duplicates(db::Transaction& tx, const Actor& actor,
                                      const std::string& cursor, int limit) {
  TRY(access::require_right(actor, contacts_module(), access::Right::read));
  const std::vector<std::string> place = split(cursor.empty() ? "0.0" : cursor, '.');
  int64_t after[2] = {0, 0};
  for (size_t at = 0; at < 2 && !cursor.empty(); ++at) {
    const std::optional<int64_t> id =
        place.size() == 2 ? id_from_text(place[at]) : std::optional<int64_t>();
    if (!id) return invalid("cursor", "bad_cursor", "Ask again from the first page.");
    after[at] = *id;
  }
  const int64_t wanted = std::clamp(limit, 1, duplicates_shown_max);
  const std::vector<db::Row> rows = tx.rows(
      "SELECT contact_id, other_id, reason FROM contact_duplicates WHERE org_id = $1 "
      "AND is_dismissed = 0 AND contact_id >= $2 "
      "AND (contact_id > $2 OR other_id > $3) ORDER BY contact_id, other_id LIMIT $4",
      {actor.org.value, after[0], after[1], wanted});
  DuplicatePage page;
  page.pairs = TRY(shown_pairs(tx, actor, rows));
  if (int64_t(rows.size()) == wanted) {
    page.next_cursor =
        std::to_string(rows.back().integer(0)) + "." + std::to_string(rows.back().integer(1));
  }
  return page;
}

Result<void> dismiss_duplicate(db::Transaction& tx, const Actor& actor, RecordId contact,
                               RecordId other) {
  TRY(access::require_right(actor, contacts_module(), access::Right::read));
  const Record found =
      TRY(operations::find_visible(tx, actor, contacts_module(), contact, records::Bin::outside));
  TRY(operations::require_act(actor, found, "merge"));
  const auto [first, second] = std::minmax(contact.value, other.value);
  const int64_t dismissed = tx.execute(
      "UPDATE contact_duplicates SET is_dismissed = 1 WHERE org_id = $1 AND contact_id = $2 "
      "AND other_id = $3",
      {actor.org.value, first, second});
  if (dismissed == 0) return not_found("These two are not among the possible duplicates.");
  return {};
}

namespace {

int fill_by(db::Database& database, std::string_view name,
            void (*note)(db::Transaction&, const Looked&)) {
  const ContactFill fill{.name = name,
                         .columns = "account, COALESCE(first_name, ''), last_name",
                         .condition = " AND deleted_at IS NULL"};
  return fill_contacts(database, fill, [note](db::Transaction& tx, const db::Row& row) {
    note(tx, {.org = OrgId{row.integer(0)},
              .id = RecordId{row.integer(1)},
              .account = row.is_null(2) ? 0 : row.integer(2),
              .first_name = row.text(3),
              .last_name = row.text(4)});
  });
}

}  // namespace

int fill_contact_duplicates(db::Database& database) {
  return fill_by(database, "duplicates", note_all);
}

int fill_contact_name_keys(db::Database& database) {
  return fill_by(database, "name_keys", note_same_full_name);
}

}  // namespace tandem::desk
