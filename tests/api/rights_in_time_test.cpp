#include <gmock/gmock.h>

#include <thread>

#include "access/organisations.h"
#include "api/run_as.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "tests/support/office.h"

// What a call may do, it may do at the moment when it writes. Manual, Roles.

namespace tandem::test {
namespace {

struct Calls {
  Office office;
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId ticket = office.ticket("Router");
  int runs = 0;

  /// Beside the call, as another connection does it.
  void meanwhile(const std::function<Result<void>(db::Transaction&)>& body) {
    std::jthread([&] { EXPECT_TRUE(office.database->write(body)); }).join();
  }
  /// A call of Ana's that changes the subject after something else has happened.
  Result<http::Response> rename(const std::function<void()>& before_the_write) {
    const auto read_actor = [&](db::Transaction& tx) {
      return access::actor_of(tx, office.catalogue, ana.person, office.org, access::Path::ui);
    };
    return api::run_as(*office.database, read_actor,
                       [&](const access::Actor& actor) -> Result<http::Response> {
                         ++runs;
                         before_the_write();
                         TRY(office.database->write([&](db::Transaction& tx) {
                           return operations::update_record(tx, actor, desk::tickets_module(),
                                                            ticket, {{"subject", "Renamed"}});
                         }));
                         return http::Response::no_content();
                       });
  }
  std::string subject() { return office.read("tickets", ticket).get("subject").text(); }
};

TEST(RightsInTime, ACallWhoseDepartmentWasTakenAwayMeanwhileWritesNothing) {
  Calls calls;
  const auto done = calls.rename([&] {
    if (calls.runs > 1) return;
    calls.meanwhile([&](db::Transaction& tx) -> Result<void> {
      tx.execute("DELETE FROM agent_departments WHERE agent_id = $1", {calls.ana.id.value});
      access::change_access(tx, calls.office.org);
      return {};
    });
  });
  EXPECT_EQ(code_of(done), "not_found");
  EXPECT_EQ(calls.runs, 2) << "it began anew with the rights of now";
  EXPECT_EQ(calls.subject(), "Router");
}

TEST(RightsInTime, ACallThatMayStillDoItDoesIt) {
  Calls calls;
  const auto done = calls.rename([&] {
    if (calls.runs > 1) return;
    calls.meanwhile([&](db::Transaction& tx) -> Result<void> {
      access::change_access(tx, calls.office.org);
      return {};
    });
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(calls.subject(), "Renamed");
}

TEST(RightsInTime, ACallIsNotBegunForEver) {
  Calls calls;
  const auto done = calls.rename([&] {
    calls.meanwhile([&](db::Transaction& tx) -> Result<void> {
      access::change_access(tx, calls.office.org);
      return {};
    });
  });
  EXPECT_EQ(code_of(done), "stale");
  EXPECT_EQ(calls.runs, api::rights_read_max);
  EXPECT_EQ(calls.subject(), "Router");
}

TEST(RightsInTime, ACallThatChangesRightsItselfGoesOnWriting) {
  Calls calls;
  const auto done = calls.rename([&] {
    ASSERT_TRUE(calls.office.database->write([&](db::Transaction& tx) -> Result<void> {
      access::change_access(tx, calls.office.org);
      return {};
    }));
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(calls.runs, 1);
  EXPECT_EQ(calls.subject(), "Renamed");
}

}  // namespace
}  // namespace tandem::test
