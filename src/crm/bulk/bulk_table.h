#pragma once

#include "base/csv.h"
#include "crm/bulk/bulk_order.h"
#include "files/zip_reader.h"
#include "records/shape.h"

// The table of a bulk write: how its file is opened, and which of its rows can be read.

namespace tandem::crm {

/// The table in a zip archive. Refuses as ZippedFile::open does, and with invalid "not_a_table" a
/// file whose name does not end in .csv. `archive` must outlive it.
Result<files::ZippedFile> open_table(std::string_view archive);

/// The names of the columns. Refuses with invalid (file): "empty", "bad_heading", and what the
/// archive refuses.
Result<std::vector<std::string>> read_headings(files::ZippedFile& table);

/// Refuses with invalid "broken_line" a row that could not be read, or that has not as many cells
/// as the heading.
Result<void> check_row(const CsvRow& row, const BulkOrder& order);

}  // namespace tandem::crm
