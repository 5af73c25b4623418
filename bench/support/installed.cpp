#include "bench/support/installed.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>

namespace tandem::bench {

namespace {

constexpr const char* program_file = "build/release/tandem";
constexpr auto poll_pause = std::chrono::milliseconds(2);

}  // namespace

Installed::Installed(const std::string& folder) {
  const std::string listen = fmt::format("127.0.0.1:{}", port);
  process_ = ::fork();
  if (process_ == 0) {
    ::close(STDOUT_FILENO);
    ::execl(program_file, program_file, "serve", "--data", folder.c_str(), "--listen",
            listen.c_str(), nullptr);
    ::_exit(127);
  }
}
Installed::~Installed() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void Installed::wait_for_answer() const {
  for (int tries = 0; tries < 5'000; ++tries) {
    if (get("/native/session")) return;
    std::this_thread::sleep_for(poll_pause);
  }
  throw std::runtime_error("the program does not answer");
}

double Installed::memory_mb(const std::string& what) const {
  std::ifstream status(fmt::format("/proc/{}/status", process_));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(what)) return std::stod(line.substr(what.size() + 1)) / 1'024;
  }
  return 0;
}

std::optional<std::string> Installed::get(const std::string& path, const std::string& encoding) {
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

}  // namespace tandem::bench
