#include "tests/support/both_databases.h"

#include <cstdlib>
#include <map>
#include <stdexcept>

#include "db/migrate.h"
#include "tests/support/folder_of_test.h"

namespace tandem::test {

namespace {

std::unique_ptr<db::Database> prepared(const std::string& url, const Clock& clock,
                                       const Prepare& prepare) {
  auto database = db::open_database({.url = url}, clock);
  const auto migrated = db::migrate(*database, db::embedded_migrations());
  if (!migrated) throw std::runtime_error(migrated.error().message);
  prepare(*database);
  return database;
}

}  // namespace

const std::string& first_sqlite_file(const std::string& name, const Clock& clock,
                                     const Prepare& prepare) {
  static const FolderOfTest folder;
  static std::map<std::string, std::string> files;
  std::string& file = files[name];
  if (file.empty()) {
    file = folder.path() + "/" + name;
    // Closed at once: what it holds is in the file itself.
    prepared(file, clock, prepare).reset();
  }
  return file;
}

db::Kind database_of_run() {
  const char* wanted = std::getenv("TANDEM_TEST_DATABASE");
  return wanted != nullptr && std::string(wanted) == "postgres" ? db::Kind::postgres
                                                                : db::Kind::sqlite;
}

std::unique_ptr<db::Database> new_database(db::Kind kind, const Clock& clock,
                                           const std::string& name, const Prepare& prepare) {
  if (kind == db::Kind::postgres) return prepared(emptied_postgres_database(), clock, prepare);
  return db::open_database({.url = ":memory:" + first_sqlite_file(name, clock, prepare)}, clock);
}

}  // namespace tandem::test
