#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

// The real program as processes: commands that end, and nodes that serve until they are killed.

namespace tandem::simulation {

/// TANDEM_BINARY, else the program of the release build.
std::string tandem_binary();

struct CommandEnd {
  int exit_code = 0;
  std::string output;  // standard output and standard error
};
/// Runs one command of the program to its end.
CommandEnd run_tandem(const std::vector<std::string>& arguments);

/// A process of the program, killed when this object goes and by the kernel when the test dies.
class Process {
 public:
  Process(const std::vector<std::string>& arguments, const std::filesystem::path& output);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// SIGKILL, as when the power goes for the program alone; answers when it is gone.
  void kill_hard();
  /// SIGTERM; answers when it has ended, with its exit code.
  int end_softly();
  void pause();
  void resume();
  /// False when it ended by itself.
  bool is_running();

 private:
  pid_t pid_ = 0;
};

/// `tandem serve` on one port, over and over.
class Node {
 public:
  /// `place`: --data, --database and --config with their values.
  Node(std::vector<std::string> place, std::filesystem::path log);
  /// Starts it and waits for the first answer; answers how long that took. Throws with the log when
  /// none comes.
  int64_t start_ms();
  void kill_hard() { process_->kill_hard(); }
  int end_softly() { return process_->end_softly(); }
  void pause() { process_->pause(); }
  void resume() { process_->resume(); }
  const std::string& address() const { return address_; }  // "http://127.0.0.1:PORT"

 private:
  std::vector<std::string> arguments_;
  std::filesystem::path log_;
  std::string address_;
  std::unique_ptr<Process> process_;
};

/// A number from the environment, such as how often to kill; `usual` without it.
int64_t number_from_environment(const char* name, int64_t usual);
/// TANDEM_SEED, or a new one; printed, so that a failure can be repeated.
uint64_t test_seed();

}  // namespace tandem::simulation
