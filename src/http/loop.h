#pragma once

// The one thread that holds all connections. Included by connection.cpp and server.cpp alone: it
// brings in Asio.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "http/server.h"
#include "http/worker_pool.h"

namespace tandem::http {

/// A file descriptor that closes itself; -1: none.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~OpenFile();
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// What a worker hands back.
struct Answer {
  Response response;
  OpenFile file;
};

struct Loop;

/// The way from other threads to the loop. Many answers of one moment cost one wake-up.
/// Shared: an event stream may speak up after its server has gone; nobody listens then.
class Inbox : public std::enable_shared_from_this<Inbox> {
 public:
  explicit Inbox(Loop& loop) : loop_(&loop) {}
  void put_answer(std::shared_ptr<Connection> connection, Answer answer);
  void wake_stream(std::weak_ptr<Connection> connection);
  /// From now on all is dropped.
  void close();

 private:
  void post_once();
  void drain();

  std::mutex mutex_;
  Loop* loop_ = nullptr;
  bool posted_ = false;
  std::vector<std::pair<std::shared_ptr<Connection>, Answer>> answers_;
  std::vector<std::weak_ptr<Connection>> woken_;
};

constexpr size_t read_chunk_bytes = 64 * 1024;

struct Loop {
  Loop(ServerOptions options_given, const Clock& clock_given);

  ServerOptions options;
  const Clock& clock;
  boost::asio::io_context io{1};
  std::shared_ptr<Inbox> inbox;
  std::unique_ptr<WorkerPool> workers;
  std::unique_ptr<WorkerPool> write_workers;  // null when `workers` do all
  // All connections read into, and send files from, this one buffer, so that an idle one holds
  // none.
  std::vector<char> scratch;
  std::unordered_set<std::shared_ptr<Connection>> connections;
  int64_t bodies_bytes = 0;
  bool stopping = false;
  /// The Date header, kept by the sweep.
  std::string date;

  std::atomic<int64_t> connection_count{0};
  std::atomic<int64_t> stream_count{0};
  std::atomic<int64_t> served_count{0};
  std::atomic<int64_t> busy_count{0};
};

Refusal server_is_busy();
/// A refusal that no handler made, in the words of the path's owner.
Response refusal_below(const FailureFace& face, std::string_view path, int status,
                       const Refusal& refusal);

/// Milliseconds of a clock that never jumps.
int64_t steady_ms();

}  // namespace tandem::http
