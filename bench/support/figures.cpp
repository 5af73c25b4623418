#include "bench/support/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace tandem::bench {

namespace {

void print_line(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

}  // namespace

void report(const Promise& promise) {
  const bool at_least = promise.bound == Bound::at_least;
  const bool held = at_least ? promise.value >= promise.target : promise.value <= promise.target;
  print_line(fmt::format(R"({{"name":"{}","value":{:.3f},"unit":"{}","target":"{} {}","held":{}}})",
                         promise.name, promise.value, promise.unit,
                         at_least ? "at least" : "at most", promise.target, held));
}

void note(const std::string& name, double value, const std::string& unit) {
  print_line(fmt::format(R"({{"name":"{}","value":{:.3f},"unit":"{}","target":null,"held":null}})",
                         name, value, unit));
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace tandem::bench
