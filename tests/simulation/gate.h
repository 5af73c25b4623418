#pragma once

#include <atomic>
#include <list>
#include <thread>

namespace tandem::simulation {

/// A port of loopback in front of a server's. While it is shut, whoever connects waits for the
/// first word; once open, it hands all bytes on.
class Gate {
 public:
  /// Shut at first.
  explicit Gate(int server_port);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  int port() const { return port_; }
  void open();

 private:
  void accept_forever();
  void hand_on(int client);

  const int server_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_over_ = false;
  std::list<std::jthread> visits_;
  std::thread acceptor_;
};

}  // namespace tandem::simulation
