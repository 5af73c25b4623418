#include <gmock/gmock.h>

#include "server/bulk_callbacks.h"
#include "tests/rules/bulk_office.h"
#include "tests/support/scripted_http.h"

// Who asked for bulk work is told of its end: docs/api/crm.md, Bulk.

namespace tandem::test {
namespace {

using testing::HasSubstr;

class BulkCallbacks : public testing::Test {
 protected:
  BulkOffice office_;
  ScriptedHttp client_;
  std::string base_url_ = "http://sales.example";
  bool may_reach_ = true;
  jobs::Worker worker_{*office_.database, 1, 7};

  void SetUp() override {
    crm::add_bulk_jobs(worker_, office_.bulk);
    server::add_bulk_callbacks(worker_, office_.bulk, base_url_,
                               [this](const std::string&) { return may_reach_; });
  }
  crm::BulkJob started() {
    return must(office_.start(office_.ada, office_.table("n,e\nSilva,maria@x.example\n"),
                              BulkOffice::order(crm::BulkOperation::insert), client_.url()));
  }
  int64_t waiting() { return office_.count("SELECT COUNT(*) FROM jobs"); }
};

TEST_F(BulkCallbacks, TheEndOfAJobIsToldWithWhatIsShownOfIt) {
  const crm::BulkJob job = started();
  worker_.run_due();
  EXPECT_EQ(office_.now(job).state, crm::BulkState::completed);
  ASSERT_EQ(client_.requests().size(), 1U);
  EXPECT_THAT(client_.requests().front(), HasSubstr("POST /send"));
  EXPECT_THAT(client_.requests().front(), HasSubstr("\"job_id\":\"" + to_string(job.id) + "\""));
  EXPECT_THAT(client_.requests().front(), HasSubstr("\"status\":\"COMPLETED\""));
  EXPECT_THAT(client_.requests().front(), HasSubstr("\"added_count\":1"));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(BulkCallbacks, AServerThatDoesNotTakeItIsAskedAgainAFewTimes) {
  client_.answers("HTTP/1.1 503 Service Unavailable");
  started();
  worker_.run_due();
  EXPECT_EQ(client_.requests().size(), 1U);
  EXPECT_EQ(waiting(), 1);
  for (int more = 0; more < 20; ++more) {
    office_.clock.advance_ms(day_ms / 24);
    worker_.run_due();
  }
  EXPECT_EQ(client_.requests().size(), 6U);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(office_.contacts(), 1);
}

TEST_F(BulkCallbacks, AnAddressInsideTheNetworkIsNotCalled) {
  may_reach_ = false;
  started();
  worker_.run_due();
  EXPECT_TRUE(client_.requests().empty());
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM failed_jobs"), 1);
}

}  // namespace
}  // namespace tandem::test
