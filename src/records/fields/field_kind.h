#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "records/record.h"

// What a kind of field knows, one file per kind. Everything else of the room asks here and has no
// switch over kinds.

namespace tandem::records {

/// How a value is held in its column, and which member of Value it uses. A list is JSON text.
enum class Holding { number, text, list };

struct FieldKindDef {
  FieldKind kind = FieldKind::text;
  std::string_view word;  // "auto_number", as the native API says it
  Holding holding = Holding::text;
  /// Reads JSON that is neither null nor empty text.
  Result<Value> (*read_json)(const FieldDef&, const Json&) = nullptr;
  /// Reads text that is not empty.
  Result<Value> (*read_text)(const FieldDef&, std::string_view) = nullptr;
  /// The value as it may be stored, when a rule of the program set it: same checks, same forms.
  Result<Value> (*normalise)(const FieldDef&, const Value&) = nullptr;
  /// Both are asked for values that are not null.
  void (*append_json)(JsonWriter&, const FieldDef&, const Value&) = nullptr;
  std::string (*to_text)(const FieldDef&, const Value&) = nullptr;
  uint32_t comparisons = 0;  // a bit per Comparison
  bool folds_case = false;   // stored in lower case; comparisons lower what they are given
};

const FieldKindDef& kind_of(FieldKind kind);
inline const FieldKindDef& kind_of(const FieldDef& field) { return kind_of(field.kind); }
const FieldKindDef* kind_from_word(std::string_view word);

constexpr uint32_t bits(std::initializer_list<Comparison> comparisons) {
  uint32_t all = 0;
  for (const Comparison comparison : comparisons) all |= 1u << unsigned(comparison);
  return all;
}
constexpr uint32_t equality_comparisons =
    bits({Comparison::is, Comparison::is_not, Comparison::is_one_of, Comparison::is_none_of,
          Comparison::is_empty, Comparison::is_not_empty});
constexpr uint32_t order_comparisons =
    equality_comparisons | bits({Comparison::before, Comparison::after, Comparison::at_least,
                                 Comparison::at_most, Comparison::between});
constexpr uint32_t text_comparisons =
    equality_comparisons |
    bits({Comparison::contains, Comparison::starts_with, Comparison::ends_with});

/// Refuses with invalid; `what` follows the field's label: "Due date must be a day like …".
Refusal field_fault(const FieldDef& field, const char* code, std::string_view what);

// Shared by several kinds.

/// Trims, replaces what is not UTF-8, turns line breaks and controls to spaces, drops what turns
/// the direction of the writing. Nothing when nothing of it is seen. Refuses what is too long.
Result<Value> line_from_text(const FieldDef& field, std::string_view text);
/// Trims and replaces what is not UTF-8; lines stay, with "\n" between them. Nothing when nothing
/// of it is seen. Refuses what is too long.
Result<Value> lines_from_text(const FieldDef& field, std::string_view text);
/// A JSON string is read as text; a number or boolean as the text it is written with.
Result<Value> json_as_text(const FieldDef& field, const Json& json);
/// Text values are read again as text; anything else is refused.
Result<Value> normalise_text(const FieldDef& field, const Value& value);
/// Numbers are taken as they are; anything else is refused.
Result<Value> normalise_number(const FieldDef& field, const Value& value);
void append_text(JsonWriter& json, const FieldDef& field, const Value& value);
std::string held_text(const FieldDef& field, const Value& value);
/// Digits with an optional sign that fit `limit` on both sides.
std::optional<int64_t> whole_number(std::string_view text, int64_t limit);

/// JSON numbers are exact in every reader up to here.
constexpr int64_t number_max = 9'007'199'254'740'991;

// One per file of this folder.
extern const FieldKindDef text_kind, long_text_kind, rich_text_kind, number_kind, decimal_kind,
    money_kind, boolean_kind, date_kind, instant_kind, choice_kind, multi_choice_kind, tags_kind,
    email_kind, phone_kind, url_kind, link_kind, user_kind, auto_number_kind;

}  // namespace tandem::records
