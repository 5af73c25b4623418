#include "desk/layouts/layouts.h"

#include <algorithm>
#include <set>

#include "access/audit.h"
#include "desk/departments.h"
#include "desk/layouts/layout_json.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

using records::FieldDef;
using records::Shape;
using records::WrittenBy;

/// Every ticket has these, so that no layout can do without them.
bool is_needed(const FieldDef& field) {
  return field.required && field.default_value.is_null() && field.written_by == WrittenBy::person;
}

Layout usual_layout(const Shape& tickets, RecordId department) {
  LayoutSection section;
  for (const FieldDef& field : tickets.fields()) {
    if (may_be_laid_out(field)) section.fields.push_back({field.name, asked_by(field)});
  }
  return {
      .department = department, .is_own = false, .sections = {std::move(section)}, .defaults = {}};
}

/// Fields that were removed since are left out, and required ones that were added stand last.
void bring_up_to_date(const Shape& tickets, Layout& layout) {
  std::set<std::string> named;
  for (LayoutSection& section : layout.sections) {
    std::erase_if(section.fields, [&](const LayoutField& one) {
      const FieldDef* field = tickets.find(one.name);
      return !field || !may_be_laid_out(*field) || !named.insert(one.name).second;
    });
    for (LayoutField& one : section.fields) {
      one.asked = std::max(one.asked, asked_by(*tickets.find(one.name)));
    }
  }
  if (layout.sections.empty()) layout.sections.emplace_back();
  for (const FieldDef& field : tickets.fields()) {
    if (is_needed(field) && !named.contains(field.name)) {
      layout.sections.back().fields.push_back({field.name, Asked::always});
    }
  }
}

Result<void> department_is_here(db::Transaction& tx, OrgId org, RecordId department) {
  if (is_department(tx, org, department)) return {};
  return not_found("There is no such department.");
}

}  // namespace

bool may_be_laid_out(const FieldDef& field) {
  return field.written_by == WrittenBy::person && field.kind != records::FieldKind::auto_number;
}

Asked asked_by(const FieldDef& field) { return is_needed(field) ? Asked::always : Asked::never; }

std::string_view word(Asked asked) {
  switch (asked) {
    case Asked::never: return "never";
    case Asked::to_close: return "to_close";
    case Asked::always: return "always";
  }
  return "never";
}

Layout layout_of(db::Transaction& tx, const Shape& tickets, OrgId org, RecordId department) {
  const std::optional<db::Row> row = tx.row(
      "SELECT definition FROM layouts WHERE org_id = $1 AND module = 'tickets' "
      "AND department_id = $2",
      {org.value, department.value});
  if (!row) return usual_layout(tickets, department);
  Layout layout = stored_layout(tickets, row->text(0));
  layout.department = department;
  layout.is_own = true;
  bring_up_to_date(tickets, layout);
  return layout;
}

Result<Layout> read_layout(db::Transaction& tx, const access::Actor& actor, RecordId department) {
  TRY(department_is_here(tx, actor.org, department));
  const records::ShapeRef tickets = actor.catalogue->shape(tx, actor.org, tickets_module());
  Layout layout = layout_of(tx, *tickets, actor.org, department);
  const auto is_hidden = [&](const std::string& name) {
    return access::field_access(actor, tickets_module().name, *tickets->find(name)) ==
           access::FieldAccess::hidden;
  };
  for (LayoutSection& section : layout.sections) {
    std::erase_if(section.fields, [&](const LayoutField& field) { return is_hidden(field.name); });
  }
  std::erase_if(layout.defaults, [&](const auto& one) { return is_hidden(one.first); });
  return layout;
}

std::vector<int64_t> departments_with_layout(db::Transaction& tx, OrgId org) {
  std::vector<int64_t> ids;
  for (const db::Row& row : tx.rows("SELECT department_id FROM layouts WHERE org_id = $1 "
                                    "AND module = 'tickets' ORDER BY department_id",
                                    {org.value})) {
    ids.push_back(row.integer(0));
  }
  return ids;
}

Result<Layout> save_layout(db::Transaction& tx, const access::Actor& actor, RecordId department,
                           const JsonObject& body) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  TRY(department_is_here(tx, actor.org, department));
  const records::ShapeRef tickets = actor.catalogue->shape(tx, actor.org, tickets_module());
  Layout layout = TRY(layout_from_json(*tickets, body));
  const std::string definition = definition_of(*tickets, layout);
  if (definition.size() > layout_bytes_max) {
    return too_large("too_long", "Shorten the defaults of the layout.", "defaults");
  }
  tx.execute(
      "INSERT INTO layouts (org_id, id, module, department_id, definition, changed_at, changed_by) "
      "VALUES ($1, $2, 'tickets', $3, $4, $5, $6) "
      "ON CONFLICT (org_id, module, department_id) DO UPDATE SET definition = $4, changed_at = $5, "
      "changed_by = $6",
      {actor.org.value, tx.new_id(), department.value, definition, tx.now().ms, db::arg(actor.id)});
  access::audit(tx, actor, "layout_changed", to_string(department));
  return layout_of(tx, *tickets, actor.org, department);
}

Result<void> remove_layout(db::Transaction& tx, const access::Actor& actor, RecordId department) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  TRY(department_is_here(tx, actor.org, department));
  const int64_t gone = tx.execute(
      "DELETE FROM layouts WHERE org_id = $1 AND module = 'tickets' AND department_id = $2",
      {actor.org.value, department.value});
  if (gone == 0) return not_found("The department has no layout of its own.");
  access::audit(tx, actor, "layout_removed", to_string(department));
  return {};
}

void forget_layout(db::Transaction& tx, OrgId org, RecordId department) {
  tx.execute("DELETE FROM layouts WHERE org_id = $1 AND department_id = $2",
             {org.value, department.value});
}

}  // namespace tandem::desk
