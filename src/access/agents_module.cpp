#include "access/agents_module.h"

#include "access/actor.h"
#include "records/filter.h"

namespace tandem::access {

namespace {

using records::FieldKind;
using records::WrittenBy;

records::ModuleDef make_agents_module() {
  records::ModuleDef agents;
  agents.name = "agents";
  agents.label = "Agent";
  agents.label_plural = "Agents";
  agents.fields = {
      {.name = "name",
       .label = "Name",
       .kind = FieldKind::text,
       .required = true,
       .searchable = true,
       .sortable = true,
       .written_by = WrittenBy::system,
       .max_chars = 100},
      {.name = "email",
       .label = "E-mail",
       .kind = FieldKind::email,
       .required = true,
       .unique = true,
       .searchable = true,
       .written_by = WrittenBy::system},
      {.name = "status",
       .label = "Status",
       .kind = FieldKind::choice,
       .required = true,
       .written_by = WrittenBy::system,
       .choices = {{.name = "active", .label = "Active"},
                   {.name = "invited", .label = "Invited"},
                   {.name = "disabled", .label = "Disabled"}}},
      {.name = "role",
       .label = "Role",
       .kind = FieldKind::text,
       .written_by = WrittenBy::system,
       .max_chars = 60},
  };
  agents.visible_to = [](const Actor& actor) {
    // A customer must not read the staff list.
    return actor.kind == ActorKind::contact ? records::nothing() : records::everything();
  };
  agents.custom_fields = false;
  agents.generic_writes = false;
  return agents;
}

}  // namespace

const records::ModuleDef& agents_module() {
  static const records::ModuleDef agents = make_agents_module();
  return agents;
}

}  // namespace tandem::access
