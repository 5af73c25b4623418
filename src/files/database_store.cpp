#include "files/database_store.h"

#include "base/crypto.h"
#include "db/write_guard.h"
#include "files/file_rows.h"

namespace tandem::files {

namespace {

constexpr size_t chunk_bytes = 1'024 * 1'024;

void insert_chunks(db::Transaction& tx, OrgId org, int64_t id, std::string_view bytes) {
  int64_t index = 0;
  for (size_t start = 0; start < bytes.size(); start += chunk_bytes) {
    tx.execute(
        "INSERT INTO file_bytes (org_id, id, chunk_index, bytes) VALUES ($1, $2, $3, $4)",
        {db::arg(org), id, index++, db::Bytes{std::string(bytes.substr(start, chunk_bytes))}});
  }
}

}  // namespace

Result<StoredFile> DatabaseStore::put(OrgId org, std::string_view bytes) {
  TRY(check_size(bytes));
  StoredFile file{0, int64_t(bytes.size()), to_hex(sha256(bytes))};
  const db::WriteGuard::Aside aside;
  file.id = TRY(database_.write([&](db::Transaction& tx) -> Result<int64_t> {
    const int64_t id = insert_file(tx, org, {"", file});
    insert_chunks(tx, org, id, bytes);
    return id;
  }));
  return file;
}

std::optional<std::string> DatabaseStore::get(OrgId org, int64_t id) {
  std::optional<FileRow> row;
  std::string bytes;
  database_.read([&](db::Transaction& tx) {
    bytes.clear();
    row = find_file(tx, org, id);
    if (!row) return;
    bytes.reserve(size_t(row->file.size_bytes));
    tx.for_each("SELECT bytes FROM file_bytes WHERE org_id = $1 AND id = $2 ORDER BY chunk_index",
                {db::arg(org), id}, [&](const db::RowView& chunk) {
                  bytes += chunk.bytes(0);
                  return true;
                });
  });
  if (!row) return std::nullopt;
  require_intact(row->file, bytes);
  return bytes;
}

void DatabaseStore::forget(OrgId org, int64_t id) {
  const auto forgotten = database_.write(
      [&](db::Transaction& tx) -> Result<bool> {
        delete_file(tx, org, id);
        return true;
      },
      db::Priority::bulk);
  static_cast<void>(*forgotten);
}

int DatabaseStore::sweep(const std::function<bool(OrgId, int64_t)>& is_kept) {
  int forgotten = 0;
  each_file_before(database_, database_.clock().now() - day_ms, [&](OrgId org, int64_t id) {
    if (is_kept(org, id)) return;
    forget(org, id);
    ++forgotten;
  });
  return forgotten;
}

}  // namespace tandem::files
