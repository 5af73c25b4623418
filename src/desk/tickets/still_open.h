#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/filter.h"

// Which tickets are still to be worked on. Their phases are named, instead of asking for what is
// not closed, so that an index serves; spam and what is closed are none of them. Here and nowhere
// else.

namespace tandem::desk {

/// The types of status of a ticket that is still open, in the order in which walks take them.
const std::vector<std::string>& still_open_types();
bool is_still_open(std::string_view status_type);

/// For lists and counts of the module tickets.
records::Filter still_open();

/// The same in SQL: "status_type IN ('open', 'on_hold')". `table`: "t." where the statement names
/// several.
std::string still_open_sql(std::string_view table = "");

}  // namespace tandem::desk
