#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace tandem::server {

/// Keeps a second `tandem serve` off the same data folder: a lock on its file serve.lock, which the
/// kernel takes back however the process ends. Other commands may run beside it.
class ServeLock {
 public:
  /// Refuses with conflict "folder_is_served" while another process serves the folder. Throws
  /// std::system_error when the folder gives no locks.
  static Result<std::unique_ptr<ServeLock>> take(const std::string& data_folder);
  ~ServeLock();
  ServeLock(const ServeLock&) = delete;
  ServeLock& operator=(const ServeLock&) = delete;

 private:
  explicit ServeLock(int file) : file_(file) {}
  int file_;
};

}  // namespace tandem::server
