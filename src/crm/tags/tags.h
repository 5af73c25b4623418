#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// The tags of each module, with a colour. Records carry the names of their tags; here stands which
// there are. A tag that is given to a record and is not there yet is made.

namespace tandem::crm {

constexpr int tags_per_module_max = 200;
constexpr int tag_chars_max = 50;
/// A tag of more records is not renamed, merged or deleted in one step.
constexpr int tagged_records_max = 1'000;
constexpr int64_t tag_color_chars = 7;  // "#57B1FD"

const records::ModuleDef& tags_module();

/// The rule of modules with tags: what a record is given is there. Runs after the record is stored.
/// Refuses with invalid "too_many_tags".
Result<void> its_tags_are_known(records::Change& change);

/// Those of a module in the order of the alphabet.
std::vector<records::Record> list_tags(db::Transaction& tx, const access::Actor& actor,
                                       const records::ModuleDef& module);
/// A tag of any module. Refuses with not_found.
Result<records::Record> find_tag(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Refuses with not_found what is no tag of the module.
Result<records::Record> find_tag(db::Transaction& tx, const access::Actor& actor,
                                 const records::ModuleDef& module, RecordId id);

/// What is not given stays, or is empty.
struct TagWords {
  std::string name = {};
  std::string color = {};
};
/// Refuses: forbidden (who may not change records of the module), invalid (name, color_code,
/// too_many_tags), conflict (duplicate).
Result<records::Record> create_tag(db::Transaction& tx, const access::Actor& actor,
                                   const records::ModuleDef& module, const TagWords& words);
/// A new name also stands on the records. Refuses as create_tag, who may not manage fields, and
/// with conflict "in_use" a tag of too many records.
Result<records::Record> change_tag(db::Transaction& tx, const access::Actor& actor,
                                   const records::ModuleDef& module, RecordId id,
                                   const TagWords& words);
/// Takes it from its records, too.
Result<void> delete_tag(db::Transaction& tx, const access::Actor& actor,
                        const records::ModuleDef& module, RecordId id);
/// Records of `from` are given `into`; `from` is gone.
Result<void> merge_tags(db::Transaction& tx, const access::Actor& actor,
                        const records::ModuleDef& module, RecordId from, RecordId into);

/// "VIP" and "vip" are one tag.
bool is_same_tag(std::string_view one, std::string_view other);

}  // namespace tandem::crm
