#include "tests/rules/sales_imports.h"

#include <gmock/gmock.h>

#include <atomic>

#include "access/people.h"
#include "crm/choice_words.h"
#include "crm/leads/lead_conversion.h"
#include "imports/import_run.h"
#include "operations/operations.h"

// Files that become records of CRM and Bigin. Manual, Import and export 3.

namespace tandem::test {
namespace {

using crm::Edition;
using imports::Import;
using imports::ImportRun;
using imports::ImportState;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(SalesImports, AFileOfLeadsIsGuessedCheckedAndImported) {
  SalesImports imports(Edition::crm);
  const Result<Import> import = imports.upload(imports.ada, "leads",
                                               "Last Name,Company,Email,Lead Source\n"
                                               "Silva,Kunde,ana@kunde.example,Cold Call\n"
                                               "Souza,,ben@kunde.example,\n"
                                               "Costa,Firma,not-a-mail,nowhere\n");
  ASSERT_TRUE(import) << import.error().message;
  EXPECT_THAT(import->settings.columns,
              ElementsAre("last_name", "company", "email", "lead_source"));
  EXPECT_EQ(import->settings.match, "email");

  const Import checked = imports.run(import->id, ImportRun::check);
  EXPECT_EQ(checked.state, ImportState::ready);
  EXPECT_EQ(checked.counts.added, 1);
  EXPECT_EQ(checked.counts.refused, 2);
  EXPECT_EQ(imports.count("crm_leads"), 0u) << "a check keeps nothing";

  const Import ended = imports.run(import->id);
  EXPECT_EQ(ended.counts.added, 1) << "the good line goes in";
  EXPECT_THAT(imports.faults(ended), ElementsAre("3 company required", "4 email not_an_email",
                                                 "4 lead_source not_a_choice"));
  EXPECT_THAT(imports.report(ended), HasSubstr("Costa,Firma,not-a-mail,nowhere,4,"));
  const records::Record lead = imports.office.read("leads", imports.office.named("leads", "Silva"));
  EXPECT_EQ(lead.get("lead_source").text(), "cold_call");
  EXPECT_EQ(lead.get("owner").id(), imports.ada.id) << "as of a record that one types in";
}

TEST(SalesImports, ColumnsAreGuessedByTheNamesOfFourLanguages) {
  SalesImports imports(Edition::crm);
  for (const char* csv : {"Deal_Name,Account_Name,Stage,Closing_Date,Amount\nA,,,,\n",
                          "商談名,取引先,ステージ,完了予定日,金額\nA,,,,\n"}) {
    const Result<Import> import = imports.upload(imports.ada, "deals", csv);
    ASSERT_TRUE(import) << import.error().message;
    EXPECT_THAT(import->settings.columns,
                ElementsAre("name", "account", "stage", "closes_on", "amount"))
        << csv;
  }
}

TEST(SalesImports, EveryModuleThatPeopleAddToTakesFiles) {
  struct Row {
    Edition edition;
    const char* module;
    const char* csv;
  };
  for (const Row& row : {
           Row{Edition::crm, "leads", "last_name,company\nSilva,Kunde\n"},
           Row{Edition::crm, "contacts", "last_name,email\nSilva,ana@kunde.example\n"},
           Row{Edition::crm, "accounts", "Account Name,Phone\nKunde,+49 30 1\n"},
           Row{Edition::crm, "deals",
               "Deal Name,Stage,Closing Date\nBig,Qualification,2026-05-01\n"},
           Row{Edition::crm, "products", "Product Name,Unit price\nRouter,19.50\n"},
           Row{Edition::crm, "campaigns", "Campaign Name,Type\nSpring,Webinar\n"},
           Row{Edition::crm, "tasks", "Subject,Due date\nCall back,2026-05-01\n"},
           Row{Edition::crm, "events", "Subject,From,To\nMeet,2026-05-01 10:00,2026-05-01 11:00\n"},
           Row{Edition::crm, "calls", "Subject,Call start time\nHello,2026-05-01 10:00\n"},
           Row{Edition::bigin, "contacts", "last_name,email\nSilva,ana@kunde.example\n"},
           Row{Edition::bigin, "accounts", "Company Name,Phone\nKunde,+49 30 1\n"},
           Row{Edition::bigin, "deals", "Deal Name,Stage\nBig,Qualification\n"},
           Row{Edition::bigin, "products", "Product Name,Unit price\nRouter,19.50\n"},
           Row{Edition::bigin, "tasks", "Subject,Due date\nCall back,2026-05-01\n"},
           Row{Edition::bigin, "events",
               "Subject,From,To\nMeet,2026-05-01 10:00,2026-05-01 11:00\n"},
           Row{Edition::bigin, "calls", "Subject,Call start time\nHello,2026-05-01 10:00\n"},
       }) {
    SalesImports imports(row.edition);
    const Import ended = imports.imported(row.module, row.csv);
    EXPECT_EQ(ended.counts.added, 1) << row.module;
    EXPECT_THAT(imports.faults(ended), IsEmpty()) << row.module;
  }
}

TEST(SalesImports, ChoicesAreKnownByWhatTheScreensCallThemInThePersonsLanguageFirst) {
  SalesImports imports(Edition::crm);
  const auto speak = [&](const std::string& locale) {
    ASSERT_TRUE(imports.office.database->write([&](db::Transaction& tx) {
      return access::change_profile(tx, *imports.office.catalogue, imports.ada.person,
                                    {.locale = locale});
    }));
  };
  const auto source_of = [&](const char* lead) {
    return imports.office.read("leads", imports.office.named("leads", lead))
        .get("lead_source")
        .text();
  };
  speak("ja");
  const Import ended = imports.imported(
      "leads",
      "姓,会社名,リードソース\nSilva,Kunde,飛び込み電話\nMori,Kunde,Cold Call\nOsei,Kunde,どこか\n",
      R"({"columns":["last_name","company","lead_source"],"match":""})");
  EXPECT_EQ(ended.counts.added, 2);
  EXPECT_THAT(imports.faults(ended), ElementsAre("4 lead_source not_a_choice"));
  EXPECT_EQ(source_of("Silva"), "cold_call");
  EXPECT_EQ(source_of("Mori"), "cold_call") << "English is always known";
  speak("en");
  imports.imported("leads", "Last Name,Company,Lead Source\nLima,Kunde,飛び込み電話\n",
                   R"({"columns":["last_name","company","lead_source"],"match":""})");
  EXPECT_EQ(source_of("Lima"), "cold_call") << "and a colleague's file is understood, too";
}

TEST(SalesImports, EveryLabelOfAChoiceOnTheScreensIsAChoiceOfThatLabel) {
  for (const Edition edition : {Edition::crm, Edition::bigin}) {
    const SalesOffice office(edition);
    int known = 0;
    for (const crm::Texts& texts : crm::embedded_texts()) {
      const Json json = *json_from_text(texts.json);
      const Json& fields = json.at("choice");
      for (const records::ModuleDef* module : office.catalogue->modules()) {
        for (const records::FieldDef& field : module->fields) {
          for (const records::ChoiceOption& option : field.choices) {
            const Json* const labels = find(fields, field.name);
            const std::string label = labels ? text_of(*labels, option.name) : "";
            if (label.empty()) continue;
            ++known;
            const std::string meant = crm::choice_called(field, " " + label, texts.language);
            EXPECT_EQ(text_of(*labels, meant), label)
                << texts.language << " " << module->name << "." << field.name;
          }
        }
      }
    }
    EXPECT_GT(known, 200) << "four languages of all lists";
  }
}

TEST(SalesImports, ALabelThatNoLanguageHasAndFieldsOfOnesOwnAreLeftToTheFieldItself) {
  const records::FieldDef rating{.name = "rating", .choices = {{"active", "Active"}}};
  EXPECT_EQ(crm::choice_called(rating, "ACTIVE", "pt"), "active");
  EXPECT_EQ(crm::choice_called(rating, "nirgends", "ja"), "");
  EXPECT_EQ(crm::choice_called(rating, "", "ja"), "");
  records::FieldDef own = rating;
  own.custom = true;
  EXPECT_EQ(crm::choice_called(own, "Active", "en"), "");
}

TEST(SalesImports, WhatTheApplicationLacksIsRefused) {
  SalesImports crm(Edition::crm);
  SalesImports bigin(Edition::bigin);
  for (const char* module : {"tickets", "notes", "stages", "pipelines", "agents", "nothing"})
    EXPECT_EQ(code_of(crm.upload(crm.ada, module, "name\nA\n")), "not_a_choice") << module;
  EXPECT_EQ(code_of(bigin.upload(bigin.ada, "leads", "last_name\nSilva\n")), "not_a_choice");
}

TEST(SalesImports, ARowIsKnownByItsAddressItsNameOrItsId) {
  SalesImports imports(Edition::crm);
  imports.imported("contacts", "last_name,email\nSilva,ana@kunde.example\n");
  const Import by_address = imports.imported(
      "contacts", "email,mobile\nANA@kunde.example,+49 170 1\n", R"({"on_new":"skip"})");
  EXPECT_EQ(by_address.counts.updated, 1);
  const RecordId ana = imports.office.named("contacts", "Silva");
  EXPECT_EQ(imports.office.read("contacts", ana).get("mobile").text(), "+49 170 1");

  imports.imported("accounts", "name\nKunde\n");
  const Import by_name = imports.imported("accounts", "name,phone\nKunde,+49 30 1\nNew,\n");
  EXPECT_EQ(by_name.counts.updated, 1);
  EXPECT_EQ(by_name.counts.added, 1);

  const Import by_id =
      imports.imported("contacts", "id,last_name\n" + to_string(ana) + ",Costa\n7,Nobody\n");
  EXPECT_EQ(by_id.counts.updated, 1);
  EXPECT_THAT(imports.faults(by_id), ElementsAre("3 id not_found"));

  const Import every =
      imports.imported("contacts", "last_name,email\nTwin,ana@kunde.example\n", R"({"match":""})");
  EXPECT_EQ(every.counts.added, 1) << "an address may be of two contacts";
  const Import twice = imports.imported("contacts", "last_name,email\nSilva,ana@kunde.example\n");
  EXPECT_THAT(imports.faults(twice), ElementsAre("2 email ambiguous"));
}

TEST(SalesImports, DealsNameTheirCustomersAndBringThemAlong) {
  SalesImports imports(Edition::crm);
  const std::string csv =
      "Deal Name,Account Name,Contact Name,Stage,Closing Date,Amount\n"
      "Big,Kunde,Ana Silva <ana@kunde.example>,Qualification,2026-05-01,1000.50\n"
      "Small,Kunde,Ana Silva,Qualification,2026-05-01,\n"
      "Odd,Kunde,,No such stage,2026-05-01,\n";
  const Import refused = imports.imported("deals", csv);
  EXPECT_EQ(refused.counts.added, 0);
  EXPECT_THAT(imports.faults(refused), Contains("2 account not_found"));

  const Result<Import> import = imports.upload(imports.ada, "deals", csv);
  ASSERT_TRUE(imports.set(import->id, R"({"on_missing":"add"})"));
  const Import checked = imports.run(import->id, ImportRun::check);
  EXPECT_EQ(checked.counts.accounts_added, 1);
  EXPECT_EQ(checked.counts.contacts_added, 1);
  const Import ended = imports.run(import->id);
  EXPECT_EQ(ended.counts.added, 2);
  EXPECT_EQ(ended.counts.accounts_added, 1);
  EXPECT_EQ(ended.counts.contacts_added, 1);
  EXPECT_THAT(imports.faults(ended), ElementsAre("4 stage not_found"));
  const records::Record small =
      imports.office.read("deals", imports.office.named("deals", "Small"));
  const records::Record big = imports.office.read("deals", imports.office.named("deals", "Big"));
  EXPECT_EQ(small.get("contact"), big.get("contact")) << "the name is known from the row before";
  EXPECT_EQ(big.get("amount").number(), 100'050);
  EXPECT_EQ(big.get("outcome").text(), "open") << "the deal's own rules hold";
  EXPECT_EQ(imports.office.read("contacts", big.get("contact").id()).get("account"),
            big.get("account"));
}

TEST(SalesImports, DealsOfOneNameAreSeveralUnlessTheNameIsChosenToKnowThemBy) {
  SalesImports imports(Edition::bigin);
  const std::string csv = "Deal Name,Stage,Next step\nRenewal,Qualification,Call\n";
  imports.imported("deals", csv);
  EXPECT_EQ(imports.imported("deals", csv).counts.added, 1);
  const Import chosen =
      imports.imported("deals", "Deal Name,Stage\nRenewal,Qualification\n", R"({"match":"name"})");
  EXPECT_THAT(imports.faults(chosen), ElementsAre("2 name ambiguous"));
}

TEST(SalesImports, AStageStandsForAllRowsWhenTheFileHasNone) {
  SalesImports imports(Edition::crm);
  const Result<Import> import =
      imports.upload(imports.ada, "deals", "Deal Name,Closing Date\nBig,2026-05-01\n");
  ASSERT_TRUE(import);
  EXPECT_EQ(code_of(imports.begin(import->id, ImportRun::check)), "required");
  ASSERT_TRUE(imports.set(import->id, R"({"absent":{"stage":"Needs Analysis"}})"));
  EXPECT_EQ(imports.run(import->id).counts.added, 1);
  const records::Record deal = imports.office.read("deals", imports.office.named("deals", "Big"));
  EXPECT_EQ(deal.get("probability").number(), 20);
}

TEST(SalesImports, AConvertedLeadIsNotTheOneThatAFileMeans) {
  SalesImports imports(Edition::crm);
  imports.imported("leads", "last_name,company,email\nSilva,Kunde,ana@kunde.example\n");
  const RecordId lead = imports.office.named("leads", "Silva");
  ASSERT_TRUE(imports.office.database->write(
      [&](db::Transaction& tx) { return crm::convert_lead(tx, imports.ada, lead, {}); }));
  const Import again =
      imports.imported("leads", "last_name,company,email\nSilva,Kunde,ana@kunde.example\n");
  EXPECT_EQ(again.counts.added, 1);
}

TEST(SalesImports, AnImportTakesTheRightsOfWhoImports) {
  SalesImports imports(Edition::crm);
  access::Actor ben = imports.office.member("Ben", imports.office.made.agent_role);
  const std::string leads = "last_name,company\nSilva,Kunde\n";
  const auto without = [&](access::Right right) {
    access::Role role = *ben.role;
    role.rights["leads"] &= ~(1U << static_cast<unsigned>(right));
    access::Actor lesser = ben;
    lesser.role = std::make_shared<const access::Role>(std::move(role));
    return lesser;
  };
  EXPECT_EQ(code_of(imports.upload(without(access::Right::import), "leads", leads)),
            "right_missing");
  const Result<Import> import = imports.upload(ben, "leads", leads);
  ASSERT_TRUE(import) << import.error().message;
  const Result<Import> begun = imports.office.database->write([&](db::Transaction& tx) {
    return imports::begin_import(tx, imports.files_in, without(access::Right::create), import->id,
                                 ImportRun::check);
  });
  EXPECT_EQ(code_of(begun), "right_missing");
}

TEST(SalesImports, AFieldThatTheRoleHidesOrOnlyReadsIsNoColumn) {
  SalesImports imports(Edition::crm);
  access::Role role = *imports.office.member("Ben", imports.office.made.agent_role).role;
  role.fields["deals"] = {{"amount", access::FieldAccess::hidden},
                          {"next_step", access::FieldAccess::read}};
  access::Actor ben = imports.office.member("Bea", imports.office.made.agent_role);
  ben.role = std::make_shared<const access::Role>(std::move(role));
  const Result<Import> import = imports.upload(
      ben, "deals", "Deal Name,Amount,Next step,Closing Date\nBig,1,Call,2026-05-01\n");
  ASSERT_TRUE(import) << import.error().message;
  EXPECT_THAT(import->settings.columns, ElementsAre("name", "", "", "closes_on"));
  for (const char* field : {"amount", "next_step", "outcome", "expected_revenue"}) {
    const std::string columns =
        R"({"columns":["name",")" + std::string(field) + R"(","","closes_on"]})";
    EXPECT_EQ(code_of(imports::change_import(imports.files_in, ben, import->id,
                                             *json_from_text(columns))),
              "unknown_field")
        << field;
  }
}

TEST(SalesImports, ARunGoesOnWhereTheOneBeforeWasKilled) {
  SalesImports imports(Edition::crm);
  std::string csv = "last_name,company\n";
  constexpr int rows = 450;  // several batches
  for (int row = 0; row < rows; ++row) csv += "Silva " + std::to_string(row) + ",Kunde\n";
  const Result<Import> import = imports.upload(imports.ada, "leads", csv);
  ASSERT_TRUE(imports.begin(import->id, ImportRun::import));
  const std::atomic<bool> sign_is_up = true;
  JsonWriter payload;
  payload.begin_object().id("import", import->id.value).end_object();
  imports::run_import_piece(
      imports.files_in,
      {.org = imports.office.org, .payload_json = payload.take(), .stop = StopSign(sign_is_up)});
  EXPECT_EQ(imports.now(import->id).state, ImportState::running);
  const size_t before = imports.count("crm_leads");
  EXPECT_GT(before, 0u);
  EXPECT_LT(before, size_t(rows));
  imports.office.worker->run_due();
  EXPECT_EQ(imports.now(import->id).state, ImportState::ended);
  EXPECT_EQ(imports.count("crm_leads"), size_t(rows)) << "and nothing goes in twice";
}

}  // namespace
}  // namespace tandem::test
