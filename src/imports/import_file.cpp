#include "imports/import_file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "imports/import_text.h"

namespace tandem::imports {

namespace {

constexpr int64_t cell_chars_shown = 120;

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

Result<ImportFile> open_import_file(const Imports& imports, OrgId org, const Import& import) {
  const std::optional<std::string> bytes = imports.files.get(org, import.file);
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

}  // namespace tandem::imports
