#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "imports/imports.h"

// The file of an import, read as its settings say.

namespace tandem::imports {

struct ImportFile {
  std::string text;
  std::vector<std::string> headings;
  CsvPlace first_row;  // behind the heading
};

/// Refuses with not_found when the bytes are gone, and with invalid (file) a heading that is none:
/// "empty", "bad_heading", too_large "too_many_columns".
Result<ImportFile> open_import_file(const Imports& imports, OrgId org, const Import& import);
Result<ImportFile> read_import_file(std::string_view bytes, const ImportSettings& settings);
/// Rows behind the heading. Refuses with too_large more than import_rows_max, and with invalid
/// none.
Result<int64_t> count_import_rows(const ImportFile& file, char separator);

struct ImportPreview {
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;  // the first ones
};
constexpr int import_rows_shown = 5;
ImportPreview preview_of(const ImportFile& file, char separator);

/// What a report says in words: the program's own English, and in its place what the reader's
/// language has for it.
struct ReportWords {
  std::map<std::string, std::string, std::less<>> words = {};  // of outcomes and headings
  std::map<std::pair<std::string, std::string>, std::string> reasons = {};  // of field and code
};
enum class ReportedRows { refused, all };
/// Rows of the last run as CSV with a byte order mark: as they were in the file, and what is wrong
/// with them; all rows also say what became of them. Refuses with not_found when the file is gone.
Result<std::string> report_of_import(const Imports& imports, OrgId org, const Import& import,
                                     ReportedRows rows = ReportedRows::refused,
                                     const ReportWords& words = {});

}  // namespace tandem::imports
