#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tandem::test {

/// A server on a free loopback port that hears whole HTTP requests and answers each with the same
/// bytes, which need not be HTTP: gateways of others are up, down, slow, or broken.
class ScriptedHttp {
 public:
  /// "HTTP/1.1 200 OK" and the like, with an empty body.
  explicit ScriptedHttp(const std::string& status_line = "HTTP/1.1 200 OK");
  ~ScriptedHttp();
  ScriptedHttp(const ScriptedHttp&) = delete;
  ScriptedHttp& operator=(const ScriptedHttp&) = delete;

  void answers(const std::string& status_line, const std::string& body = "");
  void answers_bytes(const std::string& bytes);
  /// Hears, and says nothing as long as the caller waits.
  void stays_silent();

  std::string url(const std::string& path = "/send") const;
  /// What was heard, head and body, in order.
  std::vector<std::string> requests() const;

 private:
  void serve();
  void serve_one(int connection);

  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_ending_{false};
  mutable std::mutex mutex_;
  std::string answer_;
  bool is_silent_ = false;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace tandem::test
