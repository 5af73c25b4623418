#include "access/audit.h"

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class AuditLog : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    for (const std::string what : {"one", "two", "three", "four"}) {
      write([&](db::Transaction& tx) -> Result<void> {
        audit(tx, ada, what, "detail of " + what);
        return {};
      });
    }
  }
  int64_t fault() {
    return database->read([&](db::Transaction& tx) { return first_audit_fault(tx, org); });
  }
  int64_t length() {
    return database->read([&](db::Transaction& tx) {
      return tx.integer("SELECT COUNT(*) FROM audit_log WHERE org_id = $1", {db::arg(org)});
    });
  }
  void tamper(const std::string& sql) {
    write([&](db::Transaction& tx) -> Result<void> {
      tx.execute(sql, {db::arg(org)});
      return {};
    });
  }
};
TANDEM_ON_BOTH_DATABASES(AuditLog);

TEST_P(AuditLog, IsSoundWhenNobodyTouchedIt) { EXPECT_EQ(fault(), 0); }

TEST_P(AuditLog, ShowsAChangedEntry) {
  tamper("UPDATE audit_log SET detail = 'nothing happened' WHERE org_id = $1 AND what = 'two'");
  EXPECT_EQ(fault(), length() - 2);
}

TEST_P(AuditLog, ShowsAMissingEntry) {
  tamper("DELETE FROM audit_log WHERE org_id = $1 AND what = 'three'");
  EXPECT_EQ(fault(), length());
}

TEST_P(AuditLog, ShowsAMissingEnd) {
  tamper("DELETE FROM audit_log WHERE org_id = $1 AND what = 'four'");
  EXPECT_EQ(fault(), length() + 1);
}

TEST_P(AuditLog, IsReadNewestFirstInPages) {
  const auto page = [&](const std::string& cursor) {
    return database->read([&](db::Transaction& tx) { return list_audit(tx, ada, cursor, 2); });
  };
  const auto first = page("");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->entries[0].what, "four");
  EXPECT_EQ(first->entries[0].actor, "ada");
  const auto second = page(first->next_cursor);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->entries[0].what, "two");
  EXPECT_EQ(code_of(page("nonsense")), "bad_cursor");
}

TEST_P(AuditLog, IsReadOnlyByThoseWhoMay) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  const auto refused =
      database->read([&](db::Transaction& tx) { return list_audit(tx, ben, "", 10); });
  EXPECT_EQ(code_of(refused), "duty_missing");
}

TEST_P(AuditLog, WhatAPersonDoesStandsInTheLogOfEveryOneOfTheirOrganisations) {
  constexpr int others = 25;
  for (int number = 0; number < others; ++number) {
    write([&](db::Transaction& tx) -> Result<Agent> {
      const NewOrganisation made =
          TRY(create_organisation(tx, "desk", "Branch " + std::to_string(number), "en"));
      return add_agent(tx, system_actor(catalogue, made.organisation.id, Path::system),
                       {ada.person, made.agent_role, {}});
    });
  }
  write([&](db::Transaction& tx) -> Result<void> {
    audit_person(tx, ada.person, "192.0.2.1", "signed_in", "");
    return {};
  });
  const int64_t told = database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM audit_log WHERE what = 'signed_in'");
  });
  EXPECT_EQ(told, others + 1);
}

}  // namespace

}  // namespace tandem::access
