#pragma once

#include "operations/operations.h"

// What the verbs share: finding a record the actor may see, and holding fields back.

namespace tandem::operations {

/// The module's own visibility rule; everything when it has none or the program asks.
records::Filter visible_filter(const Actor& actor, const ModuleDef& module);

/// What of it stands in lists: the module's own rule, or all that is visible.
records::Filter listed_filter(const Actor& actor, const ModuleDef& module);

/// Refuses with not_found what does not exist, is on the other side of the bin, or is invisible:
/// one answer for all three.
Result<Record> find_visible(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                            RecordId id, records::Bin bin);

/// "ticket": the module's label inside a sentence.
std::string label_in_sentence(const ModuleDef& module);

/// Refuses fields that only the program writes, and those the role may not write. All faults
/// together.
Result<void> may_write(const Actor& actor, const records::Shape& shape, const Changes& changes);

/// Refuses a condition or an order on a field that is hidden from the role: its values could be
/// guessed from the answers.
Result<void> may_ask(const Actor& actor, const ModuleDef& module, const records::Filter& filter);
Result<void> may_sort(const Actor& actor, const ModuleDef& module, const records::Sort& sort);

/// The condition that the record behind a link meets `part`, as far as the actor sees it. What a
/// record is called shows with each link; asking for anything else of it takes the right to read
/// its module. Refuses: forbidden, invalid as may_ask.
Result<records::Filter> of_linked(const Actor& actor, const ModuleDef& linked, std::string link,
                                  records::Filter part);

/// Stores a change with the module's rules around it. The order is the whole contract: before_save
/// in its order, required fields, row and log, after_save in its order. Asks no right. Answers the
/// record as the last rule left it.
Result<Record> save_change(records::Change& change);

/// Empties the fields that are hidden from the role, and answers whether there were such.
bool hide_fields(const Actor& actor, Record& record);

}  // namespace tandem::operations
