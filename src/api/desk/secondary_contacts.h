#pragma once

#include <vector>

#include "api/desk/call.h"

// "secondaryContacts" of a ticket: the contacts among its copied people.

namespace tandem::api::desk_dialect {

constexpr size_t secondary_contacts_max = 20;

/// The ids of the contacts whose addresses are copied, in the order of the addresses.
std::vector<RecordId> secondary_contacts_of(db::Transaction& tx, const Call& call,
                                            const records::Record& ticket);

/// Reads "secondaryContacts" of a body as the copied people it means: nothing when it is absent.
/// Copied addresses that belong to no contact stay. `ticket`: as it is; null for a new one.
/// Refuses with invalid what is no contact with an address.
Result<void> take_secondary_contacts(db::Transaction& tx, const Call& call, const JsonObject& body,
                                     const records::Record* ticket, records::Changes& changes);

}  // namespace tandem::api::desk_dialect
