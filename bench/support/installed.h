#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace tandem::bench {

/// The program in a process of its own; it is stopped at the end.
class Installed {
 public:
  static constexpr int port = 18'473;

  /// Serves the record in this folder.
  explicit Installed(const std::string& folder);
  ~Installed();
  Installed(const Installed&) = delete;
  Installed& operator=(const Installed&) = delete;

  void wait_for_answer() const;

  /// Megabytes of VmRSS, or of VmHWM, the most there ever was.
  double memory_mb(const std::string& what) const;

  /// The body as it is sent, nothing when nobody answers. `encoding`: what a browser would take,
  /// "gzip" or "identity".
  static std::optional<std::string> get(const std::string& path,
                                        const std::string& encoding = "identity");

 private:
  pid_t process_ = 0;
};

}  // namespace tandem::bench
