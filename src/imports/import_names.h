#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "imports/imported_app.h"
#include "records/record.h"

// What columns and choices are called in files, in the four languages of the program and as other
// programs name them.

namespace tandem::imports {

/// A person's whole name in one column: no field, but two.
constexpr std::string_view full_name_column = "full_name";
/// When a record was made; what it is stamped with, but no field.
constexpr std::string_view created_column = "created_at";
/// Headings that a report adds begin so; they mean nothing when it is uploaded again.
constexpr std::string_view report_heading_start = "Tandem: ";

/// What a column may become: fields that the actor's role writes, and the whole name of people.
bool may_be_column(const access::Actor& actor, const ImportedModule& imported,
                   const records::Shape& shape, std::string_view name);
/// A field for each heading, "" where none fits; each field once.
std::vector<std::string> guess_columns(const access::Actor& actor, const ImportedModule& imported,
                                       const records::Shape& shape,
                                       const std::vector<std::string>& headings);
/// The choice that a word means in one of the languages; "" when none.
std::string choice_meant(const records::FieldDef& field, std::string_view word);
/// Yes and no in the four languages.
std::optional<bool> truth_meant(std::string_view word);

}  // namespace tandem::imports
