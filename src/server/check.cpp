#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "files/lost_files.h"
#include "server/commands.h"
#include "server/invariants.h"
#include "server/program.h"

namespace tandem::server {

namespace {

constexpr size_t lost_files_shown_max = 100;
constexpr std::string_view restore =
    "The database is damaged. Stop the program, keep what is there, and "
    "restore the last backup: "
    "see \"Backup\" in docs/OPERATIONS.md.";
constexpr const char* restore_files =
    "{} files are missing or of another length: copy them from your last "
    "backup of the folder "
    "files.";

/// Whether SQLite says that the file itself is broken, not that it can't be
/// reached.
bool tells_damage(const db::DatabaseFailure& failure) {
  const std::string_view text = failure.what();
  return text.find("malformed") != text.npos || text.find("not a database") != text.npos;
}

void add_lines(const std::string& text, std::vector<std::string>& lines) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
}

/// What the database itself finds wrong with its files. Asked before anything
/// else is read.
std::vector<std::string> damage_of(const Config& config, const Clock& clock) {
  std::vector<std::string> damage;
  const auto database = db::open_database({.url = config.database(), .connections = 1}, clock);
  for (const std::string& fault : database->integrity_faults()) add_lines(fault, damage);
  return damage;
}

/// Answers how many files are lost.
int64_t add_lost_files(Program& program, std::vector<std::string>& faults) {
  const files::LostFiles lost = files::find_lost_files(
      program.database(), program.config().data_folder + "/files", lost_files_shown_max);
  faults.insert(faults.end(), lost.shown.begin(), lost.shown.end());
  const int64_t not_shown = lost.count - int64_t(lost.shown.size());
  if (not_shown > 0)
    faults.push_back(fmt::format("{} more files are missing or of another length", not_shown));
  return lost.count;
}

int say(const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) std::cout << fault << "\n";
  std::cout << (faults.empty() ? "All is well.\n" : fmt::format("{} faults.\n", faults.size()));
  return faults.empty() ? 0 : 1;
}

int say_damage(const std::vector<std::string>& faults) {
  const int code = say(faults);
  std::cout << restore << "\n";
  return code;
}

}  // namespace

int run_check(const Config& config) {
  const Result<void> found = require_database(config);
  if (!found) return report(found.error());
  const SystemClock clock;
  try {
    const std::vector<std::string> damage = damage_of(config, clock);
    if (!damage.empty()) return say_damage(damage);
    Result<std::unique_ptr<Program>> program = Program::open_as_it_is(config, clock);
    if (!program) return report(program.error());
    std::vector<std::string> faults = broken_invariants(**program);
    const int64_t lost = add_lost_files(**program, faults);
    const int code = say(faults);
    if (lost > 0) std::cout << fmt::format(fmt::runtime(restore_files), lost) << "\n";
    return code;
  } catch (const db::DatabaseFailure& failure) {
    if (!tells_damage(failure)) throw;
    return say_damage({failure.what()});
  }
}

}  // namespace tandem::server
