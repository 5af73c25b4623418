#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>

namespace tandem {

namespace {

constexpr size_t line_bytes_max = 8'192;

// shared_ptr because spdlog hands loggers out that way.
const std::shared_ptr<spdlog::logger>& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("tandem",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return instance;
}

/// One event stays one line: a line break inside would let a sender forge the next event.
std::string single_line(std::string_view line) {
  std::string out(line.substr(0, line_bytes_max));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return out;
}

void write_line(spdlog::level::level_enum level, std::string_view line) {
  if (logger()->should_log(level)) logger()->log(level, single_line(line));
}

}  // namespace

void log_info(std::string_view line) { write_line(spdlog::level::info, line); }
void log_warning(std::string_view line) { write_line(spdlog::level::warn, line); }
void log_error(std::string_view line) { write_line(spdlog::level::err, line); }

void set_log_level(LogLevel level) {
  switch (level) {
    case LogLevel::info: logger()->set_level(spdlog::level::info); return;
    case LogLevel::warning: logger()->set_level(spdlog::level::warn); return;
    case LogLevel::error: logger()->set_level(spdlog::level::err); return;
    case LogLevel::off: logger()->set_level(spdlog::level::off); return;
  }
}

}  // namespace tandem
