#include "files/disk_store.h"

#include <chrono>
#include <system_error>
#include <vector>

#include "base/crypto.h"
#include "db/write_guard.h"
#include "files/durable.h"
#include "files/file_rows.h"

namespace tandem::files {

namespace {

namespace fs = std::filesystem;

constexpr size_t name_digits = 32;
constexpr const char* unfinished_folder = "tmp";

Instant changed_at(const fs::directory_entry& entry) {
  std::error_code gone;
  const fs::file_time_type time = entry.last_write_time(gone);
  if (gone) return {};
  const auto system_time = std::chrono::file_clock::to_sys(time);
  return {std::chrono::duration_cast<std::chrono::milliseconds>(system_time.time_since_epoch())
              .count()};
}

std::vector<fs::directory_entry> files_before(const fs::path& folder, Instant before) {
  std::vector<fs::directory_entry> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && changed_at(entry) < before) found.push_back(entry);
  }
  return found;
}

}  // namespace

fs::path stored_path(const fs::path& folder, const std::string& name) {
  if (name.size() < name_digits) return folder / name;  // None of ours.
  return folder / name.substr(0, 2) / name.substr(2, 2) / name;
}

DiskStore::DiskStore(db::Database& database, const std::string& folder)
    : database_(database), folder_(folder) {
  make_folder_durably(folder_ / unfinished_folder);
}

Result<StoredFile> DiskStore::put(OrgId org, std::string_view bytes) {
  TRY(check_size(bytes));
  const std::string name = random_hex(name_digits);
  StoredFile file{0, int64_t(bytes.size()), to_hex(sha256(bytes))};
  write_durably(name, bytes);
  const db::WriteGuard::Aside aside;
  file.id = TRY(database_.write(
      [&](db::Transaction& tx) -> Result<int64_t> { return insert_file(tx, org, {name, file}); }));
  return file;
}

std::optional<std::string> DiskStore::get(OrgId org, int64_t id) {
  const auto row = database_.read([&](db::Transaction& tx) { return find_file(tx, org, id); });
  if (!row) return std::nullopt;
  std::optional<std::string> bytes = read_whole(path_of(row->name));
  if (bytes) require_intact(row->file, *bytes);
  return bytes;
}

void DiskStore::forget(OrgId org, int64_t id) {
  // The row goes first: a crash in between leaves a file that sweep() finds, never a row without
  // bytes.
  const auto name = database_.write(
      [&](db::Transaction& tx) -> Result<std::string> {
        const std::optional<FileRow> row = find_file(tx, org, id);
        delete_file(tx, org, id);
        return row ? row->name : "";
      },
      db::Priority::bulk);
  std::error_code gone;
  if (!name->empty()) fs::remove(path_of(*name), gone);
}

int DiskStore::sweep(const std::function<bool(OrgId, int64_t)>& is_kept) {
  const Instant before = database_.clock().now() - day_ms;
  int forgotten = 0;
  each_file_before(database_, before, [&](OrgId org, int64_t id) {
    if (is_kept(org, id)) return;
    forget(org, id);
    ++forgotten;
  });
  return forgotten + sweep_leftovers(before);
}

void DiskStore::write_durably(const std::string& name, std::string_view bytes) const {
  const fs::path unfinished = folder_ / unfinished_folder / name;
  const fs::path final_path = path_of(name);
  make_folder_durably(final_path.parent_path());
  write_and_sync(unfinished, bytes);
  fs::rename(unfinished, final_path);
  sync_folder(final_path.parent_path());
}

fs::path DiskStore::path_of(const std::string& name) const { return stored_path(folder_, name); }

int DiskStore::sweep_leftovers(Instant before) const {
  int removed = 0;
  for (const fs::directory_entry& entry : files_before(folder_, before)) {
    if (is_known(entry.path().filename().string())) continue;
    std::error_code gone;
    if (fs::remove(entry.path(), gone)) ++removed;
  }
  return removed;
}

bool DiskStore::is_known(const std::string& name) const {
  return database_.read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM files WHERE name = $1", {name}) > 0;
  });
}

}  // namespace tandem::files
