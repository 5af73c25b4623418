#include <gmock/gmock.h>

#include "access/roles.h"
#include "base/text.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "tests/rules/imports.h"

// Files with tickets, the customers that they bring along and the reports. Manual, Import and
// export 2.

namespace tandem::test {
namespace {

using imports::Import;
using imports::ImportRun;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Imports, TicketsKeepTheRulesOfEveryTicketAndTellNobody) {
  Imports imports;
  const access::Actor ana = imports.office.agent("ana", {"Support"});
  imports.office.contact("Maria", "maria@kunde.example");
  const Import import = imports.imported(
      "tickets",
      "Subject,Customer,Assignee,Priority,Status,Due,Description,Tags\n"
      "Router,Maria <maria@kunde.example>,ana,紧急,Closed,4.11.2026,\"<b>Line\ntwo\",a;b\n"
      "Nobody,unknown@kunde.example,,,,,,\n"
      "Outsider,,stranger,,,,,\n",
      R"({"dates":"day_first","absent":{"department":"Support"}})");
  EXPECT_EQ(import.counts.added, 1);
  EXPECT_THAT(imports.faults(import), ElementsAre("4 contact not_found", "5 owner not_found"));
  const auto tickets = imports.office.sees(imports.ada, "tickets");
  ASSERT_THAT(tickets, SizeIs(1));
  const records::Record ticket = imports.office.read("tickets", RecordId{tickets.front()});
  EXPECT_EQ(ticket.get("priority").text(), "urgent");
  EXPECT_EQ(ticket.get("status_type").text(), "closed");
  EXPECT_EQ(ticket.get("channel").text(), "import");
  EXPECT_EQ(ticket.get("owner").id(), ana.id);
  EXPECT_EQ(ticket.get("email").text(), "maria@kunde.example") << "the contact's own rule";
  EXPECT_EQ(to_iso(ticket.get("due_at").instant()), "2026-11-04T00:00:00.000Z");
  EXPECT_EQ(html_to_text(ticket.get("description").text()), "<b>Line\ntwo") << "text, no markup";
  EXPECT_THAT(imports.office.outbox(), IsEmpty());
  const int64_t told = imports.office.database->read([](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM notifications") +
           tx.integer("SELECT COUNT(*) FROM jobs WHERE kind = 'notify'");
  });
  EXPECT_EQ(told, 0);
}

constexpr const char* adding_customers =
    R"({"on_missing":"add","absent":{"department":"Support"}})";

TEST(Imports, TicketsBringAlongTheCustomersThatAreNotThere) {
  Imports imports;
  const RecordId maria = imports.office.contact("Maria", "maria@kunde.example");
  const std::string csv =
      "Subject,Customer,Email,Account,Phone\n"
      "One,Maria <MARIA@kunde.example>,,,\n"
      "Two,Ana Silva <ana@neu.example>,,Neu GmbH,+49 30 1\n"
      "Three,,ana@neu.example,Neu GmbH,\n"
      "Four,Ben Souza,ben@neu.example,,\n"
      "Five,Carla Dias,,,\n"
      "Six,Carla Dias,,,\n"
      "Seven,Nobody <nobody>,,,\n"
      ",Lost <lost@neu.example>,,Lost Ltd,\n";
  const RecordId id = imports.upload(imports.ada, "tickets", csv)->id;
  ASSERT_TRUE(imports.set(id, adding_customers));
  const Import checked = imports.run(id, ImportRun::check);
  EXPECT_EQ(checked.counts.added, 6) << imports.report(checked);
  EXPECT_EQ(checked.counts.contacts_added, 3);
  EXPECT_EQ(checked.counts.accounts_added, 1);
  EXPECT_EQ(imports.count("contacts"), 1u) << "a check keeps nothing";
  EXPECT_EQ(imports.count("accounts"), 0u);

  const Import ended = imports.run(id);
  EXPECT_EQ(ended.counts.added, 6);
  EXPECT_EQ(ended.counts.contacts_added, 3);
  EXPECT_EQ(ended.counts.accounts_added, 1);
  EXPECT_EQ(imports.count("contacts"), 4u) << "those of a refused row are not added";
  EXPECT_EQ(imports.count("accounts"), 1u);
  EXPECT_THAT(imports.faults(ended), ElementsAre("8 contact not_an_email", "9 subject required"));
  const auto tickets = imports.office.sees(imports.ada, "tickets");
  const records::Record one = imports.office.read("tickets", RecordId{tickets.front()});
  EXPECT_EQ(one.get("contact").id(), maria);
  const records::Record two = imports.office.read("tickets", RecordId{tickets.at(1)});
  const records::Record three = imports.office.read("tickets", RecordId{tickets.at(2)});
  const records::Record ana = imports.office.read("contacts", two.get("contact").id());
  EXPECT_EQ(ana.title, "Ana Silva");
  EXPECT_EQ(ana.get("email").text(), "ana@neu.example");
  EXPECT_EQ(ana.get("phone").text(), "+49 30 1");
  EXPECT_EQ(ana.get("account").id(), two.get("account").id());
  EXPECT_EQ(three.get("contact").id(), ana.id);
  EXPECT_EQ(three.get("account").id(), two.get("account").id());
}

TEST(Imports, ACheckCountsACustomerOnceHoweverManyRowsNameThem) {
  Imports imports;
  std::string csv = "subject,contact,account\n";
  for (int row = 0; row < 2'150; ++row) {
    const std::string who = std::to_string(row % 7);
    csv += "Row,c" + who + "@neu.example,Account " + who + "\n";
  }
  const RecordId id = imports.upload(imports.ada, "tickets", csv)->id;
  ASSERT_TRUE(imports.set(id, adding_customers));
  const Import checked = imports.run(id, ImportRun::check);
  EXPECT_EQ(checked.counts.added, 2'150) << imports.report(checked);
  EXPECT_EQ(checked.counts.contacts_added, 7);
  EXPECT_EQ(checked.counts.accounts_added, 7);
}

TEST(Imports, ACheckCountsTheCustomersThatTheImportThenAdds) {
  Imports imports;
  const RecordId id = imports
                          .upload(imports.ada, "tickets",
                                  "subject,contact,account\n"
                                  "One,Ana Silva,ACME\nTwo,Ana Silva,Acme\nThree,ana silva,ACME\n")
                          ->id;
  ASSERT_TRUE(imports.set(id, adding_customers));
  const Import checked = imports.run(id, ImportRun::check);
  const Import done = imports.run(id);
  EXPECT_EQ(checked.counts.accounts_added, done.counts.accounts_added);
  EXPECT_EQ(checked.counts.contacts_added, done.counts.contacts_added);
  EXPECT_EQ(imports.count("accounts"), 2u) << "names are told apart as the search for them does";
  EXPECT_EQ(imports.count("contacts"), size_t(done.counts.contacts_added));
}

TEST(Imports, CustomersThatAreNotThereAreRefusedUnlessTheyAreToBeAdded) {
  Imports imports;
  imports.office.contact("Maria", "maria@kunde.example");
  imports.office.contact("Twin", "one@kunde.example");
  imports.office.contact("Twin", "two@kunde.example");
  const Import import = imports.imported("tickets",
                                         "subject,contact,account\n"
                                         "a,new@kunde.example,\n"
                                         "b,,Nobody Ltd\n"
                                         "c,Somebody Else,\n"
                                         "d,Maria,\n"
                                         "e,Twin,\n",
                                         R"({"absent":{"department":"Support"}})");
  EXPECT_THAT(imports.faults(import), ElementsAre("2 contact not_found", "3 account not_found",
                                                  "4 contact not_found", "6 contact ambiguous"));
  EXPECT_EQ(import.counts.added, 1) << "a contact is known by the whole name, too";
  const Import contacts =
      imports.imported("contacts", "last_name,account\nNew,Neu GmbH\n", R"({"on_missing":"add"})");
  EXPECT_EQ(contacts.counts.accounts_added, 1);
  EXPECT_EQ(imports.count("accounts"), 1u);
}

TEST(Imports, AddingCustomersNeedsTheRightToAddThem) {
  Imports imports;
  access::Actor clerk = imports.office.agent("clerk", {"Support"});
  access::Role role{.id = {}, .name = "Clerk", .kind = access::RoleKind::custom};
  role.rights = {{"tickets", access::bit(access::Right::read) | access::bit(access::Right::create) |
                                 access::bit(access::Right::import)},
                 {"contacts", access::bit(access::Right::read)}};
  clerk.role = std::make_shared<const access::Role>(role);
  const RecordId id =
      imports.upload(clerk, "tickets", "subject,contact\na,new@kunde.example\n")->id;
  ASSERT_TRUE(
      imports::change_import(imports.files_in, clerk, id, *json_from_text(adding_customers)));
  const Result<Import> begun = imports.office.database->write([&](db::Transaction& tx) {
    return imports::begin_import(tx, imports.files_in, clerk, id, ImportRun::check);
  });
  EXPECT_EQ(code_of(begun), "right_missing");
}

TEST(Imports, TicketsKeepTheTimesThatTheFileGives) {
  Imports imports;
  const Import import = imports.imported("tickets",
                                         "Subject,Status,Created,Closed time,Description\n"
                                         "Old,closed,2024-02-01 10:00,2024-02-03 10:00,Long ago\n"
                                         "Open,open,2024-02-01 10:00,,\n"
                                         "Reopened,open,2024-02-01,2024-02-03,\n"
                                         "Future,open,2999-02-01,,\n"
                                         "Backwards,closed,2024-02-03,2024-02-01,\n",
                                         R"({"absent":{"department":"Support"}})");
  EXPECT_EQ(import.counts.added, 2) << imports.report(import);
  EXPECT_THAT(imports.faults(import),
              ElementsAre("4 closed_at not_closed", "5 created_at in_the_future",
                          "6 closed_at before_creation"));
  const auto tickets = imports.office.sees(imports.ada, "tickets");
  ASSERT_THAT(tickets, SizeIs(2));
  const records::Record old = imports.office.read("tickets", RecordId{tickets.front()});
  EXPECT_EQ(to_iso(old.created_at), "2024-02-01T10:00:00.000Z");
  EXPECT_EQ(to_iso(old.get("closed_at").instant()), "2024-02-03T10:00:00.000Z");
  EXPECT_EQ(old.get("last_activity_at").instant(), old.get("closed_at").instant());
  EXPECT_EQ(old.get("last_word_at").instant(), old.created_at);
  EXPECT_EQ(old.get("resolution_minutes").number(), 2 * 24 * 60);
  const records::Record open = imports.office.read("tickets", RecordId{tickets.back()});
  EXPECT_EQ(open.get("last_activity_at").instant(), open.created_at);
  EXPECT_EQ(open.get("unassigned_since").instant(), open.created_at);
}

TEST(Imports, TheHistoryNamesTheFileAndTheLine) {
  Imports imports;
  imports.imported("tickets", "subject\na\n", R"({"absent":{"department":"Support"}})");
  const RecordId id{imports.office.sees(imports.ada, "tickets").front()};
  const records::LogPage history = *imports.office.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, imports.ada, desk::tickets_module(), id, "", 10);
  });
  ASSERT_FALSE(history.entries.empty());
  const records::LogEntry& first = history.entries.back();
  EXPECT_EQ(first.event, "created");
  EXPECT_EQ(first.author.path, "import");
  EXPECT_EQ(first.detail_json, R"({"file":"people.csv","line":2})");
}

TEST(Imports, TheReportSaysOfEachLineWhatBecameOfItInTheReadersWords) {
  Imports imports;
  const RecordId known = imports.office.contact("Silva", "ana@kunde.example");
  const Import import = imports.imported("contacts",
                                         "last_name,email,account\n"
                                         "Silva,ana@kunde.example,\n"
                                         "New,new@kunde.example,Neu GmbH\n"
                                         "Bad,no-mail,\n",
                                         R"({"on_missing":"add"})");
  const std::string english = *imports::report_of_import(imports.files_in, imports.office.org,
                                                         import, imports::ReportedRows::all);
  const std::string updated = "Silva,ana@kunde.example,,2,updated," + to_string(known) + ",,,\r\n";
  EXPECT_NE(english.find(updated), std::string::npos) << english;
  EXPECT_NE(english.find(",,Neu GmbH,\r\n"), std::string::npos) << english;
  EXPECT_NE(english.find("Bad,no-mail,,4,refused,,,,E-mail must be"), std::string::npos) << english;
  const std::string japanese = *imports::report_of_import(
      imports.files_in, imports.office.org, import, imports::ReportedRows::all,
      {.words = {{"refused", "拒否"}, {"line", "行"}},
       .reasons = {{{"email", "not_an_email"}, "メールアドレスを入力してください。"}}});
  EXPECT_NE(japanese.find("Tandem: 行,"), std::string::npos) << japanese;
  EXPECT_NE(japanese.find("4,拒否,,,,メールアドレスを入力してください。"), std::string::npos)
      << japanese;
  const auto reasons = imports.office.database->read([&](db::Transaction& tx) {
    return imports::list_import_reasons(tx, imports.office.org, import);
  });
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons.front().code, "not_an_email");
}

}  // namespace
}  // namespace tandem::test
