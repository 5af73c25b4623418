#include "access/throttle.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr size_t address_bytes_max = 64;

struct Patience {
  int64_t free = 0;
  int64_t cap_ms = 0;
};

Patience patience_of(ThrottleSubject subject) {
  switch (subject) {
    case ThrottleSubject::account: return {5, 30 * second_ms};
    case ThrottleSubject::known_pair: return {10, 15 * minute_ms};
    case ThrottleSubject::address: return {20, 15 * minute_ms};
    case ThrottleSubject::network: return {40, 15 * minute_ms};
  }
  return {};
}

bool names_an_account(ThrottleSubject subject) {
  return subject == ThrottleSubject::account || subject == ThrottleSubject::known_pair;
}

struct Count {
  int64_t failures = 0;
  Instant last_at;
  Instant free_at;
};

/// Writes the row before it reads it, so that of two attempts at once one waits for the other.
Count locked_count(db::Transaction& tx, const std::string& subject) {
  tx.execute(
      "INSERT INTO login_attempts (subject, failures, last_at, free_at) VALUES ($1, 0, $2, $2) "
      "ON CONFLICT (subject) DO UPDATE SET failures = login_attempts.failures",
      {subject, db::arg(tx.now())});
  const auto row =
      tx.row("SELECT failures, last_at, free_at FROM login_attempts WHERE subject = $1", {subject});
  Count count{row->integer(0), row->instant(1), row->instant(2)};
  if (tx.now() - count.last_at > throttle_memory_ms) count.failures = 0;
  return count;
}

void add_address(std::vector<Attempt>& attempts, std::string_view address,
                 const std::string& prefix) {
  const std::string network = network_of(address);
  const std::string whole(address.substr(0, address_bytes_max));
  attempts.push_back({ThrottleSubject::address, prefix + "address:" + whole});
  if (network == whole) return;
  attempts.push_back({ThrottleSubject::network, prefix + "network:" + network});
}

}  // namespace

int64_t throttle_delay_ms(ThrottleSubject subject, int64_t failures) {
  const Patience patience = patience_of(subject);
  if (failures <= patience.free) return 0;
  const int64_t doublings = std::min<int64_t>(failures - patience.free - 1, 20);
  return std::min(second_ms << doublings, patience.cap_ms);
}

std::string network_of(std::string_view address) {
  const std::string text(address.substr(0, address_bytes_max));
  in6_addr bytes{};
  if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
    char mapped[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &bytes.s6_addr[12], mapped, sizeof mapped);
    return mapped;
  }
  std::memset(&bytes.s6_addr[8], 0, 8);
  char network[INET6_ADDRSTRLEN];
  inet_ntop(AF_INET6, &bytes, network, sizeof network);
  return std::string(network) + "/64";
}

std::vector<Attempt> attempts_of(std::string_view account, std::string_view address,
                                 KnowsNetwork known) {
  const std::string network = network_of(address);
  const std::string name = ascii_lower(trim(account));
  std::vector<Attempt> attempts;
  if (known == KnowsNetwork::yes) {
    attempts.push_back(
        {ThrottleSubject::known_pair, "pair:" + to_hex(sha256(name + "\n" + network))});
  } else {
    attempts.push_back({ThrottleSubject::account, "account:" + to_hex(sha256(name))});
  }
  add_address(attempts, address, "");
  return attempts;
}

std::vector<Attempt> attempts_from(std::string_view address, std::string_view purpose) {
  std::vector<Attempt> attempts;
  if (!address.empty()) add_address(attempts, address, std::string(purpose) + " ");
  return attempts;
}

Result<void> begin_attempt(db::Transaction& tx, const std::vector<Attempt>& attempts) {
  int64_t wait_ms = 0;
  for (const Attempt& attempt : attempts) {
    const Count count = locked_count(tx, attempt.subject);
    wait_ms = std::max(wait_ms, count.free_at - tx.now());
    const int64_t failures = count.failures + 1;
    tx.execute(
        "UPDATE login_attempts SET failures = $2, last_at = $3, free_at = $4 WHERE subject = $1",
        {attempt.subject, failures, db::arg(tx.now()),
         db::arg(tx.now() + throttle_delay_ms(attempt.kind, failures))});
  }
  // The refusal rolls the counting back: waiting too little does not make the wait longer.
  if (wait_ms > 0) return throttled(wait_ms);
  return {};
}

void take_back_attempt(db::Transaction& tx, const std::vector<Attempt>& attempts, Proven proven) {
  for (const Attempt& attempt : attempts) {
    if (proven == Proven::everything && names_an_account(attempt.kind)) {
      tx.execute("DELETE FROM login_attempts WHERE subject = $1", {attempt.subject});
    } else {
      tx.execute(
          "UPDATE login_attempts SET failures = failures - 1, free_at = $2 "
          "WHERE subject = $1 AND failures > 0",
          {attempt.subject, db::arg(tx.now())});
    }
  }
}

Refusal throttled(int64_t wait_ms) {
  const int64_t seconds = std::max<int64_t>(1, (wait_ms + second_ms - 1) / second_ms);
  Refusal refusal = busy(fmt::format("Too many attempts. Try again in {} seconds.", seconds));
  refusal.code = "throttled";
  return refusal;
}

}  // namespace tandem::access
