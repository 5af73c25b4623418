#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "imports/imports.h"

// Contacts and accounts that rows of other modules name: how they are spelt, and adding those that
// are not there. Manual, Import and export 2.7.

namespace tandem::imports {

/// What rows of the file say before the one at hand, by field and value; a check keeps nothing, so
/// that the database does not know.
using SeenValues = std::set<std::pair<std::string, std::string>>;

/// "Ana Silva <ana@example.com>", an address alone, or a name alone.
struct NamedContact {
  std::string name = {};
  std::string address = {};  // in lower case
  bool is_anybody() const { return !name.empty() || !address.empty(); }
};
NamedContact contact_named(std::string_view cell);

/// Whether records of this module name a contact in the field "contact".
bool names_a_contact(const records::Shape& shape);

/// The one contact that the actor sees and that is called exactly so. Refuses with invalid
/// "ambiguous" when several are.
Result<std::optional<RecordId>> find_contact_by_name(db::Transaction& tx,
                                                     const access::Actor& actor,
                                                     const NamedContact& named);

/// The modules of customers that the columns name, whose records rows may bring along.
std::vector<const records::ModuleDef*> customers_in(const records::Shape& shape,
                                                    const ImportSettings& settings);
/// These, when the settings let rows bring them along; else none.
std::vector<const records::ModuleDef*> customers_added_by(const records::Shape& shape,
                                                          const ImportSettings& settings);

/// The customers that a row names, as a check counts each once.
SeenValues customers_named(const ImportSettings& settings, const CsvRow& row);
std::pair<std::string, std::string> key_of_contact(const NamedContact& named);
std::pair<std::string, std::string> key_of_account(std::string_view name);

/// Adds a customer as the one who imports. Refuse as create_record does. `contact` takes what else
/// the row says about a customer: telephone and account.
Result<RecordId> add_contact(db::Transaction& tx, const access::Actor& actor,
                             const NamedContact& named, const records::Changes& row);
Result<RecordId> add_account(db::Transaction& tx, const access::Actor& actor,
                             const std::string& name);

}  // namespace tandem::imports
