#include "desk/conversation/mentions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "access/agents.h"
#include "desk/notifications/notification_rules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/notifications.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Mentions : public testing::Test {
 protected:
  void SetUp() override {
    desk::add_notification_jobs(*office_.worker, *office_.desk, "https://desk.example");
    ana_ = office_.agent("ana", {"Support"});
    ben_ = office_.agent("ben", {"Support"});
    eva_ = office_.agent("eva", {"Billing"});
    router_ = office_.ticket("Router");
  }
  Result<records::Record> mention(const access::Actor& by, const std::vector<int64_t>& agents) {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return desk::add_comment(tx, by, router_, "<p>Please look</p>", desk::Audience::colleagues,
                               {}, agents);
    });
  }
  std::vector<std::string> bell(const access::Actor& actor) {
    const auto told = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_notifications(tx, actor, 50); });
    std::vector<std::string> kinds;
    for (const notifications::Notification& one : told->newest) kinds.push_back(one.kind);
    return kinds;
  }
  std::vector<std::string> offered(const access::Actor& actor, const std::string& text) {
    const auto people = office_.database->read(
        [&](db::Transaction& tx) { return desk::people_to_mention(tx, actor, router_, text); });
    std::vector<std::string> names;
    if (people) {
      for (const desk::Colleague& one : *people) names.push_back(one.name);
    }
    return names;
  }

  Office office_;
  access::Actor ana_;
  access::Actor ben_;
  access::Actor eva_;
  RecordId router_;
};

TEST_F(Mentions, WhoIsMentionedInACommentIsTold) {  // S021
  ASSERT_TRUE(mention(ana_, {ben_.id.value}));
  EXPECT_THAT(bell(ben_), ElementsAre("mentioned"));
  EXPECT_THAT(bell(ana_), IsEmpty());
}

TEST_F(Mentions, WhoMentionsThemselvesIsNotTold) {  // S021
  ASSERT_TRUE(mention(ana_, {ana_.id.value}));
  EXPECT_THAT(bell(ana_), IsEmpty());
}

TEST_F(Mentions, AMailGoesOutWhenTheRuleOfTheDepartmentSaysSo) {  // S021
  ASSERT_TRUE(mention(ana_, {ben_.id.value}));
  EXPECT_THAT(office_.outbox(), IsEmpty());
  const RecordId support = office_.department("Support");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return desk::change_notification_rule(tx, office_.program(), support,
                                          desk::NotificationEvent::mention, {.by_mail = true});
  }));
  ASSERT_TRUE(mention(ana_, {ben_.id.value}));
  const std::vector<mail::ParsedMail> sent = office_.outbox();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].to.front().address, "ben@firma.example");
  EXPECT_EQ(sent[0].subject, "#1 Router – You were mentioned");
}

TEST_F(Mentions, NobodyIsMentionedWhoDoesNotSeeTheTicket) {  // S021
  EXPECT_EQ(code_of(mention(ana_, {eva_.id.value})), "does_not_see_the_ticket");
  const RecordId billing = office_.department("Billing");
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::share_ticket(tx, ana_, router_, {{billing}}); }));
  EXPECT_TRUE(mention(ana_, {eva_.id.value}));
  EXPECT_THAT(bell(eva_), ElementsAre("mentioned"));
}

TEST_F(Mentions, NobodyIsMentionedWhoIsNotAtWorkHere) {  // S021
  EXPECT_EQ(code_of(mention(ana_, {4'711})), "not_found");
  const access::Actor ada = office_.administrator();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return access::change_agent(tx, ada, ben_.id, {.status = access::AgentStatus::disabled});
  }));
  EXPECT_EQ(code_of(mention(ana_, {ben_.id.value})), "not_found");
  EXPECT_EQ(code_of(mention(ana_, std::vector<int64_t>(21, ana_.id.value))), "too_many");
}

TEST_F(Mentions, AnEditedCommentNamesAtMostTwentyPeopleToo) {  // manual, Replies and comments 2.4
  std::vector<int64_t> twenty;
  for (size_t number = 0; number < desk::mentions_max; ++number)
    twenty.push_back(office_.agent(fmt::format("agent{}", number), {"Support"}).id.value);
  const auto comment = mention(ana_, twenty);
  ASSERT_TRUE(comment) << comment.error().message;
  const auto edit = [&](const std::vector<int64_t>& agents) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::edit_comment(tx, ana_, router_, comment->id, "<p>Please look again</p>", agents);
    });
  };
  EXPECT_EQ(code_of(edit({ben_.id.value})), "too_many");
  EXPECT_TRUE(edit(twenty));
}

TEST_F(Mentions, OfferedAreColleaguesWhoSeeTheTicketByAPartOfTheirName) {  // S021
  EXPECT_THAT(offered(ana_, ""), ElementsAre("ana", "ben"));
  EXPECT_THAT(offered(ana_, "BE"), ElementsAre("ben"));
  EXPECT_THAT(offered(ana_, "eva"), IsEmpty());
  EXPECT_THAT(offered(eva_, ""), IsEmpty());
}

}  // namespace
}  // namespace tandem::test
