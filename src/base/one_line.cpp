#include "base/one_line.h"

namespace tandem {

std::string in_one_line(std::string_view text) {
  std::string line;
  bool gap = false;
  for (const char letter : text) {
    if (letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t') {
      gap = !line.empty();
      continue;
    }
    if (gap) line += ' ';
    gap = false;
    line += letter;
  }
  return line;
}

}  // namespace tandem
