#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tandem::mail {

/// What a server says when it is told a line.
using Answering = std::function<std::string(const std::string& line)>;

/// A server on loopback that takes one connection and says its lines, one for each thing that it is
/// told, goes on with `then` if there is one, and hangs up.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> says, Answering then = {})
      : says_(std::move(says)), then_(std::move(then)) {
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        listen(socket_, 1) != 0 ||
        getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
      throw std::runtime_error("no port for the scripted server");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { talk(); });
  }
  ~ScriptedServer() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  int port() const { return port_; }

 private:
  void talk() {
    const int peer = accept(socket_, nullptr, nullptr);
    if (peer < 0) return;
    for (size_t i = 0; i < says_.size(); ++i) {
      if (i > 0 && !hear_line(peer)) break;
      say(peer, says_[i]);
    }
    while (then_) {
      const std::optional<std::string> line = hear_line(peer);
      if (!line) break;
      say(peer, then_(*line));
    }
    shutdown(peer, SHUT_WR);
    while (hear_line(peer)) continue;
    close(peer);
  }

  static void say(int peer, const std::string& words) {
    (void)!::send(peer, words.data(), words.size(), MSG_NOSIGNAL);
  }

  static std::optional<std::string> hear_line(int peer) {
    std::string line;
    for (char c = 0; recv(peer, &c, 1, 0) == 1;) {
      if (c == '\n') return line;
      line += c;
    }
    return std::nullopt;
  }

  std::vector<std::string> says_;
  Answering then_;
  int socket_ = -1;
  int port_ = 0;
  std::thread thread_;
};

/// What an IMAP server says until somebody is signed in, then `more`; the next tag is t4.
inline std::vector<std::string> signed_in_then(const std::vector<std::string>& more) {
  std::vector<std::string> says{"* OK ready\r\n",
                                "A001 OK\r\n",  // libcurl asks for capabilities first.
                                "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nt1 OK\r\n",
                                "t2 OK\r\n", "* CAPABILITY IMAP4rev1\r\nt3 OK\r\n"};
  says.insert(says.end(), more.begin(), more.end());
  return says;
}

constexpr const char* scripted_select =
    "* 1 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 2]\r\nt4 OK\r\n";

}  // namespace tandem::mail
