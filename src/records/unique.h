#pragma once

#include <optional>
#include <vector>

#include "records/record.h"

// Values that no two records of an organisation may share. A field of the module has a unique
// index; custom fields have the table unique_values, whose primary key is the wall.

namespace tandem::records {

/// Refuses with conflict "duplicate" when another record holds the value of one of `fields`
/// (positions in the record's shape). Asked before writing, because a statement that fails ends a
/// transaction on PostgreSQL.
Result<void> check_unique(db::Transaction& tx, OrgId org, const Record& record,
                          const std::vector<size_t>& fields);

/// Which record outside the bin holds the value of a custom field that is unique.
std::optional<RecordId> holder_of(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                  const FieldDef& field, const Value& value);

/// Makes unique_values say what the record holds now.
void keep_unique_values(db::Transaction& tx, OrgId org, const Record& record,
                        const std::vector<size_t>& fields);
/// The record holds nothing any more: it was binned or purged.
void release_unique_values(db::Transaction& tx, OrgId org, const Record& record);

/// What a lost race is answered with.
Refusal duplicate_of(const Record& record, const std::vector<size_t>& fields);

}  // namespace tandem::records
