#include <gmock/gmock.h>

#include "desk/conversation/reply_text.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

// Ways round the access of a share that somebody has tried: by mail, by the contact, by the bin.

namespace tandem::test {
namespace {

using desk::TicketAccess;
using testing::HasSubstr;
using testing::Not;

struct Firm {
  Office office;
  RecordId billing = office.department("Billing");
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor ben = office.agent("ben", {"Billing"});
  RecordId ticket = office
                        .mail_in({.message_id = "first@kunde.example",
                                  .headers = {"Reply-To: home@kunde.example"}})
                        .ticket;

  void share(TicketAccess access) {
    const auto shared = office.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ana, ticket, {{billing, access}});
    });
    ASSERT_TRUE(shared);
  }
  void unshare() {
    const auto taken_back = office.database->write(
        [&](db::Transaction& tx) { return desk::unshare_ticket(tx, ana, ticket, billing); });
    ASSERT_TRUE(taken_back);
  }
  desk::IntakeReport mail_of(const std::string& sender) {
    return office.mail_in({.from = "Colleague <" + sender + ">",
                           .text = "I know better.",
                           .headers = {"In-Reply-To: <first@kunde.example>"}});
  }
  std::string forward_to(const std::string& address) {
    return code_of(office.reply(
        ben, ticket, {.kind = desk::ReplyKind::forward, .to = {{"", address}}, .html = "See"}));
  }
  records::Record now() { return office.read("tickets", ticket); }
};

TEST(WaysRoundSharing, AMailOfAColleagueIsForColleaguesAndChangesNothing) {  // S051, S053, S055
  Firm firm;
  firm.share(TicketAccess::read_only);
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket, {{"status", "closed"}}));
  for (const char* sender : {"ben@firma.example", "ana@firma.example"}) {
    const desk::IntakeReport report = firm.mail_of(sender);
    ASSERT_EQ(report.ticket, firm.ticket) << sender;
    EXPECT_TRUE(firm.office.read("threads", report.thread).get("is_private").truth()) << sender;
    EXPECT_EQ(firm.now().get("status_type").text(), "closed") << sender;
    EXPECT_THAT(firm.now().get("cc").text(), Not(HasSubstr(sender)));
    EXPECT_THAT(firm.now().get("last_word").text(), Not(HasSubstr("better")));
  }
  const auto draft = firm.office.database->read([&](db::Transaction& tx) {
    return desk::reply_draft(tx, firm.ana, firm.ticket, desk::ReplyKind::reply);
  });
  ASSERT_TRUE(draft);
  ASSERT_EQ(draft->to.size(), 1U);
  EXPECT_EQ(draft->to[0].address, "home@kunde.example") << "an answer goes to the customer";
  EXPECT_THAT(draft->quoted_html, Not(HasSubstr("better")));
}

// Manual, Mail channels 2.6.
TEST(WaysRoundSharing, AColleagueWritesByMailAsTheyAreAndBecomesNoContact) {
  Firm firm;
  const size_t contacts = firm.office.sees(firm.office.program(), "contacts").size();
  const access::Actor lea = firm.office.light_agent("lea", {"Support"});
  for (const access::Actor& colleague : {firm.ana, lea}) {
    const desk::IntakeReport report = firm.mail_of(colleague.email);
    ASSERT_EQ(report.ticket, firm.ticket);
    const records::Record thread = firm.office.read("threads", report.thread);
    EXPECT_EQ(thread.get("author_kind").text(), "agent");
    EXPECT_EQ(thread.get("author_id").id(), colleague.id);
    EXPECT_EQ(thread.get("author_name").text(), colleague.name);
    EXPECT_EQ(thread.get("sender_email").text(), colleague.email);
    EXPECT_TRUE(thread.get("is_private").truth());
  }
  EXPECT_EQ(firm.office.sees(firm.office.program(), "contacts").size(), contacts);
}

TEST(WaysRoundSharing, WhoHasNoAccessIsAStrangerByMailToo) {  // S071
  Firm firm;
  EXPECT_NE(firm.mail_of("ben@firma.example").ticket, firm.ticket) << "it was never shared";
  firm.share(TicketAccess::full);
  EXPECT_EQ(firm.mail_of("ben@firma.example").ticket, firm.ticket);
  firm.unshare();
  EXPECT_NE(firm.mail_of("ben@firma.example").ticket, firm.ticket);
  const auto sent = firm.office.reply(firm.ana, firm.ticket, {.html = "Hello"});
  ASSERT_TRUE(sent);
  const std::string signed_id = firm.office.read("threads", sent->id).get("message_id").text();
  const desk::IntakeReport report = firm.office.mail_in(
      {.from = "Ben <ben@firma.example>", .headers = {"In-Reply-To: <" + signed_id + ">"}});
  EXPECT_NE(report.ticket, firm.ticket) << "nor does a signed id let them in";
}

TEST(WaysRoundSharing, AnAgentWhoAsksIsACustomerOnTheirOwnTicket) {
  Firm firm;
  const RecordId own =
      firm.office.mail_in({.from = "Ben <ben@firma.example>", .message_id = "own@firma.example"})
          .ticket;
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", own, {{"status", "closed"}}));
  const desk::IntakeReport report = firm.office.mail_in(
      {.from = "Ben <ben@firma.example>", .headers = {"In-Reply-To: <own@firma.example>"}});
  EXPECT_EQ(report.ticket, own);
  EXPECT_EQ(firm.office.read("tickets", own).get("status_type").text(), "open");
}

TEST(WaysRoundSharing, TheRequesterIsKnownByEveryAddressTheyEverHad) {  // S050
  Firm firm;
  const RecordId contact = firm.now().get("contact").id();
  ASSERT_TRUE(firm.office.change(firm.ben, "contacts", contact,
                                 {{"secondary_email", "second@kunde.example"}}));
  ASSERT_TRUE(
      firm.office.change(firm.ben, "contacts", contact, {{"secondary_email", records::Value()}}));
  firm.office.mail_in({.from = "Maria Silva <maria@kunde.example>",
                       .message_id = "other@kunde.example",
                       .headers = {"Reply-To: third@kunde.example"}});
  firm.share(TicketAccess::restricted);
  for (const char* address : {"home@kunde.example", "second@kunde.example", "third@kunde.example",
                              "maria%kunde.example@relay.example"}) {
    EXPECT_EQ(firm.forward_to(address), "not_to_the_requester") << address;
  }
  EXPECT_EQ(firm.forward_to("bank@partner.example"), "");
}

TEST(WaysRoundSharing, ARequesterWhoWasErasedIsKnownByEveryAddressTheyHad) {  // S050
  Firm firm;
  const access::Actor ada = firm.office.administrator();
  const RecordId contact = firm.now().get("contact").id();
  ASSERT_TRUE(
      firm.office.change(ada, "contacts", contact,
                         {{"secondary_email", "second@kunde.example"},
                          {"other_emails", std::vector<std::string>{"old@kunde.example"}}}));
  firm.office.mail_in(
      {.from = "Maria Silva <second@kunde.example>",
       .headers = {"In-Reply-To: <first@kunde.example>", "Reply-To: away@kunde.example"}});
  firm.share(TicketAccess::restricted);
  const records::ModuleDef& contacts = *firm.office.catalogue.find("contacts");
  ASSERT_TRUE(firm.office.database->write(
      [&](db::Transaction& tx) { return operations::delete_record(tx, ada, contacts, contact); }));
  ASSERT_TRUE(firm.office.database->write(
      [&](db::Transaction& tx) { return operations::purge_record(tx, ada, contacts, contact); }));
  ASSERT_TRUE(firm.now().get("contact").is_null());
  for (const char* address :
       {"maria@kunde.example", "Second@Kunde.Example", "second+x@kunde.example",
        "OLD@kunde.example", "home@kunde.example", "away+x@kunde.example"}) {
    EXPECT_EQ(firm.forward_to(address), "not_to_the_requester") << address;
  }
  EXPECT_EQ(firm.forward_to("bank@partner.example"), "");
}

TEST(WaysRoundSharing, WhoAsksNoLongerMayBeForwardedTo) {  // S050
  Firm firm;
  const RecordId other = firm.office.contact("Banco", "bank@partner.example");
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket, {{"contact", other}}));
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket,
                                 {{"contact", records::Value()}, {"email", records::Value()}}));
  firm.share(TicketAccess::restricted);
  EXPECT_EQ(firm.forward_to("bank@partner.example"), "");
}

TEST(WaysRoundSharing, WhoAskedFirstStaysKnownWhenTheTicketGetsAnotherContact) {  // S050
  Firm firm;
  const RecordId other = firm.office.contact("Banco", "bank@partner.example");
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket, {{"contact", other}}));
  ASSERT_EQ(firm.now().get("email").text(), "bank@partner.example");
  firm.share(TicketAccess::restricted);
  for (const char* address : {"maria@kunde.example", "bank@partner.example"})
    EXPECT_EQ(firm.forward_to(address), "not_to_the_requester") << address;
}

TEST(WaysRoundSharing, ABinnedTicketStillKeepsItsDepartments) {
  Firm firm;
  const access::Actor ada = firm.office.administrator();
  const RecordId third =
      firm.office.create(firm.office.program(), "departments", {{"name", "Third"}}).value().id;
  const RecordId fourth =
      firm.office.create(firm.office.program(), "departments", {{"name", "Fourth"}}).value().id;
  const RecordId binned = firm.office.ticket("Binned", {{"department", fourth}});
  const auto remove = [&](const char* module, RecordId id) {
    return code_of(firm.office.database->write([&](db::Transaction& tx) {
      return operations::delete_record(tx, ada, *firm.office.catalogue.find(module), id);
    }));
  };
  ASSERT_TRUE(firm.office.database->write(
      [&](db::Transaction& tx) { return desk::share_ticket(tx, ada, binned, {{third}}); }));
  ASSERT_EQ(remove("tickets", binned), "");
  EXPECT_EQ(remove("departments", third), "department_has_shared_tickets");
  EXPECT_EQ(remove("departments", fourth), "department_has_tickets");
}

}  // namespace
}  // namespace tandem::test
