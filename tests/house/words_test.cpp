#include <gtest/gtest.h>

#include <regex>

#include "tests/house/source_tree.h"

// What no line of the source may say.

namespace house {

TEST(Words, TryStandsAloneOrIsAllThatIsAssigned) {
  // As a part of a larger expression it would return from the middle of it.
  const std::regex inside_an_expression("[(,{] *TRY\\(");
  Findings findings("give the value a name first: const Ticket ticket = TRY(read_ticket(id));");
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    for (size_t index = 0; index < file.lines.size(); ++index) {
      if (!std::regex_search(file.lines[index], inside_an_expression)) continue;
      findings.add(file.path, index + 1, "TRY stands inside an expression");
    }
  }
}

}  // namespace house
