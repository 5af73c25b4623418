#include "files/store.h"

#include "files/database_store.h"
#include "files/disk_store.h"

namespace tandem::files {

std::unique_ptr<FileStore> open_file_store(db::Database& database, const std::string& folder) {
  switch (database.kind()) {
    case db::Kind::sqlite: return std::make_unique<DiskStore>(database, folder);
    case db::Kind::postgres: return std::make_unique<DatabaseStore>(database);
  }
  return nullptr;
}

}  // namespace tandem::files
