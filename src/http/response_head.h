#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace tandem::http {

enum class Connected { keep_alive, close };

/// What stands between the status and the body: how long it is and what happens to the connection.
struct HeadFacts {
  /// Absent for a body that ends with the connection.
  std::optional<int64_t> body_bytes;
  Connected connected = Connected::keep_alive;
  /// "Sun, 06 Nov 1994 08:49:37 GMT".
  std::string_view date;
};

/// Status line and headers with the blank line. No header value can break out of its line.
std::string response_head(const Response& response, const HeadFacts& facts);

/// 1xx, 204 and 304 never have a body.
bool may_have_body(int status);
std::string http_date(int64_t unix_seconds);

}  // namespace tandem::http
