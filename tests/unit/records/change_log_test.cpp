#include <future>
#include <thread>

#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

class History : public OnBothDatabases {
 protected:
  Shop shop{GetParam()};

  Feed feed_after(const std::string& cursor, int limit = 1'000) {
    return shop.database->read(
        [&](db::Transaction& tx) { return read_feed(tx, cursor, limit).value(); });
  }
};
TANDEM_ON_BOTH_DATABASES(History);

TEST_P(History, EachChangeSaysWhoByWhichWayAndFromWhatToWhat) {
  const Record order = shop.add(orders_module(), {{"subject", "a"}, {"price", 1'999}});
  shop.update(order, {{"subject", "b"}, {"price", Value()}}).value();
  const std::vector<LogEntry> entries = shop.history(order);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].event, "updated");
  EXPECT_EQ(entries[0].revision, 2);
  EXPECT_EQ(entries[0].changes_json, R"({"subject":["a","b"],"price":["19.99",null]})");
  EXPECT_EQ(entries[0].author.name, "Ana");
  EXPECT_EQ(entries[0].author.id, RecordId{77});
  EXPECT_EQ(entries[0].author.path, "ui");
  EXPECT_EQ(entries[1].event, "created");
  EXPECT_EQ(entries[1].changes_json,
            R"({"subject":[null,"a"],"price":[null,"19.99"],"number":[null,1]})");
}

TEST_P(History, ALongTextIsAbbreviatedInTheLogOnly) {
  const Record order = shop.add(orders_module(), {{"note", std::string(5'000, 'x')}});
  EXPECT_LT(shop.history(order)[0].changes_json.size(), 2'200u);
  EXPECT_EQ(shop.find(orders_module(), order.id)->get("note").text().size(), 5'000u);
}

TEST_P(History, ComesInPagesNewestFirst) {
  const Record order = shop.add(orders_module(), {});
  const auto logged = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int number = 0; number < 6; ++number)
      log_event(tx, shop.org, "orders", order.id, 1, "reply_sent", shop.author, R"({"to":"x"})");
    return {};
  });
  ASSERT_TRUE(logged);
  shop.database->read([&](db::Transaction& tx) {
    const LogPage first = history_of(tx, shop.org, "orders", order.id, "", 4).value();
    const LogPage second =
        history_of(tx, shop.org, "orders", order.id, first.next_cursor, 4).value();
    ASSERT_EQ(first.entries.size(), 4u);
    ASSERT_EQ(second.entries.size(), 3u);
    EXPECT_EQ(first.entries[0].detail_json, R"({"to":"x"})");
    EXPECT_GT(first.entries[3].id, second.entries[0].id);
    EXPECT_EQ(second.entries[2].event, "created");
    EXPECT_EQ(second.next_cursor, "");
    EXPECT_EQ(code_of(history_of(tx, shop.org, "orders", order.id, "?", 4)), "bad_cursor");
    EXPECT_EQ(code_of(history_of(tx, shop.org, "orders", order.id, "", 0)), "out_of_range");
  });
}

TEST_P(History, TheFeedGivesEveryEntryOnceAndGoesOnFromItsCursor) {
  const std::string end = shop.database->read(cursor_at_end);
  shop.add(orders_module(), {{"subject", "a"}});
  shop.add(companies_module(), {{"name", "b"}});
  shop.add(orders_module(), {{"subject", "c"}});
  const Feed first = feed_after("", 2);
  const Feed second = feed_after(first.cursor, 2);
  ASSERT_EQ(first.entries.size(), 2u);
  ASSERT_EQ(second.entries.size(), 1u);
  EXPECT_EQ(first.entries[1].second.module, "companies");
  EXPECT_EQ(first.entries[1].first, shop.org);
  EXPECT_TRUE(feed_after(second.cursor).entries.empty());
  EXPECT_EQ(feed_after(second.cursor).cursor, second.cursor);
  EXPECT_EQ(feed_after(end).entries.size(), 3u);
  EXPECT_TRUE(feed_after(shop.database->read(cursor_at_end)).entries.empty());
}

TEST_P(History, ACursorOfAnotherDatabaseIsRefused) {
  Shop other(GetParam(), "other shop");
  other.add(orders_module(), {});
  const std::string cursor = other.database->read(cursor_at_end);
  shop.database->read([&](db::Transaction& tx) {
    EXPECT_EQ(code_of(read_feed(tx, cursor, 10)), "cursor_expired");
    EXPECT_EQ(code_of(read_feed(tx, "nonsense", 10)), "bad_cursor");
    EXPECT_EQ(code_of(read_feed(tx, "", 0)), "out_of_range");
  });
}

// One transaction logs first and commits last; a reader in between must not pass it by.
TEST_P(History, AnEntryThatCommitsLateIsNotMissed) {
  if (GetParam() == db::Kind::sqlite) return;  // One writer: nobody overtakes.
  std::promise<void> slow_has_logged;
  std::promise<void> slow_may_commit;
  const auto log = [&](db::Transaction& tx, const char* event) {
    log_event(tx, shop.org, "orders", {1}, 1, event, shop.author);
  };
  std::thread slow([&] {
    const auto done = shop.database->write([&](db::Transaction& tx) -> Result<void> {
      log(tx, "slow");
      slow_has_logged.set_value();
      slow_may_commit.get_future().wait();
      return {};
    });
    EXPECT_TRUE(done);
  });
  slow_has_logged.get_future().wait();
  const auto done = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    log(tx, "fast");
    return {};
  });
  EXPECT_TRUE(done);
  const Feed between = feed_after("");
  EXPECT_TRUE(between.entries.empty());
  slow_may_commit.set_value();
  slow.join();
  std::vector<std::string> events;
  for (const auto& [org, entry] : feed_after(between.cursor).entries) events.push_back(entry.event);
  EXPECT_EQ(events, (std::vector<std::string>{"slow", "fast"}));
}

}  // namespace
}  // namespace tandem::records
