#include "crm/activities/activity_module.h"
#include "crm/modules.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;
using records::WrittenBy;

Result<void> the_completion_is_noted(records::Change& task) {
  if (!task.changes("status")) return {};
  if (task.get("status").text() != "completed") task.clear("completed_at");
  if (task.turns("status", "completed")) task.set("completed_at", task.now());
  return {};
}

std::vector<FieldDef> task_fields() {
  return {
      {.name = "subject",
       .label = "Subject",
       .required = true,
       .searchable = true,
       .sortable = true},
      {.name = "due_on", .label = "Due date", .kind = FieldKind::date, .sortable = true},
      {.name = "status",
       .label = "Status",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"not_started", "Not Started"},
                   {"deferred", "Deferred"},
                   {"in_progress", "In Progress"},
                   {"completed", "Completed"},
                   {"waiting", "Waiting for input"}},
       .default_value = "not_started"},
      {.name = "priority",
       .label = "Priority",
       .kind = FieldKind::choice,
       .choices = {{"highest", "Highest"},
                   {"high", "High"},
                   {"normal", "Normal"},
                   {"low", "Low"},
                   {"lowest", "Lowest"}}},
      {.name = "completed_at",
       .label = "Completed",
       .kind = FieldKind::instant,
       .written_by = WrittenBy::system,
       .computed_from = {"status"}},
  };
}

records::ModuleDef tasks_of(Edition edition) {
  return activity_module(edition, {.name = "tasks",
                                   .label = "Task",
                                   .label_plural = "Tasks",
                                   .table = "crm_tasks",
                                   .fields = task_fields(),
                                   .indexes = {{"owner", "status", "due_on"}},
                                   .before_save = {the_completion_is_noted}});
}

}  // namespace

const records::ModuleDef& tasks_module(Edition edition) {
  static const records::ModuleDef crm = tasks_of(Edition::crm);
  static const records::ModuleDef bigin = tasks_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
