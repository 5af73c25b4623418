#include <gmock/gmock.h>

#include "desk/channels/calls.h"
#include "desk/conversation/attachments.h"
#include "desk/tickets/ticket_files.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::ReplyKind;
using testing::HasSubstr;
using testing::Not;

/// A ticket that Ana noted while Maria was on the telephone, with a file for everyone and one for
/// colleagues, the note of the call and a comment.
struct NotedByTelephone {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket = office
                        .create(ana, "tickets",
                                {{"subject", "Router"},
                                 {"department", office.department("Support")},
                                 {"contact", office.contact("Silva", "maria@kunde.example")},
                                 {"channel", "phone"},
                                 {"description", "<p>It has smelt of smoke since noon.</p>"}})
                        ->id;

  NotedByTelephone() {
    attach("smoke.txt", desk::Audience::everyone);
    attach("SECRET-FILE.txt", desk::Audience::colleagues);
    EXPECT_TRUE(office.comment(ana, ticket, "SECRET-COMMENT"));
    EXPECT_TRUE(office.database->write([&](db::Transaction& tx) {
      return desk::log_call(tx, ana, ticket, {.note = "SECRET-NOTE"});
    }));
  }
  void attach(const char* name, desk::Audience audience) {
    const auto upload = desk::add_upload(*office.desk, ana, {name, "text/plain", name});
    EXPECT_TRUE(office.database->write([&](db::Transaction& tx) {
      return desk::attach_for(tx, ana, {ticket, audience}, {upload->id.value});
    }));
  }
  mail::ParsedMail send(ReplyKind kind) {
    EXPECT_TRUE(office.reply(ana, ticket,
                             {.kind = kind,
                              .to = {{"", "factory@example.net"}},
                              .html = "Do you know this?",
                              .include_attachments = desk::IncludeAttachments::yes}));
    return office.outbox().back();
  }
};

TEST(Forwards, AForwardOfATicketNotedByTelephoneCarriesWhatTheCustomerSaid) {  // S018
  NotedByTelephone desk;
  const mail::ParsedMail mail = desk.send(ReplyKind::forward);
  EXPECT_THAT(mail.text, HasSubstr("It has smelt of smoke since noon."));
  EXPECT_THAT(mail.text, HasSubstr("Silva")) << "who said it";
  ASSERT_EQ(mail.attachments.size(), 1U);
  EXPECT_EQ(mail.attachments[0].name, "smoke.txt");
  const std::string raw = desk.office.raw_outbox().back();
  EXPECT_THAT(raw, Not(HasSubstr("SECRET")));
  const auto proposed = desk.office.database->read([&](db::Transaction& tx) {
    return desk::reply_draft(tx, desk.ana, desk.ticket, ReplyKind::forward);
  });
  EXPECT_THAT(proposed->quoted_html, HasSubstr("smelt of smoke")) << "and it is seen beforehand";
  EXPECT_EQ(proposed->attachments.size(), 1U);
}

TEST(Forwards, AnAnswerQuotesNothingThatWasNotedByTelephone) {  // S016, S017
  NotedByTelephone desk;
  for (const ReplyKind kind : {ReplyKind::reply, ReplyKind::reply_all}) {
    const mail::ParsedMail mail = desk.send(kind);
    EXPECT_THAT(mail.text, Not(HasSubstr("smelt of smoke")));
    EXPECT_TRUE(mail.attachments.empty());
  }
}

TEST(Forwards, AForwardCarriesTheDescriptionThatAProgramBrought) {  // S018
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket(
      "Router", {{"channel", "api"}, {"description", "<p>It has smelt of smoke.</p>"}});
  ASSERT_TRUE(office.reply(
      ana, ticket,
      {.kind = ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "See"}));
  EXPECT_THAT(office.outbox().at(0).text, HasSubstr("smelt of smoke"));
}

}  // namespace
}  // namespace tandem::test
