#include <fmt/format.h>

#include <iostream>

#include "access/organisations.h"
#include "desk/dashboards/figures_keeping.h"
#include "server/commands.h"
#include "server/program.h"

// `tandem figures`: proves that dashboards show what the tickets are.

namespace tandem::server {

namespace {

std::vector<access::Organisation> organisations_of(Program& program) {
  return program.database().read([](db::Transaction& tx) { return access::all_organisations(tx); });
}

void begin_anew(Program& program) {
  for (const access::Organisation& organisation : organisations_of(program)) {
    const Result<void> begun = program.database().write([&](db::Transaction& tx) -> Result<void> {
      desk::count_anew(tx, organisation.id);
      return {};
    });
    if (!begun) throw db::DatabaseFailure(begun.error().message);
  }
}

}  // namespace

int run_figures(const Config& config, const FiguresRequest& request) {
  const Result<void> found = require_database(config);
  if (!found) return report(found.error());
  const SystemClock clock;
  Result<std::unique_ptr<Program>> program = Program::open_as_it_is(config, clock);
  if (!program) return report(program.error());
  if (request.is_rebuilt) begin_anew(**program);
  desk::finish_figures((*program)->database());
  int64_t faults = 0;
  for (const access::Organisation& organisation : organisations_of(**program)) {
    const std::vector<std::string> wrong = (*program)->database().read(
        [&](db::Transaction& tx) { return desk::wrong_figures(tx, organisation.id); });
    for (const std::string& line : wrong) std::cout << line << "\n";
    faults += int64_t(wrong.size());
  }
  if (faults == 0) std::cout << "The figures are those of the tickets.\n";
  return faults == 0 ? 0 : 1;
}

}  // namespace tandem::server
