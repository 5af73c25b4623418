#pragma once

#include <vector>

#include "records/module.h"

namespace tandem::desk {

/// What always holds of a ticket, whoever writes it and by which way: in this order.
std::vector<records::SaveRule> ticket_rules_before_save();
std::vector<records::SaveRule> ticket_rules_after_save();

}  // namespace tandem::desk
