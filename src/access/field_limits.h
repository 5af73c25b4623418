#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/actor.h"

namespace tandem::access {

using FieldLimits = std::map<std::string, FieldAccess, std::less<>>;

/// What the actor's role says of single fields of a module, by name: the one place that knows whom
/// roles bind. Empty for administrators, for the program itself and where the role says nothing.
const FieldLimits& field_limits(const Actor& actor, std::string_view module);

/// Whether the role hides the field.
bool is_hidden(const Actor& actor, std::string_view module, std::string_view field);

}  // namespace tandem::access
