#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

class Storing : public OnBothDatabases {
 protected:
  Shop shop{GetParam()};
};
TANDEM_ON_BOTH_DATABASES(Storing);

TEST_P(Storing, WhatIsStoredIsReadBackWhole) {
  const Record company = shop.add(companies_module(), {{"name", "Acme"}});
  const Record stored =
      shop.add(orders_module(), {{"subject", "Grüße 日本"},
                                 {"note", "a\nb"},
                                 {"body", "<p>x</p>"},
                                 {"pieces", -5},
                                 {"weight", 1'250},
                                 {"price", 1'999},
                                 {"is_paid", 1},
                                 {"due_on", 20'000},
                                 {"due_at", Value(shop.clock.now())},
                                 {"state", "open"},
                                 {"tags", Value(std::vector<std::string>{"blue", "red"})},
                                 {"email", "Ana@X.com"},
                                 {"phone", "1"},
                                 {"site", "example.com"},
                                 {"company", Value(company.id)},
                                 {"owner", 5}});
  const std::optional<Record> read = shop.find(orders_module(), stored.id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->values, stored.values);
  EXPECT_EQ(read->title, "Grüße 日本");
  EXPECT_EQ(read->revision, 1);
  EXPECT_EQ(read->created_at, shop.clock.now());
  EXPECT_EQ(read->created_by, RecordId{77});
  EXPECT_EQ(read->get("email").text(), "ana@x.com");
  EXPECT_EQ(read->get("site").text(), "https://example.com");
  EXPECT_EQ(read->get("tags").list(), (std::vector<std::string>{"red", "blue"}));
}

TEST_P(Storing, AChangeMovesTheRevisionAndAnOldOneIsRefused) {
  const Record first = shop.add(orders_module(), {{"subject", "a"}});
  shop.clock.advance_ms(1'000);
  const Record second = shop.update(first, {{"subject", "b"}, {"pieces", 2}}).value();
  EXPECT_EQ(second.revision, 2);
  EXPECT_EQ(second.title, "b");
  EXPECT_EQ(second.updated_at, first.updated_at + 1'000);
  EXPECT_EQ(shop.find(orders_module(), first.id)->values, second.values);
  const Result<Record> late = shop.update(first, {{"subject", "c"}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, RefusalKind::conflict);
  EXPECT_EQ(late.error().code, "stale");
}

TEST_P(Storing, SayingWhatIsAlreadySoChangesNothing) {
  const Record first = shop.add(orders_module(), {{"subject", "a"}, {"body", "<p>x</p>"}});
  const Record same =
      shop.update(first, {{"subject", " a "}, {"body", "<p onclick='b()'>x</p>"}}).value();
  EXPECT_EQ(same.revision, 1);
  EXPECT_EQ(shop.history(first).size(), 1u);
}

TEST_P(Storing, ValuesThatRulesSetAreCheckedAsWell) {
  const auto code = [&](const char* name, Value value) {
    const Result<Record> record = shop.create(orders_module(), {{name, std::move(value)}});
    return record ? std::string("ok") : record.error().code;
  };
  EXPECT_EQ(code("subject", Value(std::string(256, 'x'))), "too_long");
  EXPECT_EQ(code("subject", 12), "not_text");
  EXPECT_EQ(code("pieces", "12"), "not_a_number");
  EXPECT_EQ(code("state", "lost"), "not_a_choice");
  EXPECT_EQ(code("email", "nobody"), "not_an_email");
  EXPECT_EQ(code("company", -3), "not_an_id");
  const Result<Record> several =
      shop.create(orders_module(), {{"state", "lost"}, {"pieces", "many"}});
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().faults.size(), 2u);
}

TEST_P(Storing, NumbersCountUpAndAnImportedOneMovesThemOn) {
  EXPECT_EQ(shop.add(orders_module(), {}).get("number").number(), 1);
  EXPECT_EQ(shop.add(orders_module(), {}).get("number").number(), 2);
  EXPECT_EQ(shop.add(orders_module(), {{"number", 100}}).get("number").number(), 100);
  EXPECT_EQ(shop.add(orders_module(), {}).get("number").number(), 101);
  EXPECT_EQ(shop.add(orders_module(), {{"number", 50}}).get("number").number(), 50);
  EXPECT_EQ(shop.add(orders_module(), {}).get("number").number(), 102);
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"number", 100}})), "duplicate");
}

TEST_P(Storing, AUniqueValueIsTakenUntilItsRecordIsBinned) {
  const Record ana = shop.add(companies_module(), {{"name", "A"}, {"email", "ana@x.com"}});
  const Record bo = shop.add(companies_module(), {{"name", "B"}});
  const Result<Record> again = shop.create(companies_module(), {{"email", "ANA@x.com"}});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, RefusalKind::conflict);
  EXPECT_EQ(again.error().code, "duplicate");
  EXPECT_EQ(again.error().field, "email");
  EXPECT_EQ(code_of(shop.update(bo, {{"email", "ana@x.com"}})), "duplicate");
  EXPECT_EQ(code_of(shop.update(ana, {{"name", "AA"}})), "ok");

  const Record binned = shop.turn(*shop.find(companies_module(), ana.id), Verb::deleted).value();
  const Record taker = shop.update(bo, {{"email", "ana@x.com"}}).value();
  EXPECT_EQ(code_of(shop.turn(binned, Verb::restored)), "duplicate");
  shop.update(taker, {{"email", Value()}}).value();
  EXPECT_EQ(code_of(shop.turn(binned, Verb::restored)), "ok");
}

TEST_P(Storing, UniqueTextIgnoresCase) {
  shop.add(orders_module(), {{"code", "ab-1"}});
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"code", "AB-1"}})), "duplicate");
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"code", "ab-2"}})), "ok");
}

TEST_P(Storing, TheIndexIsTheLastWallWhenTheCheckWasPassed) {
  shop.add(companies_module(), {{"email", "ana@x.com"}});
  EXPECT_THROW((void)shop.database->write([&](db::Transaction& tx) -> Result<void> {
    tx.execute(
        "INSERT INTO companies (org_id, id, revision, title, created_at, updated_at, email) "
        "VALUES ($1, 1, 1, '', 1, 1, 'ana@x.com')",
        {shop.org.value});
    return {};
  }),
               db::UniqueViolation);
}

TEST_P(Storing, ALinkLeadsToARecordOfTheSameOrganisationThatMayBeBinned) {
  const Record acme = shop.add(companies_module(), {{"name", "Acme"}, {"email", "a@x.com"}});
  const Record order = shop.add(orders_module(), {{"company", Value(acme.id)}});
  const Result<Record> lost = shop.create(orders_module(), {{"company", 12345}});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, RefusalKind::invalid);
  EXPECT_EQ(lost.error().faults.at(0).code, "no_such_record");
  EXPECT_EQ(lost.error().faults.at(0).field, "company");
  const Record binned = shop.turn(acme, Verb::deleted).value();
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"company", Value(acme.id)}})), "ok");
  const auto titles = shop.database->read([&](db::Transaction& tx) {
    return link_titles(tx, shop.org, companies_module(), {acme.id.value, 12345, acme.id.value});
  });
  ASSERT_EQ(titles.size(), 1u);
  EXPECT_EQ(titles[0].title, "Acme");
  EXPECT_EQ(titles[0].email, "a@x.com");
  shop.turn(binned, Verb::purged).value();
  EXPECT_EQ(code_of(shop.update(order, {{"subject", "still there"}})), "ok");
}

TEST_P(Storing, TheRecycleBinTakesGivesBackAndForgets) {
  const Record order = shop.add(orders_module(), {{"subject", "parcel"}});
  const Record binned = shop.turn(order, Verb::deleted).value();
  EXPECT_EQ(binned.deleted_by, RecordId{77});
  EXPECT_FALSE(shop.find(orders_module(), order.id));
  EXPECT_TRUE(shop.find(orders_module(), order.id, Bin::inside));
  EXPECT_TRUE(shop.find(orders_module(), order.id, Bin::either));
  EXPECT_EQ(shop.walk(orders_module(), {.sort = {"deleted_at", true}, .bin = Bin::inside}).size(),
            1u);
  EXPECT_EQ(shop.search(orders_module(), "parcel").size(), 1u);

  const Record back = shop.turn(binned, Verb::restored).value();
  EXPECT_EQ(back.revision, 3);
  EXPECT_EQ(shop.find(orders_module(), order.id)->values, order.values);

  const Record again = shop.turn(back, Verb::deleted).value();
  EXPECT_EQ(code_of(shop.turn(back, Verb::purged)), "stale");
  shop.turn(again, Verb::purged).value();
  EXPECT_FALSE(shop.find(orders_module(), order.id, Bin::either));
  EXPECT_TRUE(shop.search(orders_module(), "parcel").empty());
  std::vector<std::string> events;
  for (const LogEntry& entry : shop.history(order)) events.push_back(entry.event);
  EXPECT_EQ(events,
            (std::vector<std::string>{"purged", "deleted", "restored", "deleted", "created"}));
}

TEST_P(Storing, TablesAreMadeOnceAndGrowWithTheirDefinitions) {
  const Record company = shop.add(companies_module(), {{"name", "Acme"}});
  ModuleDef grown = companies_module();
  grown.fields.push_back({.name = "size",
                          .label = "Size",
                          .kind = FieldKind::number,
                          .unique = true,
                          .sortable = true});
  Catalogue later;
  later.add(grown);
  ASSERT_TRUE(sync_tables(*shop.database, later));
  ASSERT_TRUE(sync_tables(*shop.database, later));
  const auto found = shop.database->read([&](db::Transaction& tx) {
    return select_one(tx, shop.org, later.shape(tx, shop.org, grown), company.id, everything())
        .value();
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->get("name").text(), "Acme");
  EXPECT_TRUE(found->get("size").is_null());
}

}  // namespace
}  // namespace tandem::records
