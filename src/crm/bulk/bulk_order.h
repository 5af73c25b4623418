#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/filter.h"

// What a bulk job has to do, in our own words, as its row keeps it.

namespace tandem::crm {

constexpr size_t bulk_columns_max = 200;

enum class BulkDirection { read, write };
std::string_view word(BulkDirection direction);
enum class BulkOperation { insert, update, upsert };
std::string_view word(BulkOperation operation);
std::optional<BulkOperation> bulk_operation_from_word(std::string_view word);

/// How a value stands in a cell. plain: as the field reads and shows text; a link by its id. title:
/// a link by the name of its record. duration: seconds as "12:05". relation: the id that one of
/// several links holds.
enum class CellForm { plain, title, duration, relation };

struct BulkColumn {
  std::string name = {};  // the program's, for headings and errors
  std::string field =
      {};  // ours; also "id", "created_at", "updated_at", "created_by", "updated_by"
  CellForm form = CellForm::plain;
  std::vector<std::string> fields = {};  // of a relation
  // Of a write alone:
  int index = -1;             // in the rows of the file; -1: in none
  std::string absent = {};    // stands in place of an empty cell
  std::string found_by = {};  // of a link: a field of the other module; "" is its id or its name
  bool operator==(const BulkColumn&) const = default;
};

struct BulkOrder {
  BulkDirection direction = BulkDirection::read;
  std::string module = {};
  std::vector<BulkColumn> columns = {};
  // Of a read:
  records::Filter filter = {};
  int64_t page = 1;
  std::string cursor = {};  // where the page begins; "" goes by its number
  // Of a write:
  BulkOperation operation = BulkOperation::insert;
  std::string found_by = {};  // of update and upsert: the field by which records are known, or "id"
  bool ignores_empty = false;  // empty cells leave what is there
  int64_t cells = 0;           // of each row, as the heading has them
};

std::string order_to_json(const BulkOrder& order);
/// What order_to_json wrote; anything else is our bug.
BulkOrder order_from_json(std::string_view json);

}  // namespace tandem::crm
