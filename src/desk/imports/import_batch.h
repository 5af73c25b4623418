#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "desk/imports/imports.h"

namespace tandem::desk {

/// What earlier batches of a check would have added, by field and value; a check keeps nothing, so
/// that the database does not know.
using SeenValues = std::set<std::pair<std::string, std::string>>;

struct BatchReport {
  ImportCounts counts;
  std::vector<ImportFault> faults;  // without place
  SeenValues seen;                  // what this batch added
};

/// Runs rows through the operations, as the person who imports; each stands for itself.
BatchReport run_batch(db::Transaction& tx, const access::Actor& actor, const Import& import,
                      const std::vector<CsvRow>& rows, const SeenValues& seen);

}  // namespace tandem::desk
