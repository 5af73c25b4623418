#pragma once

#include "api/crm/call.h"

namespace tandem::api::crm_dialect {

/// Reads one record of a body: known keys become changes, unknown ones and what the program writes
/// itself are left aside. Choices are known by label, stages and pipelines by name, links by id as
/// text or {"id"}, or by the exact title of their record. Refuses with invalid, all faults
/// together, naming our fields.
Result<records::Changes> changes_from_item(db::Transaction& tx, const Call& call,
                                           const ModuleWords& words, const JsonObject& item);

}  // namespace tandem::api::crm_dialect
