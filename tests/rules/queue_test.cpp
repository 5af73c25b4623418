#include <gmock/gmock.h>

#include "desk/modules.h"
#include "desk/tickets/ticket_choices.h"
#include "desk/tickets/ticket_search.h"
#include "desk/views/due_order.h"
#include "tests/support/office.h"

// What a queue shows of a ticket, what its menus offer, and how it is found.

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string last_word_by(Office& office, RecordId ticket) {
  return office.read("tickets", ticket).get("last_word_by").text();
}

Instant last_word_at(Office& office, RecordId ticket) {
  return office.read("tickets", ticket).get("last_word_at").instant();
}

TEST(LastWord, KeepsItsTimeWhateverElseChanges) {  // S028
  Office office;
  const access::Actor ada = office.administrator();
  const desk::IntakeReport mail = office.mail_in({});
  const Instant asked = office.clock.now();
  EXPECT_EQ(last_word_at(office, mail.ticket), asked);

  office.clock.advance_ms(day_ms);
  ASSERT_TRUE(office.change(ada, "tickets", mail.ticket, {{"priority", "high"}}));
  const records::ModuleDef& tickets = desk::tickets_module();
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, ada, tickets, mail.ticket);
  }));
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, ada, tickets, mail.ticket);
  }));
  EXPECT_EQ(last_word_at(office, mail.ticket), asked);
  EXPECT_EQ(last_word_by(office, mail.ticket), "customer");

  ASSERT_TRUE(office.reply(ada, mail.ticket, {.html = "We look into it."}));
  EXPECT_EQ(last_word_at(office, mail.ticket), office.clock.now());
  EXPECT_EQ(last_word_by(office, mail.ticket), "agent");
}

TEST(LastWord, OfANewTicketIsTheContactsOnlyWhereTheyWereHeard) {  // S001, S028
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId maria = office.contact("Silva", "maria@kunde.example");
  const auto made = [&](const access::Actor& actor, const char* channel, RecordId contact) {
    const auto ticket = office.create(actor, "tickets",
                                      {{"subject", "Router"},
                                       {"description", "<p>It blinks</p>"},
                                       {"department", office.department("Support")},
                                       {"contact", contact},
                                       {"channel", channel}});
    EXPECT_TRUE(ticket);
    return ticket ? last_word_by(office, ticket->id) : "";
  };
  access::Actor program = ana;
  program.path = access::Path::api;
  EXPECT_EQ(made(ana, "phone", maria), "customer") << "a call is noted";
  EXPECT_EQ(made(ana, "web", maria), "agent") << "the agent writes";
  EXPECT_EQ(made(ana, "phone", {}), "agent") << "nobody was heard";
  EXPECT_EQ(made(program, "web", maria), "customer") << "a web form brings what a customer wrote";
}

std::vector<std::string> names(const std::vector<access::Agent>& agents) {
  std::vector<std::string> all;
  for (const access::Agent& agent : agents) all.push_back(agent.name);
  return all;
}

desk::TicketChoices for_new(Office& office, const access::Actor& actor, const char* department) {
  const RecordId id = office.department(department);
  auto choices = office.database->read(
      [&](db::Transaction& tx) { return desk::choices_for_new_ticket(tx, actor, id); });
  EXPECT_TRUE(choices);
  return choices ? *choices : desk::TicketChoices{};
}

TEST(TicketChoices, ANewTicketOffersWhatWillBeAccepted) {  // S004, S005, S012
  Office office;
  const access::Actor ada = office.administrator();
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ben = office.agent("ben", {"Support", "Billing"});
  const access::Actor lou = office.light_agent("lou", {"Support"});

  const desk::TicketChoices of_ana = for_new(office, ana, "Support");
  ASSERT_EQ(of_ana.departments.size(), 1U);
  EXPECT_EQ(of_ana.departments[0].title, "Support");
  EXPECT_THAT(names(of_ana.owners), ElementsAre("ana")) << "who may not assign may take";
  EXPECT_THAT(for_new(office, ana, "Billing").owners, IsEmpty());

  const desk::TicketChoices of_ada = for_new(office, ada, "Billing");
  EXPECT_EQ(of_ada.departments.size(), 2U);
  EXPECT_THAT(names(of_ada.owners), ElementsAre("Ada", "ben"));

  const RecordId support = office.department("Support");
  const auto of_lou = office.database->read(
      [&](db::Transaction& tx) { return desk::choices_for_new_ticket(tx, lou, support); });
  EXPECT_EQ(of_lou.error().kind, RefusalKind::forbidden);
}

TEST(TicketChoices, EveryOfferedOwnerIsAccepted) {  // S005, S012, S032
  Office office;
  const access::Actor ada = office.administrator();
  const access::Actor ana = office.agent("ana", {"Support"});
  office.agent("ben", {"Support", "Billing"});
  const RecordId router = office.ticket("Router");
  const RecordId invoice = office.ticket("Invoice", {{"department", office.department("Billing")}});
  const auto owners = [&](const access::Actor& actor, const std::vector<RecordId>& tickets) {
    return office.database->read(
        [&](db::Transaction& tx) { return desk::choices_for_tickets(tx, actor, tickets); });
  };
  for (const access::Actor* actor : {&ada, &ana}) {
    const auto choices = owners(*actor, {router});
    ASSERT_TRUE(choices);
    EXPECT_FALSE(choices->owners.empty());
    for (const access::Agent& owner : choices->owners) {
      EXPECT_TRUE(office.change(*actor, "tickets", router, {{"owner", owner.id}})) << owner.name;
      EXPECT_TRUE(office.change(ada, "tickets", router, {{"owner", records::Value()}}));
    }
  }
  const auto both = owners(ada, {router, invoice});
  ASSERT_TRUE(both);
  EXPECT_THAT(names(both->owners), ElementsAre("Ada", "ben")) << "who may own every one of them";
  EXPECT_EQ(owners(ana, {invoice}).error().kind, RefusalKind::not_found);
  EXPECT_EQ(code_of(owners(ada, std::vector<RecordId>(251, router))), "too_many_ids");
}

std::vector<int64_t> found(Office& office, const access::Actor& actor, const char* words,
                           int limit = 10) {
  const auto tickets = office.database->read(
      [&](db::Transaction& tx) { return desk::search_tickets(tx, actor, words, limit); });
  EXPECT_TRUE(tickets);
  std::vector<int64_t> ids;
  if (tickets) {
    for (const records::Record& ticket : *tickets) ids.push_back(ticket.id.value);
  }
  return ids;
}

TEST(Search, FindsTicketsByWhoAsks) {  // S028
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const RecordId maria = office.contact("Silva", "maria@kunde.example");
  const RecordId tanaka = office.contact("田中", "tanaka@kyaku.example");
  const RecordId router = office.ticket("Router", {{"contact", maria}});
  const RecordId silva = office.ticket("What Silva said");
  const RecordId parcel = office.ticket("Parcel", {{"contact", tanaka}});
  office.ticket("Invoice", {{"contact", maria}, {"department", office.department("Billing")}});

  EXPECT_THAT(found(office, ana, "silva"), ElementsAre(silva.value, router.value));
  EXPECT_THAT(found(office, ana, "silva", 1), ElementsAre(silva.value))
      << "what holds the word itself comes first where there is no room for both";
  EXPECT_THAT(found(office, ana, "maria@kunde.example"), ElementsAre(router.value));
  EXPECT_THAT(found(office, ana, "田中"), ElementsAre(parcel.value));

  ASSERT_TRUE(office.change(ana, "contacts", maria, {{"last_name", "Costa"}}));
  EXPECT_THAT(found(office, ana, "costa"), ElementsAre(router.value)) << "under the new name";
  EXPECT_THAT(found(office, ana, "silva"), ElementsAre(silva.value)) << "and no longer the old one";
}

TEST(Search, FindsTicketsByTheAccount) {
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const auto account = office.create(office.program(), "accounts", {{"name", "Orchid Trading"}});
  ASSERT_TRUE(account);
  const RecordId router = office.ticket("Router", {{"account", account->id}});
  EXPECT_THAT(found(office, ana, "orchid"), ElementsAre(router.value));
}

TEST(Search, ANameThatIsHiddenFromTheRoleFindsNoTickets) {  // S127
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  office.ticket("Router", {{"contact", office.contact("Silva", "")}});
  access::Role role = *ana.role;
  role.kind = access::RoleKind::custom;
  role.fields["tickets"]["contact"] = access::FieldAccess::hidden;
  ana.role = std::make_shared<const access::Role>(role);
  EXPECT_THAT(found(office, ana, "silva"), IsEmpty());
  role.fields.clear();
  role.fields["contacts"]["last_name"] = access::FieldAccess::hidden;
  ana.role = std::make_shared<const access::Role>(role);
  EXPECT_THAT(found(office, ana, "silva"), IsEmpty());
}

TEST(DueOrder, ClosedTicketsStandBehindWhatIsDueAndAmongNoneOfIt) {  // S028
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const access::Actor ada = office.administrator();
  const auto due_in = [&](const char* subject, int64_t hours, const char* status) {
    const RecordId ticket = office.ticket(subject);
    records::Changes changes{{"status", status}};
    if (hours != 0) changes.set("due_at", office.clock.now() + hours * hour_ms);
    EXPECT_TRUE(office.change(ada, "tickets", ticket, changes));
    return ticket;
  };
  due_in("Closed, was due first", -3, "closed");
  due_in("Due tomorrow", 24, "open");
  due_in("Overdue", -2, "open");
  due_in("Undated", 0, "open");
  due_in("Closed, was due last", 48, "closed");
  due_in("Waits until tonight", 8, "on_hold");
  const auto page = [&](const std::string& cursor, int limit, bool descending) {
    return office.database->read([&](db::Transaction& tx) {
      const records::Query query{
          .filter = {}, .sort = {"due_at", descending}, .cursor = cursor, .limit = limit};
      EXPECT_TRUE(desk::closed_come_last(desk::tickets_module(), query));
      return *desk::list_by_due(tx, ana, query, operations::Reach::listed);
    });
  };
  // Two of six are closed: every size of a page cuts the list elsewhere.
  for (int limit = 1; limit <= 7; ++limit) {
    std::vector<std::string> titles;
    std::string cursor;
    do {
      const records::Page read = page(cursor, limit, false);
      for (const records::Record& one : read.records) titles.push_back(one.title);
      cursor = read.next_cursor;
    } while (!cursor.empty());
    EXPECT_THAT(titles, ElementsAre("Overdue", "Waits until tonight", "Due tomorrow", "Undated",
                                    "Closed, was due first", "Closed, was due last"))
        << limit;
  }
  EXPECT_EQ(page("", 1, true).records[0].title, "Due tomorrow");
}

TEST(DueOrder, WhoAsksForAStatusGetsOneOrder) {  // S028
  const auto asked = [](records::Filter filter, const char* sort) {
    return desk::closed_come_last(desk::tickets_module(),
                                  {.filter = std::move(filter), .sort = {sort}});
  };
  const records::Filter status = records::field("status").is_not("open");
  EXPECT_FALSE(asked(status, "due_at"));
  EXPECT_FALSE(asked(records::all_of({records::field("number").is(int64_t{1}), status}), "due_at"));
  EXPECT_FALSE(asked({}, "created_at"));
  EXPECT_TRUE(asked(records::field("number").is(int64_t{1}), "due_at"));
}

}  // namespace
}  // namespace tandem::test
