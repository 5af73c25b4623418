#pragma once

#include <atomic>

namespace tandem {

/// Goes up when the program is told to end. Work in steps asks it between two of them, so that it
/// ends soon and goes on at the next start.
class StopSign {
 public:
  StopSign() = default;  // never goes up
  /// `is_up` outlives the sign.
  explicit StopSign(const std::atomic<bool>& is_up) : is_up_(&is_up) {}
  bool is_up() const { return is_up_ && is_up_->load(); }

 private:
  const std::atomic<bool>* is_up_ = nullptr;
};

}  // namespace tandem
