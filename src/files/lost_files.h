#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "db/database.h"

namespace tandem::files {

/// Rows whose bytes are missing or of another length.
struct LostFiles {
  int64_t count = 0;
  std::vector<std::string> shown;  // one line for each of the first
};

/// Looks for the bytes of every row of `files`, in `folder` or in the database, wherever the row
/// says they are. Asks for lengths only and reads no bytes; may run while people work.
LostFiles find_lost_files(db::Database& database, const std::filesystem::path& folder,
                          size_t shown_max);

}  // namespace tandem::files
