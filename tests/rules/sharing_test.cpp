#include <gmock/gmock.h>

#include <thread>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/organisations.h"
#include "desk/conversation/forwarding.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_search.h"
#include "desk/tickets/timeline.h"
#include "desk/views/ticket_views.h"
#include "desk/views/views.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"
#include "views/custom_view_query.h"

namespace tandem::test {
namespace {

using desk::ReplyKind;
using desk::Share;
using desk::TicketAccess;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// Support has a ticket of Maria; Billing and Shipping may be given a share of it.
struct Firm {
  Office office;
  RecordId support = office.department("Support");
  RecordId billing = office.department("Billing");
  RecordId shipping =
      office.create(office.program(), "departments", {{"name", "Shipping"}}).value().id;
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor ben = office.agent("ben", {"Billing"});
  access::Actor cleo = office.agent("cleo", {"Shipping"});
  RecordId maria = office.contact("Silva", "maria@kunde.example");
  RecordId ticket = office.ticket("Payment failed", {{"contact", maria}});

  Result<records::Record> share(const access::Actor& actor, RecordId department,
                                TicketAccess access = TicketAccess::full) {
    return share(actor, std::vector<Share>{{department, access}});
  }
  Result<records::Record> share(const access::Actor& actor, const std::vector<Share>& shares) {
    return office.database->write(
        [&](db::Transaction& tx) { return desk::share_ticket(tx, actor, ticket, shares); });
  }
  Result<records::Record> unshare(const access::Actor& actor, RecordId department) {
    return office.database->write(
        [&](db::Transaction& tx) { return desk::unshare_ticket(tx, actor, ticket, department); });
  }
  std::vector<int64_t> view(const access::Actor& actor, const char* name,
                            RecordId department = {}) {
    return office.database->read([&](db::Transaction& tx) {
      const auto asked = desk::view_query(tx, name, actor, department);
      EXPECT_TRUE(asked) << name;
      records::Query query;
      query.filter = asked->filter;
      query.sort = {"id", false};
      const auto page = operations::list_records(tx, actor, *actor.catalogue->find("tickets"),
                                                 std::move(query), asked->reach);
      std::vector<int64_t> ids;
      for (const records::Record& record : page->records) ids.push_back(record.id.value);
      return ids;
    });
  }
  bool opens(const access::Actor& actor) {
    return office.open(actor, "tickets", ticket).has_value();
  }
  std::vector<std::string> history() { return events_of(office, ticket); }
};

TEST(Sharing, ATicketIsSharedWithSeveralDepartmentsEachAtItsOwnAccess) {  // S038, S040, S041, S044
  Firm firm;
  const int64_t number = firm.office.read("tickets", firm.ticket).get("number").number();
  ASSERT_TRUE(firm.share(firm.ana, {{firm.billing, TicketAccess::restricted},
                                    {firm.shipping, TicketAccess::read_only}}));
  const records::Record shared = firm.office.read("tickets", firm.ticket);
  EXPECT_EQ(desk::access_to(firm.ben, shared), TicketAccess::restricted);
  EXPECT_EQ(desk::access_to(firm.cleo, shared), TicketAccess::read_only);
  EXPECT_EQ(desk::access_to(firm.ana, shared), TicketAccess::own);
  EXPECT_EQ(shared.get("number").number(), number) << "S045: it stays one ticket";
  EXPECT_THAT(firm.office.sees(firm.office.program(), "tickets"), ElementsAre(firm.ticket.value));
  EXPECT_THAT(firm.history(), ElementsAre("shared", "shared", "created"));
}

TEST(Sharing, FullAccessIsTheDefault) {  // S042, S043
  EXPECT_EQ(Share{}.access, TicketAccess::full);
  EXPECT_EQ(word(TicketAccess::full), "full");
  EXPECT_EQ(word(TicketAccess::restricted), "restricted");
  EXPECT_EQ(word(TicketAccess::read_only), "read_only");
}

TEST(Sharing, WhatOneSideWritesTheOtherSees) {  // S046, S072
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  const auto said = firm.office.comment(firm.ben, firm.ticket, "<p>The card expired</p>");
  ASSERT_TRUE(said);
  EXPECT_TRUE(firm.office.open(firm.ana, "comments", said->id));
  const auto asked = firm.office.comment(firm.ana, firm.ticket, "<p>Since when?</p>");
  ASSERT_TRUE(asked);
  EXPECT_TRUE(firm.office.open(firm.ben, "comments", asked->id));
  ASSERT_TRUE(firm.unshare(firm.ana, firm.billing));
  EXPECT_FALSE(firm.office.open(firm.ben, "comments", asked->id)) << "S071: nor what it wrote";
  EXPECT_FALSE(firm.office.open(firm.ben, "comments", said->id));
  EXPECT_TRUE(firm.office.open(firm.ana, "comments", said->id)) << "its words stay";
}

TEST(Sharing, AChildSeesTheTicketInItsSharedViewAndInNoOther) {  // S061, S062, S063
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  EXPECT_THAT(firm.view(firm.ben, "shared"), ElementsAre(firm.ticket.value));
  EXPECT_THAT(firm.view(firm.ben, "shared", firm.billing), ElementsAre(firm.ticket.value));
  EXPECT_THAT(firm.view(firm.ben, "shared", firm.support), IsEmpty());
  for (const std::string& name : desk::view_names()) {
    if (name == "shared") continue;
    EXPECT_THAT(firm.view(firm.ben, name.c_str()), IsEmpty()) << name;
  }
  EXPECT_THAT(firm.office.sees(firm.ben, "tickets"), IsEmpty());
  firm.office.database->read([&](db::Transaction& tx) {
    const auto found = desk::search_tickets(tx, firm.ben, "payment", 10);
    EXPECT_TRUE(found && found->empty()) << "a search keeps to the same rule";
    const auto by_name = desk::search_tickets(tx, firm.ben, "silva", 10);
    EXPECT_TRUE(by_name && by_name->empty());
    const auto counts = views::count_ready_views(tx, firm.ben, desk::viewed_tickets());
    ASSERT_TRUE(counts);
    for (const views::ViewCount& count : *counts) {
      EXPECT_EQ(count.count.value, count.name == "shared" ? 1 : 0) << count.name;
    }
  });
  EXPECT_TRUE(firm.opens(firm.ben)) << "by its address it can be opened";
  EXPECT_THAT(firm.view(firm.ana, "shared"), IsEmpty()) << "the parent has it in its own views";
  EXPECT_THAT(firm.view(firm.ana, "open"), ElementsAre(firm.ticket.value));
}

TEST(Sharing, ParentsFindWhatTheySharedToOthers) {  // S030, S031
  Firm firm;
  firm.office.ticket("Not shared");
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  const auto shared_to_others = records::field("is_shared").is(int64_t{1});
  EXPECT_THAT(firm.office.sees(firm.ana, "tickets", shared_to_others),
              ElementsAre(firm.ticket.value));
  EXPECT_THAT(firm.office.sees(firm.ben, "tickets", shared_to_others), IsEmpty());
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket, {{"status", "closed"}}));
  EXPECT_THAT(
      firm.office.sees(firm.ana, "tickets",
                       records::all_of({shared_to_others, records::field("status").is("open")})),
      IsEmpty());
}

TEST(Sharing, AChildNeitherSharesNorUnsharesNorChangesAccess) {  // S056, S057, S058, S073
  Firm firm;
  for (const TicketAccess access :
       {TicketAccess::full, TicketAccess::restricted, TicketAccess::read_only}) {
    ASSERT_TRUE(firm.share(firm.ana, firm.billing, access));
    EXPECT_EQ(firm.share(firm.ben, firm.shipping).error().kind, RefusalKind::forbidden);
    EXPECT_EQ(firm.share(firm.ben, firm.billing, TicketAccess::full).error().kind,
              RefusalKind::forbidden);
    EXPECT_EQ(firm.unshare(firm.ben, firm.billing).error().kind, RefusalKind::forbidden);
  }
  EXPECT_EQ(firm.share(firm.cleo, firm.shipping).error().kind, RefusalKind::not_found);
}

TEST(Sharing, UnsharingTakesTheTicketFromOneDepartmentAlone) {  // S067, S069, S070, S071
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, {{firm.billing}, {firm.shipping}}));
  ASSERT_TRUE(firm.unshare(firm.ana, firm.billing));
  EXPECT_THAT(firm.view(firm.ben, "shared"), IsEmpty());
  EXPECT_EQ(firm.office.open(firm.ben, "tickets", firm.ticket).error().kind,
            RefusalKind::not_found);
  EXPECT_THAT(firm.view(firm.cleo, "shared"), ElementsAre(firm.ticket.value));
  EXPECT_EQ(firm.unshare(firm.ana, firm.billing).error().kind, RefusalKind::not_found);
  EXPECT_THAT(firm.history(), ElementsAre("unshared", "shared", "shared", "created"));
}

TEST(Sharing, AChangeOfAccessHoldsAtOnce) {  // S074
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  EXPECT_THAT(firm.office.may(firm.ben, firm.ticket), Contains("reply"));
  ASSERT_TRUE(firm.share(firm.ana, firm.billing, TicketAccess::read_only));
  EXPECT_THAT(firm.office.may(firm.ben, firm.ticket), ElementsAre("comment", "follow"));
  EXPECT_EQ(code_of(firm.office.reply(firm.ben, firm.ticket, {.html = "Now?"})),
            "shared_read_only");
  EXPECT_THAT(firm.history(), ElementsAre("share_changed", "shared", "created"));
}

TEST(Sharing, ADepartmentIsRefusedThatCannotHaveTheTicket) {
  Firm firm;
  EXPECT_EQ(code_of(firm.share(firm.ana, std::vector<Share>{})), "required");
  EXPECT_EQ(code_of(firm.share(firm.ana, firm.support)), "own_department");
  EXPECT_EQ(code_of(firm.share(firm.ana, RecordId{4711})), "not_found");
  EXPECT_EQ(code_of(firm.share(firm.ana, {{firm.billing}, {firm.billing}})), "duplicate");
  ASSERT_TRUE(firm.office.change(firm.office.program(), "departments", firm.shipping,
                                 {{"is_enabled", int64_t{0}}}));
  EXPECT_EQ(code_of(firm.share(firm.ana, firm.shipping)), "disabled");
  EXPECT_EQ(code_of(firm.office.change(firm.ana, "tickets", firm.ticket,
                                       {{"shares", std::vector<std::string>{"1:full"}}})),
            "read_only");
}

TEST(Sharing, ATicketThatMovesToAChildIsItsOwn) {
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, {{firm.billing, TicketAccess::read_only}, {firm.shipping}}));
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", firm.ticket, {{"department", firm.billing}}));
  const records::Record moved = firm.office.read("tickets", firm.ticket);
  EXPECT_EQ(desk::access_to(firm.ben, moved), TicketAccess::own);
  EXPECT_EQ(desk::access_to(firm.cleo, moved), TicketAccess::full);
  EXPECT_FALSE(firm.opens(firm.ana)) << "it is nobody's but Billing's and Shipping's now";
  EXPECT_EQ(firm.history().front(), "unshared") << "the history says that the share ended";
  EXPECT_EQ(firm.history().at(1), "updated");
  ASSERT_TRUE(firm.office.change(firm.ben, "tickets", firm.ticket, {{"subject", "Paid"}}));
  EXPECT_EQ(firm.history().front(), "updated") << "told once";
}

TEST(Sharing, ADepartmentWithSharedTicketsIsNotDeleted) {
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.shipping));
  const access::Actor ada = firm.office.administrator();
  const auto removed = [&] {
    return firm.office.database->write([&](db::Transaction& tx) {
      return operations::delete_record(tx, ada, *firm.office.catalogue.find("departments"),
                                       firm.shipping);
    });
  };
  EXPECT_EQ(code_of(removed()), "department_has_shared_tickets");
  ASSERT_TRUE(firm.unshare(firm.ana, firm.shipping));
  EXPECT_TRUE(removed());
}

TEST(Sharing, ADepartmentIsNotDeletedWhileATicketIsBeingSharedWithIt) {
  Firm firm;
  const access::Actor ada = firm.office.administrator();
  Result<records::Record> removed = invalid("", "", "not yet");
  std::jthread remover;
  const Result<records::Record> shared = firm.office.database->write([&](db::Transaction& tx) {
    auto answer =
        desk::share_ticket(tx, firm.ana, firm.ticket, {{firm.shipping, TicketAccess::full}});
    if (!remover.joinable()) {
      remover = std::jthread([&] {
        removed = firm.office.database->write([&](db::Transaction& other) {
          return operations::delete_record(other, ada, *firm.office.catalogue.find("departments"),
                                           firm.shipping);
        });
      });
    }
    return answer;
  });
  remover.join();
  ASSERT_TRUE(shared);
  EXPECT_EQ(code_of(removed), "department_has_shared_tickets");
}

TEST(Sharing, SharedTicketsAreListedPageByPageInAnyOrder) {  // S061
  Firm firm;
  const Instant now = firm.office.clock.now();
  const std::vector<std::pair<const char*, Instant>> dues{
      {"Second", now + 2 * hour_ms}, {"Third", now + 3 * hour_ms}, {"First", now + hour_ms}};
  for (const auto& [subject, due] : dues) {
    firm.ticket = firm.office.ticket(subject, {{"contact", firm.maria}, {"due_at", due}});
    ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  }
  firm.office.ticket("Not shared", {{"contact", firm.maria}, {"due_at", now}});
  std::vector<std::string> subjects;
  std::string cursor;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const records::Page page = firm.office.database->read([&](db::Transaction& tx) {
      const auto asked = desk::view_query(tx, "shared", firm.ben, RecordId{});
      records::Query query{.filter = asked->filter, .sort = {"due_at", false}, .limit = 1};
      query.cursor = cursor;
      return *operations::list_records(tx, firm.ben, *firm.ben.catalogue->find("tickets"),
                                       std::move(query), asked->reach);
    });
    ASSERT_EQ(page.records.size(), 1u);
    subjects.push_back(page.records.front().title);
    cursor = page.next_cursor;
  }
  EXPECT_THAT(subjects, ElementsAre("First", "Second", "Third"));
  EXPECT_EQ(cursor, "");
}

TEST(Sharing, SharedTicketsAreSearchedByWordsWithinTheirOwnListAlone) {  // S063
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  const auto found = [&](const access::Actor& actor, operations::Reach reach) {
    return firm.office.database
        ->read([&](db::Transaction& tx) {
          return desk::search_tickets(tx, actor, "payment", 10, reach);
        })
        .value()
        .size();
  };
  EXPECT_EQ(found(firm.ben, operations::Reach::visible), 1U);
  EXPECT_EQ(found(firm.ben, operations::Reach::listed), 0U);
  EXPECT_EQ(found(firm.cleo, operations::Reach::visible), 0U);
}

TEST(Sharing, TheAdministratorSwitchesItOffAndOn) {  // S075
  Firm firm;
  const access::Actor ada = firm.office.administrator();
  ASSERT_TRUE(firm.share(firm.ana, firm.billing));
  const auto turn = [&](const access::Actor& actor, access::FeatureState state) {
    return firm.office.database->write([&](db::Transaction& tx) {
      return access::switch_feature(tx, actor, "ticket_sharing", state);
    });
  };
  const auto again = [&](const access::Actor& actor) {
    return firm.office.database->read([&](db::Transaction& tx) {
      return access::actor_of(tx, firm.office.catalogue, actor.person, firm.office.org,
                              access::Path::ui)
          .value();
    });
  };
  EXPECT_EQ(turn(firm.ana, access::FeatureState::off).error().kind, RefusalKind::forbidden);
  ASSERT_TRUE(turn(ada, access::FeatureState::off));
  const access::Actor ben = again(firm.ben);
  const access::Actor ana = again(firm.ana);
  EXPECT_FALSE(firm.opens(ben));
  EXPECT_EQ(code_of(firm.share(ana, firm.shipping)), "sharing_is_off");
  EXPECT_THAT(firm.office.may(ana, firm.ticket), Not(Contains("share")));
  firm.office.database->read([&](db::Transaction& tx) {
    EXPECT_EQ(desk::view_query("shared", ben, tx.now()).error().kind, RefusalKind::not_found);
    const auto counts = views::count_ready_views(tx, ben, desk::viewed_tickets());
    ASSERT_TRUE(counts);
    for (const views::ViewCount& count : *counts) {
      EXPECT_NE(count.name, "shared");
    }
  });
  ASSERT_TRUE(turn(ada, access::FeatureState::on));
  EXPECT_TRUE(firm.opens(again(firm.ben))) << "what was shared is shared again";
}

TEST(Sharing, RestrictedAccessForwardsToAnybodyButTheRequester) {  // S049, S050, S051, S055
  Firm firm;
  ASSERT_TRUE(firm.office.change(firm.office.program(), "contacts", firm.maria,
                                 {{"secondary_email", "maria@büro.example"}}));
  ASSERT_TRUE(firm.share(firm.ana, firm.billing, TicketAccess::restricted));
  EXPECT_EQ(code_of(firm.office.reply(firm.ben, firm.ticket, {.html = "Hello"})),
            "shared_restricted");
  const auto forward = [&](const char* address) {
    const desk::Address other{"", "bank@partner.example"};
    const desk::Address one{"", address};
    std::vector<std::string> codes;
    for (const desk::ReplyRequest& request :
         {desk::ReplyRequest{.kind = ReplyKind::forward, .to = {one}, .html = "See"},
          desk::ReplyRequest{.kind = ReplyKind::forward, .to = {other}, .cc = {one}, .html = "See"},
          desk::ReplyRequest{
              .kind = ReplyKind::forward, .to = {other}, .bcc = {one}, .html = "See"}}) {
      codes.push_back(code_of(firm.office.reply(firm.ben, firm.ticket, request)));
    }
    return codes;
  };
  for (const char* spelling :
       {"maria@kunde.example", "MARIA@Kunde.Example", "maria+private@kunde.example",
        "\"maria\"@kunde.example", "maria@büro.example", "maria@xn--bro-hoa.example",
        "Maria@BÜRO.example"}) {
    for (const std::string& code : forward(spelling)) {
      EXPECT_TRUE(code == "not_to_the_requester" || code == "not_an_email" || code == "bad_address")
          << spelling << " is answered with " << code;
    }
  }
  EXPECT_THAT(forward("mario@kunde.example"), testing::Each("")) << "anybody else is fine";
  ASSERT_TRUE(firm.share(firm.ana, firm.billing, TicketAccess::full));
  EXPECT_THAT(forward("maria@kunde.example"), testing::Each(""));
}

TEST(Sharing, TheRequesterIsKnownByWhatTheyWroteFrom) {  // S050
  Firm firm;
  const RecordId mailed = firm.office.mail_in({.from = "Jo <jo@kunde.example>"}).ticket;
  firm.ticket = mailed;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing, TicketAccess::restricted));
  const RecordId jo = firm.office.read("tickets", mailed).get("contact").id();
  ASSERT_TRUE(firm.office.change(firm.ben, "contacts", jo, {{"email", "other@kunde.example"}}));
  ASSERT_TRUE(firm.office.change(firm.ana, "tickets", mailed, {{"email", "third@kunde.example"}}));
  for (const char* address : {"jo@kunde.example", "other@kunde.example", "third@kunde.example"}) {
    EXPECT_EQ(
        code_of(firm.office.reply(
            firm.ben, mailed, {.kind = ReplyKind::forward, .to = {{"", address}}, .html = "See"})),
        "not_to_the_requester")
        << address;
  }
}

TEST(Sharing, OneMailboxHasManySpellings) {
  EXPECT_TRUE(desk::is_same_mailbox("a.b+c@gmail.com", "AB@googlemail.com"));
  EXPECT_TRUE(desk::is_same_mailbox("maria@kunde.example.", "maria@kunde.example"));
  EXPECT_FALSE(desk::is_same_mailbox("a.b@kunde.example", "ab@kunde.example"));
  EXPECT_FALSE(desk::is_same_mailbox("maria@kunde.example", "maria@kunde.example.org"));
}

TEST(Sharing, AnAgentOfAsManyDepartmentsAsThereMayBeSeesWhatIsShared) {
  Firm firm;
  ASSERT_TRUE(firm.share(firm.ana, firm.billing, TicketAccess::read_only));
  const RecordId own = firm.office.ticket("Invoice", {{"department", firm.billing}});
  const RecordId hidden = firm.office.ticket("Parcel", {{"department", firm.shipping}});
  for (const int departments : {1, 2, 8, 166, 167, access::departments_per_agent_max}) {
    access::Actor ben = firm.ben;
    for (int more = 1; more < departments; ++more) ben.department_ids.push_back(1'000 + more);
    std::sort(ben.department_ids.begin(), ben.department_ids.end());
    EXPECT_THAT(firm.view(ben, "shared"), ElementsAre(firm.ticket.value)) << departments;
    EXPECT_THAT(firm.view(ben, "all"), ElementsAre(own.value)) << departments;
    firm.office.database->read([&](db::Transaction& tx) {
      const records::ModuleDef& tickets = *ben.catalogue->find("tickets");
      EXPECT_TRUE(operations::read_record(tx, ben, tickets, firm.ticket)) << departments;
      EXPECT_EQ(code_of(operations::read_record(tx, ben, tickets, hidden)), "not_found");
      const auto timeline = desk::read_timeline(tx, ben, firm.ticket, "", 50);
      EXPECT_TRUE(timeline) << departments << ": " << timeline.error().message;
      for (const char* name : {"tasks", "calls", "threads", "attachments"}) {
        const records::ModuleDef* module = ben.catalogue->find(name);
        if (!module) continue;
        const auto page = operations::list_records(tx, ben, *module, {});
        EXPECT_TRUE(page) << departments << " " << name;
      }
    });
  }
}

}  // namespace
}  // namespace tandem::test
