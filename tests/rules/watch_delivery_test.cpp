#include "tests/rules/watch_office.h"

// How notices reach a server, and when a watch ends. docs/api/crm.md, Notifications.

namespace tandem::test {
namespace {

using crm::Edition;
using crm::Operation;
using crm::Watch;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class WatchDeliveries : public WatchOffice {};

INSTANTIATE_TEST_SUITE_P(Editions, WatchDeliveries, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(WatchDeliveries, WhatHappensAlikeTravelsTogether) {
  must_set(office_.ada, asking_for("contacts"));
  const RecordId kay = contact("Kay");
  const RecordId lee = contact("Lee");
  change(kay, {{"email", "kay@orchid.example"}});
  change(kay, {{"phone", "+4930123456"}});
  run();
  EXPECT_THAT(told(), ElementsAre("insert 2", "update 1"));
  EXPECT_EQ(heard()[0].records[1].id, lee);
  EXPECT_TRUE(heard()[1].records[0].fields.contains("email"));
  EXPECT_TRUE(heard()[1].records[0].fields.contains("phone"));
  for (size_t made = 0; made < crm::told_records_max + 1; ++made) contact("Many");
  run();
  EXPECT_THAT(told(), ElementsAre("insert 2", "update 1", "insert 100", "insert 1"));
}

TEST_P(WatchDeliveries, AWatchEndsWithTheRightToRead) {
  const access::Actor ben = office_.member("Ben", role({}));
  must_set(ben, asking_for("contacts"));
  contact("Waiting");
  feed_.take_news();
  change_member(ben, {.role_id = role({}, Contacts::unseen)});
  worker_.run_due();
  EXPECT_THAT(heard(), IsEmpty()) << "not even what was queued before";
  EXPECT_THAT(watches_of(ben), IsEmpty());
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries"), 0);
}

TEST_P(WatchDeliveries, AWatchEndsWithTheMembership) {
  const access::Actor ben = office_.member("Ben", office_.made.agent_role);
  must_set(ben, asking_for("contacts"));
  must_set(office_.ada, asking_for("contacts", {Operation::update}));
  change_member(ben, {.status = access::AgentStatus::disabled});
  contact("Kay");
  run();
  EXPECT_THAT(heard(), IsEmpty());
  end_watches();
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watches"), 1) << "that of Ada";
  change_member(ben, {.status = access::AgentStatus::active});
  contact("Lee");
  run();
  EXPECT_THAT(heard(), IsEmpty()) << "it does not begin again by itself";
}

TEST_P(WatchDeliveries, AWatchEndsAtItsTime) {
  const Watch usual = must_set(office_.ada, asking_for("contacts"));
  EXPECT_EQ(usual.ends_at - office_.clock.now(), hour_ms);
  Watch wish = asking_for("accounts");
  wish.ends_at = office_.clock.now() + 2 * day_ms;
  EXPECT_EQ(must_set(office_.ada, wish).ends_at, wish.ends_at);
  wish.module = "deals";
  wish.ends_at = office_.clock.now() + 30 * day_ms;
  EXPECT_EQ(must_set(office_.ada, wish).ends_at - office_.clock.now(), 7 * day_ms);
  office_.clock.advance_ms(hour_ms);
  contact("Kay");
  run();
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_THAT(watches_of(office_.ada), SizeIs(2));
  end_watches();
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watches"), 2);
}

TEST_P(WatchDeliveries, AServerThatFailsIsAskedAgainLater) {
  must_set(office_.ada, asking_for("contacts"));
  http_.answers("HTTP/1.1 500 Internal Server Error");
  contact("Kay");
  run();
  run();
  ASSERT_THAT(heard(), SizeIs(1)) << "not again before the pause is over";
  http_.answers("HTTP/1.1 200 OK");
  contact("Lee");
  office_.clock.advance_ms(2 * minute_ms);
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1", "insert 1", "insert 1"));
  EXPECT_EQ(heard()[0].records[0].id, heard()[1].records[0].id) << "in their order";
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries WHERE state = 'delivered'"), 2);
}

TEST_P(WatchDeliveries, AServerThatIsGoneEndsTheWatch) {
  must_set(office_.ada, asking_for("contacts"));
  http_.answers("HTTP/1.1 410 Gone");
  contact("Kay");
  run();
  EXPECT_THAT(watches_of(office_.ada), IsEmpty());
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries"), 0);
}

TEST_P(WatchDeliveries, ADayWithoutOneAcceptedNoticeEndsTheWatch) {
  Watch watch = asking_for("contacts");
  watch.ends_at = office_.clock.now() + 7 * day_ms;
  must_set(office_.ada, watch);
  http_.answers("HTTP/1.1 503 Service Unavailable");
  for (int turn = 0; turn < 40 && !watches_of(office_.ada).empty(); ++turn) {
    contact("Kay");
    run();
    office_.clock.advance_ms(hour_ms);
  }
  EXPECT_THAT(watches_of(office_.ada), IsEmpty());
}

TEST_P(WatchDeliveries, AServerWithinTheHouseIsNotReached) {
  only_public_ = true;
  must_set(office_.ada, asking_for("contacts"));
  contact("Kay");
  run();
  EXPECT_THAT(http_.requests(), IsEmpty());
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries "
                  "WHERE state = 'waiting' AND answer LIKE '%allowed_networks%'"),
            1);
}

TEST_P(WatchDeliveries, AServerThatTakesNothingDoesNotFillTheDatabase) {
  const Watch watch = must_set(office_.ada, asking_for("contacts"));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    for (int64_t made = 0; made < deliveries::waiting_max; ++made) {
      tx.execute(
          "INSERT INTO crm_watch_deliveries (org_id, id, watch_id, content, state, batch_id, "
          "attempts, created_at, next_try_at, tried_at, status, answer) "
          "VALUES ($1, $2, $3, '{}', 'waiting', 0, 0, 0, 0, 0, 0, '')",
          {office_.org.value, tx.new_id(), watch.id.value});
    }
    return true;
  }));
  contact("Kay");
  feed_.take_news();
  EXPECT_THAT(watches_of(office_.ada), IsEmpty());
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries"), 0);
}

TEST_P(WatchDeliveries, TwoNodesTellAnEntryOnce) {
  must_set(office_.ada, asking_for("contacts"));
  deliveries::ChangeFeed other{*office_.database,
                               crm::watch_feed_reader(office_.applications, plain_face())};
  contact("Kay");
  EXPECT_EQ(feed_.take_news() + other.take_news(), 1);
  contact("Lee");
  EXPECT_EQ(other.take_news() + feed_.take_news(), 1);
}

TEST_P(WatchDeliveries, ARemovedWatchTellsNothing) {
  const Watch watch = must_set(office_.ada, asking_for("contacts"));
  contact("Kay");
  feed_.take_news();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    crm::remove_watch(tx, office_.ada, watch);
    return true;
  }));
  worker_.run_due();
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_P(WatchDeliveries, TheLogForgetsWhatWasDelivered) {
  Watch watch = asking_for("contacts");
  watch.ends_at = office_.clock.now() + 7 * day_ms;
  must_set(office_.ada, watch);
  contact("Kay");
  run();
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries"), 1);
  office_.clock.advance_ms(deliveries::delivered_kept_ms + hour_ms);
  deliveries::sweep(*office_.database, crm::watch_outbox);
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watch_deliveries"), 0);
}

}  // namespace
}  // namespace tandem::test
