#pragma once

#include <functional>
#include <optional>
#include <string>

#include "files/store.h"

// The table `files`, which both stores keep.

namespace tandem::files {

struct FileRow {
  std::string name;  // in the data folder; empty when the bytes are rows
  StoredFile file;
};

/// Refuses with too_large what is longer than file_bytes_max.
Result<void> check_size(std::string_view bytes);
/// Answers the row's new id.
int64_t insert_file(db::Transaction& tx, OrgId org, const FileRow& row);
std::optional<FileRow> find_file(db::Transaction& tx, OrgId org, int64_t id);
void delete_file(db::Transaction& tx, OrgId org, int64_t id);

/// Calls `visit` for every file made before `before`, outside any transaction, so that it may ask
/// the database and forget the file.
void each_file_before(db::Database& database, Instant before,
                      const std::function<void(OrgId, int64_t)>& visit);

/// Throws when the bytes are not those that were put: the disk broke, or somebody changed them.
void require_intact(const StoredFile& file, std::string_view bytes);

}  // namespace tandem::files
