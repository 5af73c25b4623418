#include "desk/mail/mailbox_poller.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "base/crypto.h"
#include "base/log.h"
#include "desk/mail/mailbox_round.h"
#include "desk/mail/mailbox_rows.h"

namespace tandem::desk {

namespace {

constexpr int64_t look_for_mailboxes_ms = 2'000;
constexpr int64_t wait_at_most_ms = 5'000;
/// A lease is looked at more often than this within its length, and renewed when half is over.
constexpr int64_t looks_per_lease = 4;
constexpr int64_t backoff_first_ms = 1'000;

/// Sleeps that end early when the poller stops.
class Stopper {
 public:
  bool is_stopped() const { return stopped_; }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }
  void sleep_ms(int64_t ms) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stopped_.load(); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopped_ = false;
};

/// The thread of one mailbox.
class Loop {
 public:
  struct Lease {
    std::string owner;
    int64_t length_ms = 0;
  };
  Loop(const Desk& desk, OrgId org, RecordId mailbox, Lease lease)
      : desk_(desk), org_(org), id_(mailbox), lease_(std::move(lease)), thread_([this] {
          run();
        }) {}
  ~Loop() {
    stopper_.stop();
    thread_.join();
  }
  void ask_to_stop() { stopper_.stop(); }

 private:
  void run() {
    while (!stopper_.is_stopped()) {
      try {
        if (!hold_lease()) {
          session_.reset();
          stopper_.sleep_ms(pause_ms_max());
          continue;
        }
        const Result<void> done = one_round();
        if (!done) fail(done.error().message);
      } catch (const std::exception& failure) {
        fail(failure.what());
      }
    }
    session_.reset();
    release_lease();
  }

  /// Reads what is new and waits for more.
  Result<void> one_round() {
    Mailbox mailbox;
    mail::ImapServer server;
    TRY(load(mailbox, server));
    const std::string place = fmt::format("{}:{} {} {} {}", server.host, server.port,
                                          mailbox.imap.security, server.user, mailbox.imap.folder);
    if (!session_ || place != place_) {
      session_.reset();
      mail::ImapSession opened = TRY(mail::ImapSession::open(server));
      session_.emplace(std::move(opened));
      place_ = place;
    }
    TRY(read_new_mails(desk_, mailbox, *session_, [this] { return should_go_on(); }));
    note_mailbox_success(desk_, mailbox);
    failures_ = 0;
    if (!should_go_on()) return {};
    return wait_until_next(mailbox.poll_seconds * 1'000);
  }

  /// In short pieces, so that stopping is quick. The server that can tell of new mail ends it
  /// early.
  Result<void> wait_until_next(int pause_ms) {
    const int piece_ms = int(pause_ms_max());
    const int interval_ms = std::min(pause_ms, piece_ms);
    for (int waited_ms = 0; waited_ms < std::max(pause_ms, piece_ms); waited_ms += piece_ms) {
      const mail::WaitEnd end = TRY(session_->wait_for_mail(piece_ms, interval_ms));
      if (end == mail::WaitEnd::something_new || !should_go_on()) break;
    }
    return {};
  }

  Result<void> load(Mailbox& mailbox, mail::ImapServer& server) {
    return desk_.database.read([&](db::Transaction& tx) -> Result<void> {
      std::optional<Mailbox> found = find_mailbox(tx, org_, id_);
      if (!found) return not_found("The mailbox was removed.");
      mailbox = std::move(*found);
      server = TRY(imap_server_of(tx, desk_, mailbox));
      return {};
    });
  }

  void fail(const std::string& message) {
    session_.reset();
    const int64_t pause = std::min(backoff_first_ms << std::min(failures_, 6), poll_backoff_max_ms);
    ++failures_;
    log_warning(fmt::format("mailbox {}: {}", id_.value, message));
    try {
      note_mailbox_failure(desk_, {.id = id_, .org = org_}, message);
    } catch (const std::exception& failure) {
      log_error(failure.what());
    }
    stopper_.sleep_ms(pause);
  }

  int64_t pause_ms_max() const {
    return std::min(wait_at_most_ms, lease_.length_ms / looks_per_lease);
  }

  /// Asked between mails and while waiting: a full mailbox takes longer than a lease lasts.
  bool should_go_on() { return !stopper_.is_stopped() && hold_lease(); }

  /// Renewed when half of it is over.
  bool hold_lease() {
    const Instant now = desk_.database.clock().now();
    if (lease_until_ - now > lease_.length_ms / 2) return true;
    const auto held = desk_.database.write([&](db::Transaction& tx) -> Result<bool> {
      return tx.execute(
                 "UPDATE mailboxes SET lease_owner = $3, lease_until = $4 "
                 "WHERE org_id = $1 AND id = $2 AND (lease_owner = $3 OR lease_until < $5)",
                 {org_.value, id_.value, lease_.owner, (tx.now() + lease_.length_ms).ms,
                  tx.now().ms}) == 1;
    });
    if (!held || !*held) return false;
    lease_until_ = now + lease_.length_ms;
    return true;
  }

  void release_lease() {
    try {
      const auto released = desk_.database.write([&](db::Transaction& tx) -> Result<bool> {
        tx.execute(
            "UPDATE mailboxes SET lease_until = 0 "
            "WHERE org_id = $1 AND id = $2 AND lease_owner = $3",
            {org_.value, id_.value, lease_.owner});
        return true;
      });
      (void)released;  // It runs out by itself as well.
    } catch (const std::exception& failure) {
      log_warning(failure.what());
    }
  }

  const Desk& desk_;
  OrgId org_;
  RecordId id_;
  const Lease lease_;
  std::string place_;
  std::optional<mail::ImapSession> session_;
  Instant lease_until_;
  int failures_ = 0;
  Stopper stopper_;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace

struct MailboxPoller::Inside {
  Inside(const Desk& the_desk, int64_t lease_ms)
      : desk(the_desk), lease{random_hex(16), lease_ms} {}

  const Desk& desk;
  const Loop::Lease lease;
  Stopper stopper;
  std::map<std::pair<OrgId, RecordId>, std::unique_ptr<Loop>> loops;
  std::thread supervisor;

  void look() {
    const std::vector<Mailbox> wanted = desk.database.read([&](db::Transaction& tx) {
      return select_mailboxes(tx, "WHERE is_enabled = 1 AND imap_host <> ''", {});
    });
    std::map<std::pair<OrgId, RecordId>, std::unique_ptr<Loop>> kept;
    for (const Mailbox& mailbox : wanted) {
      const auto key = std::pair(mailbox.org, mailbox.id);
      const auto running = loops.find(key);
      kept[key] = running != loops.end()
                      ? std::move(running->second)
                      : std::make_unique<Loop>(desk, mailbox.org, mailbox.id, lease);
    }
    for (auto& [key, loop] : loops) {
      if (loop) loop->ask_to_stop();
    }
    loops = std::move(kept);
  }

  void run() {
    while (!stopper.is_stopped()) {
      try {
        look();
      } catch (const std::exception& failure) {
        log_error(fmt::format("mailboxes can't be listed: {}", failure.what()));
      }
      stopper.sleep_ms(look_for_mailboxes_ms);
    }
    for (auto& [key, loop] : loops) {
      if (loop) loop->ask_to_stop();
    }
    loops.clear();
  }
};

MailboxPoller::MailboxPoller(const Desk& desk, int64_t lease_ms)
    : inside_(std::make_unique<Inside>(desk, lease_ms)) {}

MailboxPoller::~MailboxPoller() { stop(); }

void MailboxPoller::start() {
  if (inside_->supervisor.joinable()) return;
  inside_->supervisor = std::thread([inside = inside_.get()] { inside->run(); });
}

void MailboxPoller::stop() {
  inside_->stopper.stop();
  if (inside_->supervisor.joinable()) inside_->supervisor.join();
}

}  // namespace tandem::desk
