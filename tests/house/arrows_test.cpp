#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/house/source_tree.h"

namespace house {

namespace {

const char* const table_path = "docs/ARCHITECTURE.md";

using ArrowTable = std::map<std::string, std::set<std::string>>;

// A block of docs/ARCHITECTURE.md, such as ```arrows: "room: room room".
ArrowTable arrow_table(const std::string& block = "arrows") {
  ArrowTable table;
  bool is_inside = false;
  for (const std::string& line : read_file(table_path).lines) {
    if (line.starts_with("```")) is_inside = line == "```" + block;
    const size_t colon = line.find(':');
    if (!is_inside || colon == std::string::npos) continue;
    std::istringstream words(line.substr(colon + 1));
    std::set<std::string>& rooms = table[line.substr(0, colon)];
    for (std::string room; words >> room;) rooms.insert(room);
  }
  return table;
}

// "web/src/<room>/…" to "<room>".
std::string web_room_of(std::string_view path) {
  constexpr std::string_view web = "web/";
  return path.starts_with(web) ? room_of(path.substr(web.size())) : "";
}

// The room of what a line of TypeScript imports: "@/room/…" or a relative name; "" for packages.
std::string imported_web_room(const SourceFile& file, const std::string& line) {
  static const std::regex quoted("(?:from|import|import\\()\\s*['\"]([^'\"]+)['\"]");
  std::smatch match;
  if (!std::regex_search(line, match, quoted)) return "";
  const std::string name = match[1].str();
  if (name.starts_with("@/")) return web_room_of("web/src/" + name.substr(2) + "/");
  if (!name.starts_with(".")) return "";
  const std::filesystem::path folder = std::filesystem::path(file.path).parent_path();
  return web_room_of((folder / name).lexically_normal().string());
}

// "src/api/<dialect>/…" to "<dialect>", "" for what the dialects share.
std::string dialect_of(std::string_view path) {
  constexpr std::string_view faces = "src/api/";
  if (!path.starts_with(faces)) return "";
  const std::string_view rest = path.substr(faces.size());
  const size_t slash = rest.find('/');
  return slash == std::string_view::npos ? "" : std::string(rest.substr(0, slash));
}

}  // namespace

TEST(Arrows, EveryRoomStandsInTheTable) {
  const auto table = arrow_table();
  ASSERT_FALSE(table.empty()) << table_path << " has no block ```arrows";
  Findings findings("add the room to the block ```arrows of docs/ARCHITECTURE.md");
  std::set<std::string> reported;
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    const std::string room = room_of(file.path);
    if (table.contains(room) || !reported.insert(room).second) continue;
    findings.add(file.path, 0, "the room '" + room + "' is not in the table");
  }
}

TEST(Arrows, ARoomIncludesOnlyTheRoomsOfItsRow) {
  const auto table = arrow_table();
  Findings findings(
      "hand the thing down as a value, or move it to a lower room; change the table only when the "
      "plan of the house changes");
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    const std::string from = room_of(file.path);
    for (size_t index = 0; index < file.lines.size(); ++index) {
      const std::string to = room_of("src/" + quoted_include(file.lines[index]));
      if (to.empty() || to == from || !table.contains(from)) continue;
      if (table.at(from).contains(to)) continue;
      findings.add(file.path, index + 1, from + " may not include " + to);
    }
  }
}

TEST(Arrows, ARoomOfTheWebApplicationImportsOnlyTheRoomsOfItsRow) {
  const ArrowTable table = arrow_table("web-arrows");
  Findings findings("move what both need to a lower room, or hand it down as a property");
  for (const SourceFile& file : files_below("web/src", {".ts", ".tsx"})) {
    const std::string from = web_room_of(file.path);
    if (from.empty()) continue;  // main.tsx may start everything
    if (!table.contains(from)) {
      findings.add(file.path, 0, "the room '" + from + "' is not in the block ```web-arrows");
      continue;
    }
    for (size_t index = 0; index < file.lines.size(); ++index) {
      const std::string to = imported_web_room(file, file.lines[index]);
      if (to.empty() || to == from || table.at(from).contains(to)) continue;
      findings.add(file.path, index + 1, from + " may not import " + to);
    }
  }
}

TEST(Arrows, IncludesNameTheRoom) {
  Findings findings("write #include \"room/file.h\", from src");
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    for (size_t index = 0; index < file.lines.size(); ++index) {
      const std::string included = quoted_include(file.lines[index]);
      if (included.empty() || included.find('/') != std::string::npos) continue;
      findings.add(file.path, index + 1, "\"" + included + "\" names no room");
    }
  }
}

TEST(Arrows, DialectsNeverIncludeEachOther) {
  Findings findings("move what both need to src/api itself");
  for (const SourceFile& file : files_below("src/api", {".h", ".cpp"})) {
    const std::string from = dialect_of(file.path);
    for (size_t index = 0; index < file.lines.size(); ++index) {
      const std::string to = dialect_of("src/" + quoted_include(file.lines[index]));
      if (from.empty() || to.empty() || to == from) continue;
      findings.add(file.path, index + 1, from + " includes the dialect " + to);
    }
  }
}

TEST(Arrows, TheKindOfDatabaseIsAskedOnlyWhereItMustDiffer) {
  // The server wires: threads, backups and folders differ. Nobody else words SQL twice.
  const std::initializer_list<std::string> may_ask{"src/db/",
                                                   "src/records/search/",
                                                   "src/records/table_sync",
                                                   "src/records/change_log",
                                                   "src/files/store.cpp",
                                                   "src/server/"};
  Findings findings("find one SQL text for both databases, or move the difference into src/db");
  for (const SourceFile& file : files_below("src", {".h", ".cpp"})) {
    bool is_allowed = false;
    for (const std::string& place : may_ask) is_allowed |= file.path.starts_with(place);
    for (size_t index = 0; index < file.lines.size() && !is_allowed; ++index) {
      const std::string code = code_of(file.lines[index]);
      if (code.find("Kind::sqlite") == std::string::npos &&
          code.find("Kind::postgres") == std::string::npos) {
        continue;
      }
      findings.add(file.path, index + 1, "asks which database it talks to");
    }
  }
}

}  // namespace house
