#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/applications.h"
#include "files/store.h"
#include "operations/operations.h"

// What each application's records are in files. The rules of a record stay with its module; here
// stands only how rows tell which record they mean. A constant beside the modules of each
// application, handed down at start.

namespace tandem::imports {

struct Import;

/// A module whose records can be imported.
struct ImportedModule {
  std::string name = {};
  /// Fields by which a record can be known, beside its id, its number and what is unique; the best
  /// first. Where several records have the value, the row is refused.
  std::vector<std::string> known_by = {};
  /// Such fields that only people choose, because records often share their values.
  std::vector<std::string> also_known_by = {};
  /// Among which records one is looked for that is known by such a field.
  operations::Reach known_among = operations::Reach::visible;
  /// Rows may say when the record was made and closed, which no field takes from people.
  bool keeps_times = false;
  /// What a new record gets where its row is silent.
  records::Changes usual = {};
};

struct ImportedApp {
  std::string app = {};  // as organisations.app spells it
  std::vector<ImportedModule> modules = {};
  /// The contact with an address that fields do not tell; null: there are no others.
  std::optional<RecordId> (*contact_with)(db::Transaction& tx, OrgId org,
                                          std::string_view address) = nullptr;
  /// The choice of a field that the screens of the language call so; "" when none. Null: labels are
  /// English, and what choice_meant() of import_names.h knows.
  std::string (*choice_called)(const records::FieldDef& field, std::string_view label,
                               std::string_view locale) = nullptr;
  /// An import has ended or failed; `begun_by` is who waits for it. In the transaction that says
  /// so. Null: nobody is told.
  void (*when_ended)(db::Transaction& tx, const access::Actor& begun_by,
                     const Import& import) = nullptr;

  /// Null when such records can't be imported.
  const ImportedModule* find(std::string_view module) const;
};

/// What imports work with. Made once at start; the parts that it refers to outlive it.
struct Imports {
  db::Database& database;
  files::FileStore& files;
  const access::Applications& applications;
  const std::vector<ImportedApp>& apps;

  /// What of an application can be imported; an application without any has no modules.
  const ImportedApp& of(std::string_view app) const;
};

}  // namespace tandem::imports
