#include <gmock/gmock.h>

#include "access/roles.h"
#include "tests/rules/bulk_office.h"

// A table that a program sends becomes records: docs/api/crm.md, Bulk.

namespace tandem::test {
namespace {

using crm::BulkOperation;
using crm::BulkState;
using records::Value;
using testing::HasSubstr;

class BulkWrites : public testing::Test {
 protected:
  BulkOffice office_;

  RecordId contact(const std::string& name, const std::string& email) {
    return must(office_.create(office_.ada, "contacts", {{"last_name", name}, {"email", email}}))
        .id;
  }
  std::string name_of(RecordId contact) {
    return office_.read("contacts", contact).get("last_name").text();
  }
  access::Actor member_with(const std::string& name, std::initializer_list<access::Right> rights,
                            access::FieldAccess email = access::FieldAccess::write) {
    uint32_t bits = 0;
    for (const access::Right right : rights) bits |= access::bit(right);
    const access::Role role = must(office_.database->write([&](db::Transaction& tx) {
      access::RoleDraft draft;
      draft.name = name + "'s role";
      draft.rights.emplace()["contacts"] = bits;
      if (email != access::FieldAccess::write) draft.fields.emplace()["contacts"]["email"] = email;
      return access::create_role(tx, office_.ada, draft);
    }));
    return office_.member(name, role.id);
  }
};

TEST_F(BulkWrites, EachRowBecomesARecordOrSaysWhyNot) {
  const std::string result = office_.written(
      BulkOffice::order(BulkOperation::insert),
      "\xEF\xBB\xBFLast_Name,Email\r\nSilva,maria@x.example\r\n,nobody@x.example\r\n"
      "\"Costa \"\"Zé\"\"\",ze@x.example\r\nBad,not an address\r\n\"never ends,1\r\nLim\r\n"
      "\xFF\xFE,x@x.example\r\nLast,\r\n");
  EXPECT_EQ(office_.last.state, BulkState::completed);
  EXPECT_EQ(office_.last.counts.done, 8);
  EXPECT_EQ(office_.last.counts.added, 3);
  EXPECT_EQ(office_.last.counts.skipped, 5);
  EXPECT_EQ(office_.contacts(), 3);
  const RecordId maria = office_.named("contacts", "Silva");
  EXPECT_THAT(result, HasSubstr("Last_Name,Email,STATUS,RECORD_ID,ERRORS,LINE,REASON\r\n"));
  EXPECT_THAT(result, HasSubstr("Silva,maria@x.example,ADDED," + to_string(maria) + ",,2,\r\n"));
  EXPECT_THAT(result, HasSubstr(",nobody@x.example,SKIPPED,,required:Last_Name,3,"));
  EXPECT_THAT(result, HasSubstr("\"Costa \"\"Zé\"\"\",ze@x.example,ADDED,"));
  EXPECT_THAT(result, HasSubstr(":Email,5,"));
  EXPECT_THAT(result,
              HasSubstr(",,SKIPPED,,broken_line,6,A quote opens a cell and none closes it"));
  EXPECT_THAT(result, HasSubstr("broken_line,7,\"The line has 1 cells, and the heading has 2.\""));
  EXPECT_THAT(result, HasSubstr("broken_line,8,The line is not written in UTF-8."));
  EXPECT_THAT(result, HasSubstr("Last,,ADDED,"));
}

TEST_F(BulkWrites, TheOwnerAndTheHistoryAreThoseOfASingleRecord) {
  office_.written(BulkOffice::order(BulkOperation::insert), "a,b\nSilva,maria@x.example\n");
  const records::Record maria = office_.read("contacts", office_.named("contacts", "Silva"));
  EXPECT_EQ(maria.get("owner").id(), office_.ada.id);
  EXPECT_EQ(maria.created_by, office_.ada.id);
  const auto found = office_.database->read([&](db::Transaction& tx) {
    return operations::search_records(tx, office_.ada, office_.module("contacts"), "silva", 10);
  });
  EXPECT_EQ(must(found).size(), 1U);
  const auto history = office_.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, office_.ada, office_.module("contacts"), maria.id, "",
                                      10);
  });
  ASSERT_EQ(must(history).entries.size(), 1U);
  EXPECT_EQ(must(history).entries.front().author.path, "bulk");
}

TEST_F(BulkWrites, AnUpdateFindsRecordsByTheirIdAndAddsNone) {
  const RecordId maria = contact("Silva", "maria@x.example");
  crm::BulkOrder order = BulkOffice::order(BulkOperation::update, "id");
  order.columns.push_back({.name = "Id", .field = "id", .index = 2});
  order.cells = 3;
  const std::string result = office_.written(
      order, "n,e,i\nSousa,maria@x.example," + to_string(maria) +
                 "\nGhost,g@x.example,77\nNobody,n@x.example,\nBad,b@x.example,x\n");
  EXPECT_EQ(office_.last.counts.updated, 1);
  EXPECT_EQ(office_.last.counts.skipped, 3);
  EXPECT_EQ(name_of(maria), "Sousa");
  EXPECT_EQ(office_.contacts(), 1);
  EXPECT_THAT(result, HasSubstr("required:Id,4,"));
  EXPECT_THAT(result, HasSubstr("bad_id:Id,5,"));
}

TEST_F(BulkWrites, AnUpsertAddsWhatIsNotThereAndUpdatesWhatIs) {
  const RecordId maria = contact("Silva", "maria@x.example");
  office_.written(BulkOffice::order(BulkOperation::upsert, "email"),
                  "n,e\nSousa,MARIA@x.example\nLim,lim@x.example\nLim Two,lim@x.example\nNo,\n");
  EXPECT_EQ(office_.last.counts.added, 2);
  EXPECT_EQ(office_.last.counts.updated, 2);
  EXPECT_EQ(name_of(maria), "Sousa");
  EXPECT_EQ(name_of(office_.named("contacts", "Lim Two")), "Lim Two")
      << "the second row of one address finds the first";
  EXPECT_EQ(office_.contacts(), 3);
}

TEST_F(BulkWrites, AnEmptyCellClearsItsFieldUnlessItIsToBeLeftOut) {
  const RecordId maria = contact("Silva", "maria@x.example");
  crm::BulkOrder order = BulkOffice::order(BulkOperation::update, "email");
  order.columns.push_back({.name = "Department", .field = "department", .index = 2});
  order.cells = 3;
  const auto department = [&] { return office_.read("contacts", maria).get("department"); };
  office_.written(order, "n,e,d\nSilva,maria@x.example,Sales\n");
  EXPECT_EQ(department(), Value("Sales"));
  order.ignores_empty = true;
  office_.written(order, "n,e,d\nSilva,maria@x.example,\n");
  EXPECT_EQ(department(), Value("Sales"));
  order.ignores_empty = false;
  office_.written(order, "n,e,d\nSilva,maria@x.example,\n");
  EXPECT_EQ(department(), Value());
  order.columns.back().absent = "Unknown";
  office_.written(order, "n,e,d\nSilva,maria@x.example,\n");
  EXPECT_EQ(department(), Value("Unknown"));
}

TEST_F(BulkWrites, LinksAreNamedByIdByNameOrByAFieldOfTheOther) {
  const RecordId firm = must(office_.create(office_.ada, "accounts", {{"name", "Orchid Ltd"}})).id;
  const RecordId boss = contact("Boss", "boss@x.example");
  crm::BulkOrder order = BulkOffice::order(BulkOperation::insert);
  order.columns.push_back({.name = "Account_Name", .field = "account", .index = 2});
  order.columns.push_back(
      {.name = "Reporting_To", .field = "reports_to", .index = 3, .found_by = "email"});
  order.cells = 4;
  const std::string result = office_.written(
      order, "n,e,a,r\nOne,,Orchid Ltd,\nTwo,," + to_string(firm) +
                 ",boss@x.example\nThree,,Nowhere,\nFour,,,ghost@x.example\nFive,,99,\n");
  EXPECT_EQ(office_.last.counts.added, 2);
  EXPECT_EQ(office_.read("contacts", office_.named("contacts", "One")).get("account").id(), firm);
  const records::Record two = office_.read("contacts", office_.named("contacts", "Two"));
  EXPECT_EQ(two.get("account").id(), firm);
  EXPECT_EQ(two.get("reports_to").id(), boss);
  EXPECT_THAT(result, HasSubstr("not_found:Account_Name,4,"));
  EXPECT_THAT(result, HasSubstr("not_found:Reporting_To,5,"));
  EXPECT_THAT(result, HasSubstr("no_such_record:Account_Name,6,"));
}

TEST_F(BulkWrites, WhoMayNotImportStartsNothing) {
  const access::Actor lea = office_.member("Lea", office_.made.light_agent_role);
  const RecordId sent = office_.send(lea, zipped("n,e\nX,x@x.example\n"));
  const auto refused = office_.start(lea, sent, BulkOffice::order(BulkOperation::insert));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  using access::Right;
  const access::Actor tom = member_with("Tom", {Right::read, Right::import, Right::update});
  const RecordId of_tom = office_.send(tom, zipped("n,e\nX,x@x.example\n"));
  EXPECT_FALSE(office_.start(tom, of_tom, BulkOffice::order(BulkOperation::insert)));
  EXPECT_FALSE(office_.start(tom, of_tom, BulkOffice::order(BulkOperation::upsert, "email")));
  EXPECT_TRUE(office_.start(tom, of_tom, BulkOffice::order(BulkOperation::update, "email")));
}

TEST_F(BulkWrites, AFieldThatTheRoleMayNotWriteIsNotMapped) {
  using access::Right;
  for (const access::FieldAccess access :
       {access::FieldAccess::hidden, access::FieldAccess::read}) {
    const std::string name = access == access::FieldAccess::hidden ? "Hedy" : "Rita";
    const access::Actor member =
        member_with(name, {Right::read, Right::import, Right::create, Right::update}, access);
    const RecordId sent = office_.send(member, zipped("n,e\nX,x@x.example\n"));
    const auto refused = office_.start(member, sent, BulkOffice::order(BulkOperation::insert));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().faults.front().code, "no_field_right");
  }
}

TEST_F(BulkWrites, AFileOfAnotherPersonIsNotThere) {
  const access::Actor eva = office_.member("Eva", office_.made.administrator_role);
  const RecordId sent = office_.table("n,e\nX,x@x.example\n");
  const auto refused = office_.start(eva, sent, BulkOffice::order(BulkOperation::insert));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::not_found);
  const crm::BulkJob job =
      must(office_.start(office_.ada, sent, BulkOffice::order(BulkOperation::insert)));
  EXPECT_FALSE(office_.database->read([&](db::Transaction& tx) {
    return crm::find_bulk_job(tx, eva, crm::BulkDirection::write, job.id);
  }));
  EXPECT_FALSE(office_.database->read([&](db::Transaction& tx) {
    return crm::find_bulk_job(tx, office_.ada, crm::BulkDirection::read, job.id);
  })) << "a write is no read";
}

TEST_F(BulkWrites, WhoLosesTheRightMeanwhileWritesNoMore) {
  using access::Right;
  const access::Actor tom =
      member_with("Tom", {Right::read, Right::import, Right::create, Right::update});
  std::string csv = "n,e\n";
  for (int row = 0; row < db::bulk_rows_max + 5; ++row) csv += "P" + std::to_string(row) + ",\n";
  const crm::BulkJob job = must(
      office_.start(tom, office_.send(tom, zipped(csv)), BulkOffice::order(BulkOperation::insert)));
  const std::atomic<bool> up{true};
  EXPECT_EQ(office_.run(job, StopSign(up)).kind, jobs::Outcome::Kind::later);
  must(office_.database->write([&](db::Transaction& tx) {
    access::RoleDraft draft;
    draft.rights.emplace()["contacts"] = access::bit(Right::read);
    return access::update_role(tx, office_.ada, tom.role->id, draft);
  }));
  EXPECT_EQ(office_.run(job).kind, jobs::Outcome::Kind::done);
  const crm::BulkJob ended = office_.now(job);
  EXPECT_EQ(ended.state, BulkState::failed);
  EXPECT_EQ(ended.fault, "lost_right");
  EXPECT_EQ(office_.contacts(), db::bulk_rows_max);
  EXPECT_THAT(office_.result(job), HasSubstr("P0,,ADDED,")) << "what was written is told";
}

struct BadOrder {
  std::string name;
  std::string code;
  std::function<void(crm::BulkOrder&)> spoil;
};

TEST_F(BulkWrites, AnOrderThatCannotBeDoneIsRefusedBeforeItBegins) {
  const RecordId sent = office_.table("n,e\nX,x@x.example\n");
  const std::vector<BadOrder> orders{
      {"no columns", "required", [](auto& order) { order.columns.clear(); }},
      {"too many", "too_many",
       [](auto& order) { order.columns.resize(crm::bulk_columns_max + 1); }},
      {"twice", "mapped_twice", [](auto& order) { order.columns[1].field = "last_name"; }},
      {"behind the file", "out_of_range", [](auto& order) { order.columns[1].index = 2; }},
      {"unknown", "unknown_field", [](auto& order) { order.columns[1].field = "shoe_size"; }},
      {"not mapped", "required",
       [](auto& order) {
         order.operation = BulkOperation::update;
         order.found_by = "id";
       }},
      {"no index", "not_a_choice",
       [](auto& order) {
         order.operation = BulkOperation::upsert;
         order.columns[1].field = order.found_by = "department";
       }},
      {"no link", "not_a_choice", [](auto& order) { order.columns[1].found_by = "email"; }},
      {"a part", "not_supported", [](auto& order) { order.module = "attachments"; }},
  };
  for (const BadOrder& bad : orders) {
    crm::BulkOrder order = BulkOffice::order(BulkOperation::insert);
    bad.spoil(order);
    const auto refused = office_.start(office_.ada, sent, order);
    ASSERT_FALSE(refused) << bad.name;
    const Refusal& refusal = refused.error();
    EXPECT_EQ(refusal.faults.empty() ? refusal.code : refusal.faults.front().code, bad.code)
        << bad.name;
  }
  for (const char* const url : {"ftp://x.example", "http://", "https://me:pw@x.example/", "x y"}) {
    EXPECT_FALSE(office_.start(office_.ada, sent, BulkOffice::order(BulkOperation::insert), url))
        << url;
  }
}

TEST_F(BulkWrites, AnOrganisationHasTenJobsUnderWay) {
  const RecordId sent = office_.table("n,e\nX,x@x.example\n");
  const crm::BulkOrder order = BulkOffice::order(BulkOperation::insert);
  const crm::BulkJob first = must(office_.start(office_.ada, sent, order));
  for (int number = 1; number < crm::bulk_jobs_open_max; ++number)
    ASSERT_TRUE(office_.start(office_.ada, sent, order));
  const auto refused = office_.start(office_.ada, sent, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::busy);
  office_.run(first);
  EXPECT_TRUE(office_.start(office_.ada, sent, order));
}

TEST_F(BulkWrites, WhatIsNoZipOfOneTableIsRefusedWhenItIsSent) {
  const auto code = [&](const std::string& archive) {
    const auto sent =
        crm::send_ahead(*office_.database, *office_.files, office_.ada, crm::SentFor::bulk_write,
                        {"people.zip", "application/zip", archive});
    return sent ? "" : sent.error().code;
  };
  EXPECT_EQ(code(zipped("n\nx\n")), "");
  EXPECT_EQ(code("n,e\nx,y\n"), "bad_zip");
  EXPECT_EQ(code(""), "empty");
  EXPECT_EQ(code(zipped("n\nx\n", "people.txt")), "not_a_table");
  EXPECT_EQ(code(zipped(std::string(8 << 20, 'x'))), "unpacked_too_large");
  EXPECT_EQ(code(std::string(crm::bulk_zip_bytes_max + 1, 'x')), "file_too_large");
  const RecordId empty = office_.table("\n\n");
  const auto headings = crm::bulk_headings(office_.bulk, office_.ada, empty);
  ASSERT_FALSE(headings);
  EXPECT_EQ(headings.error().code, "empty");
}

TEST_F(BulkWrites, ResultsAreKeptForADayAndJobsForAWeek) {
  office_.written(BulkOffice::order(BulkOperation::insert), "n,e\nX,x@x.example\n");
  const crm::BulkJob job = office_.last;
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM bulk_outcomes"), 0);
  const auto kept = [&] {
    return office_.database->read([&](db::Transaction& tx) {
      return crm::is_bulk_file_kept(tx, office_.org, job.result_file);
    });
  };
  EXPECT_TRUE(kept());
  office_.clock.advance_ms(day_ms - 1);
  crm::forget_bulk_jobs(office_.bulk, {});
  EXPECT_TRUE(crm::bulk_result(*office_.files, office_.now(job)));
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM sent_ahead"), 1);
  office_.clock.advance_ms(2);
  crm::forget_bulk_jobs(office_.bulk, {});
  EXPECT_FALSE(kept());
  const auto gone = crm::bulk_result(*office_.files, office_.now(job));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, RefusalKind::not_found);
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM sent_ahead"), 0);
  office_.clock.advance_ms(7 * day_ms);
  crm::forget_bulk_jobs(office_.bulk, {});
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM bulk_jobs"), 0);
}

TEST_F(BulkWrites, AJobTellsOfItsEndOnce) {
  const RecordId sent = office_.table("n,e\nX,x@x.example\n");
  const std::string callbacks = "SELECT COUNT(*) FROM jobs WHERE kind = 'bulk_callback'";
  const crm::BulkJob job = must(office_.start(
      office_.ada, sent, BulkOffice::order(BulkOperation::insert), "https://client.example/done"));
  EXPECT_EQ(office_.count(callbacks), 0);
  office_.run(job);
  office_.run(job);
  EXPECT_EQ(office_.count(callbacks), 1);
  EXPECT_EQ(office_.contacts(), 1);
}

}  // namespace
}  // namespace tandem::test
