#include <gmock/gmock.h>

#include "desk/tickets/ticket_search.h"
#include "desk/tickets/ticket_tags.h"
#include "records/filter_meets.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Tags = std::vector<std::string>;

std::vector<std::string> in_use(Office& office, const access::Actor& actor, const char* words = "",
                                RecordId department = {}) {
  return office.database->read(
      [&](db::Transaction& tx) { return desk::tags_in_use(tx, actor, words, department); });
}

Tags tags_of(Office& office, RecordId ticket) {
  return office.read("tickets", ticket).get("tags").list();
}

TEST(TicketTags, EachStandsOnceWhateverItsCapitalsAndIsFoundBySearchAndFilter) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId refund = office.ticket("Refund", {{"tags", Tags{"vip", "late", "VIP"}}});
  office.ticket("Other", {{"tags", Tags{"late"}}});
  EXPECT_THAT(tags_of(office, refund), ElementsAre("late", "vip"));
  EXPECT_THAT(office.sees(ana, "tickets", records::field("tags").is("vip")),
              ElementsAre(refund.value));
  const auto found = office.database->read(
      [&](db::Transaction& tx) { return desk::search_tickets(tx, ana, "vip", 10); });
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().id, refund);
}

TEST(TicketTags, ThoseInUseInMyDepartmentsAreSuggestedByHowTheyBegin) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId billing = office.department("Billing");
  for (int number = 0; number < 30; ++number)
    office.ticket("T", {{"tags", Tags{"Late delivery", "lost"}}});
  const RecordId moved = office.ticket("T", {{"tags", Tags{"secret"}}, {"department", billing}});
  EXPECT_THAT(in_use(office, ana), ElementsAre("Late delivery", "lost"));
  EXPECT_THAT(in_use(office, ana, "LA"), ElementsAre("Late delivery"));
  EXPECT_THAT(in_use(office, ana, "", billing), IsEmpty());
  EXPECT_THAT(in_use(office, office.administrator(), "s"), ElementsAre("secret"));
  ASSERT_TRUE(office.change(office.program(), "tickets", moved,
                            {{"department", office.department("Support")}}));
  EXPECT_THAT(in_use(office, ana, "s"), ElementsAre("secret"));
  ASSERT_TRUE(office.change(ana, "tickets", moved, {{"tags", records::Value()}}));
  EXPECT_THAT(in_use(office, ana, "s"), IsEmpty());
}

TEST(TicketTags, SingleOnesAreGivenAndTakenBesideTheOthers) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Refund", {{"tags", Tags{"late"}}});
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::add_tags(tx, ana, ticket, {"vip", "LATE"}); }));
  EXPECT_THAT(tags_of(office, ticket), ElementsAre("late", "vip"));
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::remove_tags(tx, ana, ticket, {"Late", "none"}); }));
  EXPECT_THAT(tags_of(office, ticket), ElementsAre("vip"));
  const access::Actor bo = office.agent("bo", {"Billing"});
  EXPECT_EQ(code_of(office.database->write(
                [&](db::Transaction& tx) { return desk::add_tags(tx, bo, ticket, {"mine"}); })),
            "not_found");
}

TEST(TicketTags, ATagIsFoundWhateverItsCapitalsAndWhateverStandsInIt) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId one = office.ticket("A", {{"tags", Tags{"VIP"}}});
  const RecordId two = office.ticket("B", {{"tags", Tags{"say \"hi\"", R"(c:\temp)", "100%"}}});
  const std::pair<const char*, RecordId> asked[] = {
      {"vip", one}, {"SAY \"HI\"", two}, {R"(C:\Temp)", two}, {"100%", two}};
  for (const auto& [tag, ticket] : asked) {
    const records::Filter filter = records::field("tags").is(tag);
    EXPECT_THAT(office.sees(ana, "tickets", filter), ElementsAre(ticket.value)) << tag;
    EXPECT_TRUE(records::meets(office.read("tickets", ticket), filter)) << tag;
  }
  for (const char* tag : {"hi", "100", "VI", "temp", "\"", "\\", "vip%"}) {
    const records::Filter filter = records::field("tags").is(tag);
    EXPECT_THAT(office.sees(ana, "tickets", filter), IsEmpty()) << tag;
    EXPECT_FALSE(records::meets(office.read("tickets", two), filter)) << tag;
  }
}

}  // namespace
}  // namespace tandem::test
