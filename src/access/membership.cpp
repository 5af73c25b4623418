#include "access/membership.h"

#include <string>

namespace tandem::access {

bool belongs_somewhere(db::Transaction& tx, PersonId person) {
  const std::string sql =
      "SELECT COUNT(*) FROM people p WHERE p.id = $1 AND " + std::string(belongs_somewhere_sql);
  return tx.integer(sql, {person.value}) > 0;
}

}  // namespace tandem::access
