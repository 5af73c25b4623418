#pragma once

#include "desk/layouts/layouts.h"

// Layouts as JSON: what an administrator sends, and what is stored.

namespace tandem::desk {

/// Whether people fill the field in at all.
bool may_be_laid_out(const records::FieldDef& field);
/// What the field's own definition asks.
Asked asked_by(const records::FieldDef& field);

/// Whether a new ticket may get a value by a layout.
bool may_have_default(const records::FieldDef& field);

/// Refuses with invalid what save_layout() names.
Result<Layout> layout_from_json(const records::Shape& tickets, const JsonObject& body);
std::string definition_of(const records::Shape& tickets, const Layout& layout);
/// What no longer fits the shape is left out.
Layout stored_layout(const records::Shape& tickets, const std::string& definition);

/// "sections" and "defaults", into an object that is open.
void append_layout(JsonWriter& json, const records::Shape& tickets, const Layout& layout);

}  // namespace tandem::desk
