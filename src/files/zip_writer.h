#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"

namespace tandem::files {

/// The next bytes of a file that is packed, at least one; "" at the end. What it refuses or throws
/// ends the archive, and nothing is left of it.
using ZipSource = std::function<Result<std::string>()>;

/// A zip archive of one file, packed piece by piece; the archive alone is held. Refuses as the
/// source does, and with too_large "archive_too_large" as soon as it grows beyond `bytes_max`.
/// Throws std::system_error when the disk refuses.
Result<std::string> zip_one(const std::string& name, ZipSource source, int64_t bytes_max);

}  // namespace tandem::files
