#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "deliveries/outbox.h"
#include "jobs/queue.h"

// Sends what waits in an outbox, in order: at least once. A server that does not answer keeps
// neither a thread of the worker nor the servers of others waiting.

namespace tandem::deliveries {

using http::MayReach;

constexpr int call_timeout_usual_ms = http::outgoing_timeout_usual_ms;

/// How long to wait after try number `attempt` (from 1): half of a doubling wait and a random part
/// of the other half, at most six hours, and no less than the receiver asked for.
int64_t pause_ms(int64_t attempt, int64_t retry_after_ms, uint64_t random);

/// A POST that is due. The lease of its batch is taken.
struct DueCall {
  Batch batch;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};
struct NextCall {
  std::optional<DueCall> call;
  /// When to look again, if there is no call; nothing when nothing waits.
  std::optional<Instant> look_at;
};

/// How one kind of receivers is served.
struct Sender {
  db::Database& database;
  Outbox outbox;
  MayReach may_reach;
  int timeout_ms = call_timeout_usual_ms;  // of one call
  /// Takes the batch that is due, by take_batch, and writes the call.
  std::function<NextCall(db::Transaction&, OrgId, RecordId receiver, int64_t lease_ms)> take;
  /// Notes what became of it, by note_report, and draws the consequence.
  std::function<void(db::Transaction&, const Batch&, const CallReport&, int64_t pause_ms)> note;
};

/// Tells the worker to handle the jobs of queue_sending, and to sweep the outbox.
void add_sender(jobs::Worker& worker, Sender sender);

}  // namespace tandem::deliveries
