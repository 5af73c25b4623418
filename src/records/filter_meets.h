#pragma once

#include "records/record.h"

namespace tandem::records {

/// Whether the record, as it stands in memory, meets the condition: what compile_filter asks of the
/// database, asked of a record that may not be stored yet. A condition that does not fit the
/// record's module is not met, and neither is a linked one, which only the database can answer
/// (filter_from_json makes none).
bool meets(const Record& record, const Filter& filter);

}  // namespace tandem::records
