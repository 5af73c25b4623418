#pragma once

#include <string_view>

#include "http/message.h"

namespace tandem::http {

/// Fills path, query and raw_query from the target of a request line ("/a/b?x=1" or
/// "http://host/a/b?x=1"). Refuses with invalid, code "bad_request", a path with "..", broken
/// escapes, an encoded slash, control characters or bytes that are not UTF-8: such spellings are
/// only sent to slip past a check.
Result<void> read_target(std::string_view target, Request& request);

}  // namespace tandem::http
