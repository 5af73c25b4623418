#pragma once

#include <string>

#include "base/result.h"

namespace tandem::deliveries {

constexpr int64_t url_chars_max = 2'000;

/// Refuses with invalid (url) what is no http or https address, and one that holds a password.
Result<void> check_receiver_url(const std::string& url);

}  // namespace tandem::deliveries
