#include "desk/activities/activities.h"
#include "desk/activities/activity_module.h"

namespace tandem::desk {

namespace {

using records::FieldKind;

Result<void> the_completion_is_noted(records::Change& task) {
  if (!task.changes("status")) return {};
  const bool is_done = task.get("status").text() == "completed";
  if (!is_done) task.clear("completed_at");
  if (is_done && task.turns("status", "completed")) task.set("completed_at", task.now());
  return {};
}

std::vector<records::FieldDef> own_fields() {
  return {
      {.name = "status",
       .label = "Status",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"not_started", "Not started"},
                   {"in_progress", "In progress"},
                   {"waiting", "Waiting"},
                   {"deferred", "Deferred"},
                   {"completed", "Completed"}},
       .default_value = "not_started"},
      {.name = "priority",
       .label = "Priority",
       .kind = FieldKind::choice,
       .choices = {{"low", "Low"}, {"medium", "Medium"}, {"high", "High"}, {"urgent", "Urgent"}}},
      {.name = "due_at", .label = "Due", .kind = FieldKind::instant, .sortable = true},
      {.name = "completed_at",
       .label = "Completed",
       .kind = FieldKind::instant,
       .written_by = records::WrittenBy::system},
  };
}

}  // namespace

const records::ModuleDef& tasks_module() {
  static const records::ModuleDef module =
      activity_module({.name = "tasks",
                       .label = "Task",
                       .label_plural = "Tasks",
                       .fields = own_fields(),
                       .indexes = {{"owner", "status", "due_at"},
                                   {"ticket", "id"},
                                   {"department", "due_at"},
                                   {"remind_at"}}},
                      the_completion_is_noted);
  return module;
}

}  // namespace tandem::desk
