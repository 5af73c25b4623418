#pragma once

#include <string>
#include <string_view>

// What people say of a file they send is not to be trusted; these make it harmless.

namespace tandem::mail {

/// As the names of files that come by mail. Never empty.
std::string harmless_file_name(std::string_view given);

/// "type/subtype" of plain letters, else unknown bytes: "application/octet-stream".
std::string harmless_content_type(std::string_view given);

}  // namespace tandem::mail
