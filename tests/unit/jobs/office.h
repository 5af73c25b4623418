#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "jobs/claim.h"
#include "tests/support/both_databases.h"

namespace tandem::jobs {

/// Stands still until it is moved; several threads may look at it.
class HandClock final : public Clock {
 public:
  Instant now() const override { return {ms_.load()}; }
  void advance_ms(int64_t ms) { ms_ += ms; }

 private:
  std::atomic<int64_t> ms_{1'780'000'000'000};
};

/// A database with a stopped clock, and short words for what the tests ask.
class JobOffice : public test::OnBothDatabases {
 protected:
  JobOffice() { set_log_level(LogLevel::off); }

  int64_t add_job(const std::string& kind, const std::string& payload = "{}", int64_t delay_ms = 0,
                  const std::string& key = "", OrgId in_org = OrgId{1}) {
    const auto id = database->write([&](db::Transaction& tx) -> Result<int64_t> {
      return enqueue(tx, in_org, kind, payload, tx.now() + delay_ms, key);
    });
    return *id;
  }

  int64_t count(const std::string& table) {
    return database->read(
        [&](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM " + table); });
  }

  std::string text(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      const auto row = tx.row(sql);
      return row ? row->text(0) : std::string("(no row)");
    });
  }

  int64_t integer(const std::string& sql) {
    return database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }

  /// As a node that dies right after it claimed.
  std::vector<ClaimedJob> claim_and_die(const std::string& kind, int64_t lease_ms = minute_ms) {
    return claim_due(*database, "a dead node", {{kind, lease_ms}}, claim_rows_max);
  }

  template <class Act>
  bool in_write(Act&& act) {
    return *database->write([&](db::Transaction& tx) -> Result<bool> { return act(tx); });
  }

  HandClock clock;
  std::unique_ptr<db::Database> database = test::new_database(GetParam(), clock);
};

inline Outcome done() { return {}; }
inline Outcome retry(const std::string& reason) {
  return {.kind = Outcome::Kind::retry, .reason = reason};
}
inline Outcome no_more(const std::string& reason) {
  return {.kind = Outcome::Kind::give_up, .reason = reason};
}

constexpr uint64_t test_seed = 42;

}  // namespace tandem::jobs
