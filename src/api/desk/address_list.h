#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"

namespace tandem::api::desk_dialect {

/// Recipients as they stand in a mail's header: `a@x.example, "Doe, Jane" <jane@y.example>`. Names
/// with a comma are in quotes; empty places between commas are left out. Refuses with invalid
/// naming `member`: a quote or bracket that is left open, a group, what is no address. Whether an
/// address can be written to is for the reply to say.
Result<std::vector<desk::Address>> addresses_from_text(std::string_view member,
                                                       std::string_view text);

}  // namespace tandem::api::desk_dialect
