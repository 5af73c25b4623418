#include "desk/tickets/ticket_followers.h"

#include <gmock/gmock.h>

#include "desk/notifications/notification_rules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/notifications.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/views/ticket_views.h"
#include "records/change_log.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"
#include "views/custom_view_query.h"

// Manual, Followers.

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Followers : public testing::Test {
 protected:
  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor ben_ = office_.agent("ben", {"Support"});
  access::Actor eva_ = office_.agent("eva", {"Billing"});
  RecordId router_ = office_.ticket("Router", {{"owner", ana_.id}});

  Result<void> in(const std::function<Result<void>(db::Transaction&)>& body) {
    return office_.database->write(body);
  }
  Result<void> follow(const access::Actor& actor) {
    return in([&](db::Transaction& tx) { return desk::follow_ticket(tx, actor, router_); });
  }
  Result<void> unfollow(const access::Actor& actor) {
    return in([&](db::Transaction& tx) { return desk::unfollow_ticket(tx, actor, router_); });
  }
  Result<void> add(const access::Actor& actor, std::vector<int64_t> agents) {
    return in([&](db::Transaction& tx) { return desk::add_followers(tx, actor, router_, agents); });
  }
  std::vector<std::string> followers(const access::Actor& actor) {
    return office_.database->read([&](db::Transaction& tx) {
      std::vector<std::string> names;
      const auto found = desk::list_followers(tx, actor, router_);
      EXPECT_TRUE(found);
      for (const desk::Follower& one : *found) names.push_back(one.name);
      return names;
    });
  }
  /// What the bell says, oldest first.
  std::vector<std::string> told(const access::Actor& actor) {
    const auto answer = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_notifications(tx, actor, 50); });
    std::vector<std::string> kinds;
    for (const notifications::Notification& one : answer->newest)
      kinds.insert(kinds.begin(), one.kind);
    return kinds;
  }
  std::vector<int64_t> view(const access::Actor& actor) {
    return office_.database->read([&](db::Transaction& tx) {
      const auto asked = views::view_asked_for(tx, actor, desk::viewed_tickets(), "following");
      const auto page = views::list_view(tx, actor, desk::viewed_tickets(), *asked,
                                         {.sort = {"last_activity_at", true}, .limit = 50});
      std::vector<int64_t> ids;
      for (const records::Record& one : page->records) ids.push_back(one.id.value);
      return ids;
    });
  }
  std::vector<std::string> history() { return events_of(office_, router_); }
};

TEST_F(Followers, AFollowerIsToldOfMessagesCommentsStatusAndOwner) {
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(office_.comment(ana_, router_, "<p>Looking</p>"));
  ASSERT_TRUE(office_.reply(ana_, router_, {.to = {{"", "m@kunde.example"}}, .html = "Hello"}));
  ASSERT_TRUE(office_.change(ana_, "tickets", router_, {{"status", "on_hold"}}));
  ASSERT_TRUE(office_.change(ana_, "tickets", router_, {{"owner", records::Value()}}));
  ASSERT_TRUE(office_.change(ana_, "tickets", router_, {{"priority", "high"}}));
  EXPECT_THAT(told(ben_), ElementsAre("followed_comment", "followed_message", "followed_status",
                                      "followed_owner"));
  EXPECT_THAT(told(ana_), IsEmpty()) << "who does not follow";
}

TEST_F(Followers, TheCustomersAnswerIsNewsToAFollower) {
  router_ = office_.mail_in({.subject = "Printer", .message_id = "one@kunde.example"}).ticket;
  ASSERT_TRUE(follow(ben_));
  office_.mail_in({.subject = "Re: Printer", .headers = {"In-Reply-To: <one@kunde.example>"}});
  EXPECT_THAT(told(ben_), ElementsAre("followed_message"));
}

TEST_F(Followers, NobodyIsToldOfWhatTheyDidThemselvesAndNobodyTwice) {
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(office_.comment(ben_, router_, "<p>Mine</p>"));
  EXPECT_THAT(told(ben_), IsEmpty());
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::add_comment(tx, ana_, router_, "<p>@ben look</p>", desk::Audience::colleagues, {},
                          {ben_.id.value}));
    return {};
  }));
  EXPECT_THAT(told(ben_), ElementsAre("mentioned")) << "the mention says more";
}

TEST_F(Followers, WhoNoLongerSeesTheTicketIsToldNothing) {
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(
      office_.change(office_.program(), "tickets", router_,
                     {{"department", office_.department("Billing")}, {"owner", records::Value()}}));
  ASSERT_TRUE(office_.comment(eva_, router_, "<p>Ours now</p>"));
  EXPECT_THAT(told(ben_), IsEmpty());
  EXPECT_THAT(followers(eva_), IsEmpty());
  EXPECT_THAT(view(ben_), IsEmpty());
  EXPECT_EQ(unfollow(ben_).error().kind, RefusalKind::not_found);
  const RecordId support = office_.department("Support");
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::share_ticket(tx, office_.program(), router_,
                           {{support, desk::TicketAccess::read_only}}));
    return {};
  }));
  ASSERT_TRUE(office_.comment(eva_, router_, "<p>Shared</p>"));
  EXPECT_THAT(told(ben_), ElementsAre("followed_comment")) << "who sees it again hears again";
}

TEST_F(Followers, TheRuleOfTheDepartmentSendsMailToFollowers) {
  desk::add_notification_jobs(*office_.worker, *office_.desk, "https://desk.example");
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(office_.comment(ana_, router_, "<p>Quiet</p>"));
  EXPECT_THAT(office_.outbox(), IsEmpty()) << "off at first";
  const access::Actor ada = office_.administrator();
  const RecordId support = office_.department("Support");
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::change_notification_rule(tx, ada, support, desk::NotificationEvent::following,
                                       {.by_mail = true}));
    return {};
  }));
  ASSERT_TRUE(office_.comment(ana_, router_, "<p>Loud</p>"));
  EXPECT_EQ(office_.outbox().size(), 1U);
}

TEST_F(Followers, ColleaguesWhoSeeTheTicketCanBeMadeToFollow) {
  ASSERT_TRUE(add(ana_, {ben_.id.value}));
  EXPECT_THAT(followers(ana_), ElementsAre("ben"));
  EXPECT_EQ(code_of(add(ana_, {eva_.id.value})), "follower_sees_nothing");
  EXPECT_EQ(code_of(add(ana_, {12345})), "not_found");
  EXPECT_EQ(code_of(add(ana_, {})), "required");
  const access::Actor lea = office_.light_agent("lea", {"Support"});
  EXPECT_EQ(add(lea, {ana_.id.value}).error().kind, RefusalKind::forbidden);
  EXPECT_TRUE(follow(lea)) << "oneself, light agents too";
  EXPECT_EQ(follow(eva_).error().kind, RefusalKind::not_found);
}

TEST_F(Followers, HistoryTellsWhoFollowsAndBothTwiceIsOnce) {
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(follow(ben_));
  ASSERT_TRUE(add(ana_, {ben_.id.value}));
  ASSERT_TRUE(unfollow(ben_));
  ASSERT_TRUE(unfollow(ben_));
  EXPECT_THAT(history(), ElementsAre("unfollowed", "followed", "created"));
  EXPECT_THAT(followers(ana_), IsEmpty());
}

TEST_F(Followers, TheViewListsOpenTicketsThatOneFollows) {
  EXPECT_THAT(view(ben_), IsEmpty());
  ASSERT_TRUE(follow(ben_));
  EXPECT_THAT(view(ben_), ElementsAre(router_.value));
  EXPECT_THAT(view(ana_), IsEmpty());
  ASSERT_TRUE(office_.change(ana_, "tickets", router_, {{"status", "closed"}}));
  EXPECT_THAT(view(ben_), IsEmpty());
}

TEST_F(Followers, WhoFollowedAMergedTicketFollowsTheOneItBecame) {
  ASSERT_TRUE(follow(ben_));
  const RecordId other = office_.ticket("Router again");
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::merge_tickets(tx, ana_, {other}, {{router_}}));
    return {};
  }));
  EXPECT_EQ(code_of(follow(ana_)), "merged");
  router_ = other;
  EXPECT_THAT(followers(ana_), ElementsAre("ben"));
}

}  // namespace
}  // namespace tandem::test
