#include "desk/activities/activity_reminders.h"

#include "access/actor.h"
#include "desk/activities/activities.h"
#include "desk/notifications/notifications.h"
#include "notifications/reminders.h"

namespace tandem::desk {

namespace {

void remind_in(db::Transaction& tx, const access::Actor& program) {
  const std::string kind(word(NotificationKind::reminded));
  notifications::remind(tx, program, {tasks_module(), kind, "status <> 'completed'"});
  notifications::remind(tx, program, {appointments_module(), kind});
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
          remind_in(tx, program);
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
