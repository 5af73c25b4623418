#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tandem::files {

struct ZipLimits {
  int64_t unpacked_bytes_max = 0;
  int64_t ratio_max = 0;  // of the unpacked bytes to the packed ones
};

/// The one file of a zip archive, unpacked piece by piece, so that its size costs no memory. What
/// the archive says of its file is not believed: bytes are counted, and their checksum is asked.
class ZippedFile {
 public:
  /// `archive` must outlive it. Refuses with invalid (file): "bad_zip", "encrypted_zip",
  /// "not_one_file" (none, several, a folder); with too_large "unpacked_too_large" what goes beyond
  /// the limits by its own word.
  static Result<ZippedFile> open(std::string_view archive, const ZipLimits& limits);
  ZippedFile(ZippedFile&&) noexcept;
  ~ZippedFile();

  /// As the archive says it: show it, never use it as a path.
  const std::string& name() const;
  /// The next bytes, at most 64 KiB; "" at the end. Refuses with invalid "bad_zip" what is damaged
  /// or longer than the archive said.
  Result<std::string> read();

 private:
  struct Inside;
  explicit ZippedFile(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tandem::files
