#include <gmock/gmock.h>

#include "access/roles.h"
#include "base/csv.h"
#include "tests/rules/bulk_office.h"

// Records that a program asks for as a table: docs/api/crm.md, Bulk.

namespace tandem::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class BulkReads : public testing::Test {
 protected:
  BulkOffice office_;

  RecordId contact(const std::string& name, const std::string& email) {
    return must(office_.create(office_.ada, "contacts", {{"last_name", name}, {"email", email}}))
        .id;
  }
  crm::BulkJob done(const access::Actor& actor, const crm::BulkOrder& order) {
    const crm::BulkJob job = must(office_.ask(actor, order));
    EXPECT_EQ(office_.run(job).kind, jobs::Outcome::Kind::done);
    return office_.now(job);
  }
  access::Actor exporter(const std::string& name, access::FieldAccess email) {
    const access::Role role = must(office_.database->write([&](db::Transaction& tx) {
      access::RoleDraft draft;
      draft.name = name;
      draft.rights.emplace()["contacts"] =
          access::bit(access::Right::read) | access::bit(access::Right::export_);
      if (email != access::FieldAccess::write) draft.fields.emplace()["contacts"]["email"] = email;
      return access::create_role(tx, office_.ada, draft);
    }));
    return office_.member(name, role.id);
  }
};

TEST_F(BulkReads, EachRecordIsARowInTheOrderOfCreation) {
  const RecordId first = contact("Silva, Maria", "maria@x.example");
  const RecordId second = contact("Lim", "lim@x.example");
  must(office_.remove(office_.ada, "contacts", contact("Gone", "gone@x.example")));
  const crm::BulkJob job = done(office_.ada, BulkOffice::query());
  EXPECT_EQ(job.state, crm::BulkState::completed);
  EXPECT_EQ(job.counts.done, 2);
  EXPECT_EQ(job.next_cursor, "");
  EXPECT_EQ(office_.result(job), "Id,Last_Name,Email\r\n" + to_string(first) +
                                     ",\"Silva, Maria\",maria@x.example\r\n" + to_string(second) +
                                     ",Lim,lim@x.example\r\n");
}

TEST_F(BulkReads, ValuesAreWrittenAsAnotherBulkWriteReadsThem) {
  const RecordId deal = must(office_.create(office_.ada, "deals",
                                            {{"name", "Lamps"},
                                             {"closes_on", int64_t{20'600}},
                                             {"amount", int64_t{125'050}},
                                             {"lead_source", "cold_call"}}))
                            .id;
  crm::BulkOrder order{
      .direction = crm::BulkDirection::read,
      .module = "deals",
      .columns = {{.name = "Closing_Date", .field = "closes_on"},
                  {.name = "Amount", .field = "amount"},
                  {.name = "Lead_Source", .field = "lead_source"},
                  {.name = "Stage", .field = "stage", .form = crm::CellForm::title},
                  {.name = "Owner", .field = "owner"},
                  {.name = "Created_Time", .field = "created_at"}}};
  const std::string result = office_.result(done(office_.ada, order));
  const std::string stage =
      office_.read("stages", office_.read("deals", deal).get("stage").id()).title;
  EXPECT_EQ(result,
            "Closing_Date,Amount,Lead_Source,Stage,Owner,Created_Time\r\n"
            "2026-05-27,1250.50,Cold Call," +
                stage + "," + to_string(office_.ada.id) + ",2026-03-02T09:00:00+00:00\r\n");
}

TEST_F(BulkReads, ConditionsAreThoseOfLists) {
  contact("Silva", "maria@x.example");
  contact("Lim", "lim@x.example");
  const auto order = BulkOffice::query(records::any_of(
      {records::field("last_name").starts_with("Li"), records::field("email").is("no@x.example")}));
  const std::string result = office_.result(done(office_.ada, order));
  EXPECT_THAT(result, HasSubstr("Lim"));
  EXPECT_THAT(result, Not(HasSubstr("Silva")));
  EXPECT_FALSE(office_.ask(office_.ada, BulkOffice::query(records::field("shoe_size").is("5"))));
}

TEST_F(BulkReads, APageEndsWhereTheNextOneBegins) {
  const int rows = 2 * db::bulk_rows_max + 3;
  std::string csv = "n,e\n";
  for (int row = 0; row < rows; ++row) csv += "P" + std::to_string(row) + ",\n";
  office_.written(BulkOffice::order(crm::BulkOperation::insert), csv);
  const crm::BulkJob first = done(office_.ada, BulkOffice::query());
  EXPECT_EQ(first.counts.done, 2 * db::bulk_rows_max) << "the page of this office";
  ASSERT_NE(first.next_cursor, "");
  crm::BulkOrder by_token = BulkOffice::query();
  by_token.cursor = first.next_cursor;
  crm::BulkOrder by_number = BulkOffice::query();
  by_number.page = 2;
  for (const crm::BulkOrder& order : {by_token, by_number}) {
    const crm::BulkJob second = done(office_.ada, order);
    EXPECT_EQ(second.counts.done, 3);
    EXPECT_EQ(second.next_cursor, "");
    EXPECT_THAT(office_.result(second), HasSubstr(",P" + std::to_string(rows - 1) + ","));
    EXPECT_THAT(office_.result(second), Not(HasSubstr(",P0,")));
  }
  by_number.page = 3;
  EXPECT_EQ(done(office_.ada, by_number).counts.done, 0);
  by_number.page = 0;
  EXPECT_FALSE(office_.ask(office_.ada, by_number));
  by_token.cursor = "nonsense";
  EXPECT_FALSE(office_.ask(office_.ada, by_token));
}

TEST_F(BulkReads, WhatARoleDoesNotSeeIsNotWritten) {
  contact("Silva", "secret@x.example");
  const access::Actor hedy = exporter("Hedy", access::FieldAccess::hidden);
  const std::string result = office_.result(done(hedy, BulkOffice::query()));
  EXPECT_THAT(result, HasSubstr("Silva"));
  EXPECT_THAT(result, Not(HasSubstr("secret")));
  EXPECT_FALSE(
      office_.ask(hedy, BulkOffice::query(records::field("email").is("secret@x.example"))));
  const access::Actor rita = exporter("Rita", access::FieldAccess::read);
  EXPECT_THAT(office_.result(done(rita, BulkOffice::query())), HasSubstr("secret"));
}

TEST_F(BulkReads, WhoMayNotExportGetsNothing) {
  contact("Silva", "maria@x.example");
  const access::Actor lea = office_.member("Lea", office_.made.light_agent_role);
  const auto refused = office_.ask(lea, BulkOffice::query());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  const access::Actor hedy = exporter("Hedy", access::FieldAccess::hidden);
  const crm::BulkJob job = must(office_.ask(hedy, BulkOffice::query()));
  must(office_.database->write([&](db::Transaction& tx) {
    access::RoleDraft draft;
    draft.rights.emplace()["contacts"] = access::bit(access::Right::read);
    return access::update_role(tx, office_.ada, hedy.role->id, draft);
  }));
  office_.run(job);
  EXPECT_EQ(office_.now(job).state, crm::BulkState::failed);
  EXPECT_EQ(office_.now(job).fault, "lost_right");
  EXPECT_FALSE(crm::bulk_result(*office_.files, office_.now(job)));
}

TEST_F(BulkReads, AReadThatIsStoppedBeginsAgainLater) {
  contact("Silva", "maria@x.example");
  const crm::BulkJob job = must(office_.ask(office_.ada, BulkOffice::query()));
  const std::atomic<bool> up{true};
  EXPECT_EQ(office_.run(job, StopSign(up)).kind, jobs::Outcome::Kind::later);
  EXPECT_EQ(office_.now(job).state, crm::BulkState::running);
  const auto early = crm::bulk_result(*office_.files, office_.now(job));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, "not_ended");
  EXPECT_EQ(office_.run(job).kind, jobs::Outcome::Kind::done);
  EXPECT_THAT(office_.result(job), HasSubstr("Silva"));
}

}  // namespace
}  // namespace tandem::test
