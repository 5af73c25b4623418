#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

// The field "cc" of a ticket: addresses in lower case, each once, separated by ", ".

namespace tandem::desk {

constexpr size_t copied_people_count_max = 100;

/// What somebody typed as the field holds it: split at commas, semicolons, line ends and spaces,
/// "Ana Lima <ana@example.com>" as the bare address, each once. `before` is what the field held:
/// what stood there may stay. Refuses with invalid (cc): not_an_address_list, naming the first that
/// is no address; too_many.
Result<std::string> settle_copied_people(std::string_view typed, std::string_view before);

}  // namespace tandem::desk
