#include "crm/bulk/bulk_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/csv_stream.h"
#include "base/text.h"
#include "crm/bulk/bulk_jobs.h"

namespace tandem::crm {

namespace {

struct FaultWords {
  std::string_view fault;
  std::string_view told;
};
constexpr std::array fault_words{
    FaultWords{"open_quote", "A quote opens a cell and none closes it."},
    FaultWords{"text_after_quote", "There is text behind the closing quote of a cell."},
    FaultWords{"too_many_columns", "The line has more than 200 cells."},
    FaultWords{"cell_too_long", "A cell has more than 400,000 bytes."},
    FaultWords{"row_too_long", "The line has more than 2 MiB."},
    FaultWords{"not_utf8", "The line is not written in UTF-8."},
    FaultWords{"nul", "The line holds a byte 0."},
};

}  // namespace

Result<files::ZippedFile> open_table(std::string_view archive) {
  files::ZippedFile table = TRY(files::ZippedFile::open(
      archive, {.unpacked_bytes_max = bulk_unpacked_bytes_max, .ratio_max = bulk_ratio_max}));
  if (!ascii_lower(table.name()).ends_with(".csv"))
    return invalid("file", "not_a_table", "Pack one file whose name ends in .csv.");
  return table;
}

Result<std::vector<std::string>> read_headings(files::ZippedFile& table) {
  std::optional<Refusal> refusal;
  CsvStream rows(
      [&]() -> std::string {
        Result<std::string> piece = table.read();
        if (!piece) refusal = piece.error();
        return piece.value_or("");
      },
      ',');
  std::optional<CsvRow> heading = rows.next();
  if (refusal) return *refusal;
  if (!heading) return invalid("file", "empty", "The file is empty.");
  if (!heading->fault.empty())
    return invalid("file", "bad_heading", "The first line must name the columns, at most 200.");
  for (std::string& name : heading->cells) name = std::string(trim(name));
  return std::move(heading->cells);
}

Result<void> check_row(const CsvRow& row, const BulkOrder& order) {
  if (!row.fault.empty()) {
    const auto* const at =
        std::find_if(fault_words.begin(), fault_words.end(),
                     [&](const FaultWords& one) { return one.fault == row.fault; });
    return invalid("", "broken_line", std::string(at == fault_words.end() ? row.fault : at->told));
  }
  if (int64_t(row.cells.size()) == order.cells) return {};
  return invalid(
      "", "broken_line",
      fmt::format("The line has {} cells, and the heading has {}.", row.cells.size(), order.cells));
}

}  // namespace tandem::crm
