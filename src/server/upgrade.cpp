#include "server/upgrade.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "base/log.h"

namespace tandem::server {

namespace {

namespace fs = std::filesystem;

/// When the file was changed last; nothing when it is not there or empty.
std::optional<fs::file_time_type> changed_at(const std::string& file) {
  std::error_code failure;
  const auto bytes = fs::file_size(file, failure);
  if (failure || bytes == 0) return std::nullopt;
  const fs::file_time_type time = fs::last_write_time(file, failure);
  return failure ? std::nullopt : std::optional(time);
}

/// Whether nothing was written to the database since the copy was made.
bool is_as_new(const std::string& copy, const std::string& database_file) {
  const auto copied = changed_at(copy);
  // What is not there is older than everything.
  return copied && copied > changed_at(database_file) &&
         copied > changed_at(database_file + "-wal");
}

/// The last step the database has had: its version.
std::string last_step(db::Database& database) {
  return database.read([](db::Transaction& tx) {
    const auto row = tx.row("SELECT MAX(name) FROM schema_migrations");
    return row ? row->text(0) : std::string();
  });
}

/// Answers the copy.
std::string back_up(db::Database& database, const std::string& database_file,
                    const std::string& backups) {
  fs::create_directories(backups);
  const std::string copy = fmt::format("{}/before-upgrade-of-{}.db", backups, last_step(database));
  if (is_as_new(copy, database_file)) {
    log_info("The copy " + copy + " is still that of the database before its schema changes.");
    return copy;
  }
  // The former copy goes when the new one is whole.
  const std::string fresh = copy + ".new";
  fs::remove(fresh);
  const Result<void> done = database.back_up_to(fresh);
  if (!done) throw db::DatabaseFailure("no backup before the migration: " + done.error().message);
  fs::rename(fresh, copy);
  log_info("Backed up to " + copy + " before the schema changes.");
  return copy;
}

}  // namespace

Result<void> upgrade(db::Database& database, const std::string& database_file,
                     const std::string& backups, const std::vector<db::Migration>& migrations) {
  std::string copy;
  const auto before_change = [&] {
    if (database.kind() == db::Kind::sqlite) {
      copy = back_up(database, database_file, backups);
      return;
    }
    log_warning(
        "The schema is about to change; PostgreSQL is backed up with pg_dump, not by this "
        "program.");
  };
  try {
    TRY(db::migrate(database, migrations, before_change));
  } catch (const db::DatabaseFailure& failure) {
    if (copy.empty()) throw;
    throw db::DatabaseFailure(
        fmt::format("The upgrade of the database failed: {}. To go back, put {} in place as {} "
                    "(delete {}-wal and {}-shm) and start the former version of the program.",
                    failure.what(), copy, database_file, database_file, database_file));
  }
  return {};
}

}  // namespace tandem::server
