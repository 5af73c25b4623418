#pragma once

#include "access/actor.h"
#include "records/module.h"
#include "records/record.h"

// What people plan: tasks and appointments, of a ticket, or of a department alone. Calls are no
// third kind of record: they are noted as messages of their ticket (calls.h). Manual, Activities.

namespace tandem::desk {

const records::ModuleDef& tasks_module();
const records::ModuleDef& appointments_module();

/// Who sees an activity sees its ticket; without a ticket it is seen by its department and its
/// owner. Customers see none. Manual, Activities 1.2.
records::Filter activities_visible_to(const access::Actor& actor);
/// What belongs to a ticket in the recycle bin is listed nowhere.
records::Filter activities_listed_to(const access::Actor& actor);

/// The rules that both modules have, in their order: who may plan, whose it is, when it reminds.
std::vector<records::SaveRule> activity_rules();

}  // namespace tandem::desk
