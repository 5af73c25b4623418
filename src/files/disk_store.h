#pragma once

#include <filesystem>

#include "files/store.h"

namespace tandem::files {

/// Where the file with this random name lies below the folder.
std::filesystem::path stored_path(const std::filesystem::path& folder, const std::string& name);

/// Bytes as files below a folder: ab/cd/<32 random hexadecimal digits>. New bytes are written to
/// tmp/ and renamed when they are on the disk, so that a file below ab/cd is always whole. What a
/// crash leaves behind (a file without a row) is removed by sweep().
class DiskStore final : public FileStore {
 public:
  DiskStore(db::Database& database, const std::string& folder);
  Result<StoredFile> put(OrgId org, std::string_view bytes) override;
  std::optional<std::string> get(OrgId org, int64_t id) override;
  void forget(OrgId org, int64_t id) override;
  int sweep(const std::function<bool(OrgId, int64_t)>& is_kept) override;

 private:
  void write_durably(const std::string& name, std::string_view bytes) const;
  std::filesystem::path path_of(const std::string& name) const;
  int sweep_leftovers(Instant before) const;
  bool is_known(const std::string& name) const;

  db::Database& database_;
  std::filesystem::path folder_;
};

}  // namespace tandem::files
