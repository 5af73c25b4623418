#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "tests/house/source_tree.h"

namespace house {

namespace {

const char* const checklist_path = "docs/CHECKLIST.md";

struct Claim {
  std::string id;
  size_t line = 0;
  bool is_open = false;
  bool is_complete = false;  // says what, and where in the manual
};

// Lines "S004 | what | where in the manual", below "## Claimed" or "## Open".
std::vector<Claim> claims() {
  const std::regex row("(S\\d{3}) \\| [^|]+ \\| [^|]+");
  std::vector<Claim> found;
  bool is_open = false;
  const SourceFile file = read_file(checklist_path);
  for (size_t index = 0; index < file.lines.size(); ++index) {
    const std::string& line = file.lines[index];
    if (line.starts_with("## ")) is_open = line == "## Open";
    if (!line.starts_with("S") || line.size() < 4 || isdigit(line[1]) == 0) continue;
    found.push_back({line.substr(0, 4), index + 1, is_open, std::regex_match(line, row)});
  }
  return found;
}

std::set<std::string> ids_named_by_tests() {
  const std::regex id("\\bS\\d{3}\\b");
  std::set<std::string> named;
  for (const SourceFile& file : files_below("tests", {".cpp", ".h", ".mjs", ".ts"})) {
    if (file.path.starts_with("tests/house/")) continue;
    for (const std::string& line : file.lines) {
      for (auto match = std::sregex_iterator(line.begin(), line.end(), id);
           match != std::sregex_iterator(); ++match) {
        named.insert(match->str());
      }
    }
  }
  return named;
}

}  // namespace

TEST(Checklist, EachLineSaysWhatAndWhere) {
  Findings findings("write: S004 | what the product does | where in the manual");
  std::set<std::string> seen;
  const std::vector<Claim> all = claims();
  ASSERT_FALSE(all.empty()) << checklist_path << " has no lines";
  for (const Claim& claim : all) {
    if (!claim.is_complete) findings.add(checklist_path, claim.line, claim.id + " is incomplete");
    if (!seen.insert(claim.id).second) {
      findings.add(checklist_path, claim.line, claim.id + " stands twice");
    }
  }
}

TEST(Checklist, AClaimedLineIsNamedByATest) {
  const std::set<std::string> named = ids_named_by_tests();
  Findings findings(
      "write the test that proves it and name the id in a comment, or move it to Open");
  for (const Claim& claim : claims()) {
    if (claim.is_open || named.contains(claim.id)) continue;
    findings.add(checklist_path, claim.line, claim.id + " is claimed, but no test names it");
  }
}

TEST(Checklist, AnOpenLineIsNotTestedYet) {
  const std::set<std::string> named = ids_named_by_tests();
  Findings findings("a test names this id: move the line to Claimed");
  for (const Claim& claim : claims()) {
    if (!claim.is_open || !named.contains(claim.id)) continue;
    findings.add(checklist_path, claim.line, claim.id + " is tested, but still open");
  }
}

}  // namespace house
