#pragma once

#include <string>

#include "operations/operations.h"
#include "records/record.h"

// Writing what people do not write by the generic verbs, such as parts of a record. The rules of
// the module and the change log hold here as well; the right to act was asked for before.

namespace tandem::operations {

/// What the change log says about a write beyond its fields.
struct RowEvent {
  std::string event = {};        // "" for created and updated
  std::string detail_json = {};  // "" when none
  Instant created_at = {};       // of a new row that was there before; 0 is now
};

/// `id`: 0 makes one. Refuses as records::store and the module's rules do.
Result<Record> add_row(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                       const Changes& values, const RowEvent& happening = {}, RecordId id = {});
Result<Record> change_row(db::Transaction& tx, const Actor& actor, const Record& before,
                          const Changes& values, const RowEvent& happening = {});
/// Gone for good, without the recycle bin.
Result<void> remove_row(db::Transaction& tx, const Actor& actor, const Record& before,
                        const RowEvent& happening = {});

}  // namespace tandem::operations
