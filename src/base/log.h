#pragma once

#include <string_view>

namespace tandem {

// One line per event, to standard error. Never a password, token, cookie or mail body.

void log_info(std::string_view line);
void log_warning(std::string_view line);
void log_error(std::string_view line);

enum class LogLevel { info, warning, error, off };
void set_log_level(LogLevel level);

}  // namespace tandem
