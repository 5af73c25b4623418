#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/record.h"

// The words of the Desk dialect for our fields: read on the way in, written on the way out. No rule
// lives here.

namespace tandem::api::desk_dialect {

/// How a value stands in the dialect's JSON.
enum class Form {
  plain,   // as the native API shows it
  label,   // a choice by its label: "On Hold"
  id,      // the id of a link as a string
  count,   // a number as a string: "3"
  custom,  // below cf
};

/// One field: its key in the dialect and in our module.
struct FieldWord {
  std::string_view key;
  std::string_view field;
  Form form = Form::plain;
};

/// The words of a module; a module without its own has none.
const std::vector<FieldWord>& words_of(const records::ModuleDef& module);
const FieldWord* find_word(const records::ModuleDef& module, std::string_view key);
/// Our field's word in the dialect, for naming it in a refusal; the field's own name when there is
/// none.
std::string key_of_field(const records::ModuleDef& module, std::string_view field);

/// "On Hold" of on_hold: the dialect capitalises every word of a system status.
std::string label_of(const records::FieldDef& field, const std::string& name);
/// The choice whose label or name this is, in any letter case; nothing when there is none.
std::optional<std::string> choice_of(const records::FieldDef& field, std::string_view text);

/// Reads a body: known keys become changes, unknown ones are left aside, values that do not fit
/// refuse with invalid naming our field. Custom fields stand below "cf" as cf_name, or below
/// "customFields" by label.
Result<records::Changes> changes_from_body(const records::Shape& shape, const JsonObject& body);
/// The same of a new record: what it lacks is told along with what is wrong.
Result<records::Changes> new_values_from_body(const records::Shape& shape, const JsonObject& body);
/// Whether the body brings a value for the field.
bool is_in_body(const records::FieldDef& field, const records::Shape& shape,
                const JsonObject& body);

}  // namespace tandem::api::desk_dialect
