#include "desk/notifications/notifications.h"

#include <gmock/gmock.h>

#include "access/agents.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TicketNotifications : public testing::Test {
 protected:
  void SetUp() override {
    ana_ = office_.agent("ana", {"Support"});
    ben_ = office_.agent("ben", {"Support"});
    eva_ = office_.agent("eva", {"Billing"});
  }
  notifications::Notifications told(const access::Actor& actor, int limit = 50) {
    const auto answer = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_notifications(tx, actor, limit); });
    EXPECT_TRUE(answer);
    return answer ? *answer : notifications::Notifications{};
  }
  std::vector<std::string> titles(const access::Actor& actor) {
    std::vector<std::string> titles;
    for (const notifications::Notification& one : told(actor).newest)
      titles.push_back(one.record.title);
    return titles;
  }
  void escalate(const access::Actor& actor, RecordId ticket) {
    ASSERT_TRUE(office_.change(actor, "tickets", ticket, {{"is_escalated", int64_t{1}}}));
  }
  void calm(RecordId ticket) {
    ASSERT_TRUE(
        office_.change(office_.program(), "tickets", ticket, {{"is_escalated", int64_t{0}}}));
  }
  Result<void> mark_read(const access::Actor& actor, RecordId id) {
    return office_.database->write([&](db::Transaction& tx) -> Result<void> {
      return notifications::mark_read(tx, actor, id);
    });
  }

  Office office_;
  access::Actor ana_;
  access::Actor ben_;
  access::Actor eva_;
};

TEST_F(TicketNotifications, AnEscalationTellsTheOwnerAlone) {  // S014
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  escalate(ben_, router);
  const notifications::Notifications hers = told(ana_);
  ASSERT_EQ(hers.newest.size(), 1U);
  EXPECT_EQ(hers.unread_count, 1);
  EXPECT_EQ(hers.newest[0].kind, "escalated");
  EXPECT_EQ(hers.newest[0].record.id, router);
  EXPECT_EQ(hers.newest[0].by.name, "ben");
  EXPECT_EQ(hers.newest[0].told_at, office_.clock.now());
  EXPECT_FALSE(hers.newest[0].read_at);
  EXPECT_THAT(titles(ben_), IsEmpty());
}

TEST_F(TicketNotifications, WithoutAnOwnerAnEscalationTellsTheDepartment) {  // S014
  const access::Actor lea = office_.light_agent("lea", {"Support"});
  escalate(office_.administrator(), office_.ticket("Router"));
  EXPECT_THAT(titles(ana_), ElementsAre("Router"));
  EXPECT_THAT(titles(ben_), ElementsAre("Router"));
  EXPECT_THAT(titles(lea), ElementsAre("Router"));
  EXPECT_THAT(titles(eva_), IsEmpty());
}

TEST_F(TicketNotifications, ADisabledOwnerIsNoOwnerToTell) {  // S014
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  const access::Actor ada = office_.administrator();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return access::change_agent(tx, ada, ana_.id, {.status = access::AgentStatus::disabled});
  }));
  escalate(office_.program(), router);
  EXPECT_THAT(titles(ben_), ElementsAre("Router"));
  EXPECT_EQ(told(ana_).unread_count, 0);
}

TEST_F(TicketNotifications, NobodyIsToldOfWhatTheyDidThemselves) {  // S014
  escalate(ana_, office_.ticket("Router", {{"owner", ana_.id}}));
  escalate(ana_, office_.ticket("Printer"));
  EXPECT_THAT(titles(ana_), IsEmpty());
  EXPECT_THAT(titles(ben_), ElementsAre("Printer"));
}

TEST_F(TicketNotifications, ANewTicketMayBeEscalatedAtOnceAndAnImportedOneIsNoNews) {  // S014
  office_.ticket("Router", {{"owner", ana_.id}, {"is_escalated", int64_t{1}}});
  access::Actor importer = office_.program();
  importer.path = access::Path::import;
  ASSERT_TRUE(office_.create(importer, "tickets",
                             {{"subject", "Old"},
                              {"department", office_.department("Support")},
                              {"owner", ana_.id},
                              {"is_escalated", int64_t{1}}}));
  EXPECT_THAT(titles(ana_), ElementsAre("Router"));
}

TEST_F(TicketNotifications, OnlyTheTurnToEscalatedIsAnnounced) {  // S014
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  escalate(ben_, router);
  ASSERT_TRUE(office_.change(ben_, "tickets", router, {{"subject", "Router again"}}));
  escalate(ben_, router);
  EXPECT_EQ(told(ana_).newest.size(), 1U);
  calm(router);
  escalate(ben_, router);
  EXPECT_THAT(titles(ana_), ElementsAre("Router again", "Router again"));
}

TEST_F(TicketNotifications, ANotificationStaysWhenItIsRead) {
  escalate(ben_, office_.ticket("Router", {{"owner", ana_.id}}));
  escalate(ben_, office_.ticket("Printer", {{"owner", ana_.id}}));
  const RecordId newest = told(ana_).newest[0].id;
  office_.clock.advance_ms(minute_ms);
  ASSERT_TRUE(mark_read(ana_, newest));
  EXPECT_TRUE(mark_read(ana_, newest));
  EXPECT_EQ(told(ana_).unread_count, 1);
  EXPECT_EQ(told(ana_).newest[0].read_at, office_.clock.now());
  EXPECT_THAT(titles(ana_), ElementsAre("Printer", "Router"));
  EXPECT_EQ(mark_read(ben_, newest).error().kind, RefusalKind::not_found);
}

TEST_F(TicketNotifications, MarkingAllAsReadLeavesWhatCameMeanwhile) {
  escalate(ben_, office_.ticket("Router", {{"owner", ana_.id}}));
  const RecordId seen = told(ana_).newest[0].id;
  escalate(ben_, office_.ticket("Printer", {{"owner", ana_.id}}));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    return notifications::mark_all_read(tx, ana_, seen);
  }));
  EXPECT_EQ(told(ana_).unread_count, 1);
  EXPECT_FALSE(told(ana_).newest[0].read_at);
}

TEST_F(TicketNotifications, WhatAPersonNoLongerSeesIsNotShownToThem) {
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  const RecordId printer = office_.ticket("Printer", {{"owner", ana_.id}});
  escalate(ben_, router);
  escalate(ben_, printer);
  ASSERT_TRUE(office_.change(office_.administrator(), "tickets", router,
                             {{"department", office_.department("Billing")}}));
  EXPECT_THAT(titles(ana_), ElementsAre("Printer"));
  const auto turn = [&](auto verb) {
    return office_.database->write([&](db::Transaction& tx) {
      return verb(tx, office_.program(), *office_.catalogue.find("tickets"), printer);
    });
  };
  ASSERT_TRUE(turn(operations::delete_record));
  EXPECT_EQ(told(ana_).unread_count, 0);
  ASSERT_TRUE(turn(operations::restore_record));
  EXPECT_EQ(told(ana_).unread_count, 1);
  ASSERT_TRUE(turn(operations::delete_record));
  ASSERT_TRUE(turn(operations::purge_record));
  const int64_t left = office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM notifications WHERE org_id = $1 AND record_id = $2",
                      {db::arg(office_.org), db::arg(printer)});
  });
  EXPECT_EQ(left, 0);
}

TEST_F(TicketNotifications, EachPersonKeepsTheNewestFiveHundred) {
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  const auto escalate_again = [&](db::Transaction& tx) -> Result<void> {
    for (int turn = 0; turn < notifications::kept_per_agent_max + 1; ++turn) {
      for (const int64_t value : {1, 0}) {
        TRY(operations::update_record(tx, ben_, *office_.catalogue.find("tickets"), router,
                                      {{"is_escalated", value}}));
      }
    }
    return {};
  };
  ASSERT_TRUE(office_.database->write(escalate_again));
  EXPECT_EQ(told(ana_).unread_count, notifications::kept_per_agent_max);
  EXPECT_EQ(told(ana_, 10).newest.size(), 10U);
}

}  // namespace
}  // namespace tandem::test
