#include "crm/signals/signals.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "access/agents.h"
#include "base/json.h"
#include "crm/leads/lead_conversion.h"
#include "crm/signals/signal_rounds.h"
#include "tests/rules/sales_office.h"

// What people of CRM and Bigin are told without asking for it. Manual, Signals.

namespace tandem::crm {

namespace {

using records::Value;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int64_t today = 20'514;  // of the stopped clock, which stands at 09:00

struct SignalsTest : testing::TestWithParam<Edition> {
  test::SalesOffice office{GetParam()};
  access::Actor ben = office.member("Ben", office.made.agent_role);
  access::Actor mei = office.member("Mei", office.made.agent_role);

  static Signals told(db::Transaction& tx, const access::Actor& actor, int limit = 50) {
    const auto answer = list_signals(tx, actor, limit);
    EXPECT_TRUE(answer);
    return answer ? *answer : Signals{};
  }
  Signals told(const access::Actor& actor, int limit = 50) {
    return office.database->read([&](db::Transaction& tx) { return told(tx, actor, limit); });
  }
  /// What they were told, "deal_won: Lamps", the newest first.
  std::vector<std::string> words(const access::Actor& actor) {
    std::vector<std::string> words;
    for (const Signal& one : told(actor).newest)
      words.push_back(one.told.kind + ": " +
                      (one.work ? std::to_string(one.work->count) + " " + one.work->module
                                : one.told.record.title));
    return words;
  }
  RecordId made(const access::Actor& actor, const std::string& module,
                const records::Changes& values) {
    const auto record = office.create(actor, module, values);
    EXPECT_TRUE(record) << module << " " << record.error().message;
    return record ? record->id : RecordId{};
  }
  RecordId deal_of(const access::Actor& owner, const char* name = "Lamps") {
    return made(owner, "deals", {{"name", name}, {"closes_on", Value(today + 30)}});
  }
  void move(const access::Actor& actor, RecordId deal, const char* stage) {
    const auto moved =
        office.change(actor, "deals", deal, {{"stage", Value(office.named("stages", stage))}});
    ASSERT_TRUE(moved) << moved.error().message;
  }
  Result<void> switch_to(const access::Actor& actor, const std::map<std::string, bool>& wanted) {
    return office.database->write(
        [&](db::Transaction& tx) -> Result<void> { return switch_signals(tx, actor, wanted); });
  }
  /// As a bulk change on the screen.
  void give(const access::Actor& actor, const std::string& module, const std::vector<RecordId>& ids,
            const access::Actor& owner) {
    const auto given = office.database->write([&](db::Transaction& tx) {
      return operations::bulk_update(tx, actor, office.module(module), ids, {{"owner", owner.id}});
    });
    ASSERT_TRUE(given);
    for (const auto& one : *given) EXPECT_FALSE(one.refusal);
  }
  void a_minute_passes() {
    office.clock.advance_ms(minute_ms);
    give_signals_of_time(*office.database, office.applications);
  }
  /// The actor with a role that hides one field.
  static access::Actor without(const access::Actor& actor, const std::string& module,
                               const std::string& field) {
    access::Role role = *actor.role;
    role.kind = access::RoleKind::custom;
    role.fields[module][field] = access::FieldAccess::hidden;
    access::Actor limited = actor;
    limited.role = std::make_shared<access::Role>(
        access::with_hidden_results(std::move(role), *actor.catalogue));
    return limited;
  }
};

struct CrmSignals : SignalsTest {};

INSTANTIATE_TEST_SUITE_P(Editions, SignalsTest, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(word(one.param)); });
INSTANTIATE_TEST_SUITE_P(Crm, CrmSignals, testing::Values(Edition::crm),
                         [](const auto& one) { return std::string(word(one.param)); });

TEST_P(SignalsTest, WhoeverIsGivenARecordIsToldAndNobodyOfTheirOwnActs) {
  made(ben, "contacts", {{"last_name", "Silva"}, {"owner", mei.id}});
  EXPECT_THAT(words(mei), ElementsAre("record_assigned: Silva"));
  EXPECT_THAT(words(ben), IsEmpty());
  const Signal signal = told(mei).newest.at(0);
  EXPECT_EQ(signal.told.by.name, "Ben");
  EXPECT_EQ(signal.told.told_at, office.clock.now());
  EXPECT_FALSE(signal.told.read_at);
  ASSERT_TRUE(signal.person);
  EXPECT_EQ(signal.person->title, "Silva");
  deal_of(ben);
  EXPECT_THAT(words(ben), IsEmpty());
}

TEST_P(SignalsTest, TheOwnerOfADealHearsOfItsStagesAndOfItsEnd) {
  const RecordId deal = deal_of(ben);
  move(mei, deal, "Needs Analysis");
  move(mei, deal, "Closed Won");
  move(mei, deal, "Closed Lost");
  EXPECT_THAT(words(ben),
              ElementsAre("deal_lost: Lamps", "deal_won: Lamps", "deal_stage_changed: Lamps"));
  EXPECT_THAT(words(mei), IsEmpty());
  move(ben, deal, "Needs Analysis");
  EXPECT_EQ(told(ben).unread_count, 3) << "one's own act is no news";
}

TEST_P(SignalsTest, AColleagueNamedBehindAnAtInANoteIsToldOnce) {
  const RecordId deal = deal_of(mei);
  const RecordId note = made(mei, "notes", {{"content", "@BEN, not @Benito"}, {"deal", deal}});
  ASSERT_THAT(words(ben), ElementsAre("mentioned: Lamps"));
  EXPECT_THAT(words(mei), IsEmpty());
  EXPECT_EQ(told(ben).newest[0].told.module, "deals");
  EXPECT_EQ(told(ben).newest[0].note, "@BEN, not @Benito");
  ASSERT_TRUE(office.change(mei, "notes", note, {{"content", "@Ben and @Ben"}}));
  EXPECT_EQ(told(ben).unread_count, 1);
  ASSERT_TRUE(office.change(mei, "notes", note, {{"content", "@Ada"}}));
  EXPECT_THAT(words(office.ada), ElementsAre("mentioned: Lamps"));
}

TEST_P(SignalsTest, ANoteNamesNobodyWithoutAnAtAndNobodyWhoseNameGoesOn) {
  const RecordId deal = deal_of(ben);
  made(ben, "notes", {{"content", "Mei knows; ask @Meike or ana@mei.example"}, {"deal", deal}});
  EXPECT_THAT(words(mei), IsEmpty());
  made(ben, "notes", {{"content", "@Mei、見てください"}, {"deal", deal}});
  EXPECT_THAT(words(mei), ElementsAre("mentioned: Lamps"));
}

TEST_P(SignalsTest, AMentionIsNotShownToWhoMayNotReadTheRecordOfTheNote) {
  const RecordId deal = deal_of(ben);
  made(ben, "notes", {{"content", "@Mei"}, {"deal", deal}});
  access::Role role = *mei.role;
  role.kind = access::RoleKind::custom;
  role.rights["deals"] = 0;
  access::Actor limited = mei;
  limited.role = std::make_shared<access::Role>(role);
  EXPECT_THAT(words(limited), IsEmpty());
  EXPECT_EQ(told(limited).unread_count, 0);
}

TEST_P(SignalsTest, AReminderIsGivenOnceAndNotOfATaskThatIsDone) {
  const Instant soon = office.clock.now() + 30 * second_ms;
  made(ben, "tasks", {{"subject", "Call back"}, {"remind_at", soon}});
  made(ben, "tasks", {{"subject", "Done"}, {"remind_at", soon}, {"status", "completed"}});
  made(ben, "events",
       {{"subject", "Demo"}, {"starts_at", soon}, {"ends_at", soon}, {"remind_at", soon}});
  made(ben, "calls",
       {{"subject", "Prices"}, {"starts_at", soon + day_ms}, {"remind_at", soon + day_ms}});
  give_signals_of_time(*office.database, office.applications);
  EXPECT_THAT(words(ben), IsEmpty());
  a_minute_passes();
  a_minute_passes();
  EXPECT_THAT(words(ben), ElementsAre("reminded: Demo", "reminded: Call back"));
  EXPECT_TRUE(told(ben).newest[1].may_complete);
  EXPECT_FALSE(told(ben).newest[0].may_complete);
  office.clock.advance_ms(day_ms);
  a_minute_passes();
  EXPECT_EQ(words(ben).front(), "reminded: Prices");
}

TEST_P(SignalsTest, ATaskIsOverdueOnTheDayAfterAndSaysSoOnce) {
  made(ben, "tasks", {{"subject", "Old"}, {"due_on", Value(today - 10)}});
  made(ben, "tasks", {{"subject", "Offer"}, {"due_on", Value(today)}});
  made(ben, "tasks", {{"subject", "Sent"}, {"due_on", Value(today)}, {"status", "completed"}});
  made(ben, "tasks", {{"subject", "Later"}, {"due_on", Value(today + 1)}});
  a_minute_passes();
  EXPECT_THAT(words(ben), IsEmpty()) << "what was due long before is not told all at once";
  office.clock.advance_ms(day_ms);
  a_minute_passes();
  a_minute_passes();
  EXPECT_THAT(words(ben), ElementsAre("task_overdue: Offer"));
  office.clock.advance_ms(day_ms);
  a_minute_passes();
  EXPECT_THAT(words(ben), ElementsAre("task_overdue: Later", "task_overdue: Offer"));
}

TEST_P(SignalsTest, ASignalThatIsOffIsNeitherToldNorShownAndTheOthersGoOn) {
  const RecordId deal = deal_of(ben);
  move(mei, deal, "Needs Analysis");
  ASSERT_TRUE(switch_to(office.ada, {{signal::deal_stage_changed, false}}));
  EXPECT_THAT(words(ben), IsEmpty());
  EXPECT_EQ(told(ben).unread_count, 0);
  move(mei, deal, "Qualification");
  move(mei, deal, "Closed Won");
  EXPECT_THAT(words(ben), ElementsAre("deal_won: Lamps"));
  ASSERT_TRUE(switch_to(office.ada, {{signal::deal_stage_changed, true}}));
  EXPECT_THAT(words(ben), ElementsAre("deal_won: Lamps", "deal_stage_changed: Lamps"))
      << "what happened meanwhile is not told afterwards";
}

TEST_P(SignalsTest, SignalsOfTimeThatAreOffPassWithoutAWord) {
  ASSERT_TRUE(switch_to(office.ada, {{signal::reminded, false}, {signal::task_overdue, false}}));
  made(ben, "tasks",
       {{"subject", "Offer"}, {"due_on", Value(today)}, {"remind_at", office.clock.now()}});
  office.clock.advance_ms(day_ms - minute_ms);
  a_minute_passes();
  ASSERT_TRUE(switch_to(office.ada, {{signal::reminded, true}, {signal::task_overdue, true}}));
  a_minute_passes();
  EXPECT_THAT(words(ben), IsEmpty());
}

TEST_P(SignalsTest, OnlyWhoManagesTheOrganisationSwitchesAndOnlyWhatThereIs) {
  const auto by_ben = switch_to(ben, {{signal::deal_won, false}});
  ASSERT_FALSE(by_ben);
  EXPECT_EQ(by_ben.error().kind, RefusalKind::forbidden);
  const auto unknown = switch_to(office.ada, {{signal::deal_won, false}, {"floods", true}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "not_found");
  EXPECT_THAT(office.database->read(
                  [&](db::Transaction& tx) { return signals_switched_off(tx, office.org); }),
              IsEmpty());
}

TEST_P(SignalsTest, ASignalIsShownOnlyToWhoSeesWhatItSpeaksOf) {
  const std::map<std::string, std::string> module_of{
      {signal::record_assigned, "contacts"}, {signal::deal_stage_changed, "deals"},
      {signal::deal_won, "deals"},           {signal::deal_lost, "deals"},
      {signal::mentioned, "notes"},          {signal::reminded, "tasks"},
      {signal::task_overdue, "tasks"},       {signal::lead_converted, "leads"},
      {signal::records_assigned, "products"}};
  const RecordId deal = deal_of(ben);
  made(mei, "contacts", {{"last_name", "Silva"}, {"owner", ben.id}});
  made(mei, "notes", {{"content", "@Ben"}, {"deal", deal}});
  for (const char* stage : {"Needs Analysis", "Closed Won", "Closed Lost"}) move(mei, deal, stage);
  made(ben, "tasks",
       {{"subject", "Offer"}, {"due_on", Value(today - 1)}, {"remind_at", office.clock.now()}});
  a_minute_passes();
  if (GetParam() == Edition::crm) {
    const RecordId lead = made(ben, "leads", {{"last_name", "Sato"}, {"company", "Kita"}});
    ASSERT_TRUE(office.database->write(
        [&](db::Transaction& tx) { return convert_lead(tx, mei, lead, {}); }));
  }
  give(mei, "products", {made(mei, "products", {{"name", "Lamp"}})}, ben);
  const std::vector<SignalDef>& all = signals_of(GetParam());
  const auto speaks = [](const SignalDef& def) { return !def.says.empty(); };
  ASSERT_EQ(told(ben).newest.size(), size_t(std::count_if(all.begin(), all.end(), speaks)))
      << "one of each";
  for (const SignalDef& def : signals_of(GetParam())) {
    for (const std::string& field : def.says) {
      const std::string& module = module_of.at(def.name);
      for (const Signal& one : told(without(ben, module, field)).newest)
        EXPECT_NE(one.told.kind, def.name) << "though " << field << " is hidden";
    }
  }
}

TEST_P(SignalsTest, WhatIsImportedOrChangedInBulkIsNoNews) {
  const RecordId deal = deal_of(ben);
  for (const access::Path path : {access::Path::import, access::Path::bulk}) {
    access::Actor mover = mei;
    mover.path = path;
    made(mover, "contacts", {{"last_name", "Silva"}, {"owner", ben.id}});
    move(mover, deal, path == access::Path::import ? "Needs Analysis" : "Closed Won");
  }
  EXPECT_THAT(words(ben), IsEmpty());
}

TEST_P(SignalsTest, WhoIsGivenManyRecordsAtOnceIsToldOnceHowMany) {
  std::vector<RecordId> contacts;
  for (int turn = 0; turn < 30; ++turn)
    contacts.push_back(made(mei, "contacts", {{"last_name", "Silva"}}));
  give(mei, "contacts", contacts, ben);
  EXPECT_THAT(words(ben), ElementsAre("records_assigned: 30 contacts"));
  EXPECT_EQ(told(ben).unread_count, 1);
  EXPECT_EQ(told(ben).newest[0].told.by.name, "Mei");
  EXPECT_THAT(words(mei), IsEmpty());
}

TEST_P(SignalsTest, WhatIsGivenInSeveralStepsStandsInOneLineUntilItIsReadOrLongAgo) {
  const auto one = [&] { return std::vector{made(mei, "contacts", {{"last_name", "Silva"}})}; };
  give(mei, "contacts", one(), ben);
  office.clock.advance_ms(notifications::counted_together_ms);
  give(mei, "contacts", one(), ben);
  EXPECT_THAT(words(ben), ElementsAre("records_assigned: 2 contacts"));
  give(office.ada, "contacts", one(), ben);
  EXPECT_THAT(words(ben),
              ElementsAre("records_assigned: 1 contacts", "records_assigned: 2 contacts"))
      << "another person's doing";
  give(mei, "deals", {deal_of(mei)}, ben);
  EXPECT_EQ(words(ben).front(), "records_assigned: 1 deals");
  office.clock.advance_ms(notifications::counted_together_ms + 1);
  give(mei, "contacts", one(), ben);
  EXPECT_EQ(words(ben).front(), "records_assigned: 1 contacts") << "long after";
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return notifications::mark_read(tx, ben, told(tx, ben).newest.at(0).told.id);
  }));
  give(mei, "contacts", one(), ben);
  EXPECT_EQ(told(ben).newest.size(), 5U) << "what is read stays as it was";
}

TEST_P(SignalsTest, WhatOneGivesOneselfOrSwitchedOffIsNotCounted) {
  const RecordId contact = made(ben, "contacts", {{"last_name", "Silva"}});
  give(mei, "contacts", {contact}, mei);
  EXPECT_THAT(words(mei), IsEmpty());
  ASSERT_TRUE(switch_to(office.ada, {{signal::records_assigned, false}}));
  give(mei, "contacts", {contact}, ben);
  ASSERT_TRUE(switch_to(office.ada, {{signal::records_assigned, true}}));
  EXPECT_THAT(words(ben), IsEmpty());
}

TEST_P(SignalsTest, ASignalHidesWithItsRecordInTheBinAndGoesForGoodWithIt) {
  const RecordId contact = made(mei, "contacts", {{"last_name", "Silva"}, {"owner", ben.id}});
  ASSERT_TRUE(office.remove(mei, "contacts", contact));
  EXPECT_THAT(words(ben), IsEmpty());
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::purge_record(tx, office.ada, office.module("contacts"), contact);
  }));
  const int64_t left = office.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM notifications WHERE org_id = $1", {office.org.value});
  });
  EXPECT_EQ(left, 0);
}

TEST_P(SignalsTest, EachPersonHasReadTheirOwnAndKeepsTheNewestFiveHundred) {
  for (int turn = 0; turn < notifications::kept_per_agent_max + 1; ++turn) {
    made(mei, "products", {{"name", "P" + std::to_string(turn)}, {"owner", ben.id}});
  }
  made(ben, "products", {{"name", "Hers"}, {"owner", mei.id}});
  const Signals his = told(ben, 2);
  EXPECT_EQ(his.unread_count, notifications::kept_per_agent_max);
  ASSERT_EQ(his.newest.size(), 2U);
  EXPECT_EQ(his.newest[0].told.record.title, "P500");
  const auto read = [&](const access::Actor& actor, RecordId id) {
    return office.database->write([&](db::Transaction& tx) -> Result<void> {
      return notifications::mark_read(tx, actor, id);
    });
  };
  EXPECT_EQ(read(mei, his.newest[0].told.id).error().kind, RefusalKind::not_found);
  ASSERT_TRUE(read(ben, his.newest[0].told.id));
  EXPECT_EQ(told(ben).unread_count, notifications::kept_per_agent_max - 1);
  EXPECT_EQ(told(mei).unread_count, 1);
}

TEST_P(SignalsTest, ASignalSaysWhomToCallAndWhetherATaskMayBeCompleted) {
  const RecordId contact = made(
      mei, "contacts", {{"last_name", "Silva"}, {"phone", "+351 21"}, {"email", "s@x.example"}});
  const RecordId task =
      made(mei, "tasks", {{"subject", "Call"}, {"contact", contact}, {"owner", ben.id}});
  ASSERT_TRUE(told(ben).newest.at(0).person);
  EXPECT_EQ(told(ben).newest[0].person->get("phone").text(), "+351 21");
  EXPECT_TRUE(told(ben).newest[0].may_complete);
  EXPECT_FALSE(told(without(ben, "tasks", "status")).newest.at(0).may_complete);
  const Signals limited = told(without(ben, "contacts", "phone"));
  EXPECT_TRUE(limited.newest.at(0).person->get("phone").is_null());
  ASSERT_TRUE(office.change(ben, "tasks", task, {{"status", "completed"}}));
  EXPECT_FALSE(told(ben).newest.at(0).may_complete);
}

TEST_P(CrmSignals, AConvertedLeadIsToldOnceToItsOwner) {
  const RecordId lead = made(ben, "leads", {{"last_name", "Sato"}, {"company", "Kita"}});
  LeadConversion conversion;
  conversion.deal = records::Changes{{"name", "Kita: lamps"}, {"closes_on", Value(today + 9)}};
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return convert_lead(tx, mei, lead, conversion); }));
  EXPECT_THAT(words(ben), ElementsAre("lead_converted: Sato"));
  EXPECT_THAT(words(mei), IsEmpty());
}

TEST(SignalList, BiginHasNoSignalOfLeads) {
  EXPECT_TRUE(find_signal(Edition::crm, signal::lead_converted));
  EXPECT_FALSE(find_signal(Edition::bigin, signal::lead_converted));
}

TEST(SignalList, EverySignalHasItsTextsInEachLanguage) {
  for (const char* language : {"en", "ja", "pt", "zh"}) {
    std::ifstream file(std::string(TANDEM_SOURCE_DIR) + "/web/src/locales/" + language +
                       "/signals.json");
    std::stringstream text;
    text << file.rdbuf();
    const Result<Json> texts = json_from_text(text.str());
    ASSERT_TRUE(texts) << language;
    for (const SignalDef& def : signals_of(Edition::crm)) {
      for (const char* part : {"kind", "name", "help"})
        EXPECT_NE(text_of(*find(*texts, part), def.name), "") << language << " " << def.name;
      EXPECT_NE(text_of(*find(*texts, "channel"), def.channel), "") << language;
    }
  }
}

}  // namespace

}  // namespace tandem::crm
