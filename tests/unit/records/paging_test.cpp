#include <algorithm>
#include <random>

#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

using Ids = std::vector<int64_t>;

class Paging : public OnBothDatabases {
 protected:
  Shop shop{GetParam()};

  /// Many ties and many rows without a value.
  std::vector<Record> add_orders(int count) {
    std::mt19937 random(7);
    std::vector<Record> orders;
    for (int number = 0; number < count; ++number) {
      Changes changes{{"subject", std::string(1, char('a' + random() % 3))}};
      if (random() % 3 != 0) changes.set("due_at", Value(int64_t(random() % 4)));
      orders.push_back(shop.add(orders_module(), changes));
    }
    return orders;
  }
};
TANDEM_ON_BOTH_DATABASES(Paging);

TEST_P(Paging, EveryRecordIsSeenOnceInOrderWithNothingLastInBothDirections) {
  std::vector<Record> orders = add_orders(60);
  for (const char* sorted_by : {"due_at", "subject"}) {
    for (const bool descending : {false, true}) {
      std::sort(orders.begin(), orders.end(), [&](const Record& a, const Record& b) {
        const Value& left = a.get(sorted_by);
        const Value& right = b.get(sorted_by);
        if (left.is_null() != right.is_null()) return right.is_null();
        const auto of = [](const Value& value, RecordId id) {
          return std::tuple(value.number(), value.text(), id);
        };
        return descending ? of(right, b.id) < of(left, a.id) : of(left, a.id) < of(right, b.id);
      });
      Ids wanted;
      for (const Record& order : orders) wanted.push_back(order.id.value);
      for (const int limit : {1, 7, 60, 250})
        EXPECT_EQ(shop.walk(orders_module(), {.sort = {sorted_by, descending}, .limit = limit}),
                  wanted)
            << sorted_by << (descending ? " descending " : " ascending ") << limit;
      Ids skipped;
      for (int64_t offset = 0; offset < 60; offset += 7) {
        const Page page = shop.list(orders_module(),
                                    {.sort = {sorted_by, descending}, .offset = offset, .limit = 7})
                              .value();
        for (const Record& record : page.records) skipped.push_back(record.id.value);
      }
      EXPECT_EQ(skipped, wanted);
    }
  }
}

TEST_P(Paging, AListOverSeveralChoicesIsMergedFromOneListEach) {
  std::mt19937 random(11);
  std::vector<Record> orders;
  for (int number = 0; number < 80; ++number) {
    static const char* states[] = {"open", "on_hold", "closed"};
    Changes changes{{"state", states[random() % 3]}};
    if (random() % 3 != 0) changes.set("due_at", Value(int64_t(random() % 5)));
    orders.push_back(shop.add(orders_module(), changes));
  }
  const Filter filter = all_of(
      {field("state").is_one_of({"open", "on_hold", "open"}), none_of({field("pieces").is(3)})});
  for (const bool descending : {false, true}) {
    std::sort(orders.begin(), orders.end(), [&](const Record& a, const Record& b) {
      const Value& left = a.get("due_at");
      const Value& right = b.get("due_at");
      if (left.is_null() != right.is_null()) return right.is_null();
      const std::pair mine(left.number(), a.id);
      const std::pair other(right.number(), b.id);
      return descending ? other < mine : mine < other;
    });
    Ids wanted;
    for (const Record& order : orders)
      if (order.get("state").text() != "closed") wanted.push_back(order.id.value);
    const Query query{.filter = filter, .sort = {"due_at", descending}, .limit = 6};
    EXPECT_EQ(shop.walk(orders_module(), query), wanted);
    Ids skipped;
    for (int64_t offset = 0; offset < 80; offset += 6) {
      Query later = query;
      later.offset = offset;
      const Page page = shop.list(orders_module(), later).value();
      for (const Record& record : page.records) skipped.push_back(record.id.value);
    }
    EXPECT_EQ(skipped, wanted);
  }
  const Query dated{.filter = all_of({filter, field("due_at").at_least(4)}),
                    .sort = {"due_at", false}};
  for (const int64_t id : shop.walk(orders_module(), dated))
    EXPECT_EQ(shop.find(orders_module(), {id})->get("due_at").number(), 4);
}

TEST_P(Paging, WhatEveryRecordHasCanBeSortedBy) {
  const std::vector<Record> orders = add_orders(9);
  Ids oldest_first;
  for (const Record& order : orders) oldest_first.push_back(order.id.value);
  const Ids newest_first(oldest_first.rbegin(), oldest_first.rend());
  EXPECT_EQ(shop.walk(orders_module(), {.limit = 4}), newest_first);
  for (const char* sorted_by : {"id", "created_at", "updated_at"})
    EXPECT_EQ(shop.walk(orders_module(), {.sort = {sorted_by, false}, .limit = 4}), oldest_first);
  EXPECT_EQ(shop.walk(orders_module(), {.sort = {"title", false}, .limit = 4}),
            shop.walk(orders_module(), {.sort = {"subject", false}, .limit = 4}));
}

TEST_P(Paging, ARecordThatIsAddedMeanwhileMovesNoOther) {
  add_orders(6);
  const Page first = shop.list(orders_module(), {.limit = 3}).value();
  shop.add(orders_module(), {{"subject", "newer"}});
  const Page second = shop.list(orders_module(), {.cursor = first.next_cursor, .limit = 3}).value();
  ASSERT_EQ(second.records.size(), 3u);
  EXPECT_LT(second.records[0].id, first.records[2].id);
  EXPECT_EQ(second.next_cursor, "");
}

TEST_P(Paging, ABadQuestionIsRefused) {
  add_orders(5);
  const auto code = [&](Query query) { return code_of(shop.list(orders_module(), query)); };
  const std::string cursor = shop.list(orders_module(), {.limit = 2})->next_cursor;
  EXPECT_EQ(code({.cursor = cursor}), "ok");
  EXPECT_EQ(code({.sort = {"id", false}, .cursor = cursor}), "bad_cursor");
  EXPECT_EQ(code({.sort = {"due_at", true}, .cursor = cursor}), "bad_cursor");
  EXPECT_EQ(code({.cursor = cursor + "x!"}), "bad_cursor");
  EXPECT_EQ(code({.sort = {"note", true}}), "not_sortable");
  EXPECT_EQ(code({.sort = {"custom->>'a'", true}}), "not_sortable");
  EXPECT_EQ(code({.sort = {"deleted_at", true}}), "not_sortable");
  EXPECT_EQ(code({.limit = 0}), "out_of_range");
  EXPECT_EQ(code({.limit = 251}), "out_of_range");
  EXPECT_EQ(code({.offset = 5'001}), "out_of_range");
}

TEST_P(Paging, CountingStopsAtItsCap) {
  const auto count = [&](Filter filter) {
    return shop.database->read([&](db::Transaction& tx) {
      return count_up_to_cap(tx, shop.org, shop.catalogue.shape(tx, shop.org, orders_module()),
                             filter)
          .value();
    });
  };
  add_orders(3);
  EXPECT_EQ(count(everything()).value, 3);
  EXPECT_TRUE(count(everything()).is_exact);
  const auto filled = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int number = 0; number < count_cap; ++number) {
      tx.execute(
          "INSERT INTO orders (org_id, id, revision, title, created_at, updated_at) "
          "VALUES ($1, $2, 1, 'x', 1, 1)",
          {shop.org.value, tx.new_id()});
    }
    return {};
  });
  ASSERT_TRUE(filled);
  EXPECT_EQ(count(everything()).value, count_cap);
  EXPECT_FALSE(count(everything()).is_exact);
  EXPECT_EQ(count(field("title").is("y")).value, 0);
}

TEST_P(Paging, AnotherOrganisationsRecordsAreNeverThere) {
  const Record order = add_orders(1).front();
  shop.database->read([&](db::Transaction& tx) {
    const ShapeRef shape = shop.catalogue.shape(tx, shop.other_org, orders_module());
    EXPECT_FALSE(select_one(tx, shop.other_org, shape, order.id, everything()).value());
    EXPECT_TRUE(select_page(tx, shop.other_org, shape, {})->records.empty());
    EXPECT_TRUE(find_words(tx, shop.other_org, "orders", order.get("subject").text(), 10).empty());
    EXPECT_TRUE(link_titles(tx, shop.other_org, orders_module(), {order.id.value}).empty());
    EXPECT_TRUE(history_of(tx, shop.other_org, "orders", order.id, "", 10)->entries.empty());
  });
}

}  // namespace
}  // namespace tandem::records
