#include "access/agents.h"
#include "access/roles.h"
#include "crm/leads/lead_conversion.h"
#include "tests/rules/sales_office.h"

// Leads and what becomes of them. Manual, Leads.

namespace tandem::crm {

namespace {

using records::Value;

struct LeadsTest : testing::Test {
  test::SalesOffice office{Edition::crm};

  RecordId lead(const records::Changes& more = {}) {
    records::Changes values{
        {"first_name", "Maria"},    {"last_name", "Silva"},
        {"company", "Kunde Ltd"},   {"email", "maria@kunde.example"},
        {"designation", "Buyer"},   {"city", "Porto"},
        {"lead_source", "partner"}, {"tags", Value(std::vector<std::string>{"fair"})}};
    for (const auto& [name, value] : more) values.set(name, value);
    return office.create(office.ada, "leads", values)->id;
  }
  Result<ConvertedLead> convert(RecordId id, const LeadConversion& how = {}) {
    return office.database->write(
        [&](db::Transaction& tx) { return convert_lead(tx, office.ada, id, how); });
  }
  /// A seller whose role hides fields: {"leads":{"email":"hidden"}}.
  access::Actor narrow(const std::string& fields) {
    const RecordId role = *office.database->write([&](db::Transaction& tx) -> Result<RecordId> {
      const Json json = TRY(json_from_text(
          R"({"name":"Narrow","rights":{"leads":["read","update"],"contacts":["read","create",)"
          R"("update"],"accounts":["read","create"],"deals":["read","create"]},"fields":)" +
          fields + "}"));
      const access::RoleDraft draft = TRY(access::role_draft_from_json(tx, office.ada, json));
      const access::Role made = TRY(access::create_role(tx, office.ada, draft));
      return made.id;
    });
    return office.member("Noa", role);
  }
  Result<ConvertedLead> convert_as(const access::Actor& actor, RecordId id,
                                   const LeadConversion& how = {}) {
    return office.database->write(
        [&](db::Transaction& tx) { return convert_lead(tx, actor, id, how); });
  }
  std::vector<std::string> listed() {
    const auto page = office.database->read([&](db::Transaction& tx) {
      return operations::list_records(tx, office.ada, leads_module(), {});
    });
    std::vector<std::string> titles;
    for (const records::Record& one : page->records) titles.push_back(one.title);
    return titles;
  }
};

TEST_F(LeadsTest, AConvertedLeadBecomesAContactOfAnAccountAndADeal) {
  const RecordId id = lead();
  const auto made = convert(
      id, {.deal = records::Changes{{"name", "Vans"}, {"closes_on", Value(int64_t{20'600})}}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->contact.title, "Maria Silva");
  EXPECT_EQ(made->contact.get("job_title").text(), "Buyer");
  EXPECT_EQ(made->contact.get("mailing_city").text(), "Porto");
  EXPECT_EQ(made->contact.get("tags").list(), std::vector<std::string>{"fair"});
  EXPECT_EQ(made->contact.get("account").id(), made->account.id);
  EXPECT_EQ(made->account.title, "Kunde Ltd");
  EXPECT_EQ(made->account.get("billing_city").text(), "Porto");
  ASSERT_TRUE(made->deal);
  EXPECT_EQ(made->deal->get("contact").id(), made->contact.id);
  EXPECT_EQ(made->deal->get("account").id(), made->account.id);
  EXPECT_EQ(made->deal->get("lead_source").text(), "partner");
}

TEST_F(LeadsTest, AConvertedLeadLeavesTheListsAndIsStillRead) {
  const RecordId id = lead();
  const auto made = convert(id);
  ASSERT_TRUE(made);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(office.read("leads", id).get("converted_contact").id(), made->contact.id);
}

TEST_F(LeadsTest, ALeadIsConvertedOnce) {
  const RecordId id = lead();
  ASSERT_TRUE(convert(id));
  const auto again = convert(id);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "already_converted");
}

TEST_F(LeadsTest, AnAccountOfTheCompanysNameIsTaken) {
  const auto account = office.create(office.ada, "accounts", {{"name", "Kunde Ltd"}});
  const auto made = convert(lead());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->account.id, account->id);
}

TEST_F(LeadsTest, AChosenContactKeepsWhatItSays) {
  const auto contact =
      office.create(office.ada, "contacts", {{"last_name", "Silva"}, {"phone", "+351 1"}});
  const auto made = convert(lead(), {.contact = contact->id});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->contact.id, contact->id);
  EXPECT_EQ(made->contact.get("phone").text(), contact->get("phone").text());
  EXPECT_EQ(made->contact.get("account").id(), made->account.id);
}

TEST_F(LeadsTest, NotesAndActivitiesGoWithIt) {
  const RecordId id = lead();
  const auto note =
      office.create(office.ada, "notes", {{"content", "Likes blue."}, {"lead", Value(id)}});
  const auto task = office.create(office.ada, "tasks", {{"subject", "Call"}, {"lead", Value(id)}});
  ASSERT_TRUE(note) << note.error().message;
  ASSERT_TRUE(task) << task.error().message;
  const auto made = convert(
      id, {.deal = records::Changes{{"name", "Vans"}, {"closes_on", Value(int64_t{20'600})}}});
  ASSERT_TRUE(made);
  EXPECT_EQ(office.read("notes", note->id).get("contact").id(), made->contact.id);
  EXPECT_TRUE(office.read("notes", note->id).get("lead").is_null());
  EXPECT_EQ(office.read("tasks", task->id).get("contact").id(), made->contact.id);
  EXPECT_EQ(office.read("tasks", task->id).get("deal").id(), made->deal->id);
}

TEST_F(LeadsTest, WithoutWhatItNeedsADealNothingIsConverted) {
  const RecordId id = lead();
  const auto made = convert(id, {.deal = records::Changes{{"closes_on", Value(int64_t{20'600})}}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().field, "name");
  EXPECT_EQ(listed(), std::vector<std::string>{"Maria Silva"});
}

TEST_F(LeadsTest, ANoteBelongsToOneRecordAndStaysWithIt) {
  const RecordId id = lead();
  const auto nowhere = office.create(office.ada, "notes", {{"content", "Hm."}});
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, "one_parent");
  const auto account = office.create(office.ada, "accounts", {{"name", "Kunde Ltd"}});
  const auto both =
      office.create(office.ada, "notes",
                    {{"content", "Hm."}, {"lead", Value(id)}, {"account", Value(account->id)}});
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, "one_parent");
  const auto note = office.create(office.ada, "notes", {{"content", "Hm."}, {"lead", Value(id)}});
  const auto moved = office.change(office.ada, "notes", note->id,
                                   {{"lead", Value()}, {"account", Value(account->id)}});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, "parent_stays");
}

TEST_F(LeadsTest, WhatTheRoleHidesOfTheLeadStaysThereWhenTheContactWouldShowIt) {
  const RecordId id = lead({{"phone", "+351 1"}});
  const auto made = convert_as(
      narrow(R"({"leads":{"email":"hidden","lead_source":"hidden"}})"), id,
      {.deal = records::Changes{{"name", "Vans"}, {"closes_on", Value(int64_t{20'600})}}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->stays_hidden);
  const records::Record contact = office.read("contacts", made->contact.id);
  EXPECT_TRUE(contact.get("email").is_null());
  EXPECT_TRUE(contact.get("lead_source").is_null());
  EXPECT_EQ(contact.get("job_title").text(), "Buyer");
  EXPECT_TRUE(office.read("deals", made->deal->id).get("lead_source").is_null());
  EXPECT_EQ(office.read("leads", id).get("email").text(), "maria@kunde.example")
      << "who sees it finds it on the lead";
}

TEST_F(LeadsTest, WhatIsHiddenOnBothSidesGoesAlongUnseen) {
  const RecordId id = lead();
  const auto made =
      convert_as(narrow(R"({"leads":{"email":"hidden"},"contacts":{"email":"hidden"}})"), id);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_FALSE(made->stays_hidden);
  EXPECT_TRUE(made->contact.get("email").is_null()) << "the answer hides it";
  EXPECT_EQ(office.read("contacts", made->contact.id).get("email").text(), "maria@kunde.example");
}

TEST_F(LeadsTest, AHiddenOwnerIsNotToldByWhatTheLeadBecomes) {
  const RecordId id = lead();
  const access::Actor noa = narrow(R"({"leads":{"owner":"hidden"}})");
  const auto made = convert_as(noa, id);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->contact.get("owner").id(), noa.id);
}

TEST_F(LeadsTest, WhatAColleagueWhoLeftWouldOwnIsOwnedByWhoeverConverts) {
  const access::Actor ben = office.member("Ben", office.made.agent_role);
  const RecordId left = lead({{"owner", Value(ben.id)}});
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<access::Agent> {
    return access::change_agent(tx, office.ada, ben.id, {.status = access::AgentStatus::disabled});
  }));
  const auto made =
      convert(left, {.deal = records::Changes{{"name", "Vans"}, {"closes_on", int64_t{20'600}}}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->contact.get("owner").id(), office.ada.id);
  EXPECT_EQ(made->account.get("owner").id(), office.ada.id);
  EXPECT_EQ(made->deal->get("owner").id(), office.ada.id);
}

TEST_F(LeadsTest, WhoDoesNotSeeTheCompanyChoosesTheAccount) {
  const RecordId id = lead();
  const RecordId account = office.create(office.ada, "accounts", {{"name", "Other Ltd"}})->id;
  const access::Actor noa = narrow(R"({"leads":{"company":"hidden"}})");
  const auto refused = convert_as(noa, id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "hidden_field");
  EXPECT_EQ(refused.error().message.find("Kunde"), std::string::npos);
  EXPECT_TRUE(office.read("leads", id).get("converted_at").is_null());
  EXPECT_TRUE(convert_as(noa, id, {.account = account}));
}

TEST_F(LeadsTest, WhatTheRoleMayNotWriteOfAContactIsRefusedAsEver) {
  const RecordId id = lead();
  const auto refused = convert_as(narrow(R"({"contacts":{"email":"read"}})"), id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "email");
}

}  // namespace

}  // namespace tandem::crm
