#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/csv.h"
#include "crm/bulk/bulk_order.h"
#include "records/store.h"

// Between the cells of a table and the values of records.

namespace tandem::crm {

/// Cells of records that were read, in the order of the columns.
class CellWriter {
 public:
  CellWriter(db::Transaction& tx, OrgId org, const records::ShapeRef& shape,
             const std::vector<BulkColumn>& columns);
  /// Appends a row for each. Names of linked records are looked up in one query per module.
  void append(std::string& csv, const std::vector<records::Record>& shown);

 private:
  std::string cell_of(const BulkColumn& column, const records::Record& record) const;
  void look_up(const std::vector<records::Record>& shown);

  db::Transaction& tx_;
  OrgId org_;
  records::ShapeRef shape_;
  const std::vector<BulkColumn>& columns_;
  std::map<std::string, std::map<int64_t, std::string>> titles_;  // by module
};

/// What a row of a table says about a record.
struct CellValues {
  records::Changes changes = {};
  records::Value known_by = {};  // of the column that the order finds records by
};

/// Reads rows within one transaction. Links that several rows name are asked for once.
class CellReader {
 public:
  CellReader(db::Transaction& tx, const access::Actor& actor, const records::ShapeRef& shape,
             const BulkOrder& order);
  /// Refuses with invalid, all faults together, naming our fields. An empty cell clears its field,
  /// unless the column says what stands in its place or the order leaves it out.
  Result<CellValues> read(const std::vector<std::string>& cells);
  void forget_links() { found_.clear(); }

 private:
  Result<records::Value> value_of(const BulkColumn& column, const std::string& text);
  Result<records::Value> link_of(const BulkColumn& column, const std::string& text);
  Result<void> read_relation(const BulkColumn& column, const std::string& text,
                             records::Changes& changes);
  Result<records::Value> linked(const records::ModuleDef& module, const records::FieldDef& field,
                                const BulkColumn& column, const std::string& text);

  db::Transaction& tx_;
  const access::Actor& actor_;
  records::ShapeRef shape_;
  const BulkOrder& order_;
  std::map<std::pair<std::string, std::string>, records::Value> found_;  // by column and text
};

/// The oldest record that the actor sees with this value; nothing when there is none.
Result<std::optional<records::Record>> find_known(db::Transaction& tx, const access::Actor& actor,
                                                  const records::ModuleDef& module,
                                                  const std::string& field,
                                                  const records::Value& value);

/// Whether records may be found by the field, row after row: it leads an index, or no two records
/// have the same value.
bool finds_quickly(const records::ModuleDef& module, const records::FieldDef& field);

}  // namespace tandem::crm
