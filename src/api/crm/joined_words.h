#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"
#include "crm/joins.h"
#include "operations/joins.h"

// The dialect's words for records that belong together, many with many. No rule lives here.

namespace tandem::api::crm_dialect {

/// The list in addresses: "Contact_Roles", or the word of the module whose records stand in it.
std::string list_word(Edition edition, const records::JoinSide& side);

/// What is said of each pair: "Contact_Role", "Member_Status"; "" when nothing is.
std::string said_word(const records::JoinSide& side);
/// A role as {"name","id"}, a status by its label, null when nothing is said. `side`: with the
/// choices of the organisation (crm::OwnSide).
void append_said(JsonWriter& json, const records::JoinSide& side, const std::string& said);
/// Reads it from an item, with the same side: by label, by our name, by id, or as {"id"} or
/// {"name"}. Refuses with invalid what is no choice.
Result<operations::Said> said_in_item(const records::JoinSide& side, const JsonObject& item);
/// A list that the dialect also shows as a field of the record that holds it: Secondary_Contacts
/// and Associated_Products of Bigin's deals.
struct HeldField {
  std::string api_name;
  records::JoinSide side;
};
/// Those of the module whose records the role reads.
std::vector<HeldField> held_fields(const Call& call, const records::ModuleDef& module);
void append_held(JsonWriter& json, const HeldField& field,
                 const std::vector<const records::Record*>& held);
/// The field as metadata shows it.
records::FieldDef field_def_of(const HeldField& field);

/// The saved record of an item holds what the item says: all of a list, and no others. Refuses with
/// invalid naming the field.
Result<void> hold_as_said(db::Transaction& tx, const Call& call, const JsonObject& item,
                          RecordId saved);

}  // namespace tandem::api::crm_dialect
