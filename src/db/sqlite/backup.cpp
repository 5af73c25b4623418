#include "db/sqlite/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tandem::db {

namespace {

constexpr int pages_per_step = 1'024;

DatabaseFailure broken(std::string_view what, const std::string& file) {
  return DatabaseFailure(fmt::format("can't {} {}: {}", what, file, std::strerror(errno)));
}

/// Makes the disk keep a file or a folder.
void sync_to_disk(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw broken("open", path);
  const int code = ::fsync(descriptor);
  ::close(descriptor);
  if (code != 0) throw broken("sync", path);
}

void copy_pages(SqliteConnection& source, const std::string& file) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> target(opened, &sqlite3_close_v2);
  if (code != SQLITE_OK)
    throw DatabaseFailure(fmt::format("can't write {}: {}", file, sqlite3_errstr(code)));
  sqlite3_backup* backup = sqlite3_backup_init(opened, "main", source.handle(), "main");
  if (backup == nullptr)
    throw DatabaseFailure(fmt::format("can't copy to {}: {}", file, sqlite3_errmsg(opened)));
  int step = SQLITE_OK;
  while (step == SQLITE_OK) step = sqlite3_backup_step(backup, pages_per_step);
  sqlite3_backup_finish(backup);
  if (step != SQLITE_DONE)
    throw DatabaseFailure(fmt::format("can't copy to {}: {}", file, sqlite3_errstr(step)));
}

}  // namespace

Result<void> copy_sqlite(SqliteConnection& source, const std::string& file) {
  const std::filesystem::path path = std::filesystem::absolute(file);
  if (std::filesystem::exists(path)) {
    return conflict("file_exists", fmt::format("{} exists already. Name a new file.", file),
                    "file");
  }
  const std::string folder = path.parent_path().string();
  if (!std::filesystem::is_directory(folder)) {
    return invalid("file", "no_such_folder", fmt::format("Make the folder {} first.", folder));
  }
  const std::string part = path.string() + ".part";
  try {
    std::filesystem::remove(part);
    // A snapshot held open keeps the copy from starting over each time somebody writes.
    source.run("BEGIN; SELECT count(*) FROM sqlite_master");
    copy_pages(source, part);
    source.roll_back();
    sync_to_disk(part);
    if (::rename(part.c_str(), path.c_str()) != 0) throw broken("rename to", path.string());
    sync_to_disk(folder);
  } catch (...) {
    source.roll_back();
    ::unlink(part.c_str());
    throw;
  }
  return {};
}

}  // namespace tandem::db
