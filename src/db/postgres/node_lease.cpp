#include "db/postgres/node_lease.h"

#include <chrono>

#include "base/crypto.h"
#include "base/log.h"

namespace tandem::db {

namespace {

constexpr int64_t lease_ms = 60 * second_ms;
constexpr auto renew_each = std::chrono::seconds(20);

int64_t steady_ms() {
  const auto at = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(at).count();
}

// Numbers never used come first, then the one that has been free for longest.
constexpr const char* take_sql = R"(
  WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms),
  free AS (
    SELECT candidate.number
    FROM generate_series(0, 255) AS candidate(number)
    LEFT JOIN nodes ON nodes.number = candidate.number
    WHERE nodes.number IS NULL OR nodes.leased_until < (SELECT now_ms FROM clock)
    ORDER BY COALESCE(nodes.leased_until, 0), candidate.number
    LIMIT 1)
  INSERT INTO nodes (number, holder, leased_until)
  SELECT free.number, $1, clock.now_ms + $2 FROM free, clock
  ON CONFLICT (number) DO UPDATE SET holder = EXCLUDED.holder, leased_until = EXCLUDED.leased_until
  RETURNING number)";

constexpr const char* renew_sql = R"(
  UPDATE nodes SET leased_until = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + $3
  WHERE number = $1 AND holder = $2)";

}  // namespace

NodeLease::NodeLease(const std::string& url) : connection_(url), holder_(random_hex(32)) {
  connection_.ensure_open();
  const int64_t asked_at_ms = steady_ms();
  connection_.run("BEGIN; LOCK TABLE nodes IN EXCLUSIVE MODE");
  const PostgresResult taken = connection_.run(take_sql, {holder_, lease_ms});
  connection_.run("COMMIT");
  if (PQntuples(taken.get()) == 0)
    throw DatabaseFailure("all 256 node numbers of this database are taken");
  number_ = std::stoi(PQgetvalue(taken.get(), 0, 0));
  held_until_ms_ = asked_at_ms + lease_ms;
  thread_ = std::thread([this] { work(); });
}

NodeLease::~NodeLease() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  try {
    connection_.ensure_open();
    connection_.run(renew_sql, {int64_t(number_), holder_, int64_t(-1)});
  } catch (const DatabaseFailure&) {
    // The lease runs out by itself.
  }
}

void NodeLease::check_held() const {
  if (!lost_ && steady_ms() < held_until_ms_) return;
  throw DatabaseFailure(
      "the lease of this node's number has run out: writing is refused until it is renewed");
}

void NodeLease::work() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, renew_each, [&] { return stopping_; })) {
    lock.unlock();
    try {
      renew();
    } catch (const DatabaseFailure& failure) {
      log_warning(std::string("can't renew the lease of the node number: ") + failure.what());
      connection_.drop_if_broken();
    }
    lock.lock();
  }
}

void NodeLease::renew() {
  connection_.ensure_open();
  const int64_t asked_at_ms = steady_ms();
  const PostgresResult renewed = connection_.run(renew_sql, {int64_t(number_), holder_, lease_ms});
  if (std::string_view(PQcmdTuples(renewed.get())) == "1") {
    held_until_ms_ = asked_at_ms + lease_ms;
  } else if (!lost_.exchange(true)) {
    log_error("another process has taken this node's number: restart this one");
  }
}

}  // namespace tandem::db
