#pragma once

#include <string>
#include <vector>

namespace tandem::bench {

enum class Bound { at_least, at_most };

/// A figure that docs/PERFORMANCE.md promises to hold.
struct Promise {
  std::string name;
  double value = 0;
  std::string unit;  // "ratio", "s", "MB", "kB"
  Bound bound = Bound::at_least;
  double target = 0;
};

/// Prints {"name","value","unit","target","held"} on a line of its own.
void report(const Promise& promise);
/// Prints a figure that promises nothing: {"name","value","unit","target":null,"held":null}.
void note(const std::string& name, double value, const std::string& unit);

/// The middle of the values; 0 when there are none.
double median(std::vector<double> values);

}  // namespace tandem::bench
