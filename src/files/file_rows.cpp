#include "files/file_rows.h"

#include <stdexcept>
#include <utility>
#include <vector>

#include "base/crypto.h"

namespace tandem::files {

namespace {

constexpr int64_t sweep_rows_max = 500;

using FileKey = std::pair<int64_t, int64_t>;  // organisation, id

std::vector<FileKey> keys_after(db::Transaction& tx, FileKey last, Instant before) {
  std::vector<FileKey> keys;
  tx.for_each(
      "SELECT org_id, id FROM files WHERE (org_id > $1 OR (org_id = $1 AND id > $2)) "
      "AND created_at < $3 ORDER BY org_id, id LIMIT $4",
      {last.first, last.second, db::arg(before), sweep_rows_max}, [&](const db::RowView& row) {
        keys.emplace_back(row.integer(0), row.integer(1));
        return true;
      });
  return keys;
}

}  // namespace

Result<void> check_size(std::string_view bytes) {
  if (int64_t(bytes.size()) <= file_bytes_max) return {};
  return too_large("file_too_large", "Send a file of at most 50 MiB", "file");
}

int64_t insert_file(db::Transaction& tx, OrgId org, const FileRow& row) {
  const int64_t id = tx.new_id();
  tx.execute(
      "INSERT INTO files (org_id, id, name, size_bytes, sha256, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      {db::arg(org), id, row.name, row.file.size_bytes, row.file.sha256_hex, db::arg(tx.now())});
  return id;
}

std::optional<FileRow> find_file(db::Transaction& tx, OrgId org, int64_t id) {
  const std::optional<db::Row> row =
      tx.row("SELECT name, size_bytes, sha256 FROM files WHERE org_id = $1 AND id = $2",
             {db::arg(org), id});
  if (!row) return std::nullopt;
  return FileRow{row->text(0), {id, row->integer(1), row->text(2)}};
}

void delete_file(db::Transaction& tx, OrgId org, int64_t id) {
  tx.execute("DELETE FROM file_bytes WHERE org_id = $1 AND id = $2", {db::arg(org), id});
  tx.execute("DELETE FROM files WHERE org_id = $1 AND id = $2", {db::arg(org), id});
}

void each_file_before(db::Database& database, Instant before,
                      const std::function<void(OrgId, int64_t)>& visit) {
  FileKey last{0, 0};
  while (true) {
    const std::vector<FileKey> keys =
        database.read([&](db::Transaction& tx) { return keys_after(tx, last, before); });
    if (keys.empty()) return;
    for (const auto& [org, id] : keys) visit(OrgId{org}, id);
    last = keys.back();
  }
}

void require_intact(const StoredFile& file, std::string_view bytes) {
  if (int64_t(bytes.size()) == file.size_bytes && to_hex(sha256(bytes)) == file.sha256_hex) return;
  throw std::runtime_error("The stored file " + std::to_string(file.id) +
                           " is damaged: restore it from a backup");
}

}  // namespace tandem::files
