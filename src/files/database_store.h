#pragma once

#include "files/store.h"

namespace tandem::files {

/// Bytes as rows of at most chunk_bytes, so that every node sees them.
class DatabaseStore final : public FileStore {
 public:
  explicit DatabaseStore(db::Database& database) : database_(database) {}
  Result<StoredFile> put(OrgId org, std::string_view bytes) override;
  std::optional<std::string> get(OrgId org, int64_t id) override;
  void forget(OrgId org, int64_t id) override;
  int sweep(const std::function<bool(OrgId, int64_t)>& is_kept) override;

 private:
  db::Database& database_;
};

}  // namespace tandem::files
