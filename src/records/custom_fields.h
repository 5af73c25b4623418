#pragma once

#include <string>
#include <vector>

#include "records/shape.h"

// Fields that an organisation adds to a module. Their values stand in the column custom.

namespace tandem::records {

constexpr size_t custom_fields_max = 100;
constexpr size_t custom_choices_max = 500;

/// In the order of their position.
std::vector<FieldDef> list_custom_fields(db::Transaction& tx, OrgId org, const std::string& module);

/// Adds one. An empty name, and empty names of choices, are made from the labels. Refuses: invalid
/// (name, label, kind, choices, limits), conflict "duplicate" (also the name of a removed field,
/// whose values may still stand in rows), forbidden when the module has no custom fields.
Result<FieldDef> add_custom_field(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                                  const ModuleDef& module, FieldDef field);

/// Changes label, required, searchable, choices, max_chars and default; `unique` may only be
/// lifted. Records that break a new rule stay as they are until somebody writes the field; words
/// of a field that becomes searchable are found after the next write. Refuses: not_found, invalid,
/// conflict "choice_in_use" when records hold a choice that would go.
Result<FieldDef> change_custom_field(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                                     const ModuleDef& module, FieldDef field);

/// The field and its values are no longer shown. Refuses: not_found.
Result<void> remove_custom_field(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                 const std::string& name);

/// To be called by whoever changes custom_fields or choice_options, in the same transaction: makes
/// Catalogue::shape() load them again.
void renew_shapes(db::Transaction& tx, OrgId org);

}  // namespace tandem::records
