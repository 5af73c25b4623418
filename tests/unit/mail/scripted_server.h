#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tandem::mail {

/// A server on loopback that takes one connection and says its lines, one for each thing that it is
/// told, then hangs up.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> says) : says_(std::move(says)) {
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
      (void)!::send(peer, says_[i].data(), says_[i].size(), MSG_NOSIGNAL);
    }
    shutdown(peer, SHUT_WR);
    while (hear_line(peer)) continue;
    close(peer);
  }

  static bool hear_line(int peer) {
    for (char c = 0; recv(peer, &c, 1, 0) == 1;)
      if (c == '\n') return true;
    return false;
  }

  std::vector<std::string> says_;
  int socket_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace tandem::mail
