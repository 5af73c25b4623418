#include <gtest/gtest.h>

#include <array>
#include <regex>
#include <set>

#include "tests/house/source_tree.h"

namespace house {

namespace {

// Words that name nothing.
constexpr std::array<std::string_view, 5> empty_words{"util", "helper", "manager", "misc", "stuff"};

void look_for_empty_words(const std::string& folder,
                          std::initializer_list<std::string_view> endings, Findings& findings) {
  for (const SourceFile& file : files_below(folder, endings)) {
    std::string name = file_name(file.path);
    for (char& letter : name) letter = char(tolower(letter));
    for (const std::string_view word : empty_words) {
      if (name.find(word) == std::string::npos) continue;
      findings.add(file.path, 0, "'" + std::string(word) + "' says nothing about what is inside");
    }
  }
}

}  // namespace

TEST(Names, AFileIsNamedByWhatIsInside) {
  Findings findings("name the file by its subject: ticket_sharing, not ticket_helpers");
  look_for_empty_words("src", {".h", ".cpp", ".sql"}, findings);
  look_for_empty_words("web/src", {".ts", ".tsx"}, findings);
  look_for_empty_words("tests", {".h", ".cpp", ".mjs"}, findings);
}

TEST(Names, SourceFilesAreInSnakeCase) {
  const std::regex snake_case("[a-z0-9_]+\\.(h|cpp|sql)");
  Findings findings("small letters, digits and underscores: ticket_sharing.cpp");
  for (const SourceFile& file : files_below("src", {".h", ".cpp", ".sql"})) {
    if (std::regex_match(file_name(file.path), snake_case)) continue;
    findings.add(file.path, 0, "is not in snake_case");
  }
}

TEST(Names, ATestFileEndsInTest) {
  Findings findings("end the name in _test.cpp, or move what tests share to a file without TEST");
  for (const SourceFile& file : files_below("tests", {".cpp"})) {
    if (file.path.ends_with("_test.cpp")) continue;
    for (size_t index = 0; index < file.lines.size(); ++index) {
      if (!file.lines[index].starts_with("TEST")) continue;
      findings.add(file.path, index + 1, "holds tests");
      break;
    }
  }
}

TEST(Names, NoTwoMigrationsHaveOneNumber) {
  Findings findings("give the newest migration the next free number: 0042_what.sql");
  std::set<std::string> numbers;
  for (const SourceFile& file : files_below("src/db/migrations", {".sql"})) {
    const std::string name = file_name(file.path);
    if (!std::regex_match(name, std::regex("\\d{4}_[a-z0-9_]+\\.sql"))) {
      findings.add(file.path, 0, "has no number of four digits");
    } else if (!numbers.insert(name.substr(0, 4)).second) {
      findings.add(file.path, 0, "has the number of another");
    }
  }
}

TEST(Names, SqlKeywordsAreInCapitals) {
  // A string literal that starts like a statement in small letters.
  const std::regex small_statement(
      "\"(select [a-z0-9_*$(].* from|insert into [a-z]|update [a-z_]+ set |delete from [a-z]|"
      "create (table|index|unique) )");
  const std::regex small_line("^\\s*(select|insert into|update|delete from|create|alter|drop)\\s");
  Findings findings("write SQL keywords in capitals");
  for (const SourceFile& file : files_below("src", {".cpp", ".h"})) {
    for (size_t index = 0; index < file.lines.size(); ++index) {
      if (!std::regex_search(file.lines[index], small_statement)) continue;
      findings.add(file.path, index + 1, "SQL in small letters");
    }
  }
  for (const SourceFile& file : files_below("src/db/migrations", {".sql"})) {
    for (size_t index = 0; index < file.lines.size(); ++index) {
      if (!std::regex_search(file.lines[index], small_line)) continue;
      findings.add(file.path, index + 1, "SQL in small letters");
    }
  }
}

}  // namespace house
