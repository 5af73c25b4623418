#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/actor.h"
#include "server/program.h"

// A record of many tickets to measure on: one organisation with five departments and twenty agents.

namespace tandem::bench {

constexpr int64_t quick_tickets = 10'000;
constexpr int64_t full_tickets = 1'000'000;

/// Stops the program when a measurement's own preparation is refused.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().field + ": " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct PortalAgent {
  RecordId id = {};
  PersonId person = {};
  std::string name = {};
  bool is_administrator = false;
  std::vector<int64_t> department_ids = {};
};

struct Portal {
  OrgId org = {};
  std::vector<RecordId> departments = {};
  std::vector<PortalAgent> agents = {};
};

/// The folder of the record of so many tickets, below build/bench.
std::string folder_of(int64_t tickets);
/// Makes the record when its folder does not hold it yet. The same seed makes the same record.
void fill(const std::string& folder, int64_t tickets);

/// Opens the program over a folder, with the workers that it usually has.
std::unique_ptr<server::Program> open_program(const std::string& folder, const Clock& clock);
/// What fill() put there.
Portal find_portal(server::Program& program);

/// Makes the organisation, its departments, mailboxes and agents in an empty database.
Portal make_portal(server::Program& program);

}  // namespace tandem::bench
