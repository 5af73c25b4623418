#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "http/message.h"

namespace tandem::http {

class Connection;

/// A request on its way to a worker. Shared: the connection may be closed while the worker still
/// runs.
struct Job {
  std::shared_ptr<Connection> connection;
  Request request;
};

/// Threads that run jobs from one bounded queue, oldest first.
class WorkerPool {
 public:
  WorkerPool(int workers, int queue_max, std::function<void(Job)> run);
  ~WorkerPool();

  /// False when the queue is full; `job` is then untouched.
  bool push(Job& job);
  /// Forgets what waits, lets what runs finish, joins the threads.
  void stop();

 private:
  void work();

  const size_t queue_max_;
  const std::function<void(Job)> run_;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<Job> queue_;
  int idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tandem::http
