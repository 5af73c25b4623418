#include <algorithm>
#include <map>

#include "base/text.h"
#include "imports/import_file.h"
#include "imports/import_names.h"

namespace tandem::imports {

namespace {

std::string said(const ReportWords& words, std::string_view word) {
  const auto own = words.words.find(word);
  return own == words.words.end() ? std::string(word) : own->second;
}

std::string reason_of(const records::Shape& shape, const ImportFault& fault,
                      const ReportWords& words) {
  const auto own = words.reasons.find({fault.field, fault.code});
  if (own != words.reasons.end()) return own->second;
  const records::FieldDef* field = shape.find(fault.field);
  const std::string& label = field ? field->label : fault.field;
  const bool is_named = label.empty() || fault.message.starts_with(label);
  return is_named ? fault.message : label + ": " + fault.message;
}

/// What is wrong with each refused line, in words.
std::map<int64_t, std::string> reasons_by_line(db::Transaction& tx, const records::Shape& shape,
                                               OrgId org, const Import& import,
                                               const ReportWords& words) {
  std::map<int64_t, std::string> by_line;
  FaultPlace at;
  while (true) {
    const std::vector<ImportFault> page = list_import_faults(tx, org, import, at);
    for (const ImportFault& fault : page) {
      std::string& reasons = by_line[fault.line];
      if (!reasons.empty()) reasons += " ";
      reasons += reason_of(shape, fault, words);
    }
    if (page.size() < size_t(import_faults_page)) return by_line;
    at = {page.back().line, page.back().place};
  }
}

std::map<int64_t, ImportLine> outcomes_by_line(db::Transaction& tx, OrgId org,
                                               const Import& import) {
  std::map<int64_t, ImportLine> by_line;
  int64_t after = 0;
  while (true) {
    std::vector<ImportLine> page = list_import_lines(tx, org, import, after);
    for (ImportLine& line : page) {
      after = line.line;
      by_line.emplace(after, std::move(line));
    }
    if (page.size() < size_t(import_lines_page)) return by_line;
  }
}

/// A line that could not be cut into cells, as it stands in the file.
std::string raw_line(const ImportFile& file, CsvPlace from) {
  const size_t end = file.text.find_first_of("\r\n", from.offset);
  return file.text.substr(from.offset, end == std::string::npos ? end : end - from.offset);
}

struct Outcomes {
  std::map<int64_t, std::string> reasons;
  std::map<int64_t, ImportLine> lines;  // empty for a report of the refused rows alone
};

Outcomes outcomes_of(const Imports& imports, OrgId org, const Import& import, ReportedRows rows,
                     const ReportWords& words) {
  return imports.database.read([&](db::Transaction& tx) {
    const records::ShapeRef shape = shape_of_import(tx, imports, org, import);
    Outcomes outcomes{.reasons = reasons_by_line(tx, *shape, org, import, words), .lines = {}};
    if (rows == ReportedRows::all) outcomes.lines = outcomes_by_line(tx, org, import);
    return outcomes;
  });
}

std::vector<std::string> headings_of(const ImportFile& file, ReportedRows rows,
                                     const ReportWords& words) {
  std::vector<std::string> headings = file.headings;
  const auto add = [&](std::string_view word) {
    headings.push_back(std::string(report_heading_start) + said(words, word));
  };
  add("line");
  if (rows == ReportedRows::all) {
    for (const char* word : {"outcome", "record", "contact", "account"}) add(word);
  }
  add("fault");
  return headings;
}

void append_outcome(std::vector<std::string>& cells, const ImportLine& line,
                    const ReportWords& words) {
  cells.push_back(said(words, word(line.outcome)));
  cells.push_back(line.record ? to_string(line.record) : "");
  cells.push_back(harmless_cell(line.contact_added));
  cells.push_back(harmless_cell(line.account_added));
}

}  // namespace

Result<std::string> report_of_import(const Imports& imports, OrgId org, const Import& import,
                                     ReportedRows rows, const ReportWords& words) {
  const ImportFile file = TRY(open_import_file(imports, org, import));
  const Outcomes outcomes = outcomes_of(imports, org, import, rows, words);
  const char separator = import.settings.separator;
  std::string report = "\xEF\xBB\xBF";
  append_csv_row(report, headings_of(file, rows, words), separator);
  CsvReader reader(file.text, separator, file.first_row);
  while (true) {
    const CsvPlace begin = reader.place();
    std::optional<CsvRow> row = reader.next();
    if (!row) return report;
    const auto reason = outcomes.reasons.find(row->line);
    const auto line = outcomes.lines.find(row->line);
    if (reason == outcomes.reasons.end() && line == outcomes.lines.end()) continue;
    if (!row->fault.empty()) row->cells = {raw_line(file, begin)};
    row->cells.resize(std::max(row->cells.size(), file.headings.size()));
    for (std::string& cell : row->cells) cell = harmless_cell(std::move(cell));
    row->cells.push_back(std::to_string(row->line));
    if (rows == ReportedRows::all)
      append_outcome(row->cells, line == outcomes.lines.end() ? ImportLine{} : line->second, words);
    row->cells.push_back(reason == outcomes.reasons.end() ? "" : harmless_cell(reason->second));
    append_csv_row(report, row->cells, separator);
  }
}

}  // namespace tandem::imports
