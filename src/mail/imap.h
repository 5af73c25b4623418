#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mail/server_address.h"

namespace tandem::mail {

constexpr size_t imap_line_bytes_max = 64 * 1024;
constexpr int imap_list_max = 1'000;

struct MailboxState {
  /// When this differs from the value seen before, all known uids mean nothing any more.
  uint32_t uid_validity = 0;
  /// The next new mail gets at least this uid.
  uint32_t uid_next = 0;
  uint32_t exists = 0;
};

struct MailSize {
  uint32_t uid = 0;
  int64_t size_bytes = 0;
};

enum class WaitEnd { something_new, time_over };

/// One conversation with an IMAP server (RFC 3501, 2177, 5530). Not for two threads at once.
/// Refusals of every call: busy, code "mail_server_unreachable" (network, TLS, time-out) or
/// "mail_server_confused" (it broke the protocol or a limit), after which the session is of no use;
/// also busy "mail_server_unreachable": a NO or BAD that says it will pass; unauthenticated, code
/// "mail_login_refused"; invalid, code "mail_server_refused" (any other NO or BAD, with the
/// server's words).
class ImapSession {
 public:
  /// Connects, goes to TLS as asked, and signs in.
  static Result<ImapSession> open(const ImapServer& server);

  ImapSession(ImapSession&&) noexcept;
  ImapSession& operator=(ImapSession&&) noexcept;
  /// Says goodbye when the connection still works.
  ~ImapSession();

  /// Opens a mailbox; `mailbox` is UTF-8 ("INBOX", "Archiv/Äpfel"). Refuses with not_found when
  /// there is none.
  Result<MailboxState> select(std::string_view mailbox);
  /// The mails with a uid of at least `first_uid`, lowest first, at most `count_max` (1 to
  /// imap_list_max) of them.
  Result<std::vector<MailSize>> list_from(uint32_t first_uid, int count_max);
  /// The raw mail; does not mark it as seen. Refuses with not_found when the server says OK and has
  /// nothing, so that it is gone for certain; too_large above `bytes_max`.
  Result<std::string> fetch(uint32_t uid, int64_t bytes_max);
  Result<void> mark_seen(uint32_t uid);
  /// Waits until the open mailbox changes or the time is over, by IDLE, else by asking every
  /// `poll_interval_ms`.
  Result<WaitEnd> wait_for_mail(int timeout_ms, int poll_interval_ms = 30'000);
  void logout();

 private:
  struct State;
  explicit ImapSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Mailbox names travel in modified UTF-7 (RFC 3501, 5.1.3).
std::string to_modified_utf7(std::string_view utf8);

}  // namespace tandem::mail
