#include "notifications/reminders.h"

#include <vector>

#include "notifications/notifications.h"

namespace tandem::notifications {

namespace {

constexpr int64_t late_ms_max = day_ms;

struct Due {
  RecordId id;
  RecordId owner;
};

std::vector<Due> due_reminders(db::Transaction& tx, OrgId org, const Reminding& reminding) {
  std::string statement = "SELECT id, owner FROM " + reminding.module.table_name() +
                          " WHERE org_id = $1 AND remind_at <= $2 AND remind_at > $3 AND "
                          "reminded_at IS NULL AND deleted_at IS NULL";
  if (!reminding.while_sql.empty()) statement.append(" AND ").append(reminding.while_sql);
  std::vector<Due> due;
  for (const db::Row& row :
       tx.rows(statement + " ORDER BY remind_at LIMIT $4",
               {org.value, tx.now().ms, tx.now().ms - late_ms_max, int64_t{db::bulk_rows_max}})) {
    due.push_back(
        {RecordId{row.integer(0)}, row.is_null(1) ? RecordId{} : RecordId{row.integer(1)}});
  }
  return due;
}

}  // namespace

void remind(db::Transaction& tx, const access::Actor& program, const Reminding& reminding) {
  for (const Due& one : due_reminders(tx, program.org, reminding)) {
    // No change that anybody reads: neither revision nor history move.
    tx.execute("UPDATE " + reminding.module.table_name() +
                   " SET reminded_at = $3 WHERE org_id = $1 AND id = $2",
               {program.org.value, one.id.value, tx.now().ms});
    if (reminding.is_told && one.owner)
      tell_agent(tx, program, {reminding.kind, one.owner, reminding.module.name, one.id});
  }
}

}  // namespace tandem::notifications
