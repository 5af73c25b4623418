// The program as it is installed: from its start to its first answer, its memory at rest and under
// load, and what a browser must load for the first page.
//   bench_start [--quick]

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <optional>
#include <regex>
#include <set>
#include <thread>

#include "bench/support/figures.h"
#include "bench/support/installed.h"
#include "bench/support/load.h"
#include "bench/support/questions.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int starts = 7;
constexpr int64_t rest_ms = 3'000;

double start_seconds(const std::string& folder) {
  const auto start = std::chrono::steady_clock::now();
  const Installed installed(folder);
  installed.wait_for_answer();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Kilobytes of script, as sent, that the first page names: scripts and preloaded modules.
double first_page_script_kb() {
  const std::optional<std::string> page = Installed::get("/");
  if (!page) return -1;
  const std::regex script("(?:src|href)=\"(/[^\"]+\\.js)\"");
  std::set<std::string> paths;
  for (auto match = std::sregex_iterator(page->begin(), page->end(), script);
       match != std::sregex_iterator(); ++match) {
    paths.insert((*match)[1].str());
  }
  double bytes = 0;
  for (const std::string& path : paths)
    bytes += double(Installed::get(path, "gzip").value().size());
  return bytes / 1'000;
}

void measure_load(int64_t tickets) {
  fill(folder_of(tickets), tickets);
  const SystemClock clock;
  auto program = open_program(folder_of(tickets), clock);
  const Caller caller(*program);
  const std::vector<Question> questions =
      measured_questions(some_visible_tickets(*program, caller, tickets));
  program.reset();
  const Installed installed(folder_of(tickets));
  installed.wait_for_answer();
  for (const Question& question : questions) {
    run_load({.port = Installed::port, .duration_ms = 4'000},
             [&](Draw& draw) { return question.ask(caller, draw); });
  }
  report({fmt::format("resident memory after serving {} tickets", tickets),
          installed.memory_mb("VmHWM"), "MB", Bound::at_most, 200});
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  fill(folder_of(quick_tickets), quick_tickets);
  std::vector<double> seconds;
  for (int start = 0; start < starts; ++start) {
    seconds.push_back(start_seconds(folder_of(quick_tickets)));
  }
  report({"start to first answer", median(seconds), "s", Bound::at_most, 0.5});
  {
    const Installed installed(folder_of(quick_tickets));
    installed.wait_for_answer();
    report({"script of the first page, gzip", first_page_script_kb(), "kB", Bound::at_most, 300});
  }
  {
    const Installed installed(folder_of(quick_tickets));
    installed.wait_for_answer();
    std::this_thread::sleep_for(std::chrono::milliseconds(rest_ms));
    report({"resident memory at rest", installed.memory_mb("VmRSS"), "MB", Bound::at_most, 50});
  }
  measure_load(is_quick ? quick_tickets : full_tickets);
  return 0;
}
