#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace tandem::db {

/// A fixed number of connections; who finds none free waits for one.
template <class Resource>
class ResourcePool {
 public:
  void add(std::unique_ptr<Resource> resource) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(resource));
    }
    freed_.notify_one();
  }

  /// One of them while it is lent.
  class Lent {
   public:
    explicit Lent(ResourcePool& pool) : pool_(pool), resource_(pool.take()) {}
    ~Lent() { pool_.add(std::move(resource_)); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    Resource& operator*() const { return *resource_; }
    Resource* operator->() const { return resource_.get(); }

   private:
    ResourcePool& pool_;
    std::unique_ptr<Resource> resource_;
  };

 private:
  /// The one used last: its cache is warm, and the others may rest.
  std::unique_ptr<Resource> take() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return !free_.empty(); });
    std::unique_ptr<Resource> resource = std::move(free_.back());
    free_.pop_back();
    return resource;
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Resource>> free_;
};

}  // namespace tandem::db
