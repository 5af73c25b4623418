#pragma once

#include <string_view>

#include "access/actor.h"

// Desk.search.READ lets a program search; what it finds is what its other scopes let it read.

namespace tandem::api::desk_dialect {

/// The scopes of which one lets a program read a module, separated by spaces; "threads" are calls.
std::string_view scopes_reading(std::string_view module);

bool has_read_scope(const access::Actor& actor, std::string_view module);
/// Refuses with scope_mismatch.
Result<void> require_read_scope(const access::Actor& actor, std::string_view module);

}  // namespace tandem::api::desk_dialect
