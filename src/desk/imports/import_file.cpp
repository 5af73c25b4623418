#include "desk/imports/import_file.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "desk/imports/import_names.h"
#include "desk/imports/import_text.h"

namespace tandem::desk {

namespace {

constexpr int64_t cell_chars_shown = 120;

/// What is wrong with each refused line, in words.
std::map<int64_t, std::string> faults_by_line(const Desk& desk, OrgId org, const Import& import) {
  std::map<int64_t, std::string> by_line;
  FaultPlace at;
  while (true) {
    const std::vector<ImportFault> page = desk.database.read(
        [&](db::Transaction& tx) { return list_import_faults(tx, org, import, at); });
    if (page.empty()) return by_line;
    for (const ImportFault& fault : page) {
      std::string& words = by_line[fault.line];
      if (!words.empty()) words += " ";
      if (!fault.field.empty()) words += fault.field + ": ";
      words += fault.message;
    }
    at = {page.back().line, page.back().place};
  }
}

/// A line that could not be cut into cells, as it stands in the file.
std::string raw_line(const ImportFile& file, CsvPlace from) {
  const size_t end = file.text.find_first_of("\r\n", from.offset);
  return file.text.substr(from.offset, end == std::string::npos ? end : end - from.offset);
}

}  // namespace

Result<ImportFile> read_import_file(std::string_view bytes, const ImportSettings& settings) {
  ImportFile file{.text = decode_file(bytes, settings.encoding)};
  CsvReader reader(file.text, settings.separator);
  std::optional<CsvRow> heading = reader.next();
  if (!heading) return invalid("file", "empty", "The file is empty.");
  if (!heading->fault.empty())
    return invalid("file", "bad_heading", "The first line must name the columns.");
  if (heading->cells.size() > import_columns_max) {
    return too_large("too_many_columns",
                     fmt::format("A file may have {} columns.", import_columns_max), "file");
  }
  for (std::string& cell : heading->cells) cell = std::string(trim(without_harmless_mark(cell)));
  file.headings = std::move(heading->cells);
  file.first_row = reader.place();
  return file;
}

Result<ImportFile> open_import_file(const Desk& desk, OrgId org, const Import& import) {
  const std::optional<std::string> bytes = desk.files.get(org, import.file);
  if (!bytes) return not_found("The file of this import is gone. Upload it again.");
  return read_import_file(*bytes, import.settings);
}

Result<int64_t> count_import_rows(const ImportFile& file, char separator) {
  CsvReader reader(file.text, separator, file.first_row);
  int64_t rows = 0;
  while (reader.next()) {
    if (++rows > import_rows_max) {
      return too_large(
          "too_many_rows",
          fmt::format("A file may have {} rows. Cut it into several.", import_rows_max), "file");
    }
  }
  if (rows == 0) return invalid("file", "empty", "There is no row below the heading.");
  return rows;
}

ImportPreview preview_of(const ImportFile& file, char separator) {
  ImportPreview preview{.headings = file.headings, .rows = {}};
  CsvReader reader(file.text, separator, file.first_row);
  while (preview.rows.size() < size_t(import_rows_shown)) {
    std::optional<CsvRow> row = reader.next();
    if (!row) break;
    for (std::string& cell : row->cells) cell = std::string(first_chars(cell, cell_chars_shown));
    preview.rows.push_back(std::move(row->cells));
  }
  return preview;
}

Result<std::string> report_of_import(const Desk& desk, OrgId org, const Import& import) {
  const ImportFile file = TRY(open_import_file(desk, org, import));
  const std::map<int64_t, std::string> faults = faults_by_line(desk, org, import);
  const char separator = import.settings.separator;
  std::string report = "\xEF\xBB\xBF";
  std::vector<std::string> cells = file.headings;
  cells.emplace_back(report_line_heading);
  cells.emplace_back(report_fault_heading);
  append_csv_row(report, cells, separator);
  CsvReader reader(file.text, separator, file.first_row);
  while (true) {
    const CsvPlace begin = reader.place();
    std::optional<CsvRow> row = reader.next();
    if (!row) return report;
    const auto fault = faults.find(row->line);
    if (fault == faults.end()) continue;
    if (!row->fault.empty()) row->cells = {raw_line(file, begin)};
    row->cells.resize(std::max(row->cells.size(), file.headings.size()));
    for (std::string& cell : row->cells) cell = harmless_cell(std::move(cell));
    row->cells.push_back(std::to_string(row->line));
    row->cells.push_back(harmless_cell(fault->second));
    append_csv_row(report, row->cells, separator);
  }
}

}  // namespace tandem::desk
