#include "desk/automation/macros.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "desk/conversation/drafts.h"
#include "desk/conversation/reply_templates.h"
#include "desk/sharing/ticket_sharing.h"
#include "records/change_log.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::Macro;
using desk::MacroAudience;
using desk::TicketAccess;
using testing::Contains;

class Macros : public testing::Test {
 protected:
  Result<Macro> add(const access::Actor& actor, const std::string& name, const std::string& actions,
                    MacroAudience audience = MacroAudience::owner) {
    Macro wanted;
    wanted.name = name;
    wanted.audience = audience;
    wanted.actions_json = "[" + actions + "]";
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_macro(tx, actor, wanted); });
  }
  RecordId shared(const std::string& actions) {
    const Result<Macro> made = add(ada_, "Shared", actions, MacroAudience::everybody);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : RecordId{};
  }
  Result<std::vector<operations::BulkOutcome>> run(const access::Actor& actor, RecordId macro,
                                                   const std::vector<RecordId>& tickets) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::run_macro(tx, actor, macro, tickets); });
  }
  /// The refusal's code on one ticket, "" when it was done.
  std::string outcome(const access::Actor& actor, RecordId macro, RecordId ticket) {
    const auto outcomes = run(actor, macro, {ticket});
    if (!outcomes) return outcomes.error().code;
    return outcomes->front().refusal ? outcomes->front().refusal->code : "";
  }
  bool offered(const access::Actor& actor, RecordId macro, RecordId ticket) {
    const auto macros = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_macros_for(tx, actor, {ticket}); });
    EXPECT_TRUE(macros);
    return macros && std::any_of(macros->begin(), macros->end(),
                                 [&](const Macro& one) { return one.id == macro; });
  }
  void share(RecordId ticket, TicketAccess access) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ana_, ticket, {{billing_, access}});
    }));
  }
  records::LogEntry newest(RecordId ticket, size_t index = 0) {
    return office_.database->read([&](db::Transaction& tx) {
      return records::history_of(tx, office_.org, "tickets", ticket, "", 50)->entries[index];
    });
  }

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor ben_ = office_.agent("ben", {"Billing"});
  RecordId billing_ = office_.department("Billing");
  RecordId ticket_ = office_.mail_in({}).ticket;
};

constexpr const char* close_it = R"({"do":"set_field","field":"status","value":"closed"})";
constexpr const char* urgent = R"({"do":"set_field","field":"priority","value":"urgent"})";
constexpr const char* note = R"({"do":"comment","html":"<p>Called back</p>"})";
constexpr const char* take_it = R"({"do":"assign","to":"me"})";

TEST_F(Macros, AMacroDoesAllItsActionsAsThePersonWhoRunsIt) {  // S003
  const auto macro =
      add(ana_, "Done", std::string(urgent) + "," + note + "," + take_it + "," + close_it);
  ASSERT_TRUE(macro) << macro.error().message;
  EXPECT_EQ(outcome(ana_, macro->id, ticket_), "");
  const records::Record left = office_.read("tickets", ticket_);
  EXPECT_EQ(left.get("priority").text(), "urgent");
  EXPECT_EQ(left.get("status").text(), "closed");
  EXPECT_EQ(left.get("owner").id(), ana_.id);
  EXPECT_EQ(left.get("comment_count").number(), 1);
  EXPECT_EQ(newest(ticket_).event, "macro_run");
  EXPECT_EQ(newest(ticket_).detail_json, R"({"macro":"Done"})");
  EXPECT_EQ(newest(ticket_, 1).author.name, "ana");
  EXPECT_EQ(newest(ticket_, 1).author.path, "macro");
}

TEST_F(Macros, OnOneTicketItDoesEverythingOrNothing) {  // S003
  const RecordId done = shared(std::string(note) + "," + close_it);
  share(ticket_, TicketAccess::full);
  EXPECT_EQ(outcome(ben_, done, ticket_), "shared_not_own");
  EXPECT_EQ(office_.read("tickets", ticket_).get("comment_count").number(), 0);
}

TEST_F(Macros, TheLevelOfASharedTicketHoldsForMacros) {  // S055, S047, S050
  struct Row {
    TicketAccess access;
    const char* action;
    const char* refusal;
  };
  const std::string share_it = R"({"do":"share","department":")" + to_string(billing_) + R"("})";
  const std::string move_it = R"({"do":"move","department":")" + to_string(billing_) + R"("})";
  const char* draft = R"({"do":"draft","kind":"reply","html":"<p>Hello</p>"})";
  const char* note_draft = R"({"do":"draft","kind":"comment","html":"<p>Hello</p>"})";
  const char* escalate = R"({"do":"escalate"})";
  const Row rows[] = {{TicketAccess::read_only, note, ""},
                      {TicketAccess::read_only, note_draft, ""},
                      {TicketAccess::read_only, urgent, "shared_read_only"},
                      {TicketAccess::read_only, escalate, "shared_read_only"},
                      {TicketAccess::read_only, draft, "shared_read_only"},
                      {TicketAccess::restricted, note, ""},
                      {TicketAccess::restricted, urgent, "shared_restricted"},
                      {TicketAccess::restricted, escalate, "shared_restricted"},
                      {TicketAccess::restricted, draft, "shared_restricted"},
                      {TicketAccess::full, note, ""},
                      {TicketAccess::full, urgent, ""},
                      {TicketAccess::full, escalate, ""},
                      {TicketAccess::full, draft, ""}};
  for (const Row& row : rows) {
    share(ticket_, row.access);
    const RecordId macro = shared(row.action);
    EXPECT_EQ(offered(ben_, macro, ticket_), *row.refusal == 0) << row.action << word(row.access);
    EXPECT_EQ(outcome(ben_, macro, ticket_), row.refusal) << row.action << word(row.access);
  }
  for (const TicketAccess access :
       {TicketAccess::read_only, TicketAccess::restricted, TicketAccess::full}) {
    share(ticket_, access);
    for (const std::string& action :
         {std::string(close_it), std::string(take_it), share_it, move_it}) {
      const RecordId macro = shared(action);
      EXPECT_FALSE(offered(ben_, macro, ticket_)) << action << word(access);
      EXPECT_NE(outcome(ben_, macro, ticket_), "") << action << word(access);
    }
  }
  EXPECT_EQ(outcome(ana_, shared(move_it), ticket_), "") << "its own department may";
}

TEST_F(Macros, OnlyWhatWillBeDoneIsOffered) {  // S055
  const access::Actor lee = office_.light_agent("lee", {"Support"});
  const RecordId closing = shared(close_it);
  const RecordId noting = shared(note);
  const RecordId both = shared(std::string(note) + "," + take_it);
  const RecordId writing = shared(R"({"do":"draft","kind":"reply","html":"<p>Hello</p>"})");
  for (const RecordId macro : {closing, noting, both, writing}) {
    EXPECT_TRUE(offered(ana_, macro, ticket_));
    EXPECT_FALSE(offered(ben_, macro, ticket_)) << "who does not see the ticket";
    EXPECT_EQ(offered(lee, macro, ticket_), macro == noting);
  }
}

TEST_F(Macros, WhoDoesNotSeeATicketRunsNothingOnIt) {  // S055
  EXPECT_EQ(outcome(ben_, shared(note), ticket_), "not_found");
}

TEST_F(Macros, LightAgentsRunWhatTheyMayDoByHand) {  // S055
  const access::Actor lee = office_.light_agent("lee", {"Support"});
  EXPECT_EQ(outcome(lee, shared(note), ticket_), "");
  EXPECT_NE(outcome(lee, shared(urgent), ticket_), "");
}

TEST_F(Macros, ManyTicketsStandEachForItself) {  // S003
  const RecordId other = office_.ticket("Other", {{"department", billing_}});
  const auto outcomes = run(ana_, shared(urgent), {ticket_, other});
  ASSERT_TRUE(outcomes);
  EXPECT_FALSE(outcomes->at(0).refusal);
  EXPECT_TRUE(outcomes->at(1).refusal);
  EXPECT_EQ(office_.read("tickets", ticket_).get("priority").text(), "urgent");
  EXPECT_EQ(office_.read("tickets", other).get("priority").text(), "");
  const std::vector<RecordId> too_many(251, ticket_);
  EXPECT_EQ(code_of(run(ana_, shared(note), too_many)), "too_many_ids");
  EXPECT_EQ(code_of(run(ana_, shared(note), {})), "required");
}

TEST_F(Macros, ATextGoesIntoTheDraftBehindWhatIsThere) {  // S003
  const RecordId macro = shared(R"({"do":"draft","kind":"reply","html":"<p>Regards</p>"})");
  ASSERT_EQ(outcome(ana_, macro, ticket_), "");
  ASSERT_EQ(outcome(ana_, macro, ticket_), "");
  ASSERT_EQ(outcome(ana_, shared(R"({"do":"draft","kind":"comment","html":"<p>x</p>"})"), ticket_),
            "");
  const auto draft = office_.database->read(
      [&](db::Transaction& tx) { return desk::find_draft(tx, ana_, ticket_); });
  ASSERT_TRUE(draft && *draft);
  EXPECT_EQ((*draft)->text.kind, "comment");
  ASSERT_EQ((*draft)->set_aside.size(), 1u) << "colleagues and customers read different texts";
  EXPECT_EQ((*draft)->set_aside[0].html, "<p>Regards</p><p>Regards</p>");
  EXPECT_EQ((*draft)->set_aside[0].to, std::vector<std::string>{"maria@kunde.example"});
}

TEST_F(Macros, OnesOwnMacrosAreSeenByNobodyElse) {  // S003
  const auto mine = add(ana_, "Mine", note);
  ASSERT_TRUE(mine);
  const auto names = [&](const access::Actor& actor) {
    return office_.database->read([&](db::Transaction& tx) {
      std::vector<std::string> seen;
      const auto macros = desk::list_macros(tx, actor);
      for (const Macro& one : *macros) seen.push_back(one.name);
      return seen;
    });
  };
  EXPECT_THAT(names(ana_), Contains("Mine"));
  EXPECT_THAT(names(ada_), testing::Not(Contains("Mine")));
  EXPECT_EQ(outcome(ada_, mine->id, ticket_), "not_found");
}

TEST_F(Macros, ASharedMacroNamesNoTemplateOfOnePerson) {  // S003
  const auto add_template = [&](desk::TemplateAudience audience, const std::string& name) {
    desk::TemplateWrite write;
    write.wanted = {.audience = audience, .name = name, .html = "<p>Regards</p>"};
    const auto made = office_.database->write(
        [&](db::Transaction& tx) { return desk::add_reply_template(tx, ada_, write); });
    EXPECT_TRUE(made) << made.error().message;
    return R"({"do":"draft","kind":"reply","template":")" + to_string(made->id) + "\"}";
  };
  const std::string mine = add_template(desk::TemplateAudience::owner, "Mine");
  const auto refused = add(ada_, "For all", mine, MacroAudience::everybody);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "personal_template");
  EXPECT_EQ(refused.error().field, "actions");
  auto own = add(ada_, "My own", mine);
  ASSERT_TRUE(own) << "one's own macro may";
  own->audience = MacroAudience::everybody;
  EXPECT_EQ(code_of(office_.database->write(
                [&](db::Transaction& tx) { return desk::change_macro(tx, ada_, *own); })),
            "personal_template");
  EXPECT_TRUE(add(ada_, "For all", add_template(desk::TemplateAudience::everybody, "Ours"),
                  MacroAudience::everybody));
}

TEST_F(Macros, ATemplateThatAMacroOfOthersNamesStaysTheirs) {  // S003; manual, Reply templates 1.5
  const auto change = [&](desk::ReplyTemplate wanted) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::change_reply_template(tx, ada_, {std::move(wanted)});
    });
  };
  const auto naming = [](const desk::ReplyTemplate& one) {
    return R"({"do":"draft","kind":"reply","template":")" + to_string(one.id) + "\"}";
  };
  desk::ReplyTemplate ours = *office_.database->write([&](db::Transaction& tx) {
    return desk::add_reply_template(tx, ada_,
                                    {{.audience = desk::TemplateAudience::everybody,
                                      .name = "Ours",
                                      .html = "<p>Regards</p>"}});
  });
  const auto for_all = add(ada_, "Say goodbye", naming(ours), MacroAudience::everybody);
  const auto of_ana = add(ana_, "Ana's secret", naming(ours));
  ASSERT_TRUE(for_all && of_ana && add(ada_, "My own", naming(ours)));
  ours.audience = desk::TemplateAudience::owner;

  const auto named = change(ours);
  ASSERT_EQ(code_of(named), "named_by_macro");
  EXPECT_EQ(named.error().field, "audience");
  EXPECT_THAT(named.error().message, testing::HasSubstr("“Say goodbye”"));
  ours.audience = desk::TemplateAudience::everybody;
  ours.name = "Ours, shorter";
  EXPECT_EQ(code_of(change(ours)), "") << "all else may change";

  ours.audience = desk::TemplateAudience::owner;
  const auto remove = [&](const access::Actor& actor, RecordId macro) {
    return code_of(office_.database->write(
        [&](db::Transaction& tx) { return desk::remove_macro(tx, actor, macro); }));
  };
  ASSERT_EQ(remove(ada_, for_all->id), "");
  const auto owned = change(ours);
  ASSERT_EQ(code_of(owned), "named_by_own_macro");
  EXPECT_THAT(owned.error().message, testing::HasSubstr("“" + ana_.name + "”"));
  EXPECT_THAT(owned.error().message, testing::Not(testing::HasSubstr("secret")));
  ASSERT_EQ(remove(ana_, of_ana->id), "");
  EXPECT_EQ(code_of(change(ours)), "") << "one's own macro may name it";
}

TEST_F(Macros, EverybodysMacrosAreMadeByWhoManagesTheOrganisation) {  // S003
  const auto refused = add(ana_, "For all", note, MacroAudience::everybody);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  const RecordId macro = shared(note);
  const auto removed = office_.database->write(
      [&](db::Transaction& tx) { return desk::remove_macro(tx, ana_, macro); });
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().kind, RefusalKind::forbidden);
}

TEST_F(Macros, MacrosThatCannotWorkAreRefused) {  // S003
  EXPECT_EQ(code_of(add(ana_, "", note)), "required");
  EXPECT_EQ(code_of(add(ana_, "Empty", "")), "required");
  EXPECT_EQ(code_of(add(ana_, "Stop", R"({"do":"stop"})")), "not_a_choice");
  EXPECT_EQ(code_of(add(office_.program(), "Nobody's", note)), "agents_only");
  for (size_t number = 0; number < desk::personal_macros_max; ++number) {
    ASSERT_TRUE(add(ana_, "Macro", note));
  }
  EXPECT_EQ(code_of(add(ana_, "One more", note)), "too_many");
}

}  // namespace
}  // namespace tandem::test
