#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/house/source_tree.h"

namespace house {

namespace {

std::set<std::string> all_includes() {
  std::set<std::string> included;
  for (const char* const folder : {"src", "tests", "bench"}) {
    for (const SourceFile& file : files_below(folder, {".h", ".cpp"})) {
      const std::string own_header = stem(file.path).substr(file.path.starts_with("src/") ? 4 : 0);
      for (const std::string& line : file.lines) {
        const std::string name = quoted_include(line);
        // A header that only its own source includes serves nobody else.
        if (!name.empty() && name != own_header + ".h") included.insert(name);
      }
    }
  }
  // Written by cmake/embed*.cmake.
  included.insert({"db/migrate.h", "server/embedded_web.h"});
  return included;
}

// The last part of every module name in `import … from "…"`, `import("…")` and `export … from`.
std::set<std::string> all_web_imports() {
  const std::regex quoted("(?:from|import|import\\()\\s*[\"']([^\"']+)[\"']");
  std::set<std::string> imported;
  for (const SourceFile& file : files_below("web", {".ts", ".tsx", ".mjs", ".js", ".html"})) {
    for (const std::string& line : file.lines) {
      for (auto match = std::sregex_iterator(line.begin(), line.end(), quoted);
           match != std::sregex_iterator(); ++match) {
        imported.insert(file_name((*match)[1].str()));
      }
      const std::regex script("src=\"/([^\"]+)\"");
      std::smatch page;
      if (std::regex_search(line, page, script)) imported.insert(file_name(page[1].str()));
    }
  }
  return imported;
}

bool is_run_by_itself(const SourceFile& file) {
  return file.path.find(".test.") != std::string::npos || file.path.ends_with(".d.ts") ||
         file.path.find("/locales/") != std::string::npos;
}

}  // namespace

TEST(DeadFiles, EveryHeaderIsIncludedByAnother) {
  const std::set<std::string> included = all_includes();
  Findings findings("delete the header, or include it where it is needed");
  for (const SourceFile& file : files_below("src", {".h"})) {
    const std::string name = file.path.substr(4);
    if (!included.contains(name)) findings.add(file.path, 0, "nobody includes it");
  }
}

TEST(DeadFiles, EveryWebSourceIsImported) {
  const std::set<std::string> imported = all_web_imports();
  Findings findings("delete the file, or import it where it is needed");
  for (const SourceFile& file : files_below("web/src", {".ts", ".tsx"})) {
    if (is_run_by_itself(file)) continue;
    const std::string name = file_name(file.path);
    std::string without_ending = stem(name);
    if (without_ending == "index")
      without_ending = file_name(stem(file.path).substr(0, file.path.rfind('/')));
    if (imported.contains(name) || imported.contains(without_ending)) continue;
    findings.add(file.path, 0, "nobody imports it");
  }
}

TEST(DeadFiles, NothingIsMarkedForLater) {
  // Split, so that this file does not find itself.
  const std::regex marks(std::string("\\b(TO") + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
  Findings findings("do it now, or describe it in docs/DEVELOPING.md under \"Next steps\"");
  for (const char* const folder : {"src", "tests", "bench", "web/src", "bin", "cmake"}) {
    for (const SourceFile& file : files_below(
             folder, {".h", ".cpp", ".sql", ".ts", ".tsx", ".mjs", ".css", ".cmake", ".sh"})) {
      for (size_t index = 0; index < file.lines.size(); ++index) {
        if (!std::regex_search(file.lines[index], marks)) continue;
        findings.add(file.path, index + 1, "a mark for later");
      }
    }
  }
}

TEST(DeadFiles, NothingNamesAMachine) {
  // Split, so that this file does not find itself.
  const std::regex places(std::string("(^|[^A-Za-z0-9_.}])/(wo") + "rk|ro" + "ot|ho" +
                          "me)/[A-Za-z0-9_.]|registry\\.npm" + "js\\.org");
  Findings findings("name the place from the root of the repository, or leave it out");
  for (const SourceFile& file :
       files_below("", {".h",       ".cpp",      ".sql",      ".ts",       ".tsx",
                        ".mjs",     ".js",       ".json",     ".md",       ".txt",
                        ".cmake",   ".sh",       "bin/setup", "bin/build", "bin/run",
                        "bin/test", "bin/check", "bin/bench", ".ci/run",   ".npmrc"})) {
    for (size_t index = 0; index < file.lines.size(); ++index) {
      if (!std::regex_search(file.lines[index], places)) continue;
      findings.add(file.path, index + 1, "names a place of one machine");
    }
  }
}

}  // namespace house
