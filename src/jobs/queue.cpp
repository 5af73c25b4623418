#include "jobs/queue.h"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace tandem::jobs {

int64_t enqueue(db::Transaction& tx, OrgId org, const std::string& kind,
                const std::string& payload_json, Instant run_at, const std::string& unique_key) {
  if (payload_json.size() > payload_bytes_max) {
    throw std::length_error("The payload of a job of kind " + kind + " is longer than 64 KiB");
  }
  const db::Value key = unique_key.empty() ? db::Value(nullptr) : db::Value(unique_key);
  return tx.integer(
      "INSERT INTO jobs (org_id, id, kind, payload, run_at, attempt, unique_key, waiting_key, "
      "lease_owner, lease_until, epoch, last_error, created_at) "
      "VALUES ($1, $2, $3, $4, $5, 0, $6, $6, '', 0, 0, '', $7) "
      "ON CONFLICT (org_id, kind, waiting_key) DO NOTHING RETURNING id",
      {org.value, tx.new_id(), kind, payload_json, db::arg(run_at), key, db::arg(tx.now())});
}

int64_t backoff_ms(const Policy& policy, int attempt, uint64_t random) {
  constexpr int doublings_max = 30;
  const int doublings = std::clamp(attempt, 0, doublings_max);
  const int64_t base_max = policy.backoff_cap_ms >> doublings;
  const int64_t ceiling_ms = policy.backoff_base_ms > base_max
                                 ? policy.backoff_cap_ms
                                 : policy.backoff_base_ms << doublings;
  return int64_t(random % uint64_t(std::max<int64_t>(ceiling_ms, 0) + 1));
}

uint64_t random_seed() {
  std::random_device device;
  return (uint64_t(device()) << 32) | device();
}

}  // namespace tandem::jobs
