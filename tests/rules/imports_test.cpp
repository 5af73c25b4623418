#include <gmock/gmock.h>

#include "access/roles.h"
#include "base/text.h"
#include "desk/modules.h"
#include "imports/import_file.h"
#include "imports/import_names.h"
#include "imports/import_text.h"
#include "records/custom_fields.h"
#include "tests/rules/imports.h"

// Files that become records. Manual, Import and export 2.

namespace tandem::test {
namespace {

using imports::Import;
using imports::ImportRun;
using imports::ImportState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Imports, AFileOfContactsIsGuessedCheckedAndImported) {
  Imports imports;
  const std::string csv =
      "First name;Surname;E-Mail Address;Telephone\r\n"
      "Ana;Silva;ANA@kunde.example;+49 30 1\r\n"
      "\"Ben \"\"the\"\" \";Souza;ben@kunde.example;\r\n";
  const Result<Import> import = imports.upload(imports.ada, "contacts", csv);
  ASSERT_TRUE(import) << import.error().message;
  EXPECT_THAT(import->settings.columns, ElementsAre("first_name", "last_name", "email", "phone"));
  EXPECT_EQ(import->settings.separator, ';');
  EXPECT_EQ(import->settings.match, "email");
  EXPECT_EQ(import->counts.total, 2);

  const Import checked = imports.run(import->id, ImportRun::check);
  EXPECT_EQ(checked.state, ImportState::ready);
  EXPECT_EQ(checked.counts.added, 2);
  EXPECT_EQ(imports.count("contacts"), 0u) << "a check keeps nothing";

  const Import ended = imports.run(import->id);
  EXPECT_EQ(ended.state, ImportState::ended);
  EXPECT_EQ(ended.counts.added, 2);
  EXPECT_EQ(imports.count("contacts"), 2u);
  EXPECT_EQ(code_of(imports.begin(import->id, ImportRun::import)), "import_ended");
  EXPECT_EQ(code_of(imports.set(import->id, R"({"match":""})")), "import_ended");
}

TEST(Imports, EachRefusedRowIsReportedWithLineFieldReasonAndValue) {
  Imports imports;
  const Import import = imports.imported("contacts",
                                         "last_name,email,phone\n"
                                         "Silva,not-a-mail,+49 30 1\n"
                                         ",ben@kunde.example,\n"
                                         "\"Two\nlines\",ok@kunde.example,bad?\n"
                                         "Souza,souza@kunde.example,\n"
                                         "A,b,c,d\n");
  EXPECT_EQ(import.counts.added, 1);
  EXPECT_EQ(import.counts.refused, 4);
  EXPECT_THAT(imports.faults(import), ElementsAre("2 email not_an_email", "3 last_name required",
                                                  "4 phone not_a_phone", "7  too_many_cells"));
  const std::string report = imports.report(import);
  EXPECT_NE(report.find("Silva,not-a-mail,'+49 30 1,2,"), std::string::npos) << report;
  EXPECT_EQ(report.find("souza@"), std::string::npos);

  std::string mended = report;
  mended.replace(mended.find("not-a-mail"), 10, "silva@kunde.example");
  const Result<Import> again = imports.upload(imports.ada, "contacts", mended);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_THAT(again->settings.columns, ElementsAre("last_name", "email", "phone", "", ""));
  EXPECT_EQ(imports.run(again->id).counts.added, 1);
  EXPECT_EQ(
      imports.office.read("contacts", RecordId{imports.office.sees(imports.ada, "contacts").back()})
          .get("phone")
          .text(),
      "+49 30 1");
}

TEST(Imports, ARowWhoseRecordIsThereUpdatesItIsSkippedOrRefused) {
  Imports imports;
  const RecordId known = imports.office.contact("Silva", "ana@kunde.example");
  const std::string csv =
      "last_name,email,city\nSilva-Souza,ANA@kunde.example,Porto\nNew,n@k.example,\n";
  const Import skipped =
      imports.imported("contacts", csv, R"({"on_match":"skip","on_new":"skip"})");
  EXPECT_EQ(skipped.counts.skipped, 2);
  const Import refused = imports.imported("contacts", csv, R"({"on_match":"refuse"})");
  EXPECT_EQ(refused.counts.added, 1);
  EXPECT_THAT(imports.faults(refused), ElementsAre("2 email duplicate"));
  const Import updated = imports.imported("contacts", csv);
  EXPECT_EQ(updated.counts.updated, 2);
  EXPECT_EQ(imports.office.read("contacts", known).get("last_name").text(), "Silva-Souza");
  EXPECT_EQ(imports.office.read("contacts", known).get("city").text(), "Porto");
  EXPECT_EQ(imports.count("contacts"), 2u);
}

TEST(Imports, AContactIsKnownByAnyOfTheirAddresses) {
  Imports imports;
  const RecordId known = imports.office.contact("Silva", "ana@kunde.example");
  ASSERT_TRUE(imports.office.change(
      imports.ada, "contacts", known,
      {{"other_emails", records::Value(std::vector<std::string>{"ana@home.example"})}}));
  const Import updated =
      imports.imported("contacts", "last_name,email,city\nSilva,Ana@home.example,Porto\n");
  EXPECT_EQ(updated.counts.updated, 1) << imports.report(updated);
  EXPECT_EQ(imports.office.read("contacts", known).get("city").text(), "Porto");
  EXPECT_EQ(imports.office.read("contacts", known).get("email").text(), "ana@kunde.example");
  imports.imported("tickets", "subject,contact,department\nOld case,ana@home.example,Support\n");
  const std::vector<int64_t> tickets = imports.office.sees(imports.ada, "tickets");
  ASSERT_THAT(tickets, SizeIs(1));
  EXPECT_EQ(imports.office.read("tickets", RecordId{tickets.front()}).get("contact").id(), known);
}

TEST(Imports, AnEmptyCellLeavesTheFieldAsItIs) {
  Imports imports;
  const RecordId known = imports.office.contact("Silva", "ana@kunde.example");
  imports.imported("contacts", "email,last_name,city\nana@kunde.example,,Porto\n");
  EXPECT_EQ(imports.office.read("contacts", known).get("last_name").text(), "Silva");
}

TEST(Imports, ACheckFindsWhatTwoRowsOfTheFileBothHave) {
  Imports imports;
  std::string csv = "last_name,email\n";
  for (int row = 0; row < 250; ++row) {
    csv += "Row,row" + std::to_string(row % 240) + "@kunde.example\n";
  }
  const Result<Import> import = imports.upload(imports.ada, "contacts", csv);
  const Import checked = imports.run(import->id, ImportRun::check);
  EXPECT_EQ(checked.counts.added, 240);
  EXPECT_EQ(checked.counts.updated, 10);
  const Import ended = imports.run(import->id);
  EXPECT_EQ(ended.counts.added, checked.counts.added);
  EXPECT_EQ(ended.counts.updated, checked.counts.updated);
}

TEST(Imports, WhatStandsAgainstBeginningIsSaidBeforehand) {
  Imports imports;
  const access::Actor ana = imports.office.agent("ana", {"Support"});
  EXPECT_EQ(code_of(imports.upload(ana, "contacts", "a\nb\n")), "right_missing");
  EXPECT_EQ(code_of(imports.upload(imports.ada, "agents", "a\nb\n")), "not_a_choice");
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts", "")), "empty");
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts", "name\n")), "empty");
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts",
                                   std::string(imports::import_columns_max, ',') + "\n1\n")),
            "too_many_columns");
  std::string rows = "name\n";
  for (int64_t row = 0; row <= imports::import_rows_max; ++row) rows += "x\n";
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts", rows)), "too_many_rows");
  EXPECT_EQ(code_of(imports.upload(imports.ada, "contacts",
                                   std::string(imports::import_file_bytes_max + 1, 'x'))),
            "too_large");

  const RecordId id = imports.upload(imports.ada, "tickets", "x,y\n1,2\n")->id;
  EXPECT_EQ(code_of(imports.begin(id, ImportRun::check)), "nothing_mapped");
  EXPECT_EQ(code_of(imports.set(id, R"({"columns":["subject"]})")), "out_of_range");
  EXPECT_EQ(code_of(imports.set(id, R"({"columns":["subject","subject"]})")), "duplicate");
  EXPECT_EQ(code_of(imports.set(id, R"({"columns":["subject","last_word"]})")), "unknown_field");
  EXPECT_EQ(code_of(imports.set(id, R"({"match":"email"})")), "unknown_field");
  EXPECT_EQ(code_of(imports.set(id, R"({"match":"id"})")), "required");
  EXPECT_EQ(code_of(imports.set(id, R"({"encoding":"ebcdic"})")), "not_a_choice");
  EXPECT_EQ(code_of(imports.set(id, R"({"separator":"ab"})")), "not_a_choice");
  EXPECT_EQ(code_of(imports.set(id, R"({"on_match":"burn"})")), "not_a_choice");
  EXPECT_EQ(code_of(imports.set(id, R"({"absent":{"id":"1"}})")), "unknown_field");
  ASSERT_TRUE(imports.set(id, R"({"columns":["subject",""]})"));
  const Result<Import> begun = imports.begin(id, ImportRun::import);
  ASSERT_FALSE(begun);
  ASSERT_THAT(begun.error().faults, SizeIs(1));
  EXPECT_EQ(begun.error().faults[0].field, "department");
}

TEST(Imports, AnImportIsSeenByItsOwnerAndByAdministratorsAlone) {
  Imports imports;
  const RecordId id = imports.upload(imports.ada, "contacts", "name\nx\n")->id;
  const access::Actor ana = imports.office.agent("ana", {"Support"});
  const access::Actor bo = imports.office.administrator("Bo");
  imports.office.database->read([&](db::Transaction& tx) {
    EXPECT_EQ(imports::find_import(tx, ana, id).error().kind, RefusalKind::not_found);
    EXPECT_THAT(imports::list_imports(tx, ana), IsEmpty());
    EXPECT_THAT(imports::list_imports(tx, bo), SizeIs(1));
  });
}

TEST(Imports, ARunGoesOnWhereTheOneBeforeWasKilledAndImportsNothingTwice) {
  Imports imports;
  std::string csv = "last_name\n";
  for (int row = 0; row < 350; ++row) csv += "Row " + std::to_string(row) + "\n";
  const Result<Import> import = imports.upload(imports.ada, "contacts", csv);
  ASSERT_TRUE(imports.begin(import->id, ImportRun::import));
  imports.office.worker->run_due();
  ASSERT_EQ(imports.now(import->id).counts.added, 350);
  // As a process leaves it that died after its second batch: 200 rows are there, the rest is not.
  ASSERT_TRUE(imports.office.database->write([&](db::Transaction& tx) -> Result<void> {
    tx.execute(
        "DELETE FROM contacts WHERE id NOT IN (SELECT id FROM contacts ORDER BY id LIMIT 200)");
    tx.execute("DELETE FROM import_lines WHERE line > 201");
    const size_t offset = csv.find("Row 200\n");
    tx.execute(
        "UPDATE imports SET state = 'running', next_offset = $1, next_line = 202, "
        "rows_done = 200, rows_added = 200",
        {int64_t(offset)});
    jobs::enqueue(tx, imports.office.org, "import_records",
                  R"({"import":")" + to_string(import->id) + R"("})", tx.now());
    jobs::enqueue(tx, imports.office.org, "import_records",
                  R"({"import":")" + to_string(import->id) + R"("})", tx.now());
    return {};
  }));
  imports.office.worker->run_due();
  const Import ended = imports.now(import->id);
  EXPECT_EQ(ended.state, ImportState::ended);
  EXPECT_EQ(ended.counts.added, 350);
  EXPECT_EQ(imports.count("contacts"), 350u);
}

TEST(Imports, WhoLosesTheRightLosesTheImport) {
  Imports imports;
  const RecordId id = imports.upload(imports.ada, "contacts", "last_name\nx\n")->id;
  ASSERT_TRUE(imports.begin(id, ImportRun::import));
  ASSERT_TRUE(imports.office.database->write([&](db::Transaction& tx) -> Result<void> {
    tx.execute("UPDATE imports SET person_id = 1");
    return {};
  }));
  imports.office.worker->run_due();
  EXPECT_EQ(imports.now(id).state, ImportState::failed);
  EXPECT_EQ(imports.now(id).fault, "lost_right");
  EXPECT_EQ(imports.count("contacts"), 0u);
}

TEST(Imports, AStoppedImportKeepsWhatItDidAndARemovedOneForgetsItsFile) {
  Imports imports;
  const RecordId id = imports.upload(imports.ada, "contacts", "last_name,phone\nx,??\n")->id;
  ASSERT_TRUE(imports.begin(id, ImportRun::import));
  EXPECT_EQ(code_of(imports::remove_import(imports.files_in, imports.ada, id)), "import_runs");
  ASSERT_TRUE(imports.office.database->write(
      [&](db::Transaction& tx) { return imports::stop_import(tx, imports.ada, id); }));
  imports.office.worker->run_due();
  EXPECT_EQ(imports.now(id).state, ImportState::stopped);
  EXPECT_EQ(imports.count("contacts"), 0u);
  const int64_t file = imports.now(id).file;
  ASSERT_TRUE(imports::remove_import(imports.files_in, imports.ada, id));
  EXPECT_FALSE(imports.office.files->get(imports.office.org, file));
}

TEST(Imports, AccountsAreKnownByTheirNameAndCustomFieldsAreFieldsToo) {
  Imports imports;
  ASSERT_TRUE(imports.office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(records::add_custom_field(
        tx, imports.office.org, imports.office.catalogue, desk::accounts_module(),
        {.name = "vip", .label = "Sehr wichtig", .kind = records::FieldKind::boolean}));
    return {};
  }));
  const Import first =
      imports.imported("accounts", "Company,Sehr wichtig\nAcme,sim\nAcme 2,はい\n");
  EXPECT_EQ(first.counts.added, 2) << imports.report(first);
  const Import second = imports.imported("accounts", "Company,City\nAcme,Berlin\n");
  EXPECT_EQ(second.counts.updated, 1);
  const auto accounts = imports.office.sees(imports.ada, "accounts");
  ASSERT_THAT(accounts, SizeIs(2));
  const auto acme = imports.office.read("accounts", RecordId{accounts.front()});
  EXPECT_EQ(acme.get("vip").number(), 1);
  EXPECT_EQ(acme.get("city").text(), "Berlin");
}

TEST(ImportText, EncodingsAndSeparatorsAreGuessed) {
  const std::string japanese = "氏名,メールアドレス\n田中 さくら,a@k.example\n";
  EXPECT_EQ(imports::guess_encoding("\xEF\xBB\xBF" + japanese), "utf-8");
  EXPECT_EQ(imports::guess_encoding(japanese), "utf-8");
  EXPECT_EQ(imports::decode_file("\xEF\xBB\xBF" + japanese, "utf-8"), japanese);
  // メールアドレス in Shift_JIS, and 姓名 and 北京 in GB18030.
  const std::string shift_jis =
      "\x83\x81\x81\x5b\x83\x8b\x83\x41\x83\x68\x83\x8c\x83\x58,x\nabc,y\n";
  EXPECT_EQ(imports::guess_encoding(shift_jis), "shift_jis");
  EXPECT_TRUE(imports::decode_file(shift_jis, "shift_jis").starts_with("メールアドレス,"));
  const std::string chinese = "\xd0\xd5\xc3\xfb,\xb1\xb1\xbe\xa9\n";
  EXPECT_EQ(imports::guess_encoding(chinese), "gb18030");
  EXPECT_EQ(imports::decode_file(chinese, "gb18030"), "姓名,北京\n");
  const std::string western =
      "Name;Stra\xdf"
      "e\nJos\xe9;M\xfcnchen\n";
  EXPECT_EQ(imports::guess_encoding(western), "windows-1252");
  EXPECT_EQ(imports::decode_file(western, "windows-1252"), "Name;Straße\nJosé;München\n");
  const std::string little("\xFF\xFEN\0;\0\xe9\0\n\0", 10);
  EXPECT_EQ(imports::guess_encoding(little), "utf-16");
  EXPECT_EQ(imports::decode_file(little, "utf-16"), "N;é\n");
  const std::string big("\0N\0;\0M\0\n", 8);
  EXPECT_EQ(imports::guess_encoding(big), "utf-16");
  EXPECT_EQ(imports::decode_file(big, "utf-16"), "N;M\n");

  EXPECT_EQ(imports::guess_separator("a;b;c\n\"1,5\";2;3\n"), ';');
  EXPECT_EQ(imports::guess_separator("a\tb\n1\t2\n"), '\t');
  EXPECT_EQ(imports::guess_separator("a|b\n1|2\n"), '|');
  EXPECT_EQ(imports::guess_separator("only\none\n"), ',');
}

TEST(ImportText, ColumnsAreGuessedByTheirNamesInFourLanguages) {
  Imports imports;
  const records::ShapeRef shape = imports.office.catalogue.plain_shape(desk::contacts_module());
  const auto guess = [&](const std::vector<std::string>& headings) {
    return imports::guess_columns(imports.ada, *imports.files_in.of("desk").find("contacts"),
                                  *shape, headings);
  };
  EXPECT_THAT(guess({"First Name", "LAST_NAME", "E-mail", "Zip code", "Shoe size"}),
              ElementsAre("first_name", "last_name", "email", "zip", ""));
  EXPECT_THAT(guess({"姓", "名", "メールアドレス", "携帯電話", "会社名"}),
              ElementsAre("last_name", "first_name", "email", "mobile", "account"));
  EXPECT_THAT(guess({"姓名", "邮箱", "手机号", "公司名称"}),
              ElementsAre("full_name", "email", "mobile", "account"));
  EXPECT_THAT(guess({"Nome", "Sobrenome", "E-mail", "Celular", "Empresa"}),
              ElementsAre("first_name", "last_name", "email", "mobile", "account"));
}

}  // namespace
}  // namespace tandem::test
