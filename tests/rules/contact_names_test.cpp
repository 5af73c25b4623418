#include "desk/customers/contact_names.h"

#include <gmock/gmock.h>

#include "desk/modules.h"
#include "operations/operations.h"
#include "records/search/search.h"
#include "tests/support/office.h"

// Contacts that were indexed before their whole names were words of the search. Manual, Search.

namespace tandem::test {
namespace {

struct OlderContacts {
  Office office;
  access::Actor ada = office.administrator();

  /// As an older version left it: the words of the fields, one by one.
  RecordId add(const std::string& first, const std::string& last) {
    return *office.database->write([&](db::Transaction& tx) -> Result<RecordId> {
      const records::Record contact = TRY(operations::create_record(
          tx, ada, desk::contacts_module(), {{"first_name", first}, {"last_name", last}}));
      records::index_words(tx, office.org, "contacts", contact.id.value,
                           records::words_of(first + "\n" + last));
      return contact.id;
    });
  }
  std::vector<RecordId> found(const std::string& words) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<RecordId> ids;
      const auto contacts = operations::search_records(tx, ada, desk::contacts_module(), words, 10);
      EXPECT_TRUE(contacts);
      for (const records::Record& contact : *contacts) ids.push_back(contact.id);
      return ids;
    });
  }
};

TEST(ContactNames, OlderContactsAreFoundByTheirWholeNames) {
  OlderContacts older;
  for (int other = 0; other < desk::contacts_indexed_at_once; ++other) older.add("Ana", "Silva");
  const RecordId tanaka = older.add("太郎", "田中");
  EXPECT_TRUE(older.found("田中太郎").empty());
  EXPECT_TRUE(desk::index_contact_names(*older.office.desk)) << "one step is not all";
  EXPECT_TRUE(older.found("田中太郎").empty());
  while (desk::index_contact_names(*older.office.desk)) {
  }
  EXPECT_THAT(older.found("田中太郎"), testing::ElementsAre(tanaka));
  EXPECT_FALSE(desk::index_contact_names(*older.office.desk)) << "once and for all";
}

}  // namespace
}  // namespace tandem::test
