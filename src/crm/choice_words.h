#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/module.h"

// What the screens call the choices of fields, in their four languages: the very texts of the
// browser application, which travel inside the program. A file that somebody filled in by what
// they see is understood so. Manual, Import and export 3.6.

namespace tandem::crm {

/// The texts of one language as JSON: {"choice":{"lead_source":{"cold_call":"飛び込み電話",…},…}}.
struct Texts {
  std::string_view language;
  std::string_view json;
};
const std::vector<Texts>& embedded_texts();

/// The name of the choice that bears this label, whatever its capitals: in the language of `locale`
/// first, then in the others. Of two choices of one label the first is meant. "" for none, and for
/// fields that an organisation made: they have its own labels.
std::string choice_called(const records::FieldDef& field, std::string_view label,
                          std::string_view locale);

}  // namespace tandem::crm
