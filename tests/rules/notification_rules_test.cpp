#include "desk/notifications/notification_rules.h"

#include <gmock/gmock.h>

#include "access/agents.h"
#include "access/people.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/notification_templates.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::NotificationChannel;
using desk::NotificationEvent;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class NotificationRules : public testing::Test {
 protected:
  void SetUp() override {
    desk::add_notification_jobs(*office_.worker, *office_.desk, "https://desk.example");
    ada_ = office_.administrator();
    ana_ = office_.agent("ana", {"Support"});
    ben_ = office_.agent("ben", {"Billing"});
    eva_ = office_.agent("eva", {"Billing"});
  }
  void turn(const std::string& department, NotificationEvent event, bool is_on) {
    ASSERT_TRUE(change(ada_, department, event, is_on));
  }
  Result<desk::NotificationRule> change(const access::Actor& actor, const std::string& department,
                                        NotificationEvent event, bool is_on) {
    const RecordId id = office_.department(department);
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::NotificationRule> {
      return desk::change_notification_rule(tx, actor, id, event, {.by_mail = is_on});
    });
  }
  void share(RecordId ticket, const std::string& department,
             desk::TicketAccess access = desk::TicketAccess::full) {
    const RecordId id = office_.department(department);
    ASSERT_TRUE(office_.database->write(
        [&](db::Transaction& tx) { return desk::share_ticket(tx, ada_, ticket, {{id, access}}); }));
  }
  void unshare(RecordId ticket, const std::string& department) {
    const RecordId id = office_.department(department);
    ASSERT_TRUE(office_.database->write(
        [&](db::Transaction& tx) { return desk::unshare_ticket(tx, ada_, ticket, id); }));
  }
  /// "ana: subject of the mail", of everything that was sent so far.
  std::vector<std::string> mails() {
    std::vector<std::string> told;
    for (const mail::ParsedMail& mail : office_.outbox()) {
      const std::string& address = mail.to.front().address;
      told.push_back(address.substr(0, address.find('@')) + ": " + mail.subject);
    }
    return told;
  }
  std::vector<std::string> states() {
    std::vector<std::string> states;
    office_.database->read([&](db::Transaction& tx) {
      for (const db::Row& row : tx.rows("SELECT state FROM notification_deliveries ORDER BY id"))
        states.push_back(row.text(0));
    });
    return states;
  }
  void disable(const access::Actor& agent) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return access::change_agent(tx, ada_, agent.id, {.status = access::AgentStatus::disabled});
    }));
  }
  void leave_departments(const access::Actor& agent) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return access::change_agent(tx, ada_, agent.id, {.department_ids = std::vector<int64_t>{}});
    }));
  }

  Office office_;
  access::Actor ada_;
  access::Actor ana_;
  access::Actor ben_;
  access::Actor eva_;
};

TEST_F(NotificationRules, ADepartmentTellsAllItsAgentsOfASharedTicketByMail) {  // S077, S084
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  share(office_.ticket("Router"), "Billing");
  EXPECT_THAT(mails(), UnorderedElementsAre("ben: #1 Router – Ticket shared with you",
                                            "eva: #1 Router – Ticket shared with you"));
  const mail::ParsedMail mail = office_.outbox().front();
  EXPECT_THAT(mail.text, HasSubstr("Billing"));
  EXPECT_THAT(mail.text, HasSubstr("https://desk.example/desk/" + to_string(office_.org)));
}

TEST_F(NotificationRules, AllRulesAreOffAtFirstAndTellNobody) {  // S081
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  share(router, "Billing");
  ASSERT_TRUE(office_.comment(ada_, router, "<p>Look</p>"));
  EXPECT_THAT(mails(), IsEmpty());
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  turn("Billing", NotificationEvent::shared_ticket_received, false);
  share(office_.ticket("Printer"), "Billing");
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(NotificationRules, EachDepartmentHasARuleOfItsOwn) {  // S079
  ASSERT_TRUE(office_.create(ada_, "departments", {{"name", "Depot"}}));
  office_.agent("dan", {"Depot"});
  turn("Depot", NotificationEvent::shared_ticket_received, true);
  const RecordId router = office_.ticket("Router");
  share(router, "Billing");
  EXPECT_THAT(mails(), IsEmpty());
  share(router, "Depot");
  EXPECT_THAT(mails(), ElementsAre("dan: #1 Router – Ticket shared with you"));
}

TEST_F(NotificationRules, ThePeopleAreToldEveryTimeATicketIsShared) {  // S080
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  const RecordId router = office_.ticket("Router");
  share(router, "Billing");
  EXPECT_EQ(mails().size(), 2U);
  unshare(router, "Billing");
  share(router, "Billing", desk::TicketAccess::read_only);
  EXPECT_EQ(mails().size(), 4U);
  // A change of the level is no new ticket.
  share(router, "Billing", desk::TicketAccess::restricted);
  EXPECT_EQ(mails().size(), 4U);
}

TEST_F(NotificationRules, WhoIsInactiveOrHasLeftIsNotTold) {  // S085
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  disable(ben_);
  leave_departments(eva_);
  share(office_.ticket("Router"), "Billing");
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(NotificationRules, WhoLeavesBeforeTheMailGoesOutIsNotTold) {  // S085
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  share(office_.ticket("Router"), "Billing");
  disable(ben_);
  leave_departments(eva_);
  EXPECT_THAT(mails(), IsEmpty());
  EXPECT_THAT(states(), ElementsAre("dropped", "dropped"));
}

TEST_F(NotificationRules, WhatIsUnsharedOrSwitchedOffMeanwhileIsNotSent) {  // S081
  turn("Billing", NotificationEvent::shared_ticket_received, true);
  const RecordId router = office_.ticket("Router");
  share(router, "Billing");
  unshare(router, "Billing");
  EXPECT_THAT(mails(), IsEmpty());
  share(router, "Billing");
  turn("Billing", NotificationEvent::shared_ticket_received, false);
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(NotificationRules, OnlyWhoManagesDepartmentsSetsRules) {  // S082
  const auto refused = change(ana_, "Support", NotificationEvent::comment, true);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  EXPECT_THAT(refused.error().message, HasSubstr("administrator"));
  const RecordId support = office_.department("Support");
  const auto read = office_.database->read(
      [&](db::Transaction& tx) { return desk::list_notification_rules(tx, ana_, support); });
  EXPECT_EQ(read.error().kind, RefusalKind::forbidden);
  const auto nowhere = office_.database->read([&](db::Transaction& tx) {
    return desk::list_notification_rules(tx, ada_, RecordId{4'711});
  });
  EXPECT_EQ(nowhere.error().kind, RefusalKind::not_found);
}

TEST_F(NotificationRules, AListShowsEveryEventOfADepartment) {  // S078
  turn("Support", NotificationEvent::comment, true);
  const RecordId support = office_.department("Support");
  const auto rules = office_.database->read(
      [&](db::Transaction& tx) { return desk::list_notification_rules(tx, ada_, support); });
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->size(), desk::notification_events().size());
  for (const desk::NotificationRule& rule : *rules) {
    EXPECT_EQ(rule.by_mail, rule.event == NotificationEvent::comment);
    EXPECT_FALSE(rule.by_sms);
  }
}

TEST_F(NotificationRules, TheNewOwnerIsToldAndNotWhoTakesATicketThemselves) {
  turn("Support", NotificationEvent::assignment, true);
  const RecordId router = office_.ticket("Router");
  ASSERT_TRUE(office_.change(ada_, "tickets", router, {{"owner", ana_.id}}));
  EXPECT_THAT(mails(), ElementsAre("ana: #1 Router – Ticket assigned to you"));
  ASSERT_TRUE(office_.change(ana_, "tickets", office_.ticket("Printer"), {{"owner", ana_.id}}));
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(NotificationRules, ANewTicketTellsTheDepartmentAndAnImportedOneNobody) {
  turn("Support", NotificationEvent::new_ticket, true);
  office_.agent("abe", {"Support"});
  office_.mail_in({});
  EXPECT_THAT(mails(), UnorderedElementsAre("abe: #1 Router is broken – New ticket",
                                            "ana: #1 Router is broken – New ticket"));
  access::Actor importer = office_.program();
  importer.path = access::Path::import;
  ASSERT_TRUE(office_.create(importer, "tickets",
                             {{"subject", "Old"}, {"department", office_.department("Support")}}));
  EXPECT_EQ(mails().size(), 2U);
}

TEST_F(NotificationRules, TheOwnerIsToldOfTheCustomersAnswerAndOfNoAutomaticOne) {
  turn("Support", NotificationEvent::reply, true);
  const RecordId ticket = office_.mail_in({.message_id = "first@kunde.example"}).ticket;
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"owner", ana_.id}}));
  office_.mail_in({.subject = "Re: Router is broken",
                   .text = "Still dark",
                   .headers = {"In-Reply-To: <first@kunde.example>"}});
  EXPECT_THAT(mails(), ElementsAre("ana: #1 Router is broken – The customer answered"));
  office_.mail_in(
      {.subject = "Re: Router is broken",
       .text = "I am away",
       .headers = {"In-Reply-To: <first@kunde.example>", "Auto-Submitted: auto-replied"}});
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(NotificationRules, EscalationAndCommentTellTheOwner) {
  turn("Support", NotificationEvent::escalation, true);
  turn("Support", NotificationEvent::comment, true);
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  ASSERT_TRUE(office_.change(ada_, "tickets", router, {{"is_escalated", int64_t{1}}}));
  ASSERT_TRUE(office_.comment(ada_, router, "<p>The secret plan</p>"));
  ASSERT_TRUE(office_.comment(ana_, router, "<p>Mine</p>"));
  EXPECT_THAT(mails(), UnorderedElementsAre("ana: #1 Router – Ticket escalated",
                                            "ana: #1 Router – New comment"));
  for (const std::string& raw : office_.raw_outbox()) EXPECT_THAT(raw, Not(HasSubstr("secret")));
}

TEST_F(NotificationRules, AnOverdueTicketIsToldOnceForEachDueTime) {
  turn("Support", NotificationEvent::overdue, true);
  const RecordId router = office_.ticket(
      "Router", {{"owner", ana_.id}, {"due_at", office_.clock.now() + 10 * minute_ms}});
  desk::tell_of_overdue(*office_.database);
  EXPECT_THAT(mails(), IsEmpty());
  office_.clock.advance_ms(11 * minute_ms);
  desk::tell_of_overdue(*office_.database);
  desk::tell_of_overdue(*office_.database);
  EXPECT_THAT(mails(), ElementsAre("ana: #1 Router – Ticket overdue"));
  ASSERT_TRUE(
      office_.change(ada_, "tickets", router, {{"due_at", office_.clock.now() + 10 * minute_ms}}));
  office_.clock.advance_ms(11 * minute_ms);
  desk::tell_of_overdue(*office_.database);
  EXPECT_EQ(mails().size(), 2U);
}

TEST_F(NotificationRules, WhatIsLongOverdueOrClosedWakesNobody) {
  office_.ticket("Old", {{"owner", ana_.id}, {"due_at", office_.clock.now() - day_ms}});
  office_.ticket(
      "Done",
      {{"owner", ana_.id}, {"status", "closed"}, {"due_at", office_.clock.now() - minute_ms}});
  turn("Support", NotificationEvent::overdue, true);
  desk::tell_of_overdue(*office_.database);
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(NotificationRules, OfSeveralThingsAtOnceAPersonGetsOneMail) {
  turn("Support", NotificationEvent::new_ticket, true);
  turn("Support", NotificationEvent::assignment, true);
  turn("Support", NotificationEvent::escalation, true);
  office_.ticket("Router", {{"owner", ana_.id}, {"is_escalated", int64_t{1}}});
  EXPECT_THAT(mails(), ElementsAre("ana: #1 Router – Ticket assigned to you"));
}

TEST_F(NotificationRules, AMailSpeaksTheLanguageOfItsReader) {
  turn("Support", NotificationEvent::assignment, true);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return access::change_profile(tx, office_.catalogue, ana_.person, {.locale = "pt"});
  }));
  office_.ticket("Router", {{"owner", ana_.id}});
  EXPECT_THAT(mails(), ElementsAre("ana: #1 Router – Ticket atribuído a você"));
}

TEST_F(NotificationRules, WithTheTicketGoesWhatWasToldOfIt) {
  turn("Support", NotificationEvent::assignment, true);
  const RecordId router = office_.ticket("Router", {{"owner", ana_.id}});
  const auto act = [&](auto verb) {
    return office_.database->write([&](db::Transaction& tx) {
      return verb(tx, office_.program(), *office_.catalogue.find("tickets"), router);
    });
  };
  ASSERT_TRUE(act(operations::delete_record));
  EXPECT_THAT(mails(), IsEmpty());
  ASSERT_TRUE(act(operations::purge_record));
  EXPECT_THAT(states(), IsEmpty());
}

TEST_F(NotificationRules, WithADepartmentItsRulesGo) {
  const auto depot = office_.create(ada_, "departments", {{"name", "Depot"}});
  ASSERT_TRUE(depot);
  turn("Depot", NotificationEvent::overdue, true);
  const auto act = [&](auto verb) {
    return office_.database->write([&](db::Transaction& tx) {
      return verb(tx, office_.program(), *office_.catalogue.find("departments"), depot->id);
    });
  };
  ASSERT_TRUE(act(operations::delete_record));
  ASSERT_TRUE(act(operations::purge_record));
  const auto left = office_.database->read(
      [&](db::Transaction& tx) { return desk::rules_that_are_on(tx, office_.org, depot->id); });
  EXPECT_THAT(left, IsEmpty());
}

class NotificationTemplates : public NotificationRules {
 protected:
  Result<desk::NotificationTemplate> write(const access::Actor& actor,
                                           const desk::NotificationTemplate& wanted) {
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::NotificationTemplate> {
      return desk::write_notification_template(tx, actor, wanted);
    });
  }
  desk::NotificationTemplate words_{.event = NotificationEvent::assignment,
                                    .locale = "en",
                                    .subject = "Yours: {ticket.subject}",
                                    .text = "{agent.name}, see {link} ({department.name})",
                                    .sms_text = "Yours: #{ticket.number}"};
};

TEST_F(NotificationTemplates, AnOrganisationWritesItsOwnWordsAndGoesBackToOurs) {  // S084
  ASSERT_TRUE(write(ada_, words_));
  turn("Support", NotificationEvent::assignment, true);
  office_.ticket("Router", {{"owner", ana_.id}});
  const std::vector<mail::ParsedMail> sent = office_.outbox();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].subject, "Yours: Router");
  EXPECT_THAT(sent[0].text, HasSubstr("ana, see https://desk.example/desk/"));
  EXPECT_THAT(sent[0].text, HasSubstr("(Support)"));
  const auto reset =
      office_.database->write([&](db::Transaction& tx) -> Result<desk::NotificationTemplate> {
        return desk::reset_notification_template(tx, ada_, words_.event, "en");
      });
  ASSERT_TRUE(reset);
  EXPECT_FALSE(reset->is_own);
  EXPECT_THAT(reset->subject, HasSubstr("Ticket assigned to you"));
}

TEST_F(NotificationTemplates, TheWordsAboutASharedTicketCanNotBeChanged) {  // S083
  words_.event = NotificationEvent::shared_ticket_received;
  const auto refused = write(ada_, words_);
  EXPECT_EQ(refused.error().code, "fixed_template");
  EXPECT_THAT(refused.error().message, HasSubstr("can't be changed"));
}

TEST_F(NotificationTemplates, AWordInBracesThatIsNoPlaceholderIsRefused) {
  for (std::string desk::NotificationTemplate::* part :
       {&desk::NotificationTemplate::subject, &desk::NotificationTemplate::text,
        &desk::NotificationTemplate::sms_text}) {
    desk::NotificationTemplate wrong = words_;
    wrong.*part = "Look at {ticket.secret}";
    EXPECT_EQ(code_of(write(ada_, wrong)), "unknown_placeholder");
    wrong.*part = " ";
    EXPECT_EQ(code_of(write(ada_, wrong)), "required");
    wrong.*part = std::string(5'000, 'a');
    EXPECT_EQ(code_of(write(ada_, wrong)), "too_long");
    wrong.*part = "A brace { alone and {} are text";
    EXPECT_TRUE(write(ada_, wrong));
  }
  words_.locale = "xx";
  EXPECT_EQ(write(ada_, words_).error().field, "locale");
  EXPECT_EQ(write(ana_, words_).error().kind, RefusalKind::forbidden);
}

TEST_F(NotificationTemplates, WhatASubjectSaysIsNeverReadAsAPlaceholderOrAsMarkup) {
  turn("Support", NotificationEvent::assignment, true);
  ASSERT_TRUE(write(ada_, {.event = NotificationEvent::assignment,
                           .locale = "en",
                           .subject = "{ticket.subject}",
                           .text = "{ticket.subject}",
                           .sms_text = "x"}));
  office_.ticket("<b>{agent.name}</b>", {{"owner", ana_.id}});
  const mail::ParsedMail sent = office_.outbox().at(0);
  EXPECT_EQ(sent.subject, "<b>{agent.name}</b>");
  EXPECT_THAT(sent.html, HasSubstr("&lt;b&gt;{agent.name}"));
}

TEST_F(NotificationTemplates, EveryEventHasWordsInFourLanguagesThatPassTheirOwnCheck) {
  for (const NotificationEvent event : desk::notification_events()) {
    for (const char* const locale : {"en", "ja", "zh", "pt"}) {
      const desk::NotificationTemplate words = desk::built_in_template(event, locale);
      EXPECT_EQ(words.locale, locale);
      EXPECT_THAT(words.text, HasSubstr("{link}"));
      EXPECT_EQ(write(ada_, words).has_value(), !desk::is_template_fixed(event));
    }
  }
}

}  // namespace
}  // namespace tandem::test
