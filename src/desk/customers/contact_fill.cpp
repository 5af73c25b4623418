#include "desk/customers/contact_fill.h"

#include <fmt/format.h>

namespace tandem::desk {

int fill_contacts(db::Database& database, const ContactFill& fill,
                  const std::function<void(db::Transaction&, const db::Row&)>& each) {
  const std::string name(fill.name);
  const Result<int> looked_at = database.write(
      [&](db::Transaction& tx) -> Result<int> {
        tx.execute(
            "INSERT INTO contact_numbers_filled (name, last_org_id, last_id, is_done) "
            "VALUES ($1, 0, 0, 0) ON CONFLICT (name) DO NOTHING",
            {name});
        const std::optional<db::Row> place = tx.row(
            "SELECT last_org_id, last_id, is_done FROM contact_numbers_filled WHERE name = $1",
            {name});
        if (place->integer(2) != 0) return 0;
        const std::vector<db::Row> rows =
            tx.rows(fmt::format("SELECT org_id, id, {} FROM contacts WHERE (org_id > $1 "
                                "OR (org_id = $1 AND id > $2)){} ORDER BY org_id, id LIMIT $3",
                                fill.columns, fill.condition),
                    {place->integer(0), place->integer(1), int64_t{db::bulk_rows_max}});
        for (const db::Row& row : rows) each(tx, row);
        const bool is_done = rows.empty();
        tx.execute(
            "UPDATE contact_numbers_filled SET last_org_id = $2, last_id = $3, is_done = $4 "
            "WHERE name = $1",
            {name, is_done ? int64_t{0} : rows.back().integer(0),
             is_done ? int64_t{0} : rows.back().integer(1), int64_t{is_done}});
        return int(rows.size());
      },
      db::Priority::bulk);
  return looked_at ? *looked_at : 0;
}

}  // namespace tandem::desk
