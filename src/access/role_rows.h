#pragma once

#include "access/roles.h"

// How a role stands in its row. For the files of access alone.

namespace tandem::access {

void insert_role(db::Transaction& tx, OrgId org, const Role& role);
void update_role_row(db::Transaction& tx, OrgId org, const Role& role);

/// Columns id, name, kind, rights, fields, duties, modules_known, from column `first` on. The
/// rights of system roles come from the program, so that a new version of it brings them along. A
/// role that was written before a module was there may on it what it may on tickets.
constexpr std::string_view role_columns =
    "r.id, r.name, r.kind, r.rights, r.fields, r.duties, r.modules_known";
Role role_of_row(const db::Row& row, int first);

std::string rights_to_json(const std::map<std::string, uint32_t, std::less<>>& rights);
std::string duties_to_json(uint32_t duties);
std::string_view word(FieldAccess access);
std::optional<FieldAccess> field_access_from_word(std::string_view word);

}  // namespace tandem::access
