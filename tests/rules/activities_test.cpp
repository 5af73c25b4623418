#include "desk/activities/activities.h"

#include <gmock/gmock.h>

#include "desk/activities/activity_reminders.h"
#include "desk/notifications/notifications.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

// Manual, Activities.

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Activities : public testing::Test {
 protected:
  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor ben_ = office_.agent("ben", {"Support"});
  access::Actor eva_ = office_.agent("eva", {"Billing"});
  RecordId router_ = office_.ticket("Router");

  RecordId task(const access::Actor& actor, const records::Changes& values) {
    const auto made = office_.create(actor, "tasks", values);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : RecordId{};
  }
  void share(desk::TicketAccess access) {
    const RecordId billing = office_.department("Billing");
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, office_.program(), router_, {{billing, access}});
    }));
  }
  std::vector<std::string> told(const access::Actor& actor) {
    const auto answer = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_notifications(tx, actor, 50); });
    std::vector<std::string> words;
    for (const notifications::Notification& one : answer->newest) {
      words.push_back(one.kind + " " + one.module + " " + one.record.title);
    }
    return words;
  }
};

TEST_F(Activities, ATaskOfATicketIsSeenByWhoSeesTheTicket) {
  const RecordId call = task(ana_, {{"subject", "Call back"}, {"ticket", router_}});
  EXPECT_EQ(office_.read("tasks", call).get("department").id(), office_.department("Support"));
  EXPECT_EQ(office_.read("tasks", call).get("owner").id(), ana_.id);
  EXPECT_THAT(office_.sees(ben_, "tasks"), ElementsAre(call.value));
  EXPECT_THAT(office_.sees(eva_, "tasks"), IsEmpty());
  EXPECT_EQ(office_.open(eva_, "tasks", call).error().kind, RefusalKind::not_found);
  share(desk::TicketAccess::read_only);
  EXPECT_TRUE(office_.open(eva_, "tasks", call));
  EXPECT_EQ(code_of(office_.change(eva_, "tasks", call, {{"status", "completed"}})),
            "shared_read_only");
  EXPECT_EQ(code_of(office_.create(eva_, "tasks", {{"subject", "Mine"}, {"ticket", router_}})),
            "shared_read_only");
  share(desk::TicketAccess::full);
  EXPECT_TRUE(office_.change(eva_, "tasks", call, {{"status", "completed"}}));
}

TEST_F(Activities, ATaskWithoutATicketBelongsToADepartmentAndItsOwner) {
  const RecordId shelf = task(ana_, {{"subject", "Tidy the shelf"}, {"owner", eva_.id}});
  EXPECT_THAT(office_.sees(ben_, "tasks"), ElementsAre(shelf.value));
  EXPECT_THAT(office_.sees(eva_, "tasks"), ElementsAre(shelf.value)) << "its owner";
  EXPECT_EQ(
      code_of(office_.create(
          ana_, "tasks", {{"subject", "Theirs"}, {"department", office_.department("Billing")}})),
      "not_your_department");
  EXPECT_EQ(
      office_.create(ana_, "tasks", {{"subject", "T"}, {"owner", RecordId{12345}}}).error().field,
      "owner");
  EXPECT_EQ(code_of(office_.create(eva_, "tasks", {{"subject", "T"}, {"ticket", router_}})),
            "not_found");
  const access::Actor lea = office_.light_agent("lea", {"Support"});
  EXPECT_EQ(office_.create(lea, "tasks", {{"subject", "T"}}).error().kind, RefusalKind::forbidden);
}

TEST_F(Activities, ATaskThatIsDoneKnowsWhen) {
  const RecordId call = task(ana_, {{"subject", "Call back"}});
  ASSERT_TRUE(office_.change(ana_, "tasks", call, {{"status", "completed"}}));
  EXPECT_EQ(office_.read("tasks", call).get("completed_at").instant(), office_.clock.now());
  ASSERT_TRUE(office_.change(ana_, "tasks", call, {{"status", "in_progress"}}));
  EXPECT_TRUE(office_.read("tasks", call).get("completed_at").is_null());
}

TEST_F(Activities, AnAppointmentEndsAfterItBegins) {
  const Instant noon = office_.clock.now() + 3 * hour_ms;
  const auto visit = office_.create(ana_, "appointments",
                                    {{"subject", "Visit"},
                                     {"starts_at", noon},
                                     {"ends_at", noon + hour_ms},
                                     {"ticket", router_}});
  ASSERT_TRUE(visit) << visit.error().message;
  EXPECT_EQ(code_of(office_.change(ana_, "appointments", visit->id, {{"ends_at", noon}})),
            "ends_too_early");
  EXPECT_EQ(office_.create(ana_, "appointments", {{"subject", "Visit"}}).error().kind,
            RefusalKind::invalid);
}

TEST_F(Activities, AReminderRingsOnceAndAgainWhenItIsPutOff) {
  const RecordId call = task(
      ben_,
      {{"subject", "Call back"}, {"owner", ana_.id}, {"remind_at", office_.clock.now() + hour_ms}});
  desk::remind_of_activities(*office_.desk);
  EXPECT_THAT(told(ana_), IsEmpty()) << "not yet";
  office_.clock.advance_ms(hour_ms);
  desk::remind_of_activities(*office_.desk);
  desk::remind_of_activities(*office_.desk);
  EXPECT_THAT(told(ana_), ElementsAre("reminded tasks Call back"));
  ASSERT_TRUE(office_.change(ana_, "tasks", call, {{"remind_at", office_.clock.now() + hour_ms}}));
  office_.clock.advance_ms(2 * hour_ms);
  desk::remind_of_activities(*office_.desk);
  EXPECT_EQ(told(ana_).size(), 2U);
  const RecordId done = task(
      ana_,
      {{"subject", "Done"}, {"status", "completed"}, {"remind_at", office_.clock.now() + hour_ms}});
  EXPECT_TRUE(done);
  office_.clock.advance_ms(2 * hour_ms);
  desk::remind_of_activities(*office_.desk);
  EXPECT_EQ(told(ana_).size(), 2U) << "what is completed reminds nobody";
}

TEST_F(Activities, WhatBelongsToATicketInTheBinIsListedNowhere) {
  task(ana_, {{"subject", "Call back"}, {"ticket", router_}});
  const access::Actor ada = office_.administrator();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, ada, *office_.catalogue.find("tickets"), router_);
  }));
  EXPECT_THAT(office_.sees(ana_, "tasks"), IsEmpty());
}

TEST_F(Activities, CustomersSeeNone) {
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  const RecordId hers = office_.ticket("Hers", {{"contact", maria}});
  const RecordId call = task(ana_, {{"subject", "Call back"}, {"ticket", hers}});
  EXPECT_FALSE(office_.open(office_.contact_actor(maria), "tasks", call));
}

}  // namespace
}  // namespace tandem::test
