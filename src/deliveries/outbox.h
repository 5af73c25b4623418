#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/stop_sign.h"
#include "db/database.h"
#include "deliveries/call_report.h"

// What waits for servers of others: contents that are queued in the transaction of whoever found
// them, travel together in one request, and stay together at each later try.

namespace tandem::deliveries {

constexpr int64_t batch_chars_max = 1'000'000;
/// Of one content, over about a day.
constexpr int64_t attempts_max = 13;
/// So often what came later waits for what failed; after that it goes past.
constexpr int64_t attempts_in_order = 5;
/// Nothing was accepted for so long, and so many tries failed: the receiver is silent.
constexpr int64_t silent_max_ms = day_ms;
constexpr int64_t silent_failures_min = 10;
constexpr int64_t waiting_max = 10'000;  // for one receiver
constexpr int64_t delivered_kept_ms = 7 * day_ms;
constexpr int64_t failed_kept_ms = 30 * day_ms;

/// The tables of one kind of receivers. Each begins with org_id and id.
struct Outbox {
  /// Has url, sending_until, failures_in_row, failing_since.
  std::string_view receivers;
  /// Has the receiver's id, content, state (waiting, delivered, failed), batch_id, attempts,
  /// created_at, next_try_at, tried_at, status, answer.
  std::string_view deliveries;
  /// "webhook": its id stands in webhook_id, and the job is called send_webhook.
  std::string_view receiver;
  int64_t contents_max = 1;  // in one request
};

/// Queues the job that sends what waits, now or at `at`. One that waits for later comes forward.
void queue_sending(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver,
                   Instant at);

/// A receiver that takes nothing must not fill the database.
bool has_room(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver);

struct Batch {
  OrgId org;
  RecordId receiver;
  int64_t id = 0;
  int64_t attempt = 0;                // 1 at the first
  std::vector<std::string> contents;  // in their order
  Instant lease_until;                // by which the batch is known to be ours
};

/// What a sender finds.
struct NextBatch {
  std::optional<Batch> batch;
  /// When to look again, if there is no batch; nothing when nothing waits.
  std::optional<Instant> look_at;
};

/// Takes the oldest batch that is due. What failed holds up what came later for its first tries
/// alone. The lease keeps other senders off the receiver. Whether the receiver is still to have
/// anything, the caller knows.
NextBatch take_batch(db::Transaction& tx, const Outbox& outbox, OrgId org, RecordId receiver,
                     int64_t lease_ms);

/// How a receiver stands after a report.
enum class Standing {
  lost,     // the lease was lost: another sender has the batch, and nothing was noted
  fine,     // it accepted
  failing,  // it did not
  silent,   // it accepted nothing for silent_max_ms
  gone      // it wants nothing any more
};

/// Notes what became of a batch and gives the lease back. `pause_ms`: until the next try.
Standing note_report(db::Transaction& tx, const Outbox& outbox, const Batch& batch,
                     const CallReport& report, int64_t pause_ms);

/// Forgets what was kept long enough.
void sweep(db::Database& database, const Outbox& outbox, const StopSign& stop = {});

}  // namespace tandem::deliveries
