#include "desk/ratings/statistics.h"

#include <gmock/gmock.h>

#include "desk/ratings/ratings.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::Customer;

struct Figures {
  Office office;
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor bill = office.agent("bill", {"Billing"});
  RecordId account = *id_of(office.create(ada, "accounts", {{"name", "Kunde AG"}}));
  RecordId maria = *id_of(office.create(ada, "contacts",
                                        {{"last_name", "Silva"},
                                         {"first_name", "Maria"},
                                         {"email", "maria@kunde.example"},
                                         {"account", account}}));

  static std::optional<RecordId> id_of(const Result<records::Record>& made) {
    EXPECT_TRUE(made) << made.error().message;
    return made ? std::optional(made->id) : std::nullopt;
  }

  RecordId mail(const std::string& subject) { return office.mail_in({.subject = subject}).ticket; }

  void pass(int64_t ms) { office.clock.advance_ms(ms); }

  desk::Statistics of(const access::Actor& actor, Customer customer, RecordId id) {
    const auto found = office.database->read(
        [&](db::Transaction& tx) { return desk::statistics_of(tx, actor, customer, id); });
    EXPECT_TRUE(found) << found.error().message;
    return found ? *found : desk::Statistics{};
  }

  desk::Statistics of_maria() { return of(ana, Customer::contact, maria); }
};

TEST(Statistics,
     AContactsAndAnAccountsTicketsAreCounted) {  // S023; manual, Ratings and statistics 3.1
  Figures desk;
  const RecordId first = desk.mail("One");
  const RecordId second = desk.mail("Two");
  desk.mail("Three");
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", first, {{"status", "closed"}}));
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", second,
                                 {{"due_at", desk.office.clock.now() + hour_ms}}));
  desk.pass(2 * hour_ms);
  for (const auto& [customer, id] :
       {std::pair{Customer::contact, desk.maria}, std::pair{Customer::account, desk.account}}) {
    const desk::Statistics figures = desk.of(desk.ana, customer, id);
    EXPECT_EQ(figures.tickets, 3);
    EXPECT_EQ(figures.open, 2);
    EXPECT_EQ(figures.overdue, 1);
    EXPECT_FALSE(figures.is_capped);
  }
}

TEST(Statistics,
     TheFirstAnswerIsTimedFromTheCustomersQuestion) {  // S023; manual, Ratings and statistics 3.2
  Figures desk;
  const RecordId first = desk.mail("One");
  const RecordId second = desk.mail("Two");
  desk.pass(hour_ms);
  ASSERT_TRUE(desk.office.comment(desk.ana, first, "Who knows this?"));
  ASSERT_TRUE(desk.office.reply(
      desk.ana, first,
      {.kind = desk::ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "Do you?"}));
  EXPECT_FALSE(desk.of_maria().average_first_answer_minutes);
  ASSERT_TRUE(desk.office.reply(desk.ana, first, {.html = "Try again"}));
  desk.pass(2 * hour_ms);
  ASSERT_TRUE(desk.office.reply(desk.ana, first, {.html = "And?"}));  // no first answer any more
  ASSERT_TRUE(desk.office.comment(desk.ana, second, "Read this", desk::Audience::everyone));
  const desk::Statistics figures = desk.of_maria();
  EXPECT_EQ(figures.answered, 2);
  EXPECT_EQ(figures.average_first_answer_minutes, 120);
}

TEST(Statistics,
     ATicketThatAnAgentBeganHasNoTimeToItsFirstAnswer) {  // manual, Ratings and statistics 3.2
  Figures desk;
  const RecordId ticket = desk.office.ticket(
      "We call you", {{"contact", desk.maria}, {"email", "maria@kunde.example"}});
  desk.pass(hour_ms);
  ASSERT_TRUE(
      desk.office.reply(desk.ana, ticket, {.to = {{"", "maria@kunde.example"}}, .html = "Hello"}));
  EXPECT_FALSE(desk.of_maria().average_first_answer_minutes);
  EXPECT_EQ(desk.of_maria().tickets, 1);
}

TEST(Statistics,
     TheResolutionIsTimedToTheLastClosing) {  // S023; manual, Ratings and statistics 3.3
  Figures desk;
  const RecordId ticket = desk.mail("One");
  desk.pass(hour_ms);
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", ticket, {{"status", "closed"}}));
  EXPECT_EQ(desk.of_maria().average_resolution_minutes, 60);
  desk.pass(hour_ms);
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", ticket, {{"status", "open"}}));
  EXPECT_FALSE(desk.of_maria().average_resolution_minutes);
  desk.pass(hour_ms);
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", ticket, {{"status", "closed"}}));
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", ticket, {{"priority", "high"}}));
  EXPECT_EQ(desk.of_maria().average_resolution_minutes, 180);
}

TEST(Statistics, RatingsAreShownInPerCent) {  // S023; manual, Ratings and statistics 3.4
  Figures desk;
  for (const auto& [subject, rating] :
       {std::pair{"A", desk::Rating::good}, std::pair{"B", desk::Rating::good},
        std::pair{"C", desk::Rating::bad}}) {
    const RecordId ticket = desk.mail(subject);
    const auto sent = desk.office.reply(desk.ana, ticket, {.html = "Try again"});
    ASSERT_TRUE(sent);
    const auto given = desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
      return desk::give_rating(tx, *desk.office.desk,
                               {.org = desk.office.org,
                                .ticket = ticket,
                                .thread = sent->id,
                                .contact = desk.maria,
                                .expires_at = {}},
                               rating, "");
    });
    ASSERT_TRUE(given) << given.error().message;
  }
  const desk::Statistics figures = desk.of_maria();
  EXPECT_EQ(figures.percent(figures.good), 67);
  EXPECT_EQ(figures.percent(figures.okay), 0);
  EXPECT_EQ(figures.percent(figures.bad), 33);
}

TEST(Statistics,
     OnlyTicketsInTheAgentsListsCountNeverSharedOnes) {  // S063; manual, Ratings and statistics 3.5
  Figures desk;
  const RecordId ticket = desk.mail("One");
  const RecordId billing = desk.office.department("Billing");
  const auto shared = desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::share_ticket(tx, desk.ada, ticket, {{billing, desk::TicketAccess::full}}));
    return {};
  });
  ASSERT_TRUE(shared) << shared.error().message;
  EXPECT_EQ(desk.of(desk.bill, Customer::contact, desk.maria).tickets, 0);
  EXPECT_EQ(desk.of(desk.ana, Customer::contact, desk.maria).tickets, 1);
  EXPECT_EQ(desk.of(desk.ada, Customer::account, desk.account).tickets, 1);
  const auto nobody = desk.office.database->read([&](db::Transaction& tx) {
    return desk::statistics_of(tx, desk.ana, Customer::contact, RecordId{4711});
  });
  EXPECT_EQ(code_of(nobody), "not_found");
}

}  // namespace
}  // namespace tandem::test
