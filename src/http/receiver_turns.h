#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

// Many may want to call one server of somebody else at once, and it may not answer. Each receiver
// has so many turns at a time; who finds none is told when to come back, one after the other, so
// that neither threads nor the queue of jobs are kept busy by waiting.

namespace tandem::http {

/// Calls that one receiver gets at the same time.
constexpr int turns_per_receiver_max = 2;
/// Nobody is told to stay away for longer.
constexpr int64_t turn_wait_max_ms = 60'000;
constexpr int64_t turn_wait_min_ms = 100;

/// Whom a URL calls, in small letters with its port ("api.example:8443"); "" when it has no host.
std::string receiver_of(std::string_view url);

/// Thread-safe.
class ReceiverTurns {
 public:
  /// Takes a turn and answers 0, or answers in how many milliseconds to ask again.
  int64_t take(const std::string& receiver, int64_t now_ms);
  /// Gives back a turn that was taken `took_ms` ago.
  void give_back(const std::string& receiver, int64_t took_ms);

 private:
  struct Receiver {
    int calls = 0;
    int64_t usual_ms = 0;       // how long the latest calls took
    int64_t next_place_ms = 0;  // when the next one who finds no turn is to come
  };
  std::mutex mutex_;
  std::map<std::string, Receiver> receivers_;  // those that are being called
};

/// A turn that is given back however the call ends.
class ReceiverTurn {
 public:
  ReceiverTurn(ReceiverTurns& turns, std::string receiver);
  ~ReceiverTurn();
  ReceiverTurn(const ReceiverTurn&) = delete;
  ReceiverTurn& operator=(const ReceiverTurn&) = delete;
  bool is_taken() const { return wait_ms_ == 0; }
  /// When to ask again.
  int64_t wait_ms() const { return wait_ms_; }

 private:
  ReceiverTurns& turns_;
  const std::string receiver_;
  const int64_t since_ms_;
  const int64_t wait_ms_;
};

}  // namespace tandem::http
