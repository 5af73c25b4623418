#include <gmock/gmock.h>

#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/statuses.h"
#include "desk/views/ticket_views.h"
#include "desk/views/views.h"
#include "tests/support/office.h"
#include "views/custom_view_query.h"

namespace tandem::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::string text(Office& office, RecordId ticket, const char* field) {
  return office.read("tickets", ticket).get(field).text();
}

TEST(TicketFields, ATicketHasWhatTheManualNames) {  // S007, S013
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId maria = office.contact("Silva", "maria@kunde.example");
  const auto made = office.create(ana, "tickets",
                                  {{"subject", "Refund"},
                                   {"description", "<p>Please pay me back</p>"},
                                   {"department", office.department("Support")},
                                   {"contact", maria},
                                   {"priority", "high"},
                                   {"owner", ana.id},
                                   {"channel", "phone"},
                                   {"due_at", office.clock.now() + hour_ms}});
  ASSERT_TRUE(made) << made.error().message;
  const records::Record ticket = office.read("tickets", made->id);
  EXPECT_EQ(ticket.get("number").number(), 1);
  EXPECT_EQ(ticket.get("status").text(), "open");
  EXPECT_EQ(ticket.get("email").text(), "maria@kunde.example");
  EXPECT_EQ(ticket.get("thread_count").number(), 1);
  EXPECT_FALSE(desk::is_overdue(ticket, office.clock.now()));
  EXPECT_TRUE(desk::is_overdue(ticket, office.clock.now() + 2 * hour_ms));
}

TEST(TicketFields, ATicketNeedsASubjectAndADepartment) {  // S004, S007
  Office office;
  EXPECT_EQ(
      code_of(office.create(office.program(), "tickets",
                            {{"subject", "  "}, {"department", office.department("Support")}})),
      "required");
  EXPECT_EQ(code_of(office.create(office.program(), "tickets", {{"subject", "Refund"}})),
            "required");
}

TEST(TicketFields, CopiedPeopleAreAddressesEachOnce) {  // S008, S017
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Refund");
  const auto copied = [&](const std::string& typed) {
    const auto saved = office.change(ana, "tickets", ticket, {{"cc", typed}});
    return saved ? saved->get("cc").text() : saved.error().field + " " + saved.error().code;
  };
  EXPECT_EQ(copied("boss@kunde.example boss@kunde.example"), "boss@kunde.example");
  EXPECT_EQ(copied("Boss@Kunde.example; \"Lima, Ana\" <ana@kunde.example>\nboss@kunde.example,"),
            "boss@kunde.example, ana@kunde.example");
  for (const char* wrong : {"boss", "boss@kunde", "boss@kunde.example boss@", "a@b.example c"}) {
    EXPECT_EQ(copied(wrong), "cc not_an_address_list") << wrong;
  }
  const auto refused = office.change(ana, "tickets", ticket, {{"cc", "a@b.example, boss@kunde"}});
  EXPECT_EQ(refused.error().message, "Correct this address: boss@kunde");
  EXPECT_EQ(copied(" , "), "");
  EXPECT_TRUE(office.read("tickets", ticket).get("cc").is_null());
  std::string many;
  for (int number = 0; number < 101; ++number) many += std::to_string(number) + "@b.example,";
  EXPECT_EQ(copied(many), "cc too_many");
}

TEST(TicketFields, EveryTicketNamesItsChannelAndAllChannelsShareOneList) {  // S001, S002
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId phone = office.ticket("By phone", {{"channel", "phone"}});
  const RecordId social = office.ticket("By post", {{"channel", "social"}});
  const desk::IntakeReport mail = office.mail_in({});
  EXPECT_EQ(text(office, phone, "channel"), "phone");
  EXPECT_EQ(text(office, mail.ticket, "channel"), "email");
  EXPECT_THAT(office.sees(ana, "tickets"),
              ElementsAre(phone.value, social.value, mail.ticket.value));
}

TEST(Departments, AnAgentSeesTheTicketsOfTheirDepartmentsOnly) {  // S004, S005, S006
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ben = office.agent("ben", {"Support", "Billing"});
  const access::Actor ada = office.administrator();
  const RecordId ours = office.ticket("Router");
  const RecordId theirs = office.ticket("Invoice", {{"department", office.department("Billing")}});
  EXPECT_THAT(office.sees(ana, "tickets"), ElementsAre(ours.value));
  EXPECT_THAT(office.sees(ben, "tickets"), ElementsAre(ours.value, theirs.value));
  EXPECT_THAT(office.sees(ada, "tickets"), ElementsAre(ours.value, theirs.value));
  EXPECT_EQ(office.open(ana, "tickets", theirs).error().kind, RefusalKind::not_found);
  EXPECT_EQ(office.change(ana, "tickets", theirs, {{"subject", "Mine"}}).error().kind,
            RefusalKind::not_found);
  EXPECT_EQ(office.comment(ana, theirs, "Hello").error().kind, RefusalKind::not_found);
  EXPECT_EQ(office.reply(ana, theirs, {.html = "Hello"}).error().kind, RefusalKind::not_found);
}

TEST(Departments, AContactSeesTheirOwnTicketsAndNothingPrivate) {  // S005, S019
  Office office;
  const RecordId maria = office.contact("Silva", "maria@kunde.example");
  const RecordId hers = office.ticket("Router", {{"contact", maria}});
  office.ticket("Other");
  const access::Actor ana = office.agent("ana", {"Support"});
  ASSERT_TRUE(office.comment(ana, hers, "She is angry"));
  const auto said = office.comment(ana, hers, "We look into it", desk::Audience::everyone);
  ASSERT_TRUE(said);
  EXPECT_THAT(office.sees(office.contact_actor(maria), "tickets"), ElementsAre(hers.value));
  EXPECT_THAT(office.sees(office.contact_actor(maria), "comments"), ElementsAre(said->id.value));
}

TEST(Departments, ADepartmentWithTicketsIsNotDeleted) {  // S004
  Office office;
  office.ticket("Invoice", {{"department", office.department("Billing")}});
  const RecordId billing = office.department("Billing");
  const auto deleted = office.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, office.program(), *office.catalogue.find("departments"),
                                     billing);
  });
  EXPECT_EQ(code_of(deleted), "department_has_tickets");
}

TEST(Departments, ADepartmentIsNotDeletedForWhatLiesInTheRecycleBinOrIsSharedOrForItsMailbox) {
  Office office;  // manual, Departments 1.3
  const RecordId billing = office.department("Billing");
  const auto refused = [&](RecordId department) {
    return code_of(office.database->write([&](db::Transaction& tx) {
      return operations::delete_record(tx, office.program(), *office.catalogue.find("departments"),
                                       department);
    }));
  };
  const auto throw_away = [&](RecordId ticket) {
    ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
      return operations::delete_record(tx, office.program(), *office.catalogue.find("tickets"),
                                       ticket);
    }));
  };
  EXPECT_EQ(refused(office.department("Support")), "department_has_mailboxes");
  const RecordId shared = office.ticket("Router");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, office.program(), shared, {{billing, desk::TicketAccess::full}});
  }));
  EXPECT_EQ(refused(billing), "department_has_shared_tickets");
  throw_away(shared);
  EXPECT_EQ(refused(billing), "department_has_shared_tickets");
  throw_away(office.ticket("Invoice", {{"department", billing}}));
  EXPECT_EQ(refused(billing), "department_has_tickets");
}

TEST(TicketStatus, OpenOnHoldAndClosedAlwaysExistAndKeepTheirTypes) {  // S009
  Office office;
  const access::Actor ada = office.administrator();
  for (const char* name : {"open", "on_hold", "closed"}) {
    EXPECT_EQ(code_of(office.database->write(
                  [&](db::Transaction& tx) { return desk::remove_status(tx, ada, name); })),
              "system_status");
    desk::Status status{.name = name, .label = name, .type = "closed"};
    if (status.name == "closed") status.type = "open";
    EXPECT_EQ(code_of(office.database->write(
                  [&](db::Transaction& tx) { return desk::change_status(tx, ada, status); })),
              "system_status");
  }
}

TEST(TicketStatus, ClosingNotesTheTimeAndReopeningForgetsIt) {  // S009, S010
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Router");
  ASSERT_TRUE(office.change(ana, "tickets", ticket, {{"status", "closed"}}));
  EXPECT_EQ(office.read("tickets", ticket).get("closed_at").instant(), office.clock.now());
  EXPECT_EQ(text(office, ticket, "status_type"), "closed");
  EXPECT_THAT(office.may(ana, ticket), Contains("reopen"));
  EXPECT_THAT(office.may(ana, ticket), Not(Contains("close")));
  ASSERT_TRUE(office.change(ana, "tickets", ticket, {{"status", "open"}}));
  EXPECT_TRUE(office.read("tickets", ticket).get("closed_at").is_null());
}

TEST(TicketStatus, AConfiguredStatusCountsAsItsType) {  // S009
  Office office;
  const access::Actor ada = office.administrator();
  const auto added = office.database->write([&](db::Transaction& tx) {
    return desk::add_status(tx, ada, {.label = "Solved", .type = "closed"});
  });
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->name, "solved");
  const RecordId ticket = office.ticket("Router");
  ASSERT_TRUE(office.change(office.program(), "tickets", ticket, {{"status", "solved"}}));
  EXPECT_EQ(text(office, ticket, "status_type"), "closed");
  EXPECT_FALSE(office.read("tickets", ticket).get("closed_at").is_null());
  const auto removed = office.database->write(
      [&](db::Transaction& tx) { return desk::remove_status(tx, office.program(), "solved"); });
  EXPECT_EQ(code_of(removed), "in_use");
  EXPECT_FALSE(office.change(office.program(), "tickets", ticket, {{"status", "lost"}}));
}

TEST(TicketStatus, AStatusTakesANameThatIsFreeAndALabelThatNoOtherHas) {  // manual, Statuses 1.3
  Office office;
  const access::Actor ada = office.administrator();
  const auto add = [&](const std::string& label) {
    return office.database->write([&](db::Transaction& tx) {
      return desk::add_status(tx, ada, {.label = label, .type = "open"});
    });
  };
  EXPECT_EQ(add("待機")->name, "status");
  EXPECT_EQ(add("確認")->name, "status_2");
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::remove_status(tx, ada, "status"); }));
  EXPECT_EQ(add("保留")->name, "status");
  EXPECT_EQ(add("In test")->name, "in_test");
  EXPECT_EQ(add("In-Test")->name, "in_test_2");
  EXPECT_EQ(code_of(add("IN TEST")), "duplicate");
  EXPECT_EQ(code_of(add(" ")), "required");
}

TEST(TicketOwner, AnAgentTakesATicketButOnlyThoseWithTheRightGiveItToOthers) {  // S012, S126
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ben = office.agent("ben", {"Support"});
  const access::Actor ada = office.administrator();
  const RecordId ticket = office.ticket("Router");
  EXPECT_EQ(office.change(ana, "tickets", ticket, {{"owner", ben.id}}).error().kind,
            RefusalKind::forbidden);
  ASSERT_TRUE(office.change(ana, "tickets", ticket, {{"owner", ana.id}}));
  EXPECT_EQ(code_of(office.change(ben, "tickets", ticket, {{"owner", ben.id}})),
            "owned_by_another");
  ASSERT_TRUE(office.change(ana, "tickets", ticket, {{"owner", records::Value()}}));
  ASSERT_TRUE(office.change(ada, "tickets", ticket, {{"owner", ben.id}}));
  EXPECT_EQ(office.read("tickets", ticket).get("owner").id(), ben.id);
}

TEST(TicketOwner, TheOwnerWorksInTheDepartment) {  // S005, S012
  Office office;
  const access::Actor ada = office.administrator();
  const access::Actor ben = office.agent("ben", {"Billing"});
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Router");
  EXPECT_EQ(code_of(office.change(ada, "tickets", ticket, {{"owner", ben.id}})),
            "not_in_department");
  const access::Actor lea = office.light_agent("lea", {"Support"});
  EXPECT_EQ(code_of(office.change(ada, "tickets", ticket, {{"owner", lea.id}})),
            "not_in_department")
      << "light agents may only comment";
  ASSERT_TRUE(office.change(ada, "tickets", ticket, {{"owner", ana.id}}));
  ASSERT_TRUE(
      office.change(ada, "tickets", ticket, {{"department", office.department("Billing")}}));
  EXPECT_TRUE(office.read("tickets", ticket).get("owner").is_null());
}

TEST(TicketChanges, OneFieldIsUpdatedAtATimeAndABulkUpdateObeysTheSameRules) {  // S008, S032, S055
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ben = office.agent("ben", {"Support"});
  const RecordId one = office.ticket("One");
  const RecordId two = office.ticket("Two");
  const RecordId far = office.ticket("Far", {{"department", office.department("Billing")}});
  ASSERT_TRUE(office.change(ana, "tickets", one, {{"priority", "urgent"}}));
  const auto outcomes = office.database->write([&](db::Transaction& tx) {
    return operations::bulk_update(tx, ana, *office.catalogue.find("tickets"), {one, two, far},
                                   {{"status", "on_hold"}});
  });
  ASSERT_TRUE(outcomes);
  EXPECT_FALSE((*outcomes)[0].refusal);
  EXPECT_FALSE((*outcomes)[1].refusal);
  ASSERT_TRUE((*outcomes)[2].refusal);
  EXPECT_EQ((*outcomes)[2].refusal->kind, RefusalKind::not_found);
  EXPECT_EQ(text(office, two, "status_type"), "on_hold");
  const auto given = office.database->write([&](db::Transaction& tx) {
    return operations::bulk_update(tx, ana, *office.catalogue.find("tickets"), {one},
                                   {{"owner", ben.id}});
  });
  ASSERT_TRUE(given);
  EXPECT_TRUE((*given)[0].refusal);
}

TEST(RecycleBin, ADeletedTicketRestsThereAndIsRemovedForGoodByASeparateAct) {  // S011, S033
  Office office;
  const access::Actor ada = office.administrator();
  const RecordId ticket = office.mail_in({}).ticket;
  const records::ModuleDef& tickets = *office.catalogue.find("tickets");
  const auto in_one = [&](auto act) { return office.database->write(act); };
  EXPECT_EQ(code_of(in_one([&](db::Transaction& tx) {
              return operations::purge_record(tx, ada, tickets, ticket);
            })),
            "not_in_bin");
  ASSERT_TRUE(in_one(
      [&](db::Transaction& tx) { return operations::delete_record(tx, ada, tickets, ticket); }));
  EXPECT_TRUE(office.sees(ada, "tickets").empty());
  EXPECT_THAT(office.may(ada, ticket), ElementsAre("restore", "purge"));
  EXPECT_EQ(code_of(office.comment(ada, ticket, "Hello")), "in_recycle_bin");
  ASSERT_TRUE(in_one(
      [&](db::Transaction& tx) { return operations::restore_record(tx, ada, tickets, ticket); }));
  EXPECT_EQ(office.sees(ada, "tickets").size(), 1U);
  ASSERT_TRUE(in_one(
      [&](db::Transaction& tx) { return operations::delete_record(tx, ada, tickets, ticket); }));
  ASSERT_TRUE(in_one(
      [&](db::Transaction& tx) { return operations::purge_record(tx, ada, tickets, ticket); }));
  EXPECT_TRUE(office.sees(office.program(), "threads").empty());
}

TEST(Activity, TheHistoryTellsWhoMadeATicketAndWhenItWasEdited) {  // S034
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Router");
  office.clock.advance_ms(hour_ms);
  ASSERT_TRUE(office.change(ana, "tickets", ticket, {{"priority", "low"}}));
  const auto page = office.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, ana, *office.catalogue.find("tickets"), ticket, "", 10);
  });
  ASSERT_TRUE(page);
  ASSERT_EQ(page->entries.size(), 2U);
  EXPECT_EQ(page->entries[0].event, "updated");
  EXPECT_EQ(page->entries[0].author.name, "ana");
  EXPECT_EQ(page->entries[0].at, office.clock.now());
  EXPECT_EQ(page->entries[1].event, "created");
}

TEST(Views, TheSavedFiltersHoldWhatTheirNamesSay) {  // S014, S028, S036
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId plain = office.ticket("Plain");
  const RecordId mine = office.ticket("Mine", {{"owner", ana.id}});
  const RecordId late = office.ticket("Late", {{"due_at", office.clock.now() - hour_ms}});
  const RecordId escalated = office.ticket("Escalated", {{"is_escalated", int64_t{1}}});
  const RecordId high = office.ticket("High", {{"priority", "high"}});
  const RecordId closed = office.ticket(
      "Closed",
      {{"status", "closed"}, {"due_at", office.clock.now() - hour_ms}, {"priority", "high"}});
  office.ticket("Elsewhere", {{"department", office.department("Billing")}});
  const auto view = [&](const char* name) {
    return office.sees(ana, "tickets", desk::view_query(name, ana, office.clock.now())->filter);
  };
  EXPECT_THAT(view("open"),
              ElementsAre(plain.value, mine.value, late.value, escalated.value, high.value));
  EXPECT_THAT(view("all"), ElementsAre(plain.value, mine.value, late.value, escalated.value,
                                       high.value, closed.value));
  EXPECT_THAT(view("mine"), ElementsAre(mine.value));
  EXPECT_THAT(view("unassigned"),
              ElementsAre(plain.value, late.value, escalated.value, high.value));
  EXPECT_THAT(view("overdue"), ElementsAre(late.value));
  EXPECT_THAT(view("escalated"), ElementsAre(escalated.value));
  EXPECT_THAT(view("high_priority"), ElementsAre(high.value));
  EXPECT_THAT(view("closed"), ElementsAre(closed.value));
  const auto counts = office.database->read([&](db::Transaction& tx) {
    return views::count_ready_views(tx, ana, desk::viewed_tickets());
  });
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->front().name, "open") << "where people begin";
  EXPECT_EQ(counts->front().count.value, 5);
  EXPECT_EQ((counts->end() - 3)->count.value, 6) << "all";
  EXPECT_EQ((counts->end() - 2)->name, "shared");
  EXPECT_EQ(counts->back().count.value, 0);
  EXPECT_EQ(desk::view_query("lost", ana, office.clock.now()).error().kind, RefusalKind::not_found);
}

TEST(Roles, EachRoleMayWhatTheManualSays) {  // S123, S124, S125, S126, S127
  Office office;
  const RecordId ticket = office.ticket("Router");
  const auto agent = office.may(office.agent("ana", {"Support"}), ticket);
  for (const char* act : {"reply", "forward", "comment", "comment_public", "close", "take"}) {
    EXPECT_THAT(agent, Contains(act));
  }
  EXPECT_THAT(agent, Not(Contains("assign")));
  EXPECT_THAT(office.may(office.light_agent("lea", {"Support"}), ticket),
              ElementsAre("comment", "follow", "log_call"));
  const auto all = office.may(office.administrator(), ticket);
  for (const char* act : {"reply", "forward", "comment", "assign", "move", "delete"}) {
    EXPECT_THAT(all, Contains(act));
  }
}

TEST(Roles, ALightAgentOnlyCommentsPrivately) {  // S019, S125
  Office office;
  const access::Actor lea = office.light_agent("lea", {"Support"});
  const RecordId ticket = office.ticket("Router");
  EXPECT_TRUE(office.comment(lea, ticket, "I know this one"));
  EXPECT_EQ(office.comment(lea, ticket, "Hi", desk::Audience::everyone).error().kind,
            RefusalKind::forbidden);
  EXPECT_EQ(office.reply(lea, ticket, {.html = "Hi"}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(office.change(lea, "tickets", ticket, {{"status", "closed"}}).error().kind,
            RefusalKind::forbidden);
}

TEST(Contacts, AContactNeedsALastNameAndMayLackAnAddress) {  // S024, S037
  Office office;
  EXPECT_TRUE(office.create(office.program(), "contacts", {{"last_name", "Silva"}}));
  EXPECT_TRUE(office.create(office.program(), "contacts", {{"last_name", "Souza"}}));
  EXPECT_EQ(code_of(office.create(office.program(), "contacts", {{"first_name", "Ana"}})),
            "required");
  office.contact("Lima", "Lima@Kunde.example");
  EXPECT_EQ(code_of(office.create(office.program(), "contacts",
                                  {{"last_name", "L"}, {"email", "lima@kunde.example"}})),
            "address_taken");
}

TEST(Contacts, ATicketTakesItsAccountFromTheContact) {  // S024
  Office office;
  const auto account = office.create(office.program(), "accounts", {{"name", "Kunde AG"}});
  ASSERT_TRUE(account);
  const auto contact = office.create(office.program(), "contacts",
                                     {{"last_name", "Silva"}, {"account", account->id}});
  ASSERT_TRUE(contact);
  const RecordId ticket = office.ticket("Router", {{"contact", contact->id}});
  EXPECT_EQ(office.read("tickets", ticket).get("account").id(), account->id);
}

TEST(Contacts, WhatAContactBroughtGoesWithThemWhenTheTicketGetsAnother) {  // manual, Tickets 2.6
  Office office;
  const access::Actor agent = office.agent("ana", {"Support"});
  const auto account = office.create(office.program(), "accounts", {{"name", "Kunde AG"}});
  const auto maria = office.create(office.program(), "contacts",
                                   {{"last_name", "Silva"},
                                    {"email", "maria@kunde.example"},
                                    {"secondary_email", "m.silva@home.example"},
                                    {"phone", "+49 30 1234567"},
                                    {"account", account->id}});
  const auto bob = office.create(office.program(), "contacts",
                                 {{"last_name", "Bauer"}, {"email", "bob@bauer.example"}});
  ASSERT_TRUE(maria && bob);
  const auto given_to_bob = [&](const records::Changes& more) {
    const RecordId ticket = office.ticket("Router", more);
    EXPECT_TRUE(office.change(agent, "tickets", ticket, {{"contact", bob->id}}));
    return office.read("tickets", ticket);
  };
  const records::Record ticket = given_to_bob({{"contact", maria->id}});
  EXPECT_EQ(ticket.get("email").text(), "bob@bauer.example");
  EXPECT_TRUE(ticket.get("account").is_null()) << "or Maria's account would list Bob's ticket";
  EXPECT_TRUE(ticket.get("phone").is_null());
  const auto answered = office.reply(agent, ticket.id, {.html = "Hello"});
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(office.outbox().back().to.front().address, "bob@bauer.example");
  EXPECT_EQ(
      given_to_bob({{"contact", maria->id}, {"email", "m.silva@home.example"}}).get("email").text(),
      "bob@bauer.example");
  const records::Record other =
      given_to_bob({{"contact", maria->id}, {"email", "desk@other.example"}, {"phone", "110"}});
  EXPECT_EQ(other.get("email").text(), "desk@other.example");
  EXPECT_EQ(other.get("phone").text(), "110");
}

}  // namespace
}  // namespace tandem::test
