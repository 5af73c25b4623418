#pragma once

#include "records/fields/field_kind.h"

namespace tandem::records {

/// The option with this name, or with this label in any case; null when there is none.
const ChoiceOption* find_choice(const FieldDef& field, std::string_view text);
/// Refuses with not_a_choice and lists what may be chosen.
Refusal not_a_choice(const FieldDef& field);

}  // namespace tandem::records
