#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "crm/edition.h"
#include "records/record.h"

// Notes and files belong to one record of another module.

namespace tandem::crm {

/// A link field for each module that notes and files may belong to, named as the record of it is
/// called in the singular: "lead" for leads.
std::vector<records::FieldDef> parent_fields(Edition edition);
/// The name of that field; "" when records of the module have no notes.
std::string parent_field_of(Edition edition, const std::string& module);

/// Notes are seen by who may read the records that they belong to; files likewise, those of a note
/// by who sees the note. The visible_to of their modules.
records::Filter notes_visible_to(Edition edition, const access::Actor& actor);
records::Filter attachments_visible_to(Edition edition, const access::Actor& actor);

/// What is gone for good takes its notes and files along, also those in the recycle bin. The rule
/// of modules whose records have some. Refuses with conflict "too_much_attached" beyond
/// parts_taken_along_max.
constexpr int parts_taken_along_max = 1'000;
Result<void> its_notes_and_files_go_along(records::Change& change);

/// Refuses with invalid "one_parent" what belongs to nothing or to several records, and with
/// invalid "parent_stays" to move it to another.
Result<void> it_has_one_parent(records::Change& change);

}  // namespace tandem::crm
