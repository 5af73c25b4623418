#include "tests/api/database.h"

#include <filesystem>
#include <stdexcept>

#include "records/shape.h"
#include "server/program.h"
#include "tests/support/both_databases.h"

namespace tandem::test {

namespace {

void make_tables(db::Database& database) {
  access::Applications applications;
  server::add_all_applications(applications);
  for (const records::Catalogue& catalogue : applications.all()) {
    const Result<void> synced = records::sync_tables(database, catalogue);
    if (!synced) throw std::runtime_error(synced.error().message);
  }
}

}  // namespace

void place_database(server::Config& config, const Clock& clock) {
  if (database_of_run() == db::Kind::postgres) {
    config.database_url = emptied_postgres_database();
  } else {
    std::filesystem::copy_file(first_sqlite_file("all", clock, make_tables), config.database());
  }
}

}  // namespace tandem::test
