#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "imports/import_customers.h"
#include "imports/imports.h"

// From the cells of a row to the values of a record.

namespace tandem::imports {

/// Fields by which a record can be known: id, numbers, unique ones, and what the module adds.
std::vector<std::string> match_fields(const access::Actor& actor, const ImportedModule& imported,
                                      const records::Shape& shape);
bool is_only_for_matching(const records::Shape& shape, std::string_view field);

/// One row, understood.
struct ImportRow {
  records::Changes changes = {};
  records::Value match = {};  // of the field by which the record is known; null when empty
  /// Of a record that is new; 0 when the row does not say.
  Instant created_at = {};
  Instant closed_at = {};
  /// Customers that the row names, nobody has, and the settings add. "" and nobody when none.
  NamedContact missing_contact = {};
  std::string missing_account = {};
  std::vector<ImportFault> faults = {};  // without place
};

/// Reads rows of one file as one actor. Links are looked up once for each word. What it refers to
/// must outlive it; made anew for each transaction.
class ImportValues {
 public:
  ImportValues(db::Transaction& tx, const access::Actor& actor, const ImportedApp& app,
               const records::ShapeRef& shape, const ImportSettings& settings)
      : tx_(tx),
        actor_(actor),
        app_(app),
        imported_(*app.find(shape->module().name)),
        shape_(shape),
        settings_(settings) {}
  /// All faults of the row together. An empty cell says nothing.
  ImportRow read(const CsvRow& row);
  /// Sets what the row left out to the settings' values.
  void fill_absent(const CsvRow& row, ImportRow& read);
  /// Adds the customers that the row is short of, and links them; answers their keys and names.
  /// Refuses as create_record does.
  struct AddedCustomers {
    std::string contact = {};
    std::string account = {};
  };
  Result<AddedCustomers> add_missing(ImportRow& read);
  /// What add_missing added stays: later rows link to it.
  void keep_added(const ImportRow& read);

 private:
  void read_cell(const CsvRow& row, const std::string& name, const std::string& cell,
                 ImportRow& read);
  /// A moment of the record's past, which no field takes from people.
  void read_time(const CsvRow& row, const std::string& name, const std::string& cell,
                 ImportRow& read);
  void check_times(const CsvRow& row, ImportRow& read) const;
  void read_account(const CsvRow& row, const std::string& cell, ImportRow& read);
  /// Whom the row is about, once all of its cells are read: a name alone is known by the address
  /// that another cell gives.
  void settle_contact(const CsvRow& row, ImportRow& read);
  Result<records::Value> known_contact(const NamedContact& named);
  void read_full_name(const std::string& cell, ImportRow& read) const;
  Result<records::Value> value_of(const records::FieldDef& field, std::string_view text);
  /// The choice that the words mean, in the person's language first; "" for none.
  std::string choice_of(const records::FieldDef& field, std::string_view text);
  Result<records::Value> linked_record(const std::string& module, std::string_view text);
  /// Looked up, and not kept.
  Result<records::Value> look_up(const records::ModuleDef& module, const std::string& word,
                                 bool is_address);

  db::Transaction& tx_;
  const access::Actor& actor_;
  const ImportedApp& app_;
  const ImportedModule& imported_;
  const records::ShapeRef& shape_;
  const ImportSettings& settings_;
  std::optional<std::string> locale_ = {};  // of the person, once it was asked for
  std::string contact_cell_ = {};           // of the row at hand, until it is settled
  std::map<std::pair<std::string, std::string>, Result<records::Value>> links_;
};

}  // namespace tandem::imports
