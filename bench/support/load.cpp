#include "bench/support/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <system_error>

namespace tandem::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr size_t read_bytes = 256 * 1024;
constexpr int wait_ms_max = 10'000;  // an answer that takes longer ends the measurement

[[noreturn]] void fail(const char* act) {
  throw std::system_error(errno, std::generic_category(), act);
}

int connect_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(uint16_t(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (descriptor < 0 ||
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect");
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return descriptor;
}

/// One connection: what it asked for and what has come of the answer.
struct Client {
  int descriptor = -1;
  SteadyClock::time_point asked_at;
  std::string head;           // until the blank line
  int64_t body_missing = -1;  // -1: still reading the head
  bool is_good = false;
};

class Load {
 public:
  Load(const LoadOptions& options, const RequestMaker& make_request)
      : options_(options), make_request_(make_request), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    buffer_.resize(read_bytes);
    clients_.resize(size_t(options.connections));
    for (size_t index = 0; index < clients_.size(); ++index) {
      clients_[index].descriptor = connect_to(options.port);
      epoll_event wanted{.events = EPOLLIN, .data = {.u64 = index}};
      if (::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_[index].descriptor, &wanted) != 0) {
        fail("epoll_ctl");
      }
    }
  }
  ~Load() {
    for (const Client& client : clients_) ::close(client.descriptor);
    ::close(poll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  LoadFigures run() {
    const double cpu_before_us = cpu_us_of_process();
    const auto start = SteadyClock::now();
    ends_at_ = start + std::chrono::milliseconds(options_.duration_ms);
    for (Client& client : clients_) ask(client);
    std::vector<epoll_event> events(clients_.size());
    while (waiting_ > 0) {
      const int count = ::epoll_wait(poll_, events.data(), int(events.size()), wait_ms_max);
      if (count == 0) throw std::runtime_error("the server does not answer");
      if (count < 0 && errno != EINTR) fail("epoll_wait");
      for (int at = 0; at < count; ++at) take(clients_[events[size_t(at)].data.u64]);
    }
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
    LoadFigures figures = figures_of(std::move(waits_us_), seconds);
    figures.cpu_us =
        (cpu_us_of_process() - cpu_before_us) / double(std::max<int64_t>(1, figures.answers));
    figures.failures = failures_;
    figures.answer_bytes = answer_bytes_;
    return figures;
  }

 private:
  void ask(Client& client) {
    const bool has_asked_enough = options_.requests_max > 0 && asked_ >= options_.requests_max;
    if (has_asked_enough || SteadyClock::now() >= ends_at_) return;
    const std::string request = make_request_(draw_);
    client.head.clear();
    client.body_missing = -1;
    client.asked_at = SteadyClock::now();
    // Requests are small and the socket is empty: one call takes them whole.
    if (::send(client.descriptor, request.data(), request.size(), MSG_NOSIGNAL) !=
        ssize_t(request.size())) {
      fail("send");
    }
    ++asked_;
    ++waiting_;
  }

  void take(Client& client) {
    const ssize_t count = ::recv(client.descriptor, buffer_.data(), buffer_.size(), 0);
    if (count <= 0) throw std::runtime_error("the server closed a connection");
    std::string_view bytes(buffer_.data(), size_t(count));
    if (client.body_missing < 0) bytes = read_head(client, bytes);
    if (client.body_missing < 0) return;
    client.body_missing -= int64_t(bytes.size());
    if (client.body_missing > 0) return;
    const auto wait = SteadyClock::now() - client.asked_at;
    waits_us_.push_back(
        uint32_t(std::chrono::duration_cast<std::chrono::microseconds>(wait).count()));
    if (!client.is_good) ++failures_;
    --waiting_;
    ask(client);
  }

  /// Answers what of the bytes belongs to the body.
  std::string_view read_head(Client& client, std::string_view bytes) {
    const size_t before = client.head.size();
    client.head += bytes;
    const size_t end = client.head.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    client.is_good = client.head.starts_with("HTTP/1.1 2");
    const size_t length = client.head.find("Content-Length: ");
    client.body_missing = 0;
    if (length < end) {
      std::from_chars(client.head.data() + length + 16, client.head.data() + end,
                      client.body_missing);
    }
    answer_bytes_ = client.body_missing;
    return bytes.substr(end + 4 - before);
  }

  const LoadOptions& options_;
  const RequestMaker& make_request_;
  int poll_ = -1;
  Draw draw_{7};
  std::vector<Client> clients_;
  std::vector<char> buffer_;
  std::vector<uint32_t> waits_us_;
  SteadyClock::time_point ends_at_;
  int64_t asked_ = 0;
  int64_t waiting_ = 0;
  int64_t failures_ = 0;
  int64_t answer_bytes_ = 0;
};

}  // namespace

double cpu_us_of_process() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
         double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

LoadFigures figures_of(std::vector<uint32_t> waits_us, double seconds) {
  LoadFigures figures;
  figures.answers = int64_t(waits_us.size());
  if (waits_us.empty()) return figures;
  std::sort(waits_us.begin(), waits_us.end());
  figures.per_second = double(waits_us.size()) / seconds;
  figures.p50_ms = waits_us[waits_us.size() / 2] / 1'000.0;
  figures.p99_ms = waits_us[waits_us.size() * 99 / 100] / 1'000.0;
  return figures;
}

LoadFigures run_load(const LoadOptions& options, const RequestMaker& make_request) {
  return Load(options, make_request).run();
}

}  // namespace tandem::bench
