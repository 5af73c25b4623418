#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/phone_number.h"
#include "desk/customers/contacts.h"
#include "records/record.h"

// Who calls. People write numbers as they like ("+49 30 1234", "030/1234"), telephone systems in
// yet another way; they are compared by their digits.

namespace tandem::desk {

/// The contact with this number. Two numbers are one when their digits are the same, or, where only
/// one contact fits, when one ends with the other: a number with its country code and the same
/// without. Fewer than 6 digits fit nobody. Manual, Telephone 2.2.
std::optional<FoundContact> find_contact_by_phone(db::Transaction& tx, OrgId org,
                                                  std::string_view number);

/// Keeps the digits of a contact beside it. A rule of the module contacts.
Result<void> numbers_are_findable(records::Change& contact);

/// Reads the numbers of contacts that were there before numbers were kept, so many as one turn may
/// take. Answers how many contacts it looked at; 0 when all is done.
int fill_contact_numbers(db::Database& database);

}  // namespace tandem::desk
