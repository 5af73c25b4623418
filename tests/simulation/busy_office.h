#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulation/api_client.h"
#include "tests/simulation/node.h"
#include "tests/support/mail_servers.h"

// A program over a fresh data folder, and people who work in it and note what it acknowledged.

namespace tandem::simulation {

struct Note {
  std::string id;
  std::string text;
};

/// What one client did and what it was told.
struct Journal {
  std::vector<Note> tickets;   // acknowledged: subject
  std::vector<Note> comments;  // acknowledged: ticket, text
  std::vector<Note> files;     // acknowledged: attachment, bytes
  struct Patched {
    int64_t acknowledged = 0;
    int64_t tried = 0;
  };
  std::map<std::string, Patched> patched;  // by ticket
  std::vector<std::string> surprises;      // answers that should not have come
};

/// Creates and changes tickets, comments and uploads, as fast as it is answered. A request without
/// an answer is never repeated.
class Client {
 public:
  Client(int number, const std::string& address, const Session& session, std::string department,
         uint64_t seed);
  void work(const std::atomic<bool>& is_over);
  /// Complete when work() has returned.
  const Journal& journal() const { return journal_; }

 private:
  void act();
  void create();
  void patch();
  void comment(const Note& file);
  void upload();
  bool is_done(const Answer& answer, int wanted);
  std::string next_text(const char* what);
  const std::string& some_ticket();

  const int number_;
  ApiClient api_;
  const std::string department_;
  std::mt19937_64 random_;
  int made_ = 0;
  bool was_answered_ = true;
  Journal journal_;
};

class BusyOffice {
 public:
  explicit BusyOffice(uint64_t seed);
  ~BusyOffice() { let_everybody_go(); }
  void let_everybody_go();

  testing::TemporaryFolder folder;
  std::string data = folder.path() / "data";
  Node node{{"--data", data}, folder.path() / "log"};
  Session session;
  std::string department;
  std::vector<std::unique_ptr<Client>> clients;

 private:
  std::atomic<bool> is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tandem::simulation
