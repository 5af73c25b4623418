#include "desk/deleting.h"

namespace tandem::desk {

void delete_in_steps(db::Database& database, int64_t age_ms, const std::string& sql) {
  int64_t gone = 0;
  do {
    const Result<int64_t> deleted = database.write(
        [&](db::Transaction& tx) -> Result<int64_t> {
          return tx.execute(sql, {db::arg(tx.now() - age_ms), int64_t{db::bulk_rows_max}});
        },
        db::Priority::bulk);
    gone = deleted.value_or(0);
  } while (gone == db::bulk_rows_max);
}

}  // namespace tandem::desk
