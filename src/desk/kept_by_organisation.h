#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "records/shape.h"

namespace tandem::desk {

/// What was worked out from an organisation's settings, kept until their version or the fields of
/// tickets change. `T` has `version` and `shape`. From any thread.
template <class T>
class KeptByOrganisation {
 public:
  /// Nothing when it has to be worked out anew.
  std::shared_ptr<const T> find(OrgId org, int64_t version, const records::ShapeRef& shape) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(org.value);
    const bool counts =
        at != kept_.end() && at->second->version == version && at->second->shape == shape;
    return counts ? at->second : nullptr;
  }

  void keep(OrgId org, std::shared_ptr<const T> made) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= organisations_max) kept_.clear();
    kept_.insert_or_assign(org.value, std::move(made));
  }

 private:
  static constexpr size_t organisations_max = 1'000;

  std::mutex mutex_;
  std::unordered_map<int64_t, std::shared_ptr<const T>> kept_;
};

}  // namespace tandem::desk
