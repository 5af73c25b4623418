#include <algorithm>

#include "base/text.h"
#include "records/fields/choices.h"

namespace tandem::records {

namespace {

constexpr size_t choices_in_message_max = 12;

Result<Value> read(const FieldDef& field, std::string_view text) {
  const ChoiceOption* option = find_choice(field, trim(text));
  if (option == nullptr) return not_a_choice(field);
  return Value(option->name);
}

std::string to_label(const FieldDef& field, const Value& value) {
  for (const ChoiceOption& option : field.choices)
    if (option.name == value.text() && !option.label.empty()) return option.label;
  return value.text();
}

}  // namespace

const ChoiceOption* find_choice(const FieldDef& field, std::string_view text) {
  for (const ChoiceOption& option : field.choices)
    if (option.name == text) return &option;
  for (const ChoiceOption& option : field.choices)
    if (equal_ignoring_ascii_case(option.label, text)) return &option;
  return nullptr;
}

Refusal not_a_choice(const FieldDef& field) {
  std::string names;
  for (size_t at = 0; at < std::min(field.choices.size(), choices_in_message_max); ++at)
    names += (at == 0 ? "" : ", ") + field.choices[at].name;
  if (field.choices.size() > choices_in_message_max) names += ", …";
  return field_fault(field, "not_a_choice", "must be one of: " + names);
}

const FieldKindDef choice_kind{
    .kind = FieldKind::choice,
    .word = "choice",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = to_label,
    .comparisons = equality_comparisons,
};

}  // namespace tandem::records
