#pragma once

#include <string>
#include <string_view>

#include "records/shape.h"

namespace tandem::records {

/// A field name made from a label: "Serial no." gives serial_no; a label without Latin letters
/// gives `otherwise`.
std::string name_from_label(std::string_view label, std::string_view otherwise);

/// Checks what somebody asked for, and completes it: trims labels, names choices, orders the
/// default. Refuses with invalid.
Result<void> check_custom_field(const Catalogue& catalogue, FieldDef& field);

}  // namespace tandem::records
