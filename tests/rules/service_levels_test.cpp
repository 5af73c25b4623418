#include "desk/service_levels/service_levels.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "desk/notifications/notifications.h"
#include "desk/service_levels/business_hours.h"
#include "desk/service_levels/service_level_clock.h"
#include "desk/service_levels/service_level_events.h"
#include "records/change_log.h"
#include "tests/support/office.h"

// Times are UTC; the office opens its doors on Monday 2026-03-02 at 09:00, when the clock stands
// still. Business hours here are 09:00 to 12:00 and 13:00 to 17:00, Monday to Friday.

namespace tandem::test {
namespace {

using desk::Target;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int monday = 0, friday = 4;

class ServiceLevels : public testing::Test {
 protected:
  void SetUp() override {
    ada_ = office_.administrator();
    ana_ = office_.agent("ana", {"Support"});
    hours_ = must_add(office_hours("Office"));
  }

  static desk::NamedHours office_hours(const std::string& name) {
    desk::NamedHours hours;
    hours.name = name;
    for (int day = monday; day <= friday; ++day) {
      hours.hours.week[size_t(day)] = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}};
    }
    return hours;
  }
  desk::NamedHours must_add(const desk::NamedHours& wanted) {
    const Result<desk::NamedHours> added = add(wanted);
    EXPECT_TRUE(added) << added.error().message;
    return added ? *added : desk::NamedHours{};
  }
  Result<desk::NamedHours> add(const desk::NamedHours& wanted) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_business_hours(tx, ada_, wanted); });
  }
  Result<desk::HolidayList> add(const desk::HolidayList& wanted) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_holiday_list(tx, ada_, wanted); });
  }
  Result<desk::ServiceLevel> add(const desk::ServiceLevel& wanted) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_service_level(tx, ada_, wanted); });
  }
  /// First response in one hour, resolution in eight, whatever the priority; urgent in half an hour
  /// and two.
  static desk::ServiceLevel gold() {
    desk::ServiceLevel level;
    level.name = "Gold";
    for (const char* priority : {"none", "low", "medium", "high"}) {
      level.targets[priority] = {60, 480};
    }
    level.targets["urgent"] = {30, 120};
    return level;
  }
  desk::ServiceLevel keep(desk::ServiceLevel wanted) {
    const Result<desk::ServiceLevel> added = add(wanted);
    EXPECT_TRUE(added) << added.error().field << ": " << added.error().message;
    return added ? *added : desk::ServiceLevel{};
  }
  std::string refusal_of(const desk::ServiceLevel& wanted) {
    const Result<desk::ServiceLevel> answer = add(wanted);
    return answer ? "" : answer.error().field + ": " + answer.error().code;
  }

  std::string at(RecordId ticket, const std::string& field) {
    const records::Value value = office_.read("tickets", ticket).get(field);
    if (value.is_null()) return "";
    return to_iso(value.instant()).substr(0, 16);
  }
  std::string policy_of(RecordId ticket) {
    return office_.read("tickets", ticket).get("service_level").text();
  }
  void set(RecordId ticket, const std::string& field, records::Value value) {
    const auto changed = office_.change(ada_, "tickets", ticket, {{field, std::move(value)}});
    ASSERT_TRUE(changed) << changed.error().message;
  }
  void wait(int64_t minutes) { office_.clock.advance_ms(minutes * minute_ms); }
  int raise() { return desk::raise_service_level_events(*office_.database, office_.catalogue); }
  /// What the program did by itself, oldest first: "resolution_missed by Gold".
  std::vector<std::string> automatic(RecordId ticket) {
    const auto page = office_.database->read([&](db::Transaction& tx) {
      return records::history_of(tx, office_.org, "tickets", ticket, "", 200);
    });
    std::vector<std::string> events;
    for (const records::LogEntry& entry : page->entries) {
      if (entry.author.path != "automation") continue;
      events.insert(events.begin(), entry.event + " by " + entry.author.name);
    }
    return events;
  }

  Office office_;
  access::Actor ada_;
  access::Actor ana_;
  desk::NamedHours hours_;
};

TEST_F(ServiceLevels, ATicketIsDueInTheTimeInWhichTheOfficeWorks) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  EXPECT_EQ(policy_of(router), "Gold");
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-02T10:00");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-03T10:00") << "7 hours a day";
  EXPECT_EQ(at(router, "due_at"), "2026-03-03T10:00");
}

TEST_F(ServiceLevels, WithoutBusinessHoursTimeNeverStandsStill) {
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::remove_business_hours(tx, ada_, hours_.id); }));
  keep(gold());
  EXPECT_EQ(at(office_.ticket("Router"), "resolution_due_at"), "2026-03-02T17:00");
}

TEST_F(ServiceLevels, APolicyMayCountDayAndNight) {
  desk::ServiceLevel level = gold();
  level.counting = desk::Counting::day_and_night;
  keep(level);
  EXPECT_EQ(at(office_.ticket("Router"), "resolution_due_at"), "2026-03-02T17:00");
}

TEST_F(ServiceLevels, ADepartmentWorksInItsOwnHoursAndHolidays) {
  const desk::HolidayList list =
      *add(desk::HolidayList{.name = "Berlin", .days = {{20'514, "Day off"}}});  // 2026-03-02
  desk::NamedHours late = office_hours("Late");
  late.holiday_list = list.id;
  late.department_ids = {office_.department("Billing").value};
  must_add(late);
  keep(gold());
  const RecordId billing =
      office_.ticket("Invoice", {{"department", office_.department("Billing")}});
  EXPECT_EQ(at(billing, "first_response_due_at"), "2026-03-03T10:00");
  EXPECT_EQ(at(office_.ticket("Router"), "first_response_due_at"), "2026-03-02T10:00");
  wait(30);
  set(billing, "department", office_.department("Support"));
  EXPECT_EQ(at(billing, "first_response_due_at"), "2026-03-02T10:30") << "nothing was worked yet";
}

TEST_F(ServiceLevels, TheFirstPolicyInOrderWhoseConditionsFitIsTheTickets) {
  desk::ServiceLevel phone = gold();
  phone.name = "Phone";
  phone.conditions_json = R"({"field":"channel","is":"phone"})";
  keep(gold());
  phone.position = 1;
  keep(phone);
  const RecordId call = office_.ticket("Call", {{"channel", "phone"}});
  const RecordId mail = office_.ticket("Mail", {{"channel", "email"}});
  EXPECT_EQ(policy_of(call), "Phone");
  EXPECT_EQ(policy_of(mail), "Gold");
  set(mail, "channel", "phone");
  EXPECT_EQ(policy_of(mail), "Phone");
}

TEST_F(ServiceLevels, NoPolicyPromisesNothing) {
  desk::ServiceLevel level = gold();
  level.is_active = false;
  keep(level);
  const RecordId router = office_.ticket("Router");
  EXPECT_EQ(policy_of(router), "");
  EXPECT_EQ(at(router, "due_at"), "");
}

TEST_F(ServiceLevels, TimeOnHoldDoesNotCount) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  wait(90);  // 10:30
  set(router, "status", "on_hold");
  EXPECT_EQ(at(router, "resolution_due_at"), "");
  EXPECT_EQ(at(router, "due_at"), "") << "nobody is late while the customer is waited for";
  EXPECT_EQ(office_.read("tickets", router).get("resolution_left_minutes").number(), 390);
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-02T10:00")
      << "what was missed stays missed";
  wait(24 * 60 + 30);  // Tuesday 11:00
  set(router, "status", "open");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-04T10:30") << "6.5 hours from then on";
  EXPECT_EQ(at(router, "due_at"), "2026-03-04T10:30");
  EXPECT_TRUE(office_.read("tickets", router).get("resolution_left_minutes").is_null());
}

TEST_F(ServiceLevels, ReopeningGoesOnWhereClosingStopped) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  wait(60);
  set(router, "status", "closed");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-03T10:00") << "how it was when it was closed";
  wait(48 * 60);  // Wednesday 10:00
  EXPECT_EQ(raise(), 0);
  set(router, "status", "open");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-05T10:00") << "7 hours were left";
}

TEST_F(ServiceLevels, AnotherPriorityCountsWhatWasWorkedAgainstTheNewTarget) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  wait(60);
  set(router, "priority", "urgent");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-02T11:00") << "one hour of two is gone";
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-02T10:00") << "missed from the start";
  wait(60);
  set(router, "priority", "high");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-03T10:00");
}

TEST_F(ServiceLevels, TheFirstReplyOfAnAgentIsTheResponse) {
  keep(gold());
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  const RecordId router = office_.ticket("Router", {{"contact", maria}});
  wait(20);
  ASSERT_TRUE(office_.comment(ana_, router, "<p>For us</p>"));
  EXPECT_EQ(at(router, "responded_at"), "") << "colleagues are no customers";
  wait(20);
  ASSERT_TRUE(office_.reply(ana_, router, {.html = "<p>We look at it</p>"}));
  EXPECT_EQ(at(router, "responded_at"), "2026-03-02T09:40");
  wait(20);
  ASSERT_TRUE(office_.reply(ana_, router, {.html = "<p>Again</p>"}));
  EXPECT_EQ(at(router, "responded_at"), "2026-03-02T09:40");
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-02T10:00") << "to compare with";
  wait(24 * 60);
  raise();
  EXPECT_THAT(automatic(router), ElementsAre("resolution_missed by Gold"));
}

TEST_F(ServiceLevels, APublicCommentIsAResponseToo) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  ASSERT_TRUE(office_.comment(ada_, router, "<p>For you</p>", desk::Audience::everyone));
  EXPECT_EQ(at(router, "responded_at"), "2026-03-02T09:00");
}

TEST_F(ServiceLevels, ADueDateThatAPersonSetStays) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  const Instant friday_noon{1'772'798'400'000};
  set(router, "due_at", friday_noon);
  set(router, "priority", "urgent");
  EXPECT_EQ(at(router, "due_at"), "2026-03-06T12:00");
  EXPECT_EQ(at(router, "resolution_due_at"), "2026-03-02T11:00") << "the target is kept beside it";
  set(router, "status", "on_hold");
  EXPECT_EQ(at(router, "due_at"), "2026-03-06T12:00");
  set(router, "status", "open");
  set(router, "due_at", records::Value());
  EXPECT_EQ(at(router, "due_at"), "2026-03-02T11:00") << "emptied, the target comes back";
}

TEST_F(ServiceLevels, AMissedTargetIsToldInTheHistoryOnce) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  wait(59);
  EXPECT_EQ(raise(), 0);
  EXPECT_THAT(automatic(router), IsEmpty());
  wait(1);
  EXPECT_EQ(raise(), 1);
  EXPECT_EQ(raise(), 0);
  EXPECT_THAT(automatic(router), ElementsAre("first_response_missed by Gold"));
  wait(24 * 60);
  EXPECT_EQ(raise(), 1);
  set(router, "priority", "urgent");
  wait(24 * 60);
  EXPECT_EQ(raise(), 0);
  EXPECT_THAT(automatic(router),
              ElementsAre("first_response_missed by Gold", "resolution_missed by Gold"));
}

TEST_F(ServiceLevels, LevelsEscalateBeforeAndAfterTheTarget) {
  const access::Actor ben = office_.agent("ben", {"Support"});
  desk::ServiceLevel level = gold();
  level.levels = {
      {.target = Target::resolution, .after_minutes = 60, .priority = "urgent", .owner = ben.id},
      {.target = Target::resolution, .after_minutes = -60, .sets_escalated = true}};
  keep(level);
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}, {"priority", "low"}});
  set(router, "status", "on_hold");
  wait(60);
  EXPECT_EQ(raise(), 0);
  set(router, "status", "open");  // 8 hours from Monday 10:00 are Tuesday 11:00
  wait(24 * 60);
  EXPECT_EQ(raise(), 1);
  EXPECT_TRUE(office_.read("tickets", router).get("is_escalated").truth());
  EXPECT_THAT(automatic(router),
              ElementsAre("first_response_missed by Gold", "service_level_escalated by Gold"));
  wait(120);
  EXPECT_EQ(raise(), 1);
  const records::Record ticket = office_.read("tickets", router);
  EXPECT_EQ(ticket.get("priority").text(), "urgent");
  EXPECT_EQ(ticket.get("owner").id(), ben.id);
  EXPECT_THAT(automatic(router),
              ElementsAre("first_response_missed by Gold", "service_level_escalated by Gold",
                          "resolution_missed by Gold", "service_level_escalated by Gold"));
}

TEST_F(ServiceLevels, AnOwnerWhoMayNotHaveTheTicketIsLeftOut) {
  const access::Actor eva = office_.agent("eva", {"Billing"});
  desk::ServiceLevel level = gold();
  level.levels = {{.target = Target::first_response, .sets_escalated = true, .owner = eva.id}};
  keep(level);
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  wait(60);
  EXPECT_EQ(raise(), 1);
  const records::Record ticket = office_.read("tickets", router);
  EXPECT_EQ(ticket.get("owner").id(), ana_.id);
  EXPECT_TRUE(ticket.get("is_escalated").truth());
}

TEST_F(ServiceLevels, PoliciesThatSendATicketToEachOtherComeToAnEnd) {
  for (const auto& [mine, other] : {std::pair("low", "high"), std::pair("high", "low")}) {
    desk::ServiceLevel level = gold();
    level.name = std::string("Policy for ") + mine;
    level.conditions_json = std::string(R"({"field":"priority","is":")") + mine + "\"}";
    // A level as long before the target as the target is long happens at once.
    level.levels = {{.target = Target::resolution, .after_minutes = -480, .priority = other}};
    keep(level);
  }
  const RecordId router = office_.ticket("Router", {{"priority", "low"}});
  EXPECT_EQ(raise(), 1);
  EXPECT_EQ(raise(), 1);
  EXPECT_EQ(raise(), 0);
  EXPECT_THAT(automatic(router), ElementsAre("service_level_escalated by Policy for low",
                                             "service_level_escalated by Policy for high"));
  wait(5 * 24 * 60);
  EXPECT_EQ(raise(), 1) << "both targets of the policy that it ended with";
  EXPECT_EQ(raise(), 0);
}

TEST_F(ServiceLevels, ALevelTellsThePeopleItNames) {
  const access::Actor eva = office_.agent("eva", {"Support"});
  desk::ServiceLevel level = gold();
  level.levels = {
      {.target = Target::first_response, .after_minutes = -10, .told_agents = {eva.id.value}}};
  keep(level);
  office_.ticket("Router", {{"owner", ana_.id}});
  wait(50);
  EXPECT_EQ(raise(), 1);
  const auto told = office_.database->read(
      [&](db::Transaction& tx) { return desk::list_notifications(tx, eva, 10); });
  ASSERT_EQ(told->newest.size(), 1U);
  EXPECT_EQ(told->newest[0].kind, "escalated");
}

TEST_F(ServiceLevels, ATicketInTheRecycleBinEscalatesNotAndGoesOnWhenItComesBack) {
  keep(gold());
  const RecordId router = office_.ticket("Router");
  wait(30);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, ada_, *office_.catalogue.find("tickets"), router);
  }));
  wait(24 * 60);
  EXPECT_EQ(raise(), 0);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, ada_, *office_.catalogue.find("tickets"), router);
  }));
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-03T10:00") << "30 minutes were left";
}

TEST_F(ServiceLevels, ImportedTicketsGetNoPolicyUntilSomethingHappensToThem) {
  keep(gold());
  access::Actor importer = office_.program();
  importer.path = access::Path::import;
  const RecordId old =
      office_
          .create(importer, "tickets",
                  {{"subject", "Old"}, {"department", office_.department("Support")}})
          ->id;
  EXPECT_EQ(policy_of(old), "");
  set(old, "priority", "high");
  EXPECT_EQ(policy_of(old), "Gold");
}

TEST_F(ServiceLevels, APolicyIsNotHeldAgainstTicketsFromBeforeItWasMade) {
  const RecordId router = office_.ticket("Router");
  wait(120);
  keep(gold());
  set(router, "priority", "low");
  EXPECT_EQ(at(router, "first_response_due_at"), "2026-03-02T12:00")
      << "counted from 11:00, when the policy was made";
}

TEST_F(ServiceLevels, ARemovedPolicyRaisesNothingMore) {
  const desk::ServiceLevel level = keep(gold());
  const RecordId router = office_.ticket("Router");
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::remove_service_level(tx, ada_, level.id); }));
  wait(24 * 60);
  raise();
  EXPECT_THAT(automatic(router), IsEmpty());
  set(router, "priority", "low");
  EXPECT_EQ(policy_of(router), "");
  EXPECT_EQ(at(router, "due_at"), "");
}

TEST_F(ServiceLevels, OfTwoNodesOneRaises) {
  keep(gold());
  constexpr int tickets = 120;
  for (int number = 0; number < tickets; ++number)
    office_.ticket("Router " + std::to_string(number));
  wait(60);
  std::atomic<int> raised = 0;
  {
    const std::jthread one([&] { raised += raise(); });
    const std::jthread other([&] { raised += raise(); });
  }
  EXPECT_EQ(raised, tickets);
  EXPECT_EQ(office_.database->read([](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM change_log WHERE event = 'first_response_missed'");
  }),
            tickets);
}

TEST_F(ServiceLevels, APolicyThatDoesNotFitIsRefusedWithTheRemedy) {
  keep(gold());
  const auto changed = [](const std::function<void(desk::ServiceLevel&)>& change) {
    desk::ServiceLevel level = gold();
    level.name = "Other";
    change(level);
    return level;
  };
  using L = desk::ServiceLevel;
  EXPECT_EQ(refusal_of(gold()), "name: duplicate");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.name = " "; })), "name: required");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.name = std::string(101, 'x'); })), "name: too_long");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.targets.clear(); })), "targets: required");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.targets["huge"] = {1, 2}; })), "targets: not_a_choice");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.targets["low"] = {61, 60}; })),
            "targets: response_after_resolution");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.conditions_json = R"({"field":"nothing","is":1})"; })),
            "conditions: unknown_field");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.conditions_json = R"({"field":"owner","is":"me"})"; })),
            "conditions: asks_for_me");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.levels = {{}}; })), "levels: does_nothing");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.levels = {{.priority = "huge"}}; })),
            "levels: not_a_choice");
  EXPECT_EQ(refusal_of(changed([](L& l) { l.levels = {{.owner = RecordId{1}}}; })),
            "levels: not_found");
  EXPECT_EQ(refusal_of(changed(
                [](L& l) { l.levels = {{.sets_escalated = true}, {.sets_escalated = true}}; })),
            "levels: duplicate");
}

TEST_F(ServiceLevels, WhoDoesNotManageTheOrganisationSetsNothing) {
  const auto as_ana = [&](const auto& act) {
    const auto answer = office_.database->write([&](db::Transaction& tx) -> Result<void> {
      TRY(act(tx));
      return {};
    });
    return answer ? "" : std::string(word(answer.error().kind));
  };
  EXPECT_EQ(as_ana([&](db::Transaction& tx) { return desk::add_service_level(tx, ana_, gold()); }),
            "forbidden");
  EXPECT_EQ(as_ana([&](db::Transaction& tx) {
              return desk::add_business_hours(tx, ana_, office_hours("Mine"));
            }),
            "forbidden");
  EXPECT_EQ(as_ana([&](db::Transaction& tx) { return desk::list_service_levels(tx, ana_); }),
            "forbidden");
}

TEST_F(ServiceLevels, BusinessHoursInUseStay) {
  desk::NamedHours late = office_hours("Late");
  const desk::HolidayList list = *add(desk::HolidayList{.name = "Berlin", .days = {}});
  late.holiday_list = list.id;
  late.department_ids = {office_.department("Billing").value};
  late = must_add(late);
  EXPECT_FALSE(late.is_usual);
  const auto removed = [&](RecordId id) {
    return code_of(office_.database->write(
        [&](db::Transaction& tx) { return desk::remove_business_hours(tx, ada_, id); }));
  };
  EXPECT_EQ(removed(late.id), "in_use");
  EXPECT_EQ(removed(hours_.id), "usual_hours");
  EXPECT_EQ(code_of(office_.database->write(
                [&](db::Transaction& tx) { return desk::remove_holiday_list(tx, ada_, list.id); })),
            "in_use");
  late.is_usual = true;
  ASSERT_TRUE(office_.database->write(
      [&](db::Transaction& tx) { return desk::change_business_hours(tx, ada_, late); }));
  EXPECT_EQ(removed(hours_.id), "");
  EXPECT_EQ(code_of(add(office_hours("Late"))), "duplicate");
  desk::NamedHours closed = office_hours("Closed");
  closed.hours.week = {};
  EXPECT_EQ(code_of(add(closed)), "never_open");
}

}  // namespace
}  // namespace tandem::test
