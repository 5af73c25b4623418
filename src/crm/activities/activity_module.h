#pragma once

#include "crm/edition.h"
#include "records/record.h"

// Tasks, meetings and calls: what they have in common. Manual, Activities.

namespace tandem::crm {

/// The module with the fields and rules that all activities have, for the edition.
records::ModuleDef activity_module(Edition edition, records::ModuleDef module);

}  // namespace tandem::crm
