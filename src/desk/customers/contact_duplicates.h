#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Contacts that may be one person: noted when one of them is written, by indexes, so that lists of
// them cost the same however many contacts there are. Manual, Contacts and accounts 5.

namespace tandem::desk {

/// A number that more contacts share is a switchboard's, a name that more share says nothing.
constexpr int alike_max = 5;
constexpr int duplicates_shown_max = 50;

struct Duplicate {
  records::Record contact;
  records::Record other;
  std::string reason;  // email, phone, name (in one account), full_name (without accounts)
};
struct DuplicatePage {
  std::vector<Duplicate> pairs;
  std::string next_cursor;
};

/// Contacts that may be the same as this one, at most 50, without those that were dismissed, the
/// stronger reasons first.
/// Refuses: not_found, forbidden.
Result<std::vector<Duplicate>> duplicates_of(db::Transaction& tx, const access::Actor& actor,
                                             RecordId contact);
/// All of the organisation, oldest contact first; 1 to 50 a page. Refuses: forbidden, invalid.
Result<DuplicatePage> list_duplicates(db::Transaction& tx, const access::Actor& actor,
                                      const std::string& cursor, int limit);
/// They are two people. Refuses: not_found, forbidden (act "merge").
Result<void> dismiss_duplicate(db::Transaction& tx, const access::Actor& actor, RecordId contact,
                               RecordId other);

/// Looks for contacts like the one that was written. A rule of the module contacts, after the one
/// that keeps its numbers.
Result<void> duplicates_are_noted(records::Change& contact);

/// Looks through contacts that were there before duplicates were noted, so many as one turn may
/// take. Answers how many; 0 when all is done.
int fill_contact_duplicates(db::Database& database);
/// The same for whole names, which were kept later.
int fill_contact_name_keys(db::Database& database);

}  // namespace tandem::desk
