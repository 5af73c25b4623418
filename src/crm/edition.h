#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/module.h"

namespace tandem::crm {

/// The sales side comes in two sizes: CRM for sales departments, and Bigin, the pipeline CRM for
/// small teams. Both are one model; Bigin has fewer modules and fewer fields of each.
enum class Edition { crm, bigin };

/// As organisations.app spells it.
std::string_view word(Edition edition);

/// The module with the fields of these names alone, in the order of the module, and with those of
/// its indexes that they serve. A name that the module lacks is our bug.
records::ModuleDef with_fields(const records::ModuleDef& module,
                               const std::vector<std::string>& names);

}  // namespace tandem::crm
