// A program that is killed again and again while people work: what it has acknowledged is there,
// once. Each client notes what was acknowledged; a request without an answer may have been done or
// not, but never twice.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "db/database.h"
#include "tests/simulation/api_client.h"
#include "tests/simulation/node.h"
#include "tests/support/mail_servers.h"

namespace tandem::simulation {

namespace {

using std::chrono::milliseconds;

constexpr int client_count = 4;
constexpr int64_t usual_kills = 10;
constexpr int64_t first_answer_ms_max = 2'000;
constexpr int shortest_life_ms = 50;
constexpr int longest_life_ms = 700;

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

class Client {
 public:
  Client(int number, const std::string& address, const Session& session, std::string department,
         uint64_t seed)
      : number_(number), api_(address), department_(std::move(department)), random_(seed) {
    api_.use(session);
  }

  void work(const std::atomic<bool>& is_over) {
    while (!is_over) {
      act();
      if (was_answered_) continue;
      std::this_thread::sleep_for(milliseconds(5));
    }
  }
  const Journal& journal() const { return journal_; }

 private:
  void act() {
    const uint64_t dice = random_() % 10;
    if (journal_.tickets.empty() || dice < 3) return create();
    if (dice < 6) return patch();
    if (dice < 8) return comment({});
    upload();
  }

  /// Whether it was done as asked; no answer and "busy" are what a crash looks like.
  bool is_done(const Answer& answer, int wanted) {
    was_answered_ = answer.status != 0;
    if (answer.status == wanted) return true;
    if (answer.status != 0 && answer.status != 503)
      journal_.surprises.push_back(fmt::format("{}: {}", answer.status, answer.body));
    return false;
  }

  std::string next_text(const char* what) {
    return fmt::format("{} {} of client {}", what, ++made_, number_);
  }
  const std::string& some_ticket() {
    return journal_.tickets[random_() % journal_.tickets.size()].id;
  }

  void create() {
    const std::string subject = next_text("Ticket");
    const Answer answer =
        api_.post(api_.desk("/tickets"),
                  fmt::format(R"({{"subject":"{}","department":"{}"}})", subject, department_));
    if (is_done(answer, 201)) journal_.tickets.push_back({text_of(answer.json, "id"), subject});
  }

  void patch() {
    const std::string ticket = some_ticket();
    Journal::Patched& patched = journal_.patched[ticket];
    const int64_t step = ++patched.tried;
    const Answer answer =
        api_.patch(api_.desk("/tickets/" + ticket), fmt::format(R"({{"resolution":"{}"}})", step));
    if (is_done(answer, 200)) patched.acknowledged = step;
  }

  void comment(const Note& file) {
    const std::string ticket = some_ticket();
    const std::string text = next_text("Comment");
    const std::string files = file.id.empty() ? "" : "\"" + file.id + "\"";
    const Answer answer =
        api_.post(api_.desk("/tickets/" + ticket + "/comments"),
                  fmt::format(R"({{"html":"<p>{}</p>","is_public":false,"attachment_ids":[{}]}})",
                              text, files));
    if (!is_done(answer, 201)) return;
    journal_.comments.push_back({ticket, text});
    if (file.id.empty()) return;
    const Json& attachment = find(answer.json, "attachments")->as_array().at(0);
    journal_.files.push_back({text_of(attachment, "id"), file.text});
  }

  void upload() {
    std::string bytes = next_text("File") + "\n";
    bytes.append(random_() % 20'000, char('a' + random_() % 26));
    const Answer answer = api_.upload(api_.desk("/uploads"), "file.txt", bytes);
    if (is_done(answer, 201)) comment({text_of(answer.json, "id"), bytes});
  }

  const int number_;
  ApiClient api_;
  const std::string department_;
  std::mt19937_64 random_;
  int made_ = 0;
  bool was_answered_ = true;
  Journal journal_;
};

/// text → how often it is there.
using Found = std::map<std::string, int64_t>;

Found found_by(db::Database& database, const std::string& sql) {
  Found found;
  database.read([&](db::Transaction& tx) {
    for (const db::Row& row : tx.rows(sql)) found[row.text(0)] = row.integer(1);
  });
  return found;
}

void expect_none_doubled(const Found& found) {
  for (const auto& [text, times] : found) EXPECT_EQ(times, 1) << text << " is there twice";
}

void expect_all_there(const Found& found, const std::vector<Note>& acknowledged) {
  for (const Note& note : acknowledged) EXPECT_TRUE(found.contains(note.text)) << note.text;
}

void expect_patches_kept(db::Database& database, const Journal& journal) {
  for (const auto& [ticket, patched] : journal.patched) {
    const int64_t kept = database.read([&](db::Transaction& tx) {
      const auto row =
          tx.row("SELECT resolution FROM tickets WHERE id = $1", {int64_t(std::stoll(ticket))});
      return row && !row->is_null(0) && !row->text(0).empty() ? std::stoll(row->text(0)) : 0LL;
    });
    EXPECT_GE(kept, patched.acknowledged) << "ticket " << ticket;
    EXPECT_LE(kept, patched.tried) << "ticket " << ticket;
  }
}

/// A program over a fresh data folder, and clients who work in it until it goes.
class CrashingOffice {
 public:
  explicit CrashingOffice(uint64_t seed) {
    const std::string token = set_up_company(place);
    node.start_ms();
    session = accept_invitation(node.address(), token);
    ApiClient api(node.address());
    api.use(session);
    const Answer meta = api.get(api.desk("/meta"));
    const std::string department = text_of(find(meta.json, "departments")->as_array().at(0), "id");
    for (int number = 1; number <= client_count; ++number) {
      clients.push_back(std::make_unique<Client>(number, node.address(), session, department,
                                                 seed + uint64_t(number)));
    }
    for (const auto& client : clients) {
      threads.emplace_back([this, one = client.get()] { one->work(is_over); });
    }
  }
  ~CrashingOffice() { let_everybody_go(); }

  void let_everybody_go() {
    is_over = true;
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }

  testing::TemporaryFolder folder;
  std::string data = folder.path() / "data";
  std::vector<std::string> place{"--data", data};
  Node node{place, folder.path() / "log"};
  Session session;
  std::atomic<bool> is_over = false;
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<std::thread> threads;
};

}  // namespace

TEST(Crashes, NothingAcknowledgedIsLostOrDoubledHoweverOftenTheProgramIsKilled) {
  const uint64_t seed = test_seed();
  const int64_t kills = number_from_environment("TANDEM_KILLS", usual_kills);
  std::mt19937_64 random(seed);
  CrashingOffice office(seed);
  int64_t slowest_ms = 0;
  for (int64_t kill = 0; kill < kills; ++kill) {
    const uint64_t spread = uint64_t(longest_life_ms - shortest_life_ms);
    std::this_thread::sleep_for(milliseconds(shortest_life_ms + int64_t(random() % spread)));
    office.node.kill_hard();
    const int64_t first_answer_ms = office.node.start_ms();
    EXPECT_LE(first_answer_ms, first_answer_ms_max) << "after kill " << kill + 1;
    slowest_ms = std::max(slowest_ms, first_answer_ms);
  }
  office.let_everybody_go();

  ApiClient api(office.node.address());
  api.use(office.session);
  for (const auto& client : office.clients) {
    for (const Note& file : client->journal().files)
      EXPECT_EQ(api.get(api.desk("/attachments/" + file.id)).body, file.text);
  }
  office.node.kill_hard();
  const CommandEnd check = run_tandem({"check", "--data", office.data});
  EXPECT_EQ(check.exit_code, 0) << check.output;
  EXPECT_NE(check.output.find("All is well."), std::string::npos) << check.output;

  const SystemClock clock;
  const auto database = db::open_database({.url = office.data + "/tandem.db"}, clock);
  const Found tickets =
      found_by(*database, "SELECT subject, COUNT(*) FROM tickets GROUP BY subject");
  const Found comments =
      found_by(*database, "SELECT text_preview, COUNT(*) FROM comments GROUP BY text_preview");
  expect_none_doubled(tickets);
  expect_none_doubled(comments);
  size_t acknowledged = 0;
  for (const auto& client : office.clients) {
    const Journal& journal = client->journal();
    expect_all_there(tickets, journal.tickets);
    expect_all_there(comments, journal.comments);
    expect_patches_kept(*database, journal);
    for (const std::string& surprise : journal.surprises) ADD_FAILURE() << surprise;
    acknowledged += journal.tickets.size() + journal.comments.size() + journal.files.size();
  }
  EXPECT_GT(acknowledged, size_t(kills)) << "the clients hardly worked";
  std::cout << kills << " kills, " << tickets.size() << " tickets, " << comments.size()
            << " comments; slowest first answer " << slowest_ms << " ms" << std::endl;
}

}  // namespace tandem::simulation
