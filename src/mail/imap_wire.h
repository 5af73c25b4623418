#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mail/curl_handle.h"

namespace tandem::mail {

/// One line of the server with its literals taken out. `text` has "{}" where literal i stood.
struct ImapLine {
  std::string text;
  std::vector<std::string> literals;
};

/// The bytes of an IMAP conversation: lines and literals, within limits, over libcurl's socket (TLS
/// included). Every refusal means that the connection is of no further use.
class ImapWire {
 public:
  /// Connects up to the server's greeting and through STARTTLS; does not sign in.
  static Result<ImapWire> open(const ImapServer& server);

  Result<void> send(std::string_view bytes);
  /// The next line, waiting at most `timeout_ms`. Literals may hold `literal_bytes_max` together.
  Result<ImapLine> read(int timeout_ms, int64_t literal_bytes_max);
  /// Whether the server says something within the time. Refuses when the connection is gone.
  Result<bool> wait_for_bytes(int timeout_ms);

 private:
  ImapWire(CurlHandle handle, curl_socket_t socket, int timeout_ms)
      : handle_(std::move(handle)), socket_(socket), timeout_ms_(timeout_ms) {}
  /// Reads what is there into received_; false when there is nothing yet.
  Result<bool> receive();
  Result<std::string> read_to_line_end(int64_t deadline_ms, size_t bytes_max);
  Result<std::string> read_bytes(int64_t deadline_ms, size_t count);
  Result<void> receive_before(int64_t deadline_ms);
  void drop_read_bytes(size_t count);

  CurlHandle handle_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  int timeout_ms_ = 0;
  std::string received_;
  size_t read_at_ = 0;
};

/// Milliseconds of a clock that never jumps, for deadlines.
int64_t steady_clock_ms();

Refusal mail_server_unreachable(std::string_view why);
Refusal mail_server_confused(std::string_view why);

}  // namespace tandem::mail
