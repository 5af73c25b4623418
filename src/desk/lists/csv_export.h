#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/store.h"

// Lists as CSV: what their reader sees of them, and no more. Manual, Import and export 1.1.

namespace tandem::desk {

/// Records of one export. Longer lists are narrowed by a view or a condition first.
constexpr int64_t export_records_max = 100'000;
constexpr size_t export_columns_max = 200;

struct ExportColumn {
  std::string field;  // of the module, a computed one, or id, title, created_at, updated_at
  std::string label;  // the heading; "" takes the field's English one
};

/// Every column that the actor's role sees: the fields, then what is computed, then the stamps.
std::vector<ExportColumn> all_export_columns(const access::Actor& actor,
                                             const records::Shape& shape);

/// Writes records as rows of a CSV. Actor and shape must outlive it.
class CsvExport {
 public:
  /// Refuses with forbidden who lacks the right to export the module, and with invalid (columns)
  /// none, too many, and fields that the module lacks or the role does not see.
  static Result<CsvExport> make(const access::Actor& actor, const records::ShapeRef& shape,
                                std::vector<ExportColumn> columns, char separator);
  void append_head(std::string& out) const;
  void append(db::Transaction& tx, std::string& out,
              const std::vector<records::Record>& page) const;

 private:
  struct Column {
    std::string label;
    /// Its words; of a link, the digits of the id.
    std::function<std::string(const records::Record&, Instant)> text;
    int link_index = -1;  // of a link among the record's values
    std::string linked_module;
  };
  CsvExport(const access::Actor& actor, records::ShapeRef shape, char separator)
      : actor_(actor), shape_(std::move(shape)), separator_(separator) {}
  Result<Column> column_of(const ExportColumn& asked) const;

  const access::Actor& actor_;
  records::ShapeRef shape_;
  char separator_;
  std::vector<Column> columns_;
};

}  // namespace tandem::desk
