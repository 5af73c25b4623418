#pragma once

#include <string>
#include <vector>

#include "db/database.h"
#include "records/record.h"

// The mail addresses of a contact: the first, the second, and further ones. Each belongs to one
// contact of the organisation, so that whoever writes is recognised by any of them.

namespace tandem::desk {

constexpr size_t further_addresses_max = 20;
constexpr size_t further_phones_max = 20;

/// All addresses of a contact in small letters, the first one first. Also of one in the bin.
std::vector<std::string> addresses_of_contact(db::Transaction& tx, OrgId org, RecordId contact);

/// What a record holds, before or after a change.
std::vector<std::string> addresses_in(const records::Record& contact);

/// The contact that a merged one has become; itself when it was not merged.
RecordId contact_in_force(db::Transaction& tx, OrgId org, RecordId contact);

/// The contact in force and all that have become it: one person.
std::vector<RecordId> same_person(db::Transaction& tx, OrgId org, RecordId contact);

/// Whether `address` (in small letters) is one of that person's.
bool is_address_of_person(db::Transaction& tx, OrgId org, RecordId contact,
                          const std::string& address);

// Rules of the module contacts. Manual, Contacts and accounts 1.2 and 1.4.

/// Stored in small letters and with Unicode domains, each once. Refuses what is no address or no
/// telephone, and too many.
Result<void> reach_is_comparable(records::Change& contact);
/// Refuses with conflict "address_taken" an address that another contact has, naming that one.
Result<void> addresses_are_free(records::Change& contact);
/// Keeps the table contact_addresses.
Result<void> addresses_are_kept(records::Change& contact);

}  // namespace tandem::desk
