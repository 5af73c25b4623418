#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem::files {

/// A file without a name, for bytes on their way: nobody else can open it, and it is gone with this
/// object, also when the process dies. Throws std::system_error when the disk refuses.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  void append(std::string_view bytes);
  int64_t size_bytes() const { return size_bytes_; }
  /// Opens it again, in this process alone and as long as this object lives.
  std::string path() const;

 private:
  int descriptor_ = -1;
  int64_t size_bytes_ = 0;
};

}  // namespace tandem::files
