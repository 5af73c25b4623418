#include <gmock/gmock.h>

#include <thread>

#include "access/organisations.h"
#include "api/desk/routes.h"
#include "api/native/routes.h"
#include "api/run_as.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "tests/api/portal.h"
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

/// A database before whose next write something else happens, on another connection.
class MeddlingDatabase final : public db::Database {
 public:
  explicit MeddlingDatabase(db::Database& inner) : inner_(inner) {}
  std::function<void()> before_the_write;

  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return inner_.integrity_faults(); }

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override { inner_.read(body); }
  void run_write(const std::function<Outcome(db::Transaction&)>& body,
                 db::Priority priority) override {
    if (before_the_write) std::jthread(std::exchange(before_the_write, {})).join();
    const Result<void> done = inner_.write(
        [&](db::Transaction& tx) -> Result<void> {
          if (body(tx) == Outcome::commit) return {};
          return not_found("");
        },
        priority);
    (void)done;  // the answer is the body's own
  }

 private:
  db::Database& inner_;
};

/// Both faces over a database that takes an agent's department away before they write.
class RightsOfRoutes : public testing::Test {
 protected:
  RightsOfRoutes()
      : meddling_(portal_.program().database()),
        services_{.database = meddling_,
                  .applications = portal_.program().applications(),
                  .files = portal_.program().files(),
                  .desk = portal_.program().desk(),
                  .clock = portal_.clock(),
                  .base_url = "http://desk.example",
                  .secret_key = portal_.program().secret_key(),
                  .wake = [] {},
                  .listen = [](const access::Actor&, int64_t,
                               std::shared_ptr<http::EventStream>) -> Result<void> { return {}; },
                  .drop_listeners = [](PersonId) {}} {
    api::native::add_routes(router_, services_);
    api::desk_dialect::add_routes(router_, services_);
  }

  int status_of(http::Request request) {
    meddling_.before_the_write = [this] {
      EXPECT_TRUE(portal_.program().database().write([&](db::Transaction& tx) -> Result<void> {
        tx.execute("DELETE FROM agent_departments WHERE agent_id = $1", {agent_.agent.value});
        access::change_access(tx, ours_.org);
        return {};
      }));
    };
    return router_.answer(request).status;
  }

  Portal portal_;
  MeddlingDatabase meddling_;
  api::Services services_;
  http::Router router_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
  const std::string ticket_ = "/tickets/" + to_string(ours_.ticket);
};

TEST_F(RightsOfRoutes, TheNativeApiWritesWithTheRightsOfTheMoment) {
  EXPECT_EQ(status_of(Portal::request_of(agent_, http::Method::patch, Portal::desk(ours_, ticket_),
                                         R"({"subject":"Renamed"})")),
            404);
}

TEST_F(RightsOfRoutes, TheDeskDialectDoesSoAsWell) {
  http::Request request;
  request.method = http::Method::patch;
  request.path = "/api/v1" + ticket_;
  request.headers = {{"Authorization", "Bearer " + agent_.access_token},
                     {"Content-Type", "application/json"}};
  request.body = R"({"subject":"Renamed"})";
  EXPECT_EQ(status_of(std::move(request)), 404);
}

}  // namespace
}  // namespace tandem::test
