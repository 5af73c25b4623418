#include <gtest/gtest.h>

#include "access/roles.h"
#include "db/migrate.h"
#include "tests/support/both_databases.h"

// Roles that were made before there were products, tasks and appointments. Manual, Roles.

namespace tandem::access {
namespace {

constexpr std::string_view first_step_that_knows = "0032_imports_and_older_roles";

class OlderRoles : public test::OnBothDatabases {
 protected:
  /// A database as it was, with one organisation.
  void SetUp() override {
    const std::string url =
        GetParam() == db::Kind::sqlite ? std::string(":memory:") : test::new_postgres_database();
    database_ = db::open_database({.url = url}, clock_);
    for (const db::Migration& step : db::embedded_migrations()) {
      if (step.name < first_step_that_knows) older_.push_back(step);
    }
    ASSERT_TRUE(db::migrate(*database_, older_));
    write(
        "INSERT INTO organisations (id, app, name, locale, access_version, created_at) "
        "VALUES (1, 'desk', 'Aurora', 'en', 1, 0)");
  }
  void write(const std::string& statement) {
    ASSERT_TRUE(database_->write([&](db::Transaction& tx) -> Result<void> {
      tx.execute(statement);
      return {};
    }));
  }
  void add_role(int64_t id, const std::string& rights) {
    const std::string number = std::to_string(id);
    write(
        "INSERT INTO roles (org_id, id, name, folded_name, kind, rights, fields, duties, "
        "created_at) VALUES (1, " +
        number + ", 'Role " + number + "', 'role " + number + "', 'custom', '" + rights +
        "', '{}', '[]', 0)");
  }
  void upgrade() { ASSERT_TRUE(db::migrate(*database_, db::embedded_migrations())); }
  uint32_t rights(int64_t id, const char* module) {
    return database_->read([&](db::Transaction& tx) -> uint32_t {
      const std::optional<Role> role = find_role(tx, OrgId{1}, RecordId{id});
      if (!role || !role->rights.contains(module)) return 0;
      return role->rights.find(module)->second;
    });
  }

  const SystemClock clock_;
  std::unique_ptr<db::Database> database_;
  std::vector<db::Migration> older_;
};
TANDEM_ON_BOTH_DATABASES(OlderRoles);

TEST_P(OlderRoles, MayOnNewerModulesWhatTheyMayOnTickets) {
  add_role(7, R"({"tickets":["read","create","update","reply","share"],"contacts":["read"]})");
  add_role(8, R"({"contacts":["read","update"]})");
  upgrade();
  for (const char* module : {"products", "tasks", "appointments"}) {
    EXPECT_EQ(rights(7, module), bit(Right::read) | bit(Right::create) | bit(Right::update))
        << module;
    EXPECT_EQ(rights(8, module), 0u) << "who has nothing to do with tickets, has not with them";
  }
  EXPECT_EQ(rights(7, "contacts"), bit(Right::read));
}

TEST_P(OlderRoles, KeepWhatSomebodySaidOfAModule) {
  add_role(7, R"({"tickets":["read","update"],"products":[],"tasks":["read"]})");
  upgrade();
  EXPECT_EQ(rights(7, "products"), 0u);
  EXPECT_EQ(rights(7, "tasks"), bit(Right::read));
  EXPECT_EQ(rights(7, "appointments"), bit(Right::read) | bit(Right::update));
}

TEST_P(OlderRoles, ARoleThatIsWrittenNowSaysAllByItself) {
  add_role(7, R"({"tickets":["read","update"]})");
  upgrade();
  ASSERT_TRUE(database_->write([&](db::Transaction& tx) -> Result<void> {
    const records::Catalogue catalogue;
    const Actor program = system_actor(catalogue, OrgId{1}, Path::system);
    RoleDraft draft;
    draft.rights = {{"tickets", bit(Right::read)}};
    TRY(update_role(tx, program, RecordId{7}, draft));
    return {};
  }));
  EXPECT_EQ(rights(7, "products"), 0u);
  EXPECT_EQ(rights(7, "tickets"), bit(Right::read));
}

}  // namespace
}  // namespace tandem::access
