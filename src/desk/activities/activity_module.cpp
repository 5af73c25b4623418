#include "desk/activities/activity_module.h"

#include "desk/activities/activities.h"

namespace tandem::desk {

namespace {

using records::FieldDef;
using records::FieldKind;

std::vector<FieldDef> with_common_fields(std::vector<FieldDef> own) {
  std::vector<FieldDef> fields{
      {.name = "subject", .label = "Subject", .required = true, .searchable = true},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 32'000},
  };
  for (FieldDef& field : own) fields.push_back(std::move(field));
  const std::vector<FieldDef> after{
      {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
      {.name = "department",
       .label = "Department",
       .kind = FieldKind::link,
       .required = true,
       .link_to = "departments"},
      {.name = "ticket", .label = "Ticket", .kind = FieldKind::link, .link_to = "tickets"},
      {.name = "contact", .label = "Contact", .kind = FieldKind::link, .link_to = "contacts"},
      {.name = "remind_at", .label = "Reminder", .kind = FieldKind::instant},
      {.name = "reminded_at",
       .label = "Reminded",
       .kind = FieldKind::instant,
       .written_by = records::WrittenBy::system},
  };
  fields.insert(fields.end(), after.begin(), after.end());
  return fields;
}

}  // namespace

records::ModuleDef activity_module(records::ModuleDef module, records::SaveRule rule) {
  module.fields = with_common_fields(std::move(module.fields));
  module.visible_to = activities_visible_to;
  module.listed_to = activities_listed_to;
  module.before_save = activity_rules();
  module.before_save.emplace_back(std::move(rule));
  return module;
}

}  // namespace tandem::desk
