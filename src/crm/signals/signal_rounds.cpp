#include "crm/signals/signal_rounds.h"

#include "access/organisations.h"
#include "crm/modules.h"
#include "crm/organisation_setup.h"
#include "crm/signals/signals.h"
#include "notifications/reminders.h"

namespace tandem::crm {

namespace {

/// The place that the telling has reached, in the order of due day and id.
struct Place {
  int64_t due_on = 0;  // days since 1970
  int64_t task = 0;
};

/// An organisation that was never told begins with what was due the day before.
Place place_of(db::Transaction& tx, OrgId org, int64_t first_open_day) {
  const std::optional<db::Row> row =
      tx.row("SELECT due_on, task_id FROM crm_overdue_told WHERE org_id = $1", {db::arg(org)});
  if (!row) return {first_open_day - 1, 0};
  return {row->integer(0), row->integer(1)};
}

void keep_place(db::Transaction& tx, OrgId org, const Place& place) {
  tx.execute(
      "INSERT INTO crm_overdue_told (org_id, due_on, task_id) VALUES ($1, $2, $3) "
      "ON CONFLICT (org_id) DO UPDATE SET due_on = $2, task_id = $3",
      {db::arg(org), place.due_on, place.task});
}

/// Up to db::bulk_rows_max at a time; the next minute finds the rest.
void tell_of_overdue_tasks(db::Transaction& tx, const access::Actor& program, bool is_told) {
  const records::ModuleDef& tasks = *program.catalogue->find("tasks");
  const int64_t first_open_day = (tx.now().ms - day_is_over_ms) / day_ms;
  Place place = place_of(tx, program.org, first_open_day);
  const std::vector<db::Row> rows = tx.rows(
      "SELECT due_on, id, owner, status FROM " + tasks.table_name() +
          " WHERE org_id = $1 AND (due_on, id) > ($2, $3) AND due_on < $4 AND "
          "deleted_at IS NULL ORDER BY due_on, id LIMIT $5",
      {db::arg(program.org), place.due_on, place.task, first_open_day, int64_t{db::bulk_rows_max}});
  for (const db::Row& row : rows) {
    place = {row.integer(0), row.integer(1)};
    if (!is_told || row.is_null(2) || row.text(3) == "completed") continue;
    notifications::tell_agent(
        tx, program,
        {signal::task_overdue, RecordId{row.integer(2)}, tasks.name, RecordId{place.task}});
  }
  if (!rows.empty()) keep_place(tx, program.org, place);
}

void give_signals_in(db::Transaction& tx, const access::Actor& program) {
  const std::set<std::string> off = signals_switched_off(tx, program.org);
  for (const char* name : {"tasks", "events", "calls"}) {
    const bool is_task = std::string_view(name) == "tasks";
    notifications::remind(tx, program,
                          {.module = *program.catalogue->find(name),
                           .kind = signal::reminded,
                           .while_sql = is_task ? "status <> 'completed'" : "",
                           .is_told = !off.contains(signal::reminded)});
  }
  tell_of_overdue_tasks(tx, program, !off.contains(signal::task_overdue));
}

}  // namespace

void give_signals_of_time(db::Database& database, const access::Applications& applications) {
  const std::vector<access::Organisation> organisations =
      database.read([](db::Transaction& tx) { return access::all_organisations(tx); });
  for (const access::Organisation& org : organisations) {
    if (org.app != word(Edition::crm) && org.app != word(Edition::bigin)) continue;
    const access::Actor program =
        access::system_actor(*applications.find(org.app), org.id, access::Path::automation);
    // What can't be written now is found again a minute later.
    (void)database.write(
        [&](db::Transaction& tx) -> Result<void> {
          give_signals_in(tx, program);
          return {};
        },
        db::Priority::bulk);
  }
}

void add_signal_jobs(jobs::Worker& worker, const access::Applications& applications) {
  worker.add_schedule("signals_of_time", minute_ms, [&applications](db::Database& database) {
    give_signals_of_time(database, applications);
  });
}

}  // namespace tandem::crm
