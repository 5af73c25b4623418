#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "desk/desk.h"

namespace tandem::desk {

struct DemoPlan {
  Instant until;  // the present: the story ends here
  std::string organisation = "Aurora Home Networks";
  std::string password = "tandem-demo";  // of everyone
  int tickets = 120;                     // 1 to 1,000
  uint32_t seed = 1;
};

struct DemoPerson {
  std::string name;
  std::string email;
  std::string role;  // administrator, agent or light_agent
};

struct Demo {
  OrgId org;
  std::vector<DemoPerson> people;
  int tickets = 0;
};

/// Makes a company that has been at work for five weeks: three departments, six people, forty
/// contacts, and tickets in four languages that came by the real intake and were answered by the
/// real replies. The same plan tells the same story. No mail leaves the machine: all goes into the
/// outbox folder. `clock` is the one that the database was opened with; it is moved back and ends
/// at `until`. Refuses with invalid: another clock, no outbox folder, a wrong number of tickets.
Result<Demo> make_demo(const Desk& desk, StoppedClock& clock, const DemoPlan& plan);

}  // namespace tandem::desk
