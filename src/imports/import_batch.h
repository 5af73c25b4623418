#pragma once

#include <string>
#include <vector>

#include "base/csv.h"
#include "imports/import_values.h"

namespace tandem::imports {

struct BatchReport {
  ImportCounts counts;
  std::vector<ImportLine> lines;
  std::vector<ImportFault> faults;  // without place
  SeenValues seen;                  // what this batch added
};

/// Runs rows through the operations, as the person who imports; each stands for itself.
BatchReport run_batch(db::Transaction& tx, const access::Actor& actor, const ImportedApp& app,
                      const Import& import, const std::vector<CsvRow>& rows,
                      const SeenValues& seen);

}  // namespace tandem::imports
