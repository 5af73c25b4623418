#pragma once

#include <string>

#include "db/database.h"

namespace tandem::desk {

/// A department in the recycle bin is missing.
enum class DepartmentState { missing, disabled, enabled };
DepartmentState department_state(db::Transaction& tx, OrgId org, RecordId department);

/// Whether the organisation has the department, enabled or not.
bool is_department(db::Transaction& tx, OrgId org, RecordId department);

/// Refuses with invalid, naming `field`: not_found, disabled. Manual, Departments 1.2.
Result<void> require_enabled_department(db::Transaction& tx, OrgId org, RecordId department,
                                        const std::string& field = "department");

}  // namespace tandem::desk
