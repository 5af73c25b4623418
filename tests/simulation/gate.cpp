#include "tests/simulation/gate.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace tandem::simulation {

namespace {

constexpr int backlog = 16;
constexpr int look_again_ms = 100;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(uint16_t(port));
  return address;
}

bool is_ready(int socket) {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, look_again_ms) > 0;
}

/// False at the end of the stream.
bool copy_some(int from, int to) {
  std::array<char, 16'384> bytes;
  const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  for (ssize_t sent = 0; sent < count;) {
    const ssize_t more = ::send(to, bytes.data() + sent, size_t(count - sent), MSG_NOSIGNAL);
    if (more <= 0) return false;
    sent += more;
  }
  return true;
}

}  // namespace

Gate::Gate(int server_port) : server_port_(server_port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, backlog) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the gate can't listen");
  }
  port_ = ntohs(address.sin_port);
}

Gate::~Gate() {
  is_over_ = true;
  if (acceptor_.joinable()) acceptor_.join();
  visits_.clear();
  ::close(listener_);
}

void Gate::open() {
  acceptor_ = std::thread([this] { accept_forever(); });
}

void Gate::accept_forever() {
  while (!is_over_) {
    if (!is_ready(listener_)) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) visits_.emplace_back([this, client] { hand_on(client); });
  }
}

void Gate::hand_on(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(server_port_);
  bool goes_on = ::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  while (goes_on && !is_over_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), look_again_ms) <= 0) continue;
    if (ends[0].revents != 0) goes_on = copy_some(client, server);
    if (goes_on && ends[1].revents != 0) goes_on = copy_some(server, client);
  }
  ::close(client);
  ::close(server);
}

}  // namespace tandem::simulation
