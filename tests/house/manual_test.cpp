#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "tests/house/source_tree.h"

// A comment that cites the manual ("Manual, Tickets 2.3") is worth something only while the line is
// there.

namespace house {

namespace {

const std::string manual_folder = "docs/manual";

/// The lines of each page by its title: "Tickets" -> {"1.1", …}.
std::map<std::string, std::set<std::string>> lines_of_the_manual() {
  const std::regex rule(R"(^- \*\*(\d+\.\d+)\*\* )");
  std::map<std::string, std::set<std::string>> pages;
  for (const SourceFile& file : files_below(manual_folder, {".md"})) {
    if (file.lines.empty() || !file.lines[0].starts_with("# ")) continue;
    std::set<std::string>& rules = pages[file.lines[0].substr(2)];
    for (const std::string& line : file.lines) {
      std::smatch match;
      if (std::regex_search(line, match, rule)) rules.insert(match[1]);
    }
  }
  return pages;
}

/// The file as one text, so that a citation may go on in the next line of its comment.
std::string unwrapped(const SourceFile& file) {
  static const std::regex next_line(R"(\n\s*(///?|\*|--)?\s*)");
  std::string text;
  for (const std::string& line : file.lines) text += line + "\n";
  return std::regex_replace(text, next_line, " ");
}

}  // namespace

TEST(Manual, ALineThatASourceCitesIsThere) {
  const auto pages = lines_of_the_manual();
  ASSERT_FALSE(pages.empty()) << manual_folder << " has no pages";
  const std::regex citation(R"([Mm]anual, ([A-Z][a-z]+(?: [a-z]+)*) (\d+\.\d+))");
  Findings findings("cite a page of docs/manual and a line of it: Manual, Tickets 2.3");
  for (const char* folder : {"src", "web/src"}) {
    for (const SourceFile& file : files_below(folder, {".cpp", ".h", ".sql", ".ts", ".tsx"})) {
      if (std::none_of(file.lines.begin(), file.lines.end(), [](const std::string& line) {
            return line.find("anual,") != std::string::npos;
          })) {
        continue;
      }
      const std::string text = unwrapped(file);
      for (auto match = std::sregex_iterator(text.begin(), text.end(), citation);
           match != std::sregex_iterator(); ++match) {
        const auto page = pages.find((*match)[1]);
        if (page != pages.end() && page->second.contains((*match)[2])) continue;
        findings.add(file.path, 0, "there is no line " + match->str());
      }
    }
  }
}

TEST(Manual, EveryPageOfTheChecklistExists) {
  const auto pages = lines_of_the_manual();
  const std::regex row(R"(^S\d{3} \| .* \| ([^|]+)$)");
  Findings findings("name a page of docs/manual by its title");
  const SourceFile file = read_file("docs/CHECKLIST.md");
  for (size_t index = 0; index < file.lines.size(); ++index) {
    std::smatch match;
    if (!std::regex_match(file.lines[index], match, row)) continue;
    if (!pages.contains(match[1])) {
      findings.add(file.path, index + 1, "there is no page " + match.str(1));
    }
  }
}

}  // namespace house
