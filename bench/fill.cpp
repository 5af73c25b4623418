// Makes a record of many tickets to measure on, in build/bench/<tickets>, and checks it.
//   bench_fill TICKETS

#include <cstdlib>
#include <iostream>

#include "bench/support/portal.h"
#include "server/invariants.h"

int main(int argc, char** argv) {
  using namespace tandem;
  const int64_t tickets = argc > 1 ? std::atoll(argv[1]) : bench::quick_tickets;
  const std::string folder = bench::folder_of(tickets);
  bench::fill(folder, tickets);
  if (tickets > bench::quick_tickets) return 0;  // the check reads all tables several times
  const SystemClock clock;
  const auto program = bench::open_program(folder, clock);
  const std::vector<std::string> faults = server::broken_invariants(*program);
  for (const std::string& fault : faults) std::cerr << fault << "\n";
  return faults.empty() ? 0 : 1;
}
