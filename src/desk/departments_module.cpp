#include <fmt/format.h>

#include "access/actor.h"
#include "access/agents.h"
#include "desk/conversation/signatures.h"
#include "desk/layouts/layouts.h"
#include "desk/modules.h"
#include "desk/notifications/notification_rules.h"
#include "desk/products/products_module.h"
#include "records/custom_fields.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using records::Change;
using records::FieldKind;

records::Filter departments_visible_to(const access::Actor& actor) {
  return actor.kind == access::ActorKind::contact ? records::nothing() : records::everything();
}

/// Also one in the recycle bin. Asked of each half for itself, as the indexes are made.
bool is_ticket_where(Change& change, std::string_view condition, const db::Args& args) {
  for (const char* half : {"IS NULL", "IS NOT NULL"}) {
    if (change.tx.row(
            fmt::format("SELECT 1 FROM tickets WHERE org_id = $1 AND {} AND deleted_at {} LIMIT 1",
                        condition, half),
            args)) {
      return true;
    }
  }
  return false;
}

/// A ticket always has a department, and mail always has somewhere to go. Manual, Departments 1.3.
Result<void> a_department_in_use_stays(Change& change) {
  if (change.verb != records::Verb::deleted) return {};
  change.tx.run_alone();
  const db::Args args{change.org.value, change.before.id.value};
  if (is_ticket_where(change, "department = $2", args)) {
    return conflict("department_has_tickets",
                    "Move the tickets of this department to another one first, also those in the "
                    "recycle bin, or disable it.");
  }
  if (is_ticket_where(change, "is_shared = 1 AND shares LIKE $2",
                      {change.org.value, fmt::format("%\"{}:%", change.before.id.value)})) {
    return conflict("department_has_shared_tickets",
                    "Unshare the tickets that are shared with this department first, or disable "
                    "it.");
  }
  if (change.tx.row("SELECT 1 FROM mailboxes WHERE org_id = $1 AND department_id = $2 LIMIT 1",
                    args)) {
    return conflict("department_has_mailboxes",
                    "Give the mailboxes of this department to another one first.");
  }
  return no_product_needs_the_department(change.tx, change.org, change.before.id);
}

/// Its members would keep a department that no form can send back, and its rules a place that is
/// gone.
Result<void> a_department_that_is_gone_has_no_members(Change& change) {
  if (change.verb != records::Verb::purged) return {};
  access::forget_department(change.tx, change.org, change.before.id);
  forget_notification_rules(change.tx, change.org, change.before.id);
  forget_layout(change.tx, change.org, change.before.id);
  forget_signature(change.tx, change.org, change.before.id);
  return {};
}

/// Products offer the departments as choices, by their names.
Result<void> the_choices_follow_the_departments(Change& change) {
  if (change.verb == records::Verb::updated && !change.changes("name")) return {};
  records::renew_shapes(change.tx, change.org);
  return {};
}

}  // namespace

const records::ModuleDef& departments_module() {
  static const records::ModuleDef module{
      .name = "departments",
      .label = "Department",
      .label_plural = "Departments",
      .fields =
          {
              {.name = "name",
               .label = "Name",
               .required = true,
               .unique = true,
               .searchable = true,
               .sortable = true,
               .max_chars = 100},
              {.name = "description",
               .label = "Description",
               .kind = FieldKind::long_text,
               .max_chars = 2'000},
              {.name = "is_enabled",
               .label = "Enabled",
               .kind = FieldKind::boolean,
               .default_value = int64_t{1}},
          },
      .visible_to = departments_visible_to,
      .before_save = {a_department_in_use_stays, a_department_that_is_gone_has_no_members},
      .after_save = {the_choices_follow_the_departments},
      .custom_fields = false,
  };
  return module;
}

}  // namespace tandem::desk
