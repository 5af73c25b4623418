// The program as it is installed: from its start to its first answer, its memory at rest and under
// load, and what a browser must load for the first page.
//   bench_start [--quick]

#include <curl/curl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <thread>

#include "bench/support/figures.h"
#include "bench/support/load.h"
#include "bench/support/questions.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr const char* program_file = "build/release/tandem";
constexpr int port = 18'473;
constexpr int starts = 7;
constexpr int64_t rest_ms = 3'000;
constexpr auto poll_pause = std::chrono::milliseconds(2);

/// The program in a process of its own; it is stopped at the end.
class Installed {
 public:
  explicit Installed(const std::string& folder) {
    const std::string listen = fmt::format("127.0.0.1:{}", port);
    process_ = ::fork();
    if (process_ == 0) {
      ::close(STDOUT_FILENO);
      ::execl(program_file, program_file, "serve", "--data", folder.c_str(), "--listen",
              listen.c_str(), nullptr);
      ::_exit(127);
    }
  }
  ~Installed() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  Installed(const Installed&) = delete;
  Installed& operator=(const Installed&) = delete;

  void wait_for_answer() const {
    for (int tries = 0; tries < 5'000; ++tries) {
      if (get("/native/session")) return;
      std::this_thread::sleep_for(poll_pause);
    }
    throw std::runtime_error("the program does not answer");
  }

  /// Megabytes of VmRSS, or of VmHWM, the most there ever was.
  double memory_mb(const std::string& what) const {
    std::ifstream status(fmt::format("/proc/{}/status", process_));
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(what)) return std::stod(line.substr(what.size() + 1)) / 1'024;
    }
    return 0;
  }

  /// The body as it is sent, nothing when nobody answers. `encoding`: what a browser would take,
  /// "gzip" or "identity".
  static std::optional<std::string> get(const std::string& path,
                                        const std::string& encoding = "identity") {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> request(curl_easy_init(),
                                                                      curl_easy_cleanup);
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, ("Accept-Encoding: " + encoding).c_str()), curl_slist_free_all);
    std::string body;
    curl_easy_setopt(request.get(), CURLOPT_URL,
                     fmt::format("http://127.0.0.1:{}{}", port, path).c_str());
    curl_easy_setopt(request.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(request.get(), CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(
        request.get(), CURLOPT_WRITEFUNCTION, +[](char* bytes, size_t, size_t size, void* target) {
          static_cast<std::string*>(target)->append(bytes, size);
          return size;
        });
    if (curl_easy_perform(request.get()) != CURLE_OK) return std::nullopt;
    return body;
  }

 private:
  pid_t process_ = 0;
};

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
    run_load({.port = port, .duration_ms = 4'000},
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
