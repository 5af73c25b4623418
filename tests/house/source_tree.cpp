#include "tests/house/source_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace house {

namespace fs = std::filesystem;

namespace {

const fs::path root = TANDEM_SOURCE_DIR;

constexpr std::array<std::string_view, 5> folders_left_out{"build", "node_modules", "dist", "data",
                                                           ".git"};

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return std::ranges::find(folders_left_out, name) != folders_left_out.end();
}

}  // namespace

SourceFile read_file(const std::string& path) {
  SourceFile file{path, {}};
  std::ifstream in(root / path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> files_below(const std::string& folder,
                                    std::initializer_list<std::string_view> endings) {
  std::vector<SourceFile> found;
  if (!fs::exists(root / folder)) return found;
  for (auto entry = fs::recursive_directory_iterator(root / folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && is_left_out(entry->path())) entry.disable_recursion_pending();
    if (!entry->is_regular_file()) continue;
    const std::string path = fs::relative(entry->path(), root).string();
    const auto ends_path = [&](std::string_view ending) { return path.ends_with(ending); };
    if (std::ranges::any_of(endings, ends_path)) found.push_back(read_file(path));
  }
  std::ranges::sort(found, {}, &SourceFile::path);
  return found;
}

Findings::~Findings() {
  if (!text_.empty()) ADD_FAILURE() << text_ << "Remedy: " << remedy_;
}

void Findings::add(const std::string& path, size_t line, const std::string& what) {
  text_ += path + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what + "\n";
}

std::string file_name(std::string_view path) {
  return std::string(path.substr(path.find_last_of('/') + 1));
}

std::string stem(std::string_view path) { return std::string(path.substr(0, path.rfind('.'))); }

std::string room_of(std::string_view path) {
  constexpr std::string_view sources = "src/";
  if (!path.starts_with(sources)) return "";
  const std::string_view rest = path.substr(sources.size());
  const size_t slash = rest.find('/');
  return slash == std::string_view::npos ? "" : std::string(rest.substr(0, slash));
}

std::string quoted_include(std::string_view line) {
  constexpr std::string_view start = "#include \"";
  if (!line.starts_with(start)) return "";
  const std::string_view rest = line.substr(start.size());
  return std::string(rest.substr(0, rest.find('"')));
}

std::string code_of(std::string_view line) {
  std::string code;
  char quote = 0;
  for (size_t at = 0; at < line.size(); ++at) {
    const char here = line[at];
    if (quote != 0) {
      if (here == '\\') ++at;
      if (here == quote) quote = 0;
      continue;
    }
    if (here == '/' && at + 1 < line.size() && line[at + 1] == '/') break;
    // An apostrophe between digits separates them: 1'000.
    const bool separates_digits = here == '\'' && at > 0 && isxdigit(line[at - 1]) != 0;
    if ((here == '"' || here == '\'') && !separates_digits) {
      quote = here;
      continue;
    }
    code += here;
  }
  return code;
}

}  // namespace house
