#pragma once

#include <vector>

#include "operations/operations.h"
#include "records/joins.h"

// Joining records of two modules, many with many. Who joins two records must be able to read both
// and to change the one that holds the other (a deal holds its contacts), from whichever of the two
// it is asked. Both histories tell it, "joined" and "parted".

namespace tandem::operations {

using records::JoinSide;

/// The records of a record's list. Refuses as read_record and list_records do.
Result<records::Page> list_joined(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                                  RecordId of, records::Query query);
/// The record when it stands in the list, otherwise not_found.
Result<Record> read_joined(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                           const records::Pair& pair);

/// What is said of two records that are joined. Nothing leaves what was said, and says the usual of
/// two that were not joined; null says nothing.
using Said = std::optional<records::Value>;
/// Refuses: forbidden, not_found, invalid (a choice that is none; "too_many" beyond
/// records::held_records_max).
Result<void> join_records(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          const records::Pair& pair, const Said& said = std::nullopt);
/// Refuses: forbidden, not_found (also when the two are not joined).
Result<void> part_records(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          const records::Pair& pair);

/// The record holds these and no others of those that the actor sees. `side` must be the holder's.
/// Refuses as join_records and part_records.
Result<void> hold_exactly(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          RecordId holder, const std::vector<RecordId>& held);
/// Whom these records hold, without what the actor does not see; nothing without the right to read.
struct Held {
  RecordId holder;
  Record record;
};
Result<std::vector<Held>> list_held(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                                    const std::vector<RecordId>& holders);

}  // namespace tandem::operations
