#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Words with names in braces, such as {ticket.number}, that are filled in when they are used: of
// notifications and of reply templates. Anything in braces that is no such name stays as it is.

namespace tandem::desk {

using PlaceholderValues = std::map<std::string, std::string, std::less<>>;

/// Refuses with invalid "unknown_placeholder" (`field`) words with a name in braces that is none of
/// `known`.
Result<void> check_placeholders(const std::string& field, std::string_view words,
                                const std::vector<std::string>& known);

/// Puts the values in. What a value says is never read as a placeholder again.
std::string filled(std::string_view words, const PlaceholderValues& values);
/// The same in one line without control characters: for subjects and SMS.
std::string filled_line(std::string_view words, const PlaceholderValues& values);
/// The same in HTML: a value is text there, never HTML.
std::string filled_html(std::string_view html, const PlaceholderValues& values);

}  // namespace tandem::desk
