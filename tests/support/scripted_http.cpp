#include "tests/support/scripted_http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>

namespace tandem::test {

namespace {

constexpr int turn_ms = 20;

std::string http_answer(const std::string& status_line, const std::string& body) {
  return status_line + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

/// Head and body are there, as Content-Length says.
bool is_whole(const std::string& heard) {
  const size_t end_of_head = heard.find("\r\n\r\n");
  if (end_of_head == std::string::npos) return false;
  constexpr std::string_view length_name = "Content-Length: ";
  const size_t at = heard.find(length_name);
  size_t length = 0;
  if (at != std::string::npos && at < end_of_head) {
    std::from_chars(heard.data() + at + length_name.size(), heard.data() + heard.size(), length);
  }
  return heard.size() >= end_of_head + 4 + length;
}

}  // namespace

ScriptedHttp::ScriptedHttp(const std::string& status_line) : answer_(http_answer(status_line, "")) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no loopback port to listen on");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedHttp::~ScriptedHttp() {
  is_ending_ = true;
  thread_.join();
  close(listener_);
}

void ScriptedHttp::answers(const std::string& status_line, const std::string& body) {
  answers_bytes(http_answer(status_line, body));
}

void ScriptedHttp::answers_bytes(const std::string& bytes) {
  const std::lock_guard lock(mutex_);
  answer_ = bytes;
  is_silent_ = false;
}

void ScriptedHttp::stays_silent() {
  const std::lock_guard lock(mutex_);
  is_silent_ = true;
}

std::string ScriptedHttp::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<std::string> ScriptedHttp::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ScriptedHttp::serve() {
  while (!is_ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, turn_ms) <= 0) continue;
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    serve_one(connection);
    close(connection);
  }
}

void ScriptedHttp::serve_one(int connection) {
  std::string heard;
  bool is_answered = false;
  // After the answer it listens on, so that the caller closes first and reads all of it.
  while (!is_ending_) {
    pollfd waiting{connection, POLLIN, 0};
    if (poll(&waiting, 1, turn_ms) > 0) {
      char bytes[4'096];
      const ssize_t count = recv(connection, bytes, sizeof bytes, 0);
      if (count <= 0) return;
      heard.append(bytes, size_t(count));
    }
    if (is_answered || !is_whole(heard)) continue;
    is_answered = true;
    const std::lock_guard lock(mutex_);
    requests_.push_back(heard);
    if (is_silent_) continue;
    send(connection, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    shutdown(connection, SHUT_WR);
  }
}

}  // namespace tandem::test
