#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/house/source_tree.h"

namespace house {

namespace {

constexpr size_t cpp_lines_max = 500;
constexpr size_t web_lines_max = 300;
constexpr size_t function_lines_max = 70;

void expect_short(const SourceFile& file, size_t lines_max, Findings& findings) {
  if (file.lines.size() <= lines_max) return;
  findings.add(file.path, 0,
               std::to_string(file.lines.size()) + " lines, at most " + std::to_string(lines_max));
}

bool opens_no_function(std::string_view code) {
  for (const std::string_view word :
       {"namespace", "class ", "struct ", "enum ", "union ", "extern \"C\""}) {
    if (code.starts_with(word)) return true;
  }
  return false;
}

// clang-format puts the first line of a function of a namespace, and its closing brace, at the left
// margin; methods defined in a class body are short or caught by the size of the file.
class FunctionMeter {
 public:
  FunctionMeter(const SourceFile& file, Findings& findings) : file_(file), findings_(findings) {}

  void measure() {
    for (size_t index = 0; index < file_.lines.size(); ++index) look_at(index);
  }

 private:
  void look_at(size_t index) {
    const std::string& line = file_.lines[index];
    const std::string code = code_of(line);
    if (is_raw_ || line.find("R\"(") != std::string::npos ||
        line.find("R\"sql(") != std::string::npos) {
      // The end of a raw string is a line with its delimiter.
      is_raw_ = line.find(")\"") == std::string::npos && line.find(")sql\"") == std::string::npos;
      return;
    }
    if (line.starts_with("}")) return close(index);
    if (is_table_row(code)) ++table_rows_;
    if (line.empty() || isalpha(static_cast<unsigned char>(line[0])) == 0) return;
    start_.reset();
    table_rows_ = 0;
    const bool ends_here = code.ends_with(";") || code.ends_with("}");
    if (!ends_here && !opens_no_function(line)) start_ = index;
  }

  // A table may be as long as what it lists.
  static bool is_table_row(std::string_view code) {
    const size_t first = code.find_first_not_of(' ');
    return first != std::string_view::npos && code[first] == '{' && code.ends_with("},");
  }

  void close(size_t index) {
    const size_t lines = start_ ? index - *start_ + 1 - table_rows_ : 0;
    if (lines > function_lines_max) {
      findings_.add(file_.path, *start_ + 1,
                    "this function has " + std::to_string(lines) + " lines, at most " +
                        std::to_string(function_lines_max));
    }
    start_.reset();
  }

  const SourceFile& file_;
  Findings& findings_;
  std::optional<size_t> start_;
  size_t table_rows_ = 0;
  bool is_raw_ = false;
};

}  // namespace

TEST(Sizes, AFileOfTheProgramHasAtMost500Lines) {
  Findings findings("split the file by subject; aim for 200 lines");
  for (const SourceFile& file : files_below("src", {".h", ".cpp", ".sql"})) {
    expect_short(file, cpp_lines_max, findings);
  }
  for (const SourceFile& file : files_below("tests", {".h", ".cpp"})) {
    expect_short(file, cpp_lines_max, findings);
  }
}

TEST(Sizes, AFileOfTheWebApplicationHasAtMost300Lines) {
  Findings findings("split the component or move its functions out; aim for 150 lines");
  for (const SourceFile& file : files_below("web/src", {".ts", ".tsx"})) {
    // Catalogues of texts grow with the product and are read by key, not from top to bottom.
    if (file.path.starts_with("web/src/locales/")) continue;
    expect_short(file, web_lines_max, findings);
  }
}

TEST(Sizes, AFunctionHasAtMost70Lines) {
  Findings findings("give the steps names: split the function; aim for 50 lines");
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    FunctionMeter(file, findings).measure();
  }
}

TEST(Sizes, TheMeterFindsALongFunctionAndLeavesAShortOne) {
  SourceFile file{"example.cpp", {"namespace a {", "", "int f(int x,", "      int y) {"}};
  for (size_t line = 0; line < function_lines_max; ++line) file.lines.emplace_back("  g();");
  file.lines.insert(file.lines.end(),
                    {"}", "", "int h() {", "  return 1;", "}", "}  // namespace"});
  testing::TestPartResultArray failures;
  {
    testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    Findings findings("split it");
    FunctionMeter(file, findings).measure();
  }
  ASSERT_EQ(failures.size(), 1);
  EXPECT_NE(std::string(failures.GetTestPartResult(0).message()).find("example.cpp:3:"),
            std::string::npos);
}

}  // namespace house
