#include <gmock/gmock.h>

#include "access/agents.h"
#include "access/organisations.h"
#include "base/csv.h"
#include "desk/conversation/attachments.h"
#include "desk/modules.h"
#include "desk/service_levels/service_level_clock.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/presence.h"
#include "desk/tickets/ticket_files.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/views/ticket_views.h"
#include "desk/webhooks/webhook_checks.h"
#include "imports/import_text.h"
#include "records/change_log.h"
#include "tests/rules/imports.h"
#include "tests/support/office.h"
#include "views/custom_view_query.h"

// Rules at their edges: texts that show nothing, years nobody works in, files that are no tables,
// and tickets that went on to another one.

namespace tandem::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(EdgesOfRules, ANameThatShowsNothingIsEmpty) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId support = office.department("Support");
  for (const char* subject : {"\u200B", "\u00A0\u3000", "\u2060\uFEFF", "\u202E", "\x01\x02"}) {
    EXPECT_EQ(
        code_of(office.create(ana, "tickets", {{"subject", subject}, {"department", support}})),
        "required")
        << subject;
  }
  const records::ShapeRef accounts = office.database->read([&](db::Transaction& tx) {
    return office.catalogue.shape(tx, office.org, *office.catalogue.find("accounts"));
  });
  const auto name = records::value_from_json(*accounts->find("name"), Json("\u200B\u00A0"));
  ASSERT_TRUE(name);
  EXPECT_TRUE(name->is_null());
}

TEST(EdgesOfRules, ALineHoldsNoControlsAndTurnsNoWriting) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const auto made =
      office.create(ana, "tickets",
                    {{"subject", "Pay\x07 now\u202Egnp.exe\u2066 \U0001F469\u200D\U0001F4BB"},
                     {"department", office.department("Support")}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->get("subject").text(), "Pay  nowgnp.exe \U0001F469\u200D\U0001F4BB")
      << "emoji keep their joiners";
}

TEST(EdgesOfRules, AMailWithoutVisibleSubjectStillOpensATicket) {
  Office office;
  office.department("Support");
  const desk::IntakeReport report =
      office.mail_in({.subject = "=?UTF-8?B?4oCL?=", .message_id = "blank@kunde.example"});
  ASSERT_TRUE(report.ticket);
  EXPECT_EQ(office.read("tickets", report.ticket).get("subject").text(), "(no subject)");
}

TEST(EdgesOfRules, ATicketIsDueInYearsThatPeopleWorkIn) {
  Office office;
  const records::ShapeRef shape = office.database->read([&](db::Transaction& tx) {
    return office.catalogue.shape(tx, office.org, desk::tickets_module());
  });
  const records::FieldDef& due = *shape->find("due_at");
  for (const char* moment :
       {"0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z"})
    EXPECT_EQ(code_of(records::value_from_text(due, moment)), "out_of_range") << moment;
  for (const char* moment : {"1970-01-01T00:00:00Z", "9998-12-31T23:59:59Z"})
    EXPECT_EQ(code_of(records::value_from_text(due, moment)), "") << moment;
}

TEST(EdgesOfRules, APriceIsNotNegative) {
  Office office;
  const access::Actor ada = office.administrator();
  const std::vector<std::string> departments{to_string(office.department("Support"))};
  const auto product = [&](int64_t price) {
    return code_of(office.create(ada, "products",
                                 {{"name", "Lamp " + std::to_string(price)},
                                  {"departments", departments},
                                  {"unit_price", price}}));
  };
  EXPECT_EQ(product(-500), "out_of_range");
  EXPECT_EQ(product(0), "");
}

TEST(EdgesOfRules, AFileOfAColleagueIsForColleaguesUnlessTheySayOtherwise) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId ticket = office.ticket("Refund");
  const auto attach = [&](desk::Audience audience) {
    const auto file = desk::add_upload(*office.desk, ana, {.name = "a.pdf", .bytes = "x"});
    return office.database->write([&](db::Transaction& tx) {
      return desk::attach_for(tx, ana, {ticket, audience}, {file->id.value});
    });
  };
  EXPECT_TRUE(attach(desk::Audience::colleagues)->front().get("is_private").truth());
  EXPECT_FALSE(attach(desk::Audience::everyone)->front().get("is_private").truth());
}

TEST(EdgesOfRules, ATableOfOneJapaneseNameIsReadAsOne) {
  const std::string name = "\x93\x63\x92\x86\x91\xBE\x98\x59";
  EXPECT_EQ(imports::guess_encoding("Name\r\n" + name + "\r\n"), "shift_jis");
  EXPECT_EQ(imports::decode_file(name, "shift_jis"), "田中太郎");
  EXPECT_EQ(imports::guess_encoding("Name\n\xCC\xEF\xD6\xD0\xCC\xAB\xC0\xC9\n"), "gb18030");
  for (const char* western : {"M\xFCller", "Jo\xE3o Concei\xE7\xE3o",
                              "S\xE3o Paulo, a\xE7\xF5"
                              "es",
                              "caf\xE9 \x93quoted\x94", "5 \x80", "\xC7\xC3O"}) {
    EXPECT_EQ(imports::guess_encoding("Name\n" + std::string(western) + "\n"), "windows-1252")
        << western;
  }
}

TEST(EdgesOfRules, AnImportTakesTablesOfTextAlone) {
  Imports imports;
  for (const std::string& bytes :
       {std::string("PK\x03\x04rest"), std::string("\xD0\xCF\x11\xE0rest"), std::string("%PDF-1.7"),
        std::string("a,b\0\x01\x02 and so on for long", 25)}) {
    EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts", bytes)), "not_csv");
  }
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts", "Last name\nSilva\n")), "");
}

TEST(EdgesOfRules, ACellComesBackAsItWas) {
  for (const char* text :
       {"=1+1", "\uFF1D1+1", "\uFF0Bx", "\uFF0Dx", "\uFF20x", "\u00A0=1", "\u200B@x", "\uFEFF+x",
        "'=1+1", "''=1", "' -x", "'-12", "-12", "+3.5", "it's", "'tis", "", "a=b"}) {
    const std::string cell = harmless_cell(text);
    EXPECT_EQ(without_harmless_mark(cell), text);
  }
  for (const char* text : {"\uFF1D1+1", "\u00A0=1", "\u200B=1", "\uFEFF=1", "'=1"})
    EXPECT_TRUE(harmless_cell(text).starts_with('\'')) << text;
  EXPECT_EQ(harmless_cell("'=1"), "''=1");
  EXPECT_EQ(harmless_cell("-12"), "-12");
}

TEST(EdgesOfRules, ATargetIsMissedOnceByWhicheverPolicy) {  // manual, Service levels 4.1
  Office office;
  const records::Record ticket = office.read("tickets", office.ticket("Router"));
  desk::ServiceLevel gold;
  gold.id = RecordId{1};
  gold.targets["none"] = {60, 480};
  gold.levels = {{.target = desk::Target::first_response, .after_minutes = 10}};
  desk::ServiceLevel silver = gold;
  silver.id = RecordId{2};
  desk::TicketClock clock;
  ASSERT_THAT(desk::events_to_come(gold, clock, ticket), SizeIs(3));
  clock.raised = {"1:first_response"};
  const auto of_silver = desk::events_to_come(silver, clock, ticket);
  ASSERT_THAT(of_silver, SizeIs(2));
  EXPECT_EQ(of_silver.front().key, "2:first_response:10") << "levels are each policy's own";
  EXPECT_EQ(of_silver.back().target, desk::Target::resolution);
}

TEST(EdgesOfRules, ConditionsCountWhatAViewWouldList) {  // S029
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId target = office.ticket("Parcel");
  const RecordId other = office.ticket("Parcel again");
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::merge_tickets(tx, ana, {target}, {{other}}); }));
  const auto count = office.database->read([&](db::Transaction& tx) -> Result<records::Count> {
    const Json conditions = *json_from_text(R"({"field":"subject","contains":"parcel"})");
    const views::ViewQuery view =
        TRY(views::view_of_conditions(tx, ana, desk::viewed_tickets(), conditions));
    return views::count_view(tx, ana, desk::viewed_tickets(), view);
  });
  ASSERT_TRUE(count) << count.error().message;
  EXPECT_EQ(count->value, 1);
}

TEST(EdgesOfRules, AWebhookHasAPortThatExists) {
  for (const char* url : {"https://a.example:99999/x", "https://a.example:0", "https://a.example:",
                          "https://a.example:8o", "https://[2001:db8::1]:70000/"})
    EXPECT_EQ(code_of(desk::check_webhook_url(url)), "bad_port") << url;
  for (const char* url : {"https://a.example", "https://a.example:8443/x", "https://[2001:db8::1]/",
                          "https://[2001:db8::1]:443/"})
    EXPECT_EQ(code_of(desk::check_webhook_url(url)), "") << url;
}

TEST(EdgesOfRules, MakingATicketIsOneChangeOfIt) {  // manual, Webhooks 1.2
  Office office;
  const access::Actor ada = office.administrator();
  const access::Actor ana = office.agent("ana", {"Support"});
  desk::ServiceLevel gold;
  gold.name = "Gold";
  gold.targets["none"] = {60, 480};
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::add_service_level(tx, ada, gold); }));
  const auto made = office.create(ana, "tickets",
                                  {{"subject", "Router"},
                                   {"description", "It does not blink."},
                                   {"contact", office.contact("Silva", "maria@kunde.example")},
                                   {"department", office.department("Support")}});
  ASSERT_TRUE(made) << made.error().message;
  const auto history = office.database->read([&](db::Transaction& tx) {
    return records::history_of(tx, office.org, "tickets", made->id, "", 50);
  });
  for (const records::LogEntry& entry : history->entries)
    EXPECT_EQ(entry.event, "created") << entry.changes_json;
}

struct SharedTicket {
  Office office;
  RecordId billing = office.department("Billing");
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor ben = office.agent("ben", {"Billing"});
  RecordId ticket = office.ticket("Refund");

  explicit SharedTicket(desk::TicketAccess access) {
    EXPECT_TRUE(office.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ana, ticket, {{billing, access}});
    }));
  }
  std::string unshare() {
    return code_of(office.database->write(
        [&](db::Transaction& tx) { return desk::unshare_ticket(tx, ana, ticket, billing); }));
  }
};

TEST(EdgesOfRules, WhoLosesATicketIsNotSeenOnItAnyMore) {  // S071
  SharedTicket shared(desk::TicketAccess::full);
  const auto note = [&](const access::Actor& actor, desk::Presence state) {
    return *shared.office.database->write(
        [&](db::Transaction& tx) { return desk::note_presence(tx, actor, shared.ticket, state); });
  };
  note(shared.ben, desk::Presence::replying);
  ASSERT_THAT(note(shared.ana, desk::Presence::viewing), SizeIs(1));
  ASSERT_EQ(shared.unshare(), "");
  EXPECT_THAT(note(shared.ana, desk::Presence::viewing), IsEmpty());
}

TEST(EdgesOfRules, WhoMayOnlyReadATicketIsNotShownAsAnsweringIt) {  // S074
  SharedTicket shared(desk::TicketAccess::read_only);
  const auto note = [&](const access::Actor& actor, desk::Presence state) {
    return *shared.office.database->write(
        [&](db::Transaction& tx) { return desk::note_presence(tx, actor, shared.ticket, state); });
  };
  note(shared.ben, desk::Presence::replying);
  const std::vector<desk::Present> others = note(shared.ana, desk::Presence::replying);
  ASSERT_THAT(others, SizeIs(1));
  EXPECT_EQ(others.front().state, desk::Presence::viewing);
  EXPECT_EQ(note(shared.ben, desk::Presence::viewing).front().state, desk::Presence::replying);
}

TEST(EdgesOfRules, NobodyOfADepartmentIsSeenOnATicketWhileSharingIsSwitchedOff) {  // S075
  SharedTicket shared(desk::TicketAccess::full);
  const auto note = [&](const access::Actor& actor) {
    return *shared.office.database->write([&](db::Transaction& tx) {
      return desk::note_presence(tx, actor, shared.ticket, desk::Presence::viewing);
    });
  };
  const auto turn_sharing = [&](access::FeatureState state) {
    ASSERT_TRUE(shared.office.database->write([&](db::Transaction& tx) {
      return access::switch_feature(tx, shared.office.program(), "ticket_sharing", state);
    }));
  };
  note(shared.ben);
  turn_sharing(access::FeatureState::off);
  EXPECT_THAT(note(shared.ana), IsEmpty());
  turn_sharing(access::FeatureState::on);
  EXPECT_THAT(note(shared.ana), SizeIs(1));
}

TEST(EdgesOfRules, WhoDoesNotWorkHereAnyMoreIsNotSeenOnATicket) {  // manual, Sharing 4.1
  SharedTicket shared(desk::TicketAccess::full);
  const auto note = [&](const access::Actor& actor) {
    return *shared.office.database->write([&](db::Transaction& tx) {
      return desk::note_presence(tx, actor, shared.ticket, desk::Presence::viewing);
    });
  };
  note(shared.ben);
  ASSERT_THAT(note(shared.ana), SizeIs(1));
  ASSERT_TRUE(shared.office.database->write([&](db::Transaction& tx) {
    return access::change_agent(tx, shared.office.program(), shared.ben.id,
                                {.status = access::AgentStatus::disabled});
  }));
  EXPECT_THAT(note(shared.ana), IsEmpty());
}

TEST(EdgesOfRules, NeitherDeletingNorRestoringAnswersAHiddenField) {  // S127
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  access::Role role = *ana.role;
  role.kind = access::RoleKind::custom;
  role.fields["tickets"]["priority"] = access::FieldAccess::hidden;
  ana.role = std::make_shared<const access::Role>(role);
  const RecordId ticket = office.ticket("Router", {{"priority", "high"}});
  const records::ModuleDef& tickets = *office.catalogue.find("tickets");
  for (const auto verb : {operations::delete_record, operations::restore_record}) {
    const auto answer =
        office.database->write([&](db::Transaction& tx) { return verb(tx, ana, tickets, ticket); });
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->get("priority").is_null());
  }
  EXPECT_EQ(office.read("tickets", ticket).get("priority").text(), "high");
}

TEST(EdgesOfRules, AMergedTicketIsUnsharedAndStaysSoWhenItIsApartAgain) {  // S067
  SharedTicket shared(desk::TicketAccess::full);
  const RecordId target = shared.office.ticket("Refund again");
  ASSERT_TRUE(shared.office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, shared.ana, target,
                              {{shared.billing, desk::TicketAccess::read_only}});
  }));
  ASSERT_TRUE(shared.office.database->write([&](db::Transaction& tx) {
    return desk::merge_tickets(tx, shared.ana, {target}, {{shared.ticket}});
  }));
  EXPECT_EQ(shared.unshare(), "");
  ASSERT_TRUE(shared.office.database->write([&](db::Transaction& tx) -> Result<bool> {
    const auto merges = TRY(desk::merges_into(tx, shared.ana, target));
    TRY(desk::undo_merge(tx, shared.ana, target, merges.front().id));
    return true;
  }));
  EXPECT_EQ(code_of(shared.office.open(shared.ben, "tickets", shared.ticket)), "not_found");
}

TEST(EdgesOfRules, UnsharingIsPossibleWhileSharingIsOff) {
  SharedTicket shared(desk::TicketAccess::full);
  shared.ana.switched_off = std::make_shared<const std::vector<std::string>>(1, "ticket_sharing");
  EXPECT_EQ(shared.unshare(), "");
}

TEST(EdgesOfRules, AForwardReachesTheRequesterAtNoAddressTheTicketHad) {  // S050
  SharedTicket shared(desk::TicketAccess::restricted);
  const auto forward = [&](const std::string& address) {
    return code_of(shared.office.reply(
        shared.ben, shared.ticket,
        {.kind = desk::ReplyKind::forward, .to = {{"", address}}, .html = "See"}));
  };
  for (const char* address : {"old@kunde.example", "new@kunde.example"}) {
    ASSERT_TRUE(shared.office.change(shared.ana, "tickets", shared.ticket, {{"email", address}}));
  }
  EXPECT_EQ(forward("new@kunde.example"), "not_to_the_requester");
  EXPECT_EQ(forward("old@kunde.example"), "not_to_the_requester");
  EXPECT_EQ(forward("supplier@else.example"), "");
}

}  // namespace
}  // namespace tandem::test
