#include <algorithm>

#include "base/text.h"
#include "records/fields/choices.h"

namespace tandem::records {

namespace {

constexpr size_t chosen_max = 200;

/// Each once; in the order of the definition, so that equal sets are equal values, unless the
/// field keeps the order in which they were chosen.
Result<Value> from_parts(const FieldDef& field, const std::vector<std::string>& parts) {
  if (parts.size() > chosen_max)
    return field_fault(field, "too_many", "may have at most 200 choices");
  std::vector<const ChoiceOption*> chosen;
  for (const std::string& part : parts) {
    const std::string_view text = trim(part);
    if (text.empty()) continue;
    const ChoiceOption* option = find_choice(field, text);
    if (option == nullptr) return not_a_choice(field);
    if (std::find(chosen.begin(), chosen.end(), option) == chosen.end()) chosen.push_back(option);
  }
  if (!field.keeps_order) std::sort(chosen.begin(), chosen.end());
  std::vector<std::string> names;
  for (const ChoiceOption* option : chosen) names.push_back(option->name);
  return names.empty() ? Value() : Value(std::move(names));
}

Result<Value> read(const FieldDef& field, std::string_view text) {
  return from_parts(field, split(text, ';'));
}

Result<Value> read_json(const FieldDef& field, const Json& json) {
  if (!json.is_array()) return json_as_text(field, json);
  std::vector<std::string> parts;
  for (const Json& part : json.get_array()) {
    if (!part.is_string()) return field_fault(field, "not_a_list", "must be a list of choices");
    parts.emplace_back(part.get_string());
  }
  return from_parts(field, parts);
}

Result<Value> normalise(const FieldDef& field, const Value& value) {
  if (value.is_text()) return read(field, value.text());
  if (!value.is_list()) return field_fault(field, "not_a_list", "must be a list of choices");
  return from_parts(field, value.list());
}

void append(JsonWriter& json, const FieldDef&, const Value& value) {
  json.begin_array();
  for (const std::string& name : value.list()) json.string(name);
  json.end_array();
}

std::string to_labels(const FieldDef& field, const Value& value) {
  std::string labels;
  for (const std::string& name : value.list())
    labels += (labels.empty() ? "" : "; ") + choice_kind.to_text(field, Value(name));
  return labels;
}

}  // namespace

// Each comparison speaks of one choice: "is" and "contains" ask whether it is among the chosen.
const FieldKindDef multi_choice_kind{
    .kind = FieldKind::multi_choice,
    .word = "multi_choice",
    .holding = Holding::list,
    .read_json = read_json,
    .read_text = read,
    .normalise = normalise,
    .append_json = append,
    .to_text = to_labels,
    .comparisons = equality_comparisons | bits({Comparison::contains}),
};

}  // namespace tandem::records
