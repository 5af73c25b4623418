#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/support/draw.h"

namespace tandem::bench {

struct LoadOptions {
  int port = 0;
  int connections = 32;
  int64_t duration_ms = 1'000;
  /// Stops earlier, after so many answers; 0: only by time.
  int64_t requests_max = 0;
};

struct LoadFigures {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  /// Of this whole process, server and asker, per answer. It hardly depends on what else runs on
  /// the machine.
  double cpu_us = 0;
  int64_t answers = 0;
  /// Answers with another status than 2xx. A measurement with any is void.
  int64_t failures = 0;
  int64_t answer_bytes = 0;  // of the last answer
};

/// The bytes of one request, for HTTP/1.1 with keep-alive.
using RequestMaker = std::function<std::string(Draw&)>;

/// Sends requests over connections that stay open; each sends its next one when its answer has
/// come. One thread does it all, so that most of the machine is left to the server.
LoadFigures run_load(const LoadOptions& options, const RequestMaker& make_request);

/// Processor time that this process has used so far, in microseconds.
double cpu_us_of_process();

/// p50 and p99 of waits in microseconds, and the rate over `seconds`.
LoadFigures figures_of(std::vector<uint32_t> waits_us, double seconds);

}  // namespace tandem::bench
