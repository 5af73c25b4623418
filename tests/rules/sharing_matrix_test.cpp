#include <gmock/gmock.h>

#include <map>
#include <random>

#include "desk/conversation/attachments.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/drafts.h"
#include "desk/rows.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/presence.h"
#include "desk/tickets/ticket_choices.h"
#include "desk/tickets/ticket_followers.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"
#include "desk/tickets/timeline.h"
#include "desk/time_tracking/ticket_timers.h"
#include "desk/views/views.h"
#include "tests/support/office.h"

// Who may do what with a shared ticket: each access × each act × each kind of person, tried for
// real.

namespace tandem::test {
namespace {

using desk::TicketAccess;
using records::Changes;

/// Everything that may be done with a ticket, what it takes, and how it is done.
struct Act {
  std::string name;
  TicketAccess least = TicketAccess::own;
  std::function<Result<void>(Office&, const access::Actor&, RecordId ticket)> perform;
};

template <class T>
Result<void> done(const Result<T>& result) {
  if (!result) return result.error();
  return {};
}

using Perform = std::function<Result<void>(Office&, const access::Actor&, RecordId)>;

Perform in_transaction(
    std::function<Result<void>(db::Transaction&, Office&, const access::Actor&, RecordId)> body) {
  return [body = std::move(body)](Office& office, const access::Actor& actor, RecordId ticket) {
    return office.database->write(
        [&](db::Transaction& tx) { return body(tx, office, actor, ticket); });
  };
}

Perform changing(std::string field, records::Value value) {
  return [field = std::move(field), value = std::move(value)](
             Office& office, const access::Actor& actor, RecordId ticket) {
    return done(office.change(actor, "tickets", ticket, {{field, value}}));
  };
}

Perform replying(desk::ReplyRequest request) {
  return
      [request = std::move(request)](Office& office, const access::Actor& actor, RecordId ticket) {
        return done(office.reply(actor, ticket, request));
      };
}

desk::ReplyRequest forward(const char* to, const char* cc = nullptr, const char* bcc = nullptr) {
  desk::ReplyRequest request{.kind = desk::ReplyKind::forward, .to = {{"", to}}, .html = "See"};
  if (cc) request.cc = {{"", cc}};
  if (bcc) request.bcc = {{"", bcc}};
  return request;
}

const records::ModuleDef& tickets(const Office& office) {
  return *office.catalogue.find("tickets");
}

std::vector<Act> looking() {
  using enum TicketAccess;
  return {
      {"open", read_only,
       [](Office& office, const access::Actor& actor, RecordId ticket) {
         return done(office.open(actor, "tickets", ticket));
       }},
      {"timeline", read_only, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::read_timeline(tx, actor, ticket, "", 50));
       })},
      {"history", read_only,
       in_transaction([](auto& tx, Office& office, const auto& actor, auto ticket) {
         return done(operations::record_history(tx, actor, tickets(office), ticket, "", 50));
       })},
      {"presence", read_only, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::note_presence(tx, actor, ticket, desk::Presence::viewing));
       })},
      {"draft", read_only, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::save_draft(tx, actor, ticket, {.text = {.kind = "comment"}}));
       })},
  };
}

std::vector<Act> writing() {
  using enum TicketAccess;
  const auto comment = [](desk::Audience audience) {
    return [audience](Office& office, const access::Actor& actor, RecordId ticket) {
      return done(office.comment(actor, ticket, "<p>Noted</p>", audience));
    };
  };
  return {
      {"comment privately", read_only, comment(desk::Audience::colleagues)},
      {"comment publicly", full, comment(desk::Audience::everyone)},
      {"reply", full, replying({.html = "Hello"})},
      {"reply to all", full, replying({.kind = desk::ReplyKind::reply_all, .html = "Hello"})},
      {"reply and close", own, replying({.html = "Hello", .status = "closed"})},
      {"forward", restricted, replying(forward("bank@partner.example"))},
      {"forward to the requester", full, replying(forward("maria@kunde.example"))},
      {"forward to the requester in capitals", full, replying(forward("MARIA@KUNDE.EXAMPLE"))},
      {"forward to the requester with a tag", full, replying(forward("maria+x@kunde.example"))},
      {"forward with the requester in CC", full,
       replying(forward("bank@partner.example", "Maria@kunde.example"))},
      {"forward with the requester in BCC", full,
       replying(forward("bank@partner.example", nullptr, "maria@kunde.example"))},
  };
}

std::vector<Act> sharing(RecordId child, RecordId third) {
  using enum TicketAccess;
  return {
      {"share on", own, in_transaction([third](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::share_ticket(tx, actor, ticket, {{third}}));
       })},
      {"change the access", own,
       in_transaction([child](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::share_ticket(tx, actor, ticket, {{child, TicketAccess::full}}));
       })},
      {"unshare", own, in_transaction([child](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::unshare_ticket(tx, actor, ticket, child));
       })},
      {"set the shares", own, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::set_shares(tx, actor, ticket, {}));
       })},
  };
}

/// One after the other by `actor`, each standing for itself: the first refusal is the answer.
Result<void> first_refusal(const Result<std::vector<operations::BulkOutcome>>& outcomes) {
  if (!outcomes) return outcomes.error();
  for (const operations::BulkOutcome& outcome : *outcomes) {
    if (outcome.refusal) return *outcome.refusal;
  }
  return {};
}

Perform bulk_changing(std::string field, records::Value value) {
  return in_transaction([field = std::move(field), value = std::move(value)](
                            auto& tx, Office& office, const auto& actor, auto ticket) {
    return first_refusal(
        operations::bulk_update(tx, actor, tickets(office), {ticket}, {{field, value}}));
  });
}

std::vector<Act> keeping() {
  using enum TicketAccess;
  return {
      {"close", own, changing("status", "closed")},
      {"put on hold", own, changing("status", "on_hold")},
      {"move", own,
       [](Office& office, const access::Actor& actor, RecordId ticket) {
         return done(office.change(actor, "tickets", ticket,
                                   {{"department", office.department("Billing")}}));
       }},
      {"take", own,
       [](Office& office, const access::Actor& actor, RecordId ticket) {
         return done(office.change(actor, "tickets", ticket, {{"owner", actor.id}}));
       }},
      {"close many", own, bulk_changing("status", "closed")},
      {"change many", full, bulk_changing("priority", "high")},
      {"delete many", full,
       in_transaction([](auto& tx, Office& office, const auto& actor, auto ticket) {
         return first_refusal(operations::bulk_delete(tx, actor, tickets(office), {ticket}));
       })},
      {"delete and restore", full,
       in_transaction([](auto& tx, Office& office, const auto& actor, auto ticket) -> Result<void> {
         TRY(operations::delete_record(tx, actor, tickets(office), ticket));
         return done(operations::restore_record(tx, actor, tickets(office), ticket));
       })},
      {"attach a file", full,
       [](Office& office, const access::Actor& actor, RecordId ticket) -> Result<void> {
         const records::Record file =
             TRY(desk::add_upload(*office.desk, actor, {"a.txt", "text/plain", "a"}));
         return office.database->write([&](db::Transaction& tx) {
           return done(desk::attach_to_ticket(tx, actor, ticket, {file.id.value}));
         });
       }},
  };
}

std::vector<Act> following(int64_t colleague) {
  using enum TicketAccess;
  const std::vector<int64_t> agents{colleague};
  return {
      {"follow", read_only, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return desk::follow_ticket(tx, actor, ticket);
       })},
      {"unfollow", read_only, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return desk::unfollow_ticket(tx, actor, ticket);
       })},
      {"make a colleague follow", full,
       in_transaction([agents](auto& tx, Office&, const auto& actor, auto ticket) {
         return desk::add_followers(tx, actor, ticket, agents);
       })},
      {"take a follower out", full,
       in_transaction([agents](auto& tx, Office&, const auto& actor, auto ticket) {
         return desk::remove_followers(tx, actor, ticket, agents);
       })},
  };
}

std::vector<Act> timing() {
  using enum TicketAccess;
  return {
      {"look at the time", read_only,
       in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::time_of_ticket(tx, actor, ticket));
       })},
      {"log time", full, in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) {
         return done(desk::log_time(tx, actor, ticket, {.seconds = 60}));
       })},
      {"time the work", full,
       in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) -> Result<void> {
         TRY(desk::start_timer(tx, actor, ticket));
         TRY(desk::stop_timer(tx, actor, ticket, {}));
         return {};
       })},
      {"remove one's own time", full,
       in_transaction([](auto& tx, Office&, const auto& actor, auto ticket) -> Result<void> {
         const records::Record entry = TRY(desk::log_time(tx, actor, ticket, {.seconds = 60}));
         return desk::remove_time(tx, actor, ticket, entry.id);
       })},
  };
}

std::vector<Act> rearranging() {
  using enum TicketAccess;
  return {
      {"merge", own,
       in_transaction([](auto& tx, Office& office, const auto& actor, auto ticket) -> Result<void> {
         const access::Actor program = office.program();
         const records::Record known = TRY(desk::read_row(tx, program, tickets(office), ticket));
         const auto other = operations::create_record(
             tx, program, tickets(office),
             {{"subject", "Other"}, {"department", known.get("department")}});
         return done(desk::merge_tickets(tx, actor, {ticket}, {{other->id}}));
       })},
      {"split", own, in_transaction([](auto& tx, Office& office, const auto& actor, auto ticket) {
         const access::Actor program = office.program();
         records::Record thread;
         for (const char* text : {"First", "Second"}) {
           thread = *desk::add_row(tx, program, *office.catalogue.find("threads"),
                                   {{"ticket", ticket}, {"direction", "in"}, {"subject", text}});
         }
         return done(desk::split_ticket(tx, actor, {.ticket = ticket, .thread = thread.id}));
       })},
  };
}

/// A value that differs from what a new ticket has.
std::optional<records::Value> another_value(Office& office, const records::FieldDef& field) {
  using records::FieldKind;
  if (field.name == "contact") return office.contact("Costa", "");
  if (field.name == "cc") return "another@kunde.example";
  if (field.name == "account") return std::nullopt;  // made where the test knows its name
  switch (field.kind) {
    case FieldKind::boolean: return int64_t{1};
    case FieldKind::instant: return office.clock.now() + 86'400'000;
    case FieldKind::choice: return field.choices.back().name;
    case FieldKind::email: return "another@kunde.example";
    case FieldKind::phone: return "+49 30 123456";
    case FieldKind::tags: return std::vector<std::string>{"late"};
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::rich_text: return "Something else";
    default: return std::nullopt;
  }
}

/// Every field that people write is one more act.
std::vector<Act> fields(Office& office) {
  std::vector<Act> acts;
  for (const records::FieldDef& field : tickets(office).fields) {
    const bool has_an_act = field.name == "status" || field.name == "department" ||
                            field.name == "owner" || field.written_by != records::WrittenBy::person;
    if (has_an_act) continue;
    const std::optional<records::Value> value = another_value(office, field);
    if (value)
      acts.push_back({"change " + field.name, TicketAccess::full, changing(field.name, *value)});
  }
  return acts;
}

std::vector<Act> all_acts(Office& office, int64_t colleague) {
  std::vector<Act> acts;
  for (const std::vector<Act>& some :
       {looking(), writing(), sharing(office.department("Billing"), office.department("Third")),
        keeping(), following(colleague), timing(), rearranging(), fields(office)}) {
    acts.insert(acts.end(), some.begin(), some.end());
  }
  return acts;
}

/// The people of the matrix: Support is the parent, Billing the child.
struct People {
  Office office;
  RecordId third = office.create(office.program(), "departments", {{"name", "Third"}}).value().id;
  RecordId maria = office.contact("Silva", "maria@kunde.example");
  access::Actor parent = office.agent("parent", {"Support"});
  access::Actor child = office.agent("child", {"Billing"});
  access::Actor both = office.agent("both", {"Billing", "Support"});
  access::Actor light = office.light_agent("light", {"Billing"});
  access::Actor stranger = office.agent("stranger", {"Third"});
  access::Actor colleague = office.agent("colleague", {"Support"});
  access::Actor administrator = office.administrator();

  RecordId shared_ticket(TicketAccess access) {
    const RecordId id = office.ticket("Payment failed", {{"contact", maria}});
    const RecordId billing = office.department("Billing");
    const auto shared = office.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, office.program(), id, {{billing, access}});
    });
    EXPECT_TRUE(shared);
    return id;
  }
};

class SharingMatrix : public testing::TestWithParam<TicketAccess> {};

// S047, S048, S049, S050, S051, S052, S053, S054, S055, S056, S057, S058
TEST_P(SharingMatrix, EachActIsAllowedOrRefusedAsTheAccessSays) {
  People people;
  for (const Act& act : all_acts(people.office, people.colleague.id.value)) {
    const auto outcome = [&](const access::Actor& actor) {
      return act.perform(people.office, actor, people.shared_ticket(GetParam()));
    };
    const std::string what = act.name + " at " + std::string(word(GetParam()));
    for (const access::Actor* actor : {&people.parent, &people.both, &people.administrator}) {
      const Result<void> answer = outcome(*actor);
      EXPECT_TRUE(answer) << what << " by " << actor->name << ": " << answer.error().message;
    }
    const Result<void> of_child = outcome(people.child);
    if (act.least <= GetParam()) {
      EXPECT_TRUE(of_child) << what << " by the child: " << of_child.error().message;
    } else {
      ASSERT_FALSE(of_child) << what << " by the child";
      EXPECT_EQ(of_child.error().kind, RefusalKind::forbidden) << what << of_child.error().message;
    }
    const bool light_may = act.least == TicketAccess::read_only;
    const Result<void> of_light = outcome(people.light);
    EXPECT_EQ(of_light.has_value(), light_may) << what << " by a light agent of the child";
    const Result<void> of_stranger = outcome(people.stranger);
    ASSERT_FALSE(of_stranger) << what << " by a stranger";
    EXPECT_EQ(of_stranger.error().kind, RefusalKind::not_found)
        << what << ": " << of_stranger.error().message;
    const access::Actor customer = people.office.contact_actor(people.maria);
    const bool is_looking = act.name == "timeline" || act.name == "presence" ||
                            act.name == "draft" || act.name == "unfollow";
    EXPECT_TRUE(is_looking || !outcome(customer)) << what << " by the customer";
  }
}

TEST_P(SharingMatrix, WhatMayBeDoneIsWhatIsOffered) {
  People people;
  const RecordId id = people.shared_ticket(GetParam());
  for (const access::Actor* actor : {&people.parent, &people.child, &people.both, &people.light}) {
    const auto record = people.office.open(*actor, "tickets", id);
    ASSERT_TRUE(record);
    const std::vector<std::string> offered = operations::may(*actor, *record);
    for (const records::ActDef& act : tickets(people.office).acts) {
      const bool is_offered = std::find(offered.begin(), offered.end(), act.name) != offered.end();
      EXPECT_EQ(is_offered, operations::require_act(*actor, *record, act.name).has_value())
          << act.name << " by " << actor->name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Accesses, SharingMatrix,
                         testing::Values(TicketAccess::full, TicketAccess::restricted,
                                         TicketAccess::read_only),
                         [](const auto& of) { return std::string(word(of.param)); });

/// A list, a single read and the rule of accesses are three ways to ask the same; over tickets and
/// people drawn at random they give one answer.
TEST(SharingRule, ListAndReadAgreeOnTenThousandRandomCases) {  // S005, S061, S062
  Office office;
  std::vector<std::string> names{"Support", "Billing"};
  for (const char* name : {"Third", "Fourth", "Fifth"}) {
    ASSERT_TRUE(office.create(office.program(), "departments", {{"name", name}}));
    names.emplace_back(name);
  }
  std::mt19937 draw(38);
  const auto some_names = [&] {
    std::vector<std::string> some;
    for (const std::string& name : names)
      if (draw() % 3 == 0) some.push_back(name);
    return some;
  };
  std::vector<access::Actor> people;
  for (int number = 0; number < 50; ++number)
    people.push_back(office.agent("agent" + std::to_string(number), some_names()));
  std::vector<RecordId> ids;
  for (int number = 0; number < 200; ++number) {
    const RecordId owning = office.department(names[draw() % names.size()]);
    ids.push_back(office.ticket("T", {{"department", owning}}));
    std::vector<desk::Share> shares;
    for (const std::string& name : some_names()) {
      const RecordId department = office.department(name);
      if (department != owning) shares.push_back({department, TicketAccess(1 + int(draw() % 3))});
    }
    ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
      return desk::set_shares(tx, office.program(), ids.back(), shares);
    }));
  }
  int cases = 0;
  for (const access::Actor& actor : people) {
    const auto listed = [&](const char* view) {
      return office.database->read([&](db::Transaction& tx) {
        const auto asked = desk::view_query(view, actor, tx.now());
        std::set<int64_t> found;
        records::Query query;
        query.filter = asked->filter;
        query.limit = 250;
        const auto page = operations::list_records(tx, actor, *office.catalogue.find("tickets"),
                                                   std::move(query), asked->reach);
        for (const records::Record& one : page->records) found.insert(one.id.value);
        return found;
      });
    };
    const std::set<int64_t> own = listed("all");
    const std::set<int64_t> shared = listed("shared");
    for (const RecordId id : ids) {
      const TicketAccess access = desk::access_to(actor, office.read("tickets", id));
      EXPECT_EQ(office.open(actor, "tickets", id).has_value(), access != TicketAccess::none);
      EXPECT_EQ(own.contains(id.value), access == TicketAccess::own);
      EXPECT_EQ(own.contains(id.value) || shared.contains(id.value), access != TicketAccess::none);
      ++cases;
    }
  }
  EXPECT_EQ(cases, 10'000);
}

}  // namespace
}  // namespace tandem::test
