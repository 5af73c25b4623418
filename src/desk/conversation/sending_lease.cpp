#include "desk/conversation/sending_lease.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>

#include "base/log.h"

namespace tandem::desk {

namespace {

constexpr int64_t renewals_per_lease = 3;

}  // namespace

int64_t take_sending_lease(db::Transaction& tx, const MailOnItsWay& mail) {
  const int64_t taken = tx.execute(
      "INSERT INTO mail_sendings (org_id, thread_id, ticket_id, lease_until) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (org_id, thread_id) DO UPDATE SET "
      "lease_until = excluded.lease_until WHERE mail_sendings.lease_until <= $5",
      {mail.org.value, mail.thread.value, mail.ticket.value, db::arg(tx.now() + mail.lease_ms),
       db::arg(tx.now())});
  if (taken == 1) return 0;
  const int64_t until =
      tx.integer("SELECT lease_until FROM mail_sendings WHERE org_id = $1 AND thread_id = $2",
                 {mail.org.value, mail.thread.value});
  return std::max<int64_t>(until - tx.now().ms, 1);
}

SendingLease::SendingLease(db::Database& database, const MailOnItsWay& mail, Instant taken_until)
    : database_(database), mail_(mail), until_(taken_until), thread_([this] { keep(); }) {}

SendingLease::~SendingLease() { end(); }

Instant SendingLease::end() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
  return until_;
}

void SendingLease::keep() {
  const std::chrono::milliseconds pause(std::max<int64_t>(mail_.lease_ms / renewals_per_lease, 1));
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (ended_.wait_for(lock, pause, [this] { return is_over_; })) return;
    }
    try {
      if (!renew()) return;
    } catch (const std::exception& failure) {
      // It lasts a while yet; the next round tries again.
      log_warning(std::string("can't renew the lease of a mail: ") + failure.what());
    }
  }
}

bool SendingLease::renew() {
  const auto renewed = database_.write([this](db::Transaction& tx) -> Result<Instant> {
    const Instant until = tx.now() + mail_.lease_ms;
    // The end of the lease tells ours from that of another node that took it meanwhile.
    const int64_t rows = tx.execute(
        "UPDATE mail_sendings SET lease_until = $4 "
        "WHERE org_id = $1 AND thread_id = $2 AND lease_until = $3",
        {mail_.org.value, mail_.thread.value, db::arg(until_), db::arg(until)});
    return rows == 1 ? until : Instant{};
  });
  if (!renewed || renewed->ms == 0) return false;
  until_ = *renewed;
  return true;
}

}  // namespace tandem::desk
