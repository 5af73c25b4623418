#include "desk/activities/activities.h"
#include "desk/activities/activity_fields.h"

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

std::vector<records::FieldDef> fields() {
  std::vector<records::FieldDef> fields{
      {.name = "subject", .label = "Subject", .required = true, .searchable = true},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 32'000},
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
  for (records::FieldDef& field : activity_fields()) fields.push_back(std::move(field));
  return fields;
}

}  // namespace

const records::ModuleDef& tasks_module() {
  static const records::ModuleDef module = [] {
    std::vector<records::SaveRule> rules = activity_rules();
    rules.emplace_back(the_completion_is_noted);
    return records::ModuleDef{.name = "tasks",
                              .label = "Task",
                              .label_plural = "Tasks",
                              .fields = fields(),
                              .indexes = {{"owner", "status", "due_at"},
                                          {"ticket", "id"},
                                          {"department", "due_at"},
                                          {"remind_at"}},
                              .visible_to = activities_visible_to,
                              .listed_to = activities_listed_to,
                              .before_save = std::move(rules)};
  }();
  return module;
}

}  // namespace tandem::desk
