#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/database.h"

// Two nodes must not send one mail at once, also when one of them stands still and its job was
// taken over. So a mail on its way has a lease of its own: a row that is written before the server
// is called and renewed while the server takes its time.

namespace tandem::desk {

constexpr int64_t sending_lease_usual_ms = 300'000;

struct MailOnItsWay {
  OrgId org;
  RecordId thread;
  RecordId ticket;
  int64_t lease_ms = sending_lease_usual_ms;
};

/// 0 when the mail is ours now, else for how long it is still another's, in milliseconds: whoever
/// comes after a node that died waits only for the rest of its lease.
int64_t take_sending_lease(db::Transaction& tx, const MailOnItsWay& mail);

/// Renews a lease that was taken, from a thread of its own, until this object goes.
class SendingLease {
 public:
  /// `taken_until` is what take_sending_lease() wrote.
  SendingLease(db::Database& database, const MailOnItsWay& mail, Instant taken_until);
  ~SendingLease();
  /// Stops renewing; answers until when it was last ours, by which its row is known.
  Instant end();
  SendingLease(const SendingLease&) = delete;
  SendingLease& operator=(const SendingLease&) = delete;

 private:
  void keep();
  /// False when another node has it now.
  bool renew();

  db::Database& database_;
  const MailOnItsWay mail_;
  Instant until_;  // of the thread alone while it runs
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace tandem::desk
