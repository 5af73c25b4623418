#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "db/database.h"

// Bytes of attachments and raw mails. On SQLite they are files below the data folder, named by
// random ids, never by senders; with PostgreSQL they are rows, so that every node sees them.

namespace tandem::files {

constexpr int64_t file_bytes_max = 50 * 1024 * 1024;

struct StoredFile {
  int64_t id = 0;
  int64_t size_bytes = 0;
  std::string sha256_hex;
};

class FileStore {
 public:
  virtual ~FileStore() = default;
  /// Makes the bytes durable (temporary file, fsync, rename, fsync of the folder) before it
  /// returns; then the caller's transaction keeps the id. Bytes that no row keeps are swept after a
  /// day by sweep(). Refuses with too_large.
  virtual Result<StoredFile> put(OrgId org, std::string_view bytes) = 0;
  /// Nothing when it is gone.
  virtual std::optional<std::string> get(OrgId org, int64_t id) = 0;
  virtual void forget(OrgId org, int64_t id) = 0;
  /// Forgets files older than a day for which `is_kept` says no; answers how many.
  virtual int sweep(const std::function<bool(OrgId, int64_t)>& is_kept) = 0;
};

/// `folder` is used with SQLite only.
std::unique_ptr<FileStore> open_file_store(db::Database& database, const std::string& folder);

}  // namespace tandem::files
