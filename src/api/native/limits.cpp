#include "api/native/limits.h"

#include "db/database.h"
#include "imports/imports.h"

namespace tandem::api::native {

void append_shared_limits(JsonWriter& json) {
  json.number("bulk_ids", db::bulk_rows_max);
  json.number("import_file_bytes", imports::import_file_bytes_max);
}

}  // namespace tandem::api::native
