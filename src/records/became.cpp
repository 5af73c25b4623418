#include "records/became.h"

namespace tandem::records {

bool may_become(std::string_view module) {
  return module == "contacts" || module == "leads" || module == "accounts";
}

Became what_became(db::Transaction& tx, OrgId org) {
  Became became;
  tx.for_each("SELECT module, record_id, target_id FROM became WHERE org_id = $1 LIMIT $2",
              {org.value, int64_t{became_max}}, [&](const db::RowView& row) {
                became[std::string(row.text(0))][row.integer(1)] = row.integer(2);
                return true;
              });
  for (auto& [module, steps] : became) {
    for (auto& [record, target] : steps) {
      for (size_t step = 0; step < steps.size() && steps.contains(target); ++step)
        target = steps.at(target);
    }
  }
  return became;
}

void note_became(db::Transaction& tx, OrgId org, const std::string& module, RecordId record,
                 RecordId target, RecordId merge) {
  tx.execute(
      "INSERT INTO became (org_id, module, record_id, target_id, merge_id) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, module, record_id) "
      "DO UPDATE SET target_id = excluded.target_id, merge_id = excluded.merge_id",
      {org.value, module, record.value, target.value, merge.value});
}

void forget_what_became(db::Transaction& tx, OrgId org, RecordId merge) {
  tx.execute("DELETE FROM became WHERE org_id = $1 AND merge_id = $2", {org.value, merge.value});
}

bool is_on_its_way(db::Transaction& tx, OrgId org, const std::string& module, RecordId record) {
  return tx
      .row(
          "SELECT 1 FROM became WHERE org_id = $1 AND module = $2 "
          "AND (record_id = $3 OR target_id = $3) LIMIT 1",
          {org.value, module, record.value})
      .has_value();
}

}  // namespace tandem::records
