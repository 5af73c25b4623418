#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// The repository as text, and the broken rules found in it.

namespace house {

struct SourceFile {
  std::string path;  // from the root: "src/base/id.h"
  std::vector<std::string> lines;
};

/// All files below `folder` (from the root) whose names end in one of `endings`, ordered by path.
/// What is built or installed (build, node_modules, dist, data) is left out.
std::vector<SourceFile> files_below(const std::string& folder,
                                    std::initializer_list<std::string_view> endings);
SourceFile read_file(const std::string& path);

/// Fails the running test with "file:line: what", one line each, and the remedy once.
class Findings {
 public:
  explicit Findings(std::string remedy) : remedy_(std::move(remedy)) {}
  ~Findings();
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;
  /// `line` counts from 1; 0 means the file as a whole.
  void add(const std::string& path, size_t line, const std::string& what);

 private:
  std::string remedy_;
  std::string text_;
};

std::string file_name(std::string_view path);
/// The path without its last ending: "src/base/id".
std::string stem(std::string_view path);
/// "src/<room>/…" to "<room>", "" for anything else.
std::string room_of(std::string_view path);
/// What stands between the quotes of `#include "…"`, "" for any other line.
std::string quoted_include(std::string_view line);

/// The line without strings, characters and // comments, so that braces in them do not count.
std::string code_of(std::string_view line);

}  // namespace house
