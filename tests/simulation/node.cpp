#include "tests/simulation/node.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <thread>

#include "tests/simulation/api_client.h"
#include "tests/support/mail_servers.h"

namespace tandem::simulation {

namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

constexpr int start_seconds_max = 30;
constexpr auto look_again = std::chrono::milliseconds(10);

std::string text_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

pid_t start(const std::vector<std::string>& arguments, const fs::path& output) {
  const std::string binary = tandem_binary();
  std::vector<char*> words{const_cast<char*>(binary.c_str())};
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const int log = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot start " + binary);
  if (child > 0) {
    ::close(log);
    return child;
  }
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() == parent) ::execv(words[0], words.data());
  ::_exit(127);
}

int wait_for_end(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string tandem_binary() {
  const char* given = std::getenv("TANDEM_BINARY");
  const std::string binary =
      given != nullptr ? given : std::string(TANDEM_SOURCE_DIR) + "/build/release/tandem";
  if (::access(binary.c_str(), X_OK) != 0) {
    throw std::runtime_error("There is no program " + binary +
                             ": build it, or name it in TANDEM_BINARY");
  }
  return binary;
}

CommandEnd run_tandem(const std::vector<std::string>& arguments) {
  const testing::TemporaryFolder folder;
  const fs::path output = folder.path() / "output";
  const int exit_code = wait_for_end(start(arguments, output));
  return {.exit_code = exit_code, .output = text_in(output)};
}

Process::Process(const std::vector<std::string>& arguments, const fs::path& output)
    : pid_(start(arguments, output)) {}

Process::~Process() { kill_hard(); }

void Process::kill_hard() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  wait_for_end(pid_);
  pid_ = 0;
}

int Process::end_softly() {
  if (pid_ == 0) return -1;
  ::kill(pid_, SIGTERM);
  const int exit_code = wait_for_end(pid_);
  pid_ = 0;
  return exit_code;
}

void Process::pause() { ::kill(pid_, SIGSTOP); }
void Process::resume() { ::kill(pid_, SIGCONT); }

bool Process::is_running() {
  if (pid_ != 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
  return pid_ != 0;
}

Node::Node(std::vector<std::string> place, fs::path log) : log_(std::move(log)) {
  const std::string listen = fmt::format("127.0.0.1:{}", testing::free_port());
  address_ = "http://" + listen;
  arguments_ = {"serve", "--listen", listen};
  for (std::string& word : place) arguments_.push_back(std::move(word));
}

int64_t Node::start_ms() {
  const Steady::time_point begin = Steady::now();
  process_ = std::make_unique<Process>(arguments_, log_);
  ApiClient client(address_);
  while (client.get("/native/session").status == 0) {
    if (!process_->is_running() || Steady::now() - begin > std::chrono::seconds(start_seconds_max))
      throw std::runtime_error("tandem serve does not answer:\n" + text_in(log_));
    std::this_thread::sleep_for(look_again);
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin).count();
}

int64_t number_from_environment(const char* name, int64_t usual) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoll(text, nullptr, 10) : usual;
}

uint64_t test_seed() {
  const uint64_t seed =
      uint64_t(number_from_environment("TANDEM_SEED", int64_t(std::random_device{}())));
  std::cout << "Seed " << seed << "; repeat with TANDEM_SEED=" << seed << std::endl;
  return seed;
}

}  // namespace tandem::simulation
