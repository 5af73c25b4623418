#include "desk/activities/activity_reminders.h"

#include "access/actor.h"
#include "desk/activities/activities.h"
#include "desk/notifications/notifications.h"

namespace tandem::desk {

namespace {

constexpr int64_t late_ms_max = day_ms;

struct Due {
  RecordId id;
  RecordId owner;
};

std::vector<Due> due_reminders(db::Transaction& tx, OrgId org, const std::string& table) {
  std::string statement = "SELECT id, owner FROM " + table +
                          " WHERE org_id = $1 AND remind_at <= $2 AND remind_at > $3 AND "
                          "reminded_at IS NULL AND deleted_at IS NULL";
  if (table == tasks_module().name) statement += " AND status <> 'completed'";
  std::vector<Due> due;
  for (const db::Row& row :
       tx.rows(statement + " ORDER BY remind_at LIMIT $4",
               {org.value, tx.now().ms, tx.now().ms - late_ms_max, int64_t{db::bulk_rows_max}})) {
    due.push_back(
        {RecordId{row.integer(0)}, row.is_null(1) ? RecordId{} : RecordId{row.integer(1)}});
  }
  return due;
}

void remind_in(db::Transaction& tx, const access::Actor& program, const std::string& table) {
  for (const Due& one : due_reminders(tx, program.org, table)) {
    // No change that anybody reads: neither revision nor history move.
    tx.execute("UPDATE " + table + " SET reminded_at = $3 WHERE org_id = $1 AND id = $2",
               {program.org.value, one.id.value, tx.now().ms});
    if (one.owner) {
      tell_agent(tx, program, {NotificationKind::reminded, one.owner, table, one.id});
    }
  }
}

}  // namespace

void remind_of_activities(const Desk& desk) {
  std::vector<OrgId> organisations;
  desk.database.read([&](db::Transaction& tx) {
    for (const db::Row& row : tx.rows("SELECT id FROM organisations ORDER BY id"))
      organisations.push_back(OrgId{row.integer(0)});
  });
  for (const OrgId org : organisations) {
    const access::Actor program =
        access::system_actor(desk.catalogue, org, access::Path::automation);
    // What can't be written now is found again a minute later.
    (void)desk.database.write(
        [&](db::Transaction& tx) -> Result<void> {
          for (const records::ModuleDef* module : {&tasks_module(), &appointments_module()})
            remind_in(tx, program, module->name);
          return {};
        },
        db::Priority::bulk);
  }
}

void add_activity_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add_schedule("remind_of_activities", minute_ms,
                      [&desk](db::Database&) { remind_of_activities(desk); });
}

}  // namespace tandem::desk
