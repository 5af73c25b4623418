#include <latch>
#include <mutex>
#include <thread>

#include "tests/rules/sales_office.h"

// Tags of the sales side: docs/api/crm.md.

namespace tandem::test {
namespace {

using crm::Edition;
using records::Record;
using records::Value;

struct SalesTags : testing::Test {
  SalesOffice office{Edition::crm};

  Result<Record> add_tagged(db::Transaction& tx, const std::string& name) {
    return operations::create_record(tx, office.ada, office.module("leads"),
                                     {{"last_name", Value(name)},
                                      {"company", "Kunde Ltd"},
                                      {"tags", Value(std::vector<std::string>{"Fair"})}});
  }
};

TEST_F(SalesTags, TwoWhoMakeTheSameTagAtOnceBothKeepTheirRecords) {
  std::latch first_has_written(1);
  std::latch second_has_looked(1);
  std::once_flag told_of_first;
  std::once_flag told_of_second;
  // SQLite has one writer, so that the second one looks when the first one is done.
  const bool run_beside = office.database->kind() == db::Kind::postgres;
  Result<Record> first = invalid("", "not_run", "");
  std::thread writer([&] {
    first = office.database->write([&](db::Transaction& tx) -> Result<Record> {
      Result<Record> made = add_tagged(tx, "One");
      std::call_once(told_of_first, [&] { first_has_written.count_down(); });
      if (run_beside) second_has_looked.wait();
      return made;
    });
  });
  first_has_written.wait();
  const Result<Record> second = office.database->write([&](db::Transaction& tx) -> Result<Record> {
    // From here on this transaction sees nothing that is committed later.
    tx.integer("SELECT COUNT(*) FROM crm_tags");
    std::call_once(told_of_second, [&] { second_has_looked.count_down(); });
    return add_tagged(tx, "Two");
  });
  writer.join();
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->get("tags").list(), std::vector<std::string>{"Fair"});
  EXPECT_EQ(office.database->read(
                [](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM crm_tags"); }),
            1);
}

TEST_F(SalesTags, ATagOfARecordHasTheFormOfATag) {
  const auto tagged = [&](const std::string& tag) {
    return office.create(office.ada, "leads",
                         {{"last_name", "Silva"},
                          {"company", "Kunde Ltd"},
                          {"tags", Value(std::vector<std::string>{tag})}});
  };
  for (const std::string tag : {"Fair, May", "Fair; May"}) {
    const Result<Record> refused = tagged(tag);
    ASSERT_FALSE(refused) << tag;
    EXPECT_EQ(refused.error().field, "tags");
    EXPECT_EQ(refused.error().code, "wrong_form");
  }
  EXPECT_TRUE(tagged("Fair"));
}

}  // namespace
}  // namespace tandem::test
