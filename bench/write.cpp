// Creating tickets durably over 32 connections, beside the bare inserts of the same rows by 32
// threads with the same group commit.
//   bench_write [--quick]

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "bench/support/figures.h"
#include "bench/support/load.h"
#include "bench/support/served.h"
#include "bench/support/statements.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int rounds = 5;
constexpr int connections = 32;
constexpr int64_t long_ms = 120'000;

/// A record of its own, because this measurement changes it.
std::string copied_record(const std::string& name) {
  const std::string folder = "build/bench/" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::copy(folder_of(quick_tickets), folder, std::filesystem::copy_options::recursive);
  return folder;
}

std::string new_ticket(const Caller& caller, Draw& draw) {
  return caller.post(
      "/tickets", fmt::format(R"({{"subject":"{}","description":"<p>{}</p>","department":"{}",)"
                              R"("priority":"high","channel":"phone"}})",
                              draw.words(5), draw.prose(30), caller.agent().department_ids.at(0)));
}

LoadFigures create_tickets(const Served& served, int64_t count) {
  const LoadFigures figures =
      run_load({.port = served.port(),
                .connections = connections,
                .duration_ms = long_ms,
                .requests_max = count},
               [&](Draw& draw) { return new_ticket(served.caller(), draw); });
  if (figures.failures > 0) throw std::runtime_error("a ticket was refused");
  return figures;
}

/// What creating so many tickets writes.
std::vector<Statements> written_by_creating(int64_t count) {
  const SystemClock clock;
  const auto program = open_program(copied_record("write-listened"), clock);
  ListeningDatabase listening(program->database(), Keep::writes);
  const Served served(*program, listening);
  create_tickets(served, count);
  std::vector<Statements> all = listening.take();
  std::erase_if(all, [](const Statements& one) {
    return std::none_of(one.begin(), one.end(), [](const Statement& statement) {
      return statement.sql.starts_with("INSERT INTO \"tickets\"");
    });
  });
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const int64_t per_round = is_quick ? 500 : 3'000;
  fill(folder_of(quick_tickets), quick_tickets);
  const std::vector<Statements> written = written_by_creating(per_round * rounds);
  const SystemClock clock;
  const auto alone = open_program(copied_record("write-alone"), clock);
  const auto program = open_program(copied_record("write-served"), clock);
  const Served served(*program, program->database());
  std::vector<double> ratios;
  std::vector<double> rates;
  std::vector<double> waits;
  for (int round = 0; round < rounds; ++round) {
    const auto from = size_t(per_round * round);
    const double bare = double(per_round) / replay_s(alone->database(), written, from,
                                                     from + size_t(per_round), connections);
    const LoadFigures created = create_tickets(served, per_round);
    rates.push_back(created.per_second);
    waits.push_back(created.p99_ms);
    ratios.push_back(created.per_second / bare);
  }
  note("tickets created per second", median(rates), "1/s");
  note("create a ticket, p99", median(waits), "ms");
  report({"create a ticket durably, beside the bare inserts", median(ratios), "ratio",
          Bound::at_least, 0.5});
  return 0;
}
