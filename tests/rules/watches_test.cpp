#include "crm/merging/merging.h"
#include "operations/merging.h"
#include "tests/rules/watch_office.h"

// Servers of others are told what changes in a module, as far as the member sees it whose watch it
// is. docs/api/crm.md, Notifications.

namespace tandem::test {
namespace {

using crm::Edition;
using crm::FieldSelection;
using crm::Operation;
using crm::Watch;
using records::Record;
using records::Value;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Watches : public WatchOffice {};

INSTANTIATE_TEST_SUITE_P(Editions, Watches, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(Watches, AServerHearsOfRecordsThatAreMadeChangedDeletedAndRestored) {
  must_set(office_.ada, asking_for("contacts"));
  const RecordId kay = contact("Kay");
  run();
  change(kay, {{"email", "kay@orchid.example"}});
  run();
  ASSERT_TRUE(office_.remove(office_.ada, "contacts", kay));
  run();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office_.ada, office_.module("contacts"), kay);
  }));
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1", "update 1", "delete 1", "insert 1"));
  for (const crm::Notice& notice : heard()) EXPECT_EQ(notice.records.front().id, kay);
  run();
  EXPECT_THAT(heard(), SizeIs(4)) << "each once";
}

TEST_P(Watches, AMergePutsTheOthersIntoTheBinAndUndoingItTakesThemOut) {
  must_set(office_.ada, asking_for("contacts"));
  const RecordId kay = contact("Kay", "kay@orchid.example");
  const RecordId twin = contact("Kay", "k@orchid.example");
  const records::ModuleDef& contacts = office_.module("contacts");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return crm::merge_records(tx, office_.ada, contacts, {.target = {kay}, .others = {{twin}}});
  }));
  run();
  EXPECT_THAT(told(), ElementsAre("insert 2", "delete 1"));
  EXPECT_EQ(heard().back().records.front().id, twin);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<Record> {
    const auto merges = TRY(operations::merges_into(tx, office_.ada, contacts, kay));
    return crm::undo_merge(tx, office_.ada, contacts, kay, merges.front().id);
  }));
  run();
  EXPECT_THAT(told(), ElementsAre("insert 2", "delete 1", "insert 1"));
  EXPECT_EQ(heard().back().records.front().id, twin);
}

TEST_P(Watches, OnlyTheOperationsThatWereAskedForAreTold) {
  must_set(office_.ada, asking_for("contacts", {Operation::delete_}));
  const RecordId kay = contact("Kay");
  change(kay, {{"email", "kay@orchid.example"}});
  ASSERT_TRUE(office_.create(office_.ada, "accounts", {{"name", "Orchid"}}));
  run();
  EXPECT_THAT(heard(), IsEmpty());
  ASSERT_TRUE(office_.remove(office_.ada, "contacts", kay));
  run();
  EXPECT_THAT(told(), ElementsAre("delete 1"));
}

TEST_P(Watches, ValuesAreGivenToThoseAloneWhoAskForThem) {
  Watch watch = asking_for("contacts", {Operation::update});
  const RecordId kay = contact("Kay", "kay@orchid.example");
  must_set(office_.ada, watch);
  change(kay, {{"email", "new@orchid.example"}});
  run();
  ASSERT_THAT(heard(), SizeIs(1));
  EXPECT_TRUE(heard()[0].records[0].fields.at("email").is_null());
  watch.gives_values = true;
  must_set(office_.ada, watch);
  change(kay, {{"email", "newer@orchid.example"}});
  run();
  ASSERT_THAT(heard(), SizeIs(2));
  EXPECT_EQ(heard()[1].records[0].fields.at("email"), Json("newer@orchid.example"));
}

TEST_P(Watches, WhatChangedBeforeIsNotTold) {
  contact("Kay");
  must_set(office_.ada, asking_for("contacts"));
  run();
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_P(Watches, FieldsThatAreHiddenFromTheOwnerAreNotTold) {
  const access::Actor ben = office_.member("Ben", role({"email"}));
  Watch watch = asking_for("contacts");
  watch.gives_values = true;
  must_set(ben, watch);
  const RecordId kay = contact("Kay", "kay@orchid.example");
  run();
  ASSERT_THAT(told(), ElementsAre("insert 1"));
  EXPECT_FALSE(heard()[0].records[0].fields.contains("email"));
  EXPECT_TRUE(heard()[0].records[0].fields.contains("last_name"));
  change(kay, {{"email", "new@orchid.example"}});
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1")) << "of a change that they can't see, not even that";
}

TEST_P(Watches, AFieldThatIsHiddenWhileANoticeWaitsIsLeftOut) {
  const access::Actor ben = office_.member("Ben", role({}));
  Watch watch = asking_for("contacts");
  watch.gives_values = true;
  must_set(ben, watch);
  http_.answers("HTTP/1.1 500 Internal Server Error");
  contact("Kay", "kay@orchid.example");
  run();
  ASSERT_TRUE(heard().at(0).records[0].fields.contains("email"));
  change_member(ben, {.role_id = role({"email"})});
  http_.answers("HTTP/1.1 200 OK");
  office_.clock.advance_ms(2 * minute_ms);
  run();
  ASSERT_THAT(heard(), SizeIs(2));
  EXPECT_FALSE(heard()[1].records[0].fields.contains("email"));
}

TEST_P(Watches, WhoMayNotReadAModuleWatchesItNot) {
  const access::Actor ben = office_.member("Ben", role({}, Contacts::unseen));
  const Result<Watch> refused = set(ben, asking_for("contacts"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
}

TEST_P(Watches, AWatchIsRenewedWithoutAGap) {
  const Watch watch = must_set(office_.ada, asking_for("contacts"));
  office_.clock.advance_ms(50 * minute_ms);
  contact("Kay");
  const Watch renewed = must_set(office_.ada, asking_for("contacts"));
  EXPECT_EQ(renewed.id, watch.id);
  EXPECT_EQ(renewed.ends_at - office_.clock.now(), hour_ms);
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1"));
}

TEST_P(Watches, EachMemberHasChannelsOfTheirOwn) {
  const access::Actor ben = office_.member("Ben", office_.made.agent_role);
  const Watch hers = must_set(office_.ada, asking_for("contacts"));
  const Watch his = must_set(ben, asking_for("contacts"));
  EXPECT_NE(hers.id, his.id) << "of one number";
  EXPECT_THAT(watches_of(ben), SizeIs(1));
  const auto of_channel = office_.database->read(
      [&](db::Transaction& tx) { return crm::watches_of_channel(tx, ben, hers.channel); });
  ASSERT_TRUE(of_channel);
  EXPECT_EQ(of_channel->front().id, his.id);
  const auto none = office_.database->read(
      [&](db::Transaction& tx) { return crm::watches_of_channel(tx, ben, 5); });
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "not_subscribed");
}

TEST_P(Watches, AConditionNamesTheFieldsThatMustHaveChanged) {
  Watch watch = asking_for("contacts");
  watch.fields = FieldSelection{
      .needs = FieldSelection::Needs::any,
      .fields = {"email"},
      .groups = {{.needs = FieldSelection::Needs::all, .fields = {"phone", "mobile"}}}};
  must_set(office_.ada, watch);
  const RecordId kay = contact("Kay");
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1")) << "a condition is about updates";
  change(kay, {{"phone", "+4930123456"}});
  change(kay, {{"last_name", "Kay-Orchid"}});
  run();
  EXPECT_THAT(heard(), SizeIs(1));
  change(kay, {{"phone", "+4930123457"}, {"mobile", "+49170123456"}});
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1", "update 1"));
  change(kay, {{"email", "kay@orchid.example"}});
  run();
  EXPECT_THAT(told(), ElementsAre("insert 1", "update 1", "update 1"));
}

TEST_P(Watches, ARelatedRecordIsToldOfOnlyWhereThatWasAskedFor) {
  const Result<Record> orchid = office_.create(office_.ada, "accounts", {{"name", "Orchid"}});
  ASSERT_TRUE(orchid);
  Watch watch = asking_for("accounts");
  must_set(office_.ada, watch);
  const Result<Record> kay = office_.create(office_.ada, "contacts",
                                            {{"last_name", "Kay"}, {"account", Value(orchid->id)}});
  ASSERT_TRUE(kay);
  run();
  EXPECT_THAT(heard(), IsEmpty());
  watch.tells_related = true;
  must_set(office_.ada, watch);
  change(kay->id, {{"email", "kay@orchid.example"}});
  run();
  ASSERT_THAT(told(), ElementsAre("update 1"));
  EXPECT_EQ(heard()[0].records[0].id, orchid->id);
  EXPECT_TRUE(heard()[0].records[0].fields.empty());
}

TEST_P(Watches, WhatTheOwnerMayNotReadMovesNoRelatedRecord) {
  const access::Actor ben = office_.member("Ben", role({}, Contacts::unseen));
  const Result<Record> orchid = office_.create(office_.ada, "accounts", {{"name", "Orchid"}});
  ASSERT_TRUE(orchid);
  Watch watch = asking_for("accounts");
  watch.tells_related = true;
  must_set(ben, watch);
  ASSERT_TRUE(office_.create(office_.ada, "contacts",
                             {{"last_name", "Kay"}, {"account", Value(orchid->id)}}));
  run();
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_P(Watches, AWatchThatCantBeKeptIsRefused) {
  struct Case {
    std::string field;
    std::string code;
    std::function<void(Watch&)> change;
  };
  const std::vector<Case> cases{
      {"channel", "wrong_type", [](Watch& watch) { watch.channel = 0; }},
      {"module", "not_a_choice", [](Watch& watch) { watch.module = "invoices"; }},
      {"module", "not_a_choice", [](Watch& watch) { watch.module = "attachments"; }},
      {"operations", "required", [](Watch& watch) { watch.operations.clear(); }},
      {"url", "bad_url", [](Watch& watch) { watch.url = "ftp://hook.example/"; }},
      {"url", "password_in_url", [](Watch& watch) { watch.url = "https://a:b@hook.example/"; }},
      {"url", "bad_port", [](Watch& watch) { watch.url = "https://hook.example:99999/"; }},
      {"token", "too_long", [](Watch& watch) { watch.token = std::string(51, 'x'); }},
      {"ends_at", "in_the_past",
       [&](Watch& watch) { watch.ends_at = office_.clock.now() - second_ms; }},
      {"fields", "required", [](Watch& watch) { watch.fields.emplace(); }},
      {"fields", "unknown_field",
       [](Watch& watch) { watch.fields = FieldSelection{.fields = {"shoe_size"}}; }},
      {"fields", "too_many",
       [](Watch& watch) {
         watch.fields = FieldSelection{.fields = std::vector<std::string>(11, "email")};
       }},
      {"fields", "too_deep",
       [](Watch& watch) {
         watch.fields =
             FieldSelection{.groups = {{.groups = {{.groups = {{.fields = {"email"}}}}}}}};
       }},
  };
  for (const Case& one : cases) {
    Watch watch = asking_for("contacts");
    one.change(watch);
    const Result<Watch> refused = set(office_.ada, watch);
    ASSERT_FALSE(refused) << one.field << " " << one.code;
    EXPECT_EQ(refused.error().kind, RefusalKind::invalid) << one.code;
    EXPECT_EQ(refused.error().field, one.field);
    EXPECT_EQ(refused.error().code, one.code);
  }
  const access::Actor ben = office_.member("Ben", role({"email"}));
  Watch watch = asking_for("contacts");
  watch.fields = FieldSelection{.fields = {"email"}};
  const Result<Watch> refused = set(ben, watch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown_field") << "a hidden field is none";
  EXPECT_EQ(count("SELECT COUNT(*) FROM crm_watches"), 0);
}

TEST_P(Watches, APersonHasOnlySoMany) {
  for (int64_t channel = 1; channel <= crm::watches_of_person_max; ++channel) {
    Watch watch = asking_for("contacts");
    watch.channel = channel;
    must_set(office_.ada, watch);
  }
  Watch watch = asking_for("contacts");
  watch.channel = crm::watches_of_person_max + 1;
  const Result<Watch> refused = set(office_.ada, watch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too_many");
  watch.channel = 1;
  EXPECT_TRUE(set(office_.ada, watch)) << "one that is there may be renewed";
  office_.clock.advance_ms(hour_ms);
  watch.channel = crm::watches_of_person_max + 1;
  EXPECT_TRUE(set(office_.ada, watch)) << "those that ended do not count";
}

}  // namespace
}  // namespace tandem::test
