#include "desk/channels/ongoing_calls.h"

#include <gmock/gmock.h>

#include "access/agents.h"
#include "access/people.h"
#include "desk/channels/call_events.h"
#include "tests/support/office.h"

// Whose card a call is, and what is noted from it. Manual, Telephone 3.

namespace tandem::test {
namespace {

using desk::CallEvent;
using desk::CallMoment;
using desk::CallReport;
using desk::PhoneLine;
using testing::ElementsAre;
using testing::IsEmpty;

class OngoingCalls : public testing::Test {
 protected:
  PhoneLine line(const std::string& department) {
    const desk::PhoneLine wanted{.name = "Line of " + department,
                                 .department = office_.department(department),
                                 .takes = "every"};
    const auto added =
        office_.database->write([&](db::Transaction& tx) -> Result<desk::PhoneLineWithSecret> {
          return desk::add_phone_line(tx, *office_.desk, ada_, wanted);
        });
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return added ? added->line : PhoneLine{};
  }
  /// A second later than what was heard before.
  CallReport hear(const PhoneLine& on, const CallEvent& event) {
    office_.clock.advance_ms(second_ms);
    const Result<CallReport> report = desk::hear_call_event(*office_.desk, on, event);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? *report : CallReport{};
  }
  static CallEvent ringing(const std::string& id, const std::string& agent = "") {
    return {.call_id = id, .from = "+49 30 1234567", .to = "99", .agent = agent};
  }
  /// The ids that the telephone systems gave, newest first.
  std::vector<std::string> seen_by(const access::Actor& agent) {
    std::vector<std::string> ids;
    for (const desk::OngoingCall& call : office_.database->read(
             [&](db::Transaction& tx) { return desk::ongoing_calls(tx, agent); })) {
      ids.push_back(call.id.substr(call.id.find('.') + 1));
    }
    return ids;
  }
  Result<records::Record> note(const access::Actor& agent, RecordId ticket, const PhoneLine& of,
                               const std::string& call_id, const std::string& words) {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      return desk::log_ongoing_call(tx, agent, ticket, {.note = words},
                                    to_string(of.id) + "." + call_id);
    });
  }
  /// The calls of a ticket, oldest first: "Ana: She waits."
  std::vector<std::string> noted_on(RecordId ticket) {
    std::vector<std::string> notes;
    for (const int64_t id : office_.sees(ada_, "threads", records::field("ticket").is(ticket))) {
      const records::Record thread = office_.read("threads", RecordId{id});
      notes.push_back(thread.get("author_name").text() + ": " + thread.get("plain_text").text());
    }
    return notes;
  }
  void disable(const access::Actor& agent) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<access::Agent> {
      return access::change_agent(tx, ada_, agent.id, {.status = access::AgentStatus::disabled});
    }));
  }
  void give_number(const access::Actor& agent, const std::string& phone) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<access::Person> {
      return access::change_profile(tx, office_.catalogue, agent.person, {.phone = phone});
    }));
  }

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("Ana", {"Support"});
  access::Actor ben_ = office_.agent("Ben", {"Support"});
};

TEST_F(OngoingCalls, ASecondNoteStandsBesideTheFirstUnderItsOwnName) {  // Telephone 3.4
  const PhoneLine pbx = line("Support");
  const RecordId ticket = office_.ticket("Router");
  hear(pbx, ringing("c1"));
  const auto first = note(ana_, ticket, pbx, "c1", "She waits.");
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_TRUE(note(ben_, ticket, pbx, "c1", "He called back."));
  EXPECT_THAT(noted_on(ticket), ElementsAre("Ana: She waits.", "Ben: He called back."));
  EXPECT_EQ(office_.read("tickets", ticket).get("thread_count").number(), 2);
  ASSERT_TRUE(note(ben_, ticket, pbx, "c1", " ")) << "nothing to say makes no entry";
  EXPECT_EQ(noted_on(ticket).size(), 2U);
  CallEvent over = ringing("c1");
  over.moment = CallMoment::ended;
  EXPECT_EQ(hear(pbx, over).thread, first->id) << "the first is what the system completes";
}

TEST_F(OngoingCalls, ACallThatNamesNobodyWhoCanTakeItIsTheDepartments) {  // Telephone 3.1
  const PhoneLine pbx = line("Support");
  give_number(ana_, "+493099917");
  give_number(ben_, "+493055517");
  hear(pbx, ringing("both", "17"));
  EXPECT_THAT(seen_by(ana_), ElementsAre("both"));
  EXPECT_THAT(seen_by(ben_), ElementsAre("both"));
  disable(ben_);
  hear(pbx, ringing("only Ana is left", "17"));
  EXPECT_THAT(seen_by(ana_), ElementsAre("only Ana is left", "both"));
  const access::Actor eva = office_.agent("Eva", {"Support"});
  EXPECT_THAT(seen_by(eva), ElementsAre("both"));
  hear(pbx, ringing("by address", ben_.email));
  hear(pbx, ringing("by number", "+493055517"));
  EXPECT_THAT(seen_by(eva), ElementsAre("by number", "by address", "both"));
  give_number(eva, "+493099917");
  hear(pbx, ringing("one number of two", "+493099917"));
  EXPECT_EQ(seen_by(ana_).front(), "one number of two");
  EXPECT_EQ(seen_by(eva).front(), "one number of two");
}

TEST_F(OngoingCalls, CallsOfOtherDepartmentsHideNone) {  // Telephone 3.1
  hear(line("Support"), ringing("ours"));
  const PhoneLine other = line("Billing");
  for (int number = 0; number < 60; ++number) {
    hear(other, ringing("theirs " + std::to_string(number)));
  }
  EXPECT_THAT(seen_by(ana_), ElementsAre("ours"));
  EXPECT_THAT(seen_by(ada_), IsEmpty()) << "a member of neither";
  EXPECT_EQ(seen_by(office_.agent("Eva", {"Billing"})).size(), desk::ongoing_calls_max);
}

TEST_F(OngoingCalls, AnIdOf120CharactersOfAnyScriptIsTakenFromTheFirstEventToTheLast) {
  const PhoneLine pbx = line("Support");
  const auto id = [](const std::string& letter, int count) {
    std::string letters;
    for (int at = 0; at < count; ++at) letters += letter;
    return letters;
  };
  for (const std::string letter : {"a", "電"}) {
    CallEvent event = ringing(id(letter, 120));
    hear(pbx, event);
    event.moment = CallMoment::ended;
    const CallReport report = hear(pbx, event);
    EXPECT_TRUE(report.thread) << letter;
    EXPECT_EQ(hear(pbx, event).thread, report.thread) << letter;
    EXPECT_EQ(desk::hear_call_event(*office_.desk, pbx, ringing(id(letter, 121))).error().field,
              "call_id");
  }
}

}  // namespace
}  // namespace tandem::test
