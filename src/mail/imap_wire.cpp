#include "mail/imap_wire.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "mail/imap.h"

namespace tandem::mail {
namespace {

enum class Direction { in, out };

// Waits until the socket is ready; false when the time is over.
bool wait_ready(curl_socket_t socket, Direction direction, int64_t timeout_ms) {
  pollfd entry{socket, static_cast<short>(direction == Direction::in ? POLLIN : POLLOUT), 0};
  const int64_t deadline = steady_clock_ms() + timeout_ms;
  while (true) {
    const int left = static_cast<int>(std::max<int64_t>(0, deadline - steady_clock_ms()));
    const int ready = poll(&entry, 1, left);
    if (ready >= 0) return ready > 0;
    if (errno != EINTR) return false;
  }
}

// The n of a line that ends in "{n}"; nothing when it does not.
std::optional<size_t> literal_size(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const size_t open = line.rfind('{');
  if (open == line.npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  constexpr size_t digits_max = 12;
  if (digits.empty() || digits.size() > digits_max) return std::nullopt;
  size_t size = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    size = size * 10 + static_cast<size_t>(digit - '0');
  }
  return size;
}

}  // namespace

int64_t steady_clock_ms() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

Refusal mail_server_unreachable(std::string_view why) {
  Refusal refusal = busy(fmt::format(
      "The mail server cannot be reached: {}. Check its name, port and security.", why));
  refusal.code = "mail_server_unreachable";
  return refusal;
}

Refusal mail_server_confused(std::string_view why) {
  Refusal refusal = busy(fmt::format("The mail server did not keep to IMAP: {}.", why));
  refusal.code = "mail_server_confused";
  return refusal;
}

Result<ImapWire> ImapWire::open(const ImapServer& server) {
  CurlHandle handle = TRY(open_curl(server, "imap"));
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
  const CURLcode done = curl_easy_perform(handle.get());
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, nullptr);
  if (const auto closed = refused_address(handle); closed && done != CURLE_OK) return *closed;
  if (done != CURLE_OK)
    return mail_server_unreachable(
        to_utf8_lossy(std::strlen(error) > 0 ? error : curl_easy_strerror(done)));
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle.get(), CURLINFO_ACTIVESOCKET, &socket);
  if (socket == CURL_SOCKET_BAD) return mail_server_unreachable("the connection was closed");
  return ImapWire(std::move(handle), socket, server.timeout_ms);
}

Result<void> ImapWire::send(std::string_view bytes) {
  const int64_t deadline = steady_clock_ms() + timeout_ms_;
  while (!bytes.empty()) {
    size_t sent = 0;
    const CURLcode done = curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &sent);
    if (done != CURLE_OK && done != CURLE_AGAIN)
      return mail_server_unreachable(curl_easy_strerror(done));
    bytes.remove_prefix(sent);
    if (bytes.empty()) break;
    const int64_t left = deadline - steady_clock_ms();
    if (left <= 0 || !wait_ready(socket_, Direction::out, left))
      return mail_server_unreachable("it did not take our words in time");
  }
  return {};
}

Result<bool> ImapWire::receive() {
  std::array<char, 16 * 1024> buffer;
  size_t count = 0;
  const CURLcode done = curl_easy_recv(handle_.get(), buffer.data(), buffer.size(), &count);
  if (done == CURLE_AGAIN) return false;
  if (done != CURLE_OK) return mail_server_unreachable(curl_easy_strerror(done));
  if (count == 0) return mail_server_unreachable("it closed the connection");
  received_.append(buffer.data(), count);
  return true;
}

// TLS may hold bytes that the socket no longer shows, so the connection is asked before the socket.
Result<void> ImapWire::receive_before(int64_t deadline_ms) {
  while (true) {
    const bool has_some = TRY(receive());
    if (has_some) return {};
    const int64_t left = deadline_ms - steady_clock_ms();
    if (left <= 0 || !wait_ready(socket_, Direction::in, left))
      return mail_server_unreachable("it did not answer in time");
  }
}

Result<bool> ImapWire::wait_for_bytes(int timeout_ms) {
  if (read_at_ < received_.size()) return true;
  const int64_t deadline = steady_clock_ms() + timeout_ms;
  while (true) {
    const bool has_some = TRY(receive());
    if (has_some) return true;
    const int64_t left = deadline - steady_clock_ms();
    if (left <= 0 || !wait_ready(socket_, Direction::in, left)) return false;
  }
}

void ImapWire::drop_read_bytes(size_t count) {
  read_at_ += count;
  constexpr size_t kept_bytes_max = 256 * 1024;
  if (read_at_ == received_.size() || read_at_ > kept_bytes_max) {
    received_.erase(0, read_at_);
    read_at_ = 0;
  }
}

Result<std::string> ImapWire::read_to_line_end(int64_t deadline_ms, size_t bytes_max) {
  size_t searched = read_at_;
  while (true) {
    const size_t end = received_.find('\n', searched);
    const size_t length = (end == std::string::npos ? received_.size() : end) - read_at_;
    if (length > bytes_max) return mail_server_confused("a line is longer than 64 KiB");
    if (end != std::string::npos) {
      std::string line = received_.substr(read_at_, length);
      if (line.ends_with('\r')) line.pop_back();
      drop_read_bytes(length + 1);
      return line;
    }
    searched = received_.size();
    TRY(receive_before(deadline_ms));
  }
}

// A large mail over a slow line is fine, but not one that drips for ever.
Result<std::string> ImapWire::read_bytes(int64_t deadline_ms, size_t count) {
  constexpr int64_t least_bytes_per_ms = 1;
  deadline_ms += static_cast<int64_t>(count) / least_bytes_per_ms;
  std::string bytes;
  while (true) {
    const size_t ready = std::min(count - bytes.size(), received_.size() - read_at_);
    bytes.append(received_, read_at_, ready);
    drop_read_bytes(ready);
    if (bytes.size() == count) return bytes;
    TRY(receive_before(deadline_ms));
  }
}

Result<ImapLine> ImapWire::read(int timeout_ms, int64_t literal_bytes_max) {
  ImapLine line;
  int64_t literal_bytes_left = literal_bytes_max;
  constexpr size_t literals_max = 100;
  while (true) {
    const int64_t deadline = steady_clock_ms() + timeout_ms;
    const std::string piece =
        TRY(read_to_line_end(deadline, imap_line_bytes_max - line.text.size()));
    line.text += piece;
    const std::optional<size_t> size = literal_size(piece);
    if (!size) return line;
    if (static_cast<int64_t>(*size) > literal_bytes_left || line.literals.size() >= literals_max)
      return mail_server_confused("it sent more than it was asked for");
    literal_bytes_left -= static_cast<int64_t>(*size);
    std::string literal = TRY(read_bytes(deadline, *size));
    line.literals.push_back(std::move(literal));
    line.text.resize(line.text.rfind('{'));
    line.text += "{}";
    if (line.text.size() >= imap_line_bytes_max)
      return mail_server_confused("a line is longer than 64 KiB");
  }
}

}  // namespace tandem::mail
