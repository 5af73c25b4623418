#include "desk/departments.h"

namespace tandem::desk {

DepartmentState department_state(db::Transaction& tx, OrgId org, RecordId department) {
  const std::optional<db::Row> row = tx.row(
      "SELECT is_enabled FROM departments WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
      {org.value, department.value});
  if (!row) return DepartmentState::missing;
  const bool is_disabled = !row->is_null(0) && row->integer(0) == 0;
  return is_disabled ? DepartmentState::disabled : DepartmentState::enabled;
}

bool is_department(db::Transaction& tx, OrgId org, RecordId department) {
  return department_state(tx, org, department) != DepartmentState::missing;
}

Result<void> require_enabled_department(db::Transaction& tx, OrgId org, RecordId department,
                                        const std::string& field) {
  switch (department_state(tx, org, department)) {
    case DepartmentState::enabled: return {};
    case DepartmentState::disabled:
      return invalid(field, "disabled", "Choose a department that is enabled.");
    case DepartmentState::missing: break;
  }
  return invalid(field, "not_found", "Choose a department that exists.");
}

}  // namespace tandem::desk
