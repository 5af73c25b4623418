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
#include "tests/simulation/busy_office.h"

namespace tandem::simulation {

namespace {

using std::chrono::milliseconds;

constexpr int64_t usual_kills = 10;
constexpr int64_t first_answer_ms_max = 2'000;
constexpr int shortest_life_ms = 50;
constexpr int longest_life_ms = 700;

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

}  // namespace

TEST(Crashes, NothingAcknowledgedIsLostOrDoubledHoweverOftenTheProgramIsKilled) {
  const uint64_t seed = test_seed();
  const int64_t kills = number_from_environment("TANDEM_KILLS", usual_kills);
  std::mt19937_64 random(seed);
  BusyOffice office(seed);
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
