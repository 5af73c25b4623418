#pragma once

#include <memory>

#include "desk/desk.h"

namespace tandem::desk {

constexpr int64_t poll_backoff_max_ms = 60'000;
constexpr int64_t poll_lease_ms = 90'000;

/// Reads every enabled mailbox of every organisation, each on a thread and session of its own, so
/// that one that fails never stops the others. A lease row keeps two nodes off the same mailbox.
/// New, changed and removed mailboxes are noticed within seconds.
class MailboxPoller {
 public:
  /// `lease_ms`: after so long another node reads the mailboxes of one that died.
  explicit MailboxPoller(const Desk& desk, int64_t lease_ms = poll_lease_ms);
  ~MailboxPoller();
  void start();
  /// Waits for the mail in hand; at most a few seconds.
  void stop();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// One round over one mailbox on this thread: what is new is taken in. Answers how many mails.
Result<int> poll_once(const Desk& desk, OrgId org, RecordId mailbox);

}  // namespace tandem::desk
