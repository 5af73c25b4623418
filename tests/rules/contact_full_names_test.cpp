#include <gmock/gmock.h>

#include "desk/customers/contact_duplicates.h"
#include "desk/customers/person_name.h"
#include "tests/support/office.h"

// Manual, Contacts and accounts 5.1 and 5.2: two contacts of one whole name.

namespace tandem::test {
namespace {

using records::Value;
using testing::ElementsAre;
using testing::IsEmpty;

class FullNames : public testing::Test {
 protected:
  Office office;
  access::Actor ada = office.administrator();

  RecordId person(const std::string& first, const std::string& last,
                  const records::Changes& more = {}) {
    records::Changes values{{"first_name", first}, {"last_name", last}};
    for (const auto& [name, value] : more) values.set(name, value);
    return office.create(ada, "contacts", values)->id;
  }
  RecordId account(const std::string& name) {
    return office.create(ada, "accounts", {{"name", name}})->id;
  }
  std::vector<std::string> reasons(RecordId id) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> reasons;
      const auto found = desk::duplicates_of(tx, ada, id);
      for (const desk::Duplicate& one : *found) reasons.push_back(one.reason);
      return reasons;
    });
  }
  void change(RecordId id, const records::Changes& values) {
    ASSERT_TRUE(office.change(ada, "contacts", id, values));
  }
};

TEST_F(FullNames, TwoOfOneWholeNameAreSuggestedWithoutAnAccount) {
  const RecordId maria = person("Maria", "Silva");
  person("MARIA", "silva");
  EXPECT_THAT(reasons(maria), ElementsAre("full_name"));
  const RecordId tanaka = person("太郎", "田中");
  person("", "田中太郎");
  EXPECT_THAT(reasons(tanaka), ElementsAre("full_name"));
  const RecordId wide = person("Ｊｏãｏ", "Ｃｏｓｔａ");
  person("João", "Costa");
  EXPECT_THAT(reasons(wide), ElementsAre("full_name"));
}

TEST_F(FullNames, OneWordOrAnotherAccountSaysNothing) {
  const RecordId info = person("", "info");
  person("", "info");
  EXPECT_THAT(reasons(info), IsEmpty());
  const RecordId kunde = account("Kunde");
  const RecordId maria = person("Maria", "Silva", {{"account", kunde}});
  const RecordId other = person("Maria", "Silva", {{"account", account("Partner")}});
  EXPECT_THAT(reasons(maria), IsEmpty());
  change(other, {{"account", Value()}});
  EXPECT_THAT(reasons(maria), ElementsAre("full_name"));
  change(other, {{"account", kunde}});
  EXPECT_THAT(reasons(maria), ElementsAre("name"));
}

TEST_F(FullNames, ATelephoneInCommonIsAStrongerReason) {
  const RecordId maria = person("Maria", "Silva", {{"phone", "+49 30 1234567"}});
  person("maria", "silva");
  person("Maria", "Silva", {{"phone", "+49 30 1234567"}});
  EXPECT_THAT(reasons(maria), ElementsAre("phone", "full_name"));
}

TEST_F(FullNames, ANameThatManyHaveSaysNothing) {
  for (int i = 0; i <= desk::alike_max; ++i) person("Maria", "Silva");
  EXPECT_THAT(reasons(person("Maria", "Silva")), IsEmpty());
}

TEST_F(FullNames, WhoIsInTheBinOrCalledElseIsNotSuggested) {
  const RecordId maria = person("Maria", "Silva");
  const RecordId other = person("Maria", "Silva");
  const auto& contacts = *office.catalogue.find("contacts");
  const auto turned = [&](auto verb) {
    return office.database->write(
        [&](db::Transaction& tx) { return verb(tx, ada, contacts, other); });
  };
  ASSERT_TRUE(turned(operations::delete_record));
  EXPECT_THAT(reasons(maria), IsEmpty());
  ASSERT_TRUE(turned(operations::restore_record));
  EXPECT_THAT(reasons(maria), ElementsAre("full_name"));
  change(other, {{"last_name", "Costa"}});
  EXPECT_THAT(reasons(maria), IsEmpty());
  EXPECT_THAT(reasons(person("Maria", "Costa")), ElementsAre("full_name"));
}

TEST_F(FullNames, ContactsOfBeforeAreLookedThroughOnce) {
  const RecordId maria = person("Maria", "Silva");
  person("Maria", "Silva");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    tx.execute("DELETE FROM contact_duplicates");
    tx.execute("DELETE FROM contact_name_keys");
    return 0;
  }));
  int looked_at = 0;
  while (const int some = desk::fill_contact_name_keys(*office.database)) looked_at += some;
  EXPECT_EQ(looked_at, 2);
  EXPECT_THAT(reasons(maria), ElementsAre("full_name"));
}

}  // namespace
}  // namespace tandem::test
