#include "http/worker_pool.h"

#include <utility>

namespace tandem::http {

WorkerPool::WorkerPool(int workers, int queue_max, std::function<void(Job)> run)
    : queue_max_(static_cast<size_t>(queue_max)), run_(std::move(run)) {
  for (int index = 0; index < workers; ++index) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::push(Job& job) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_max_) return false;
    queue_.push_back(std::move(job));
    wake = idle_ > 0;
  }
  if (wake) has_work_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<Job> forgotten;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    forgotten.swap(queue_);
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    while (queue_.empty() && !stopping_) {
      ++idle_;
      has_work_.wait(lock);
      --idle_;
    }
    if (stopping_) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    run_(std::move(job));
    lock.lock();
  }
}

}  // namespace tandem::http
