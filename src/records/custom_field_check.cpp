#include "records/custom_field_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "records/columns.h"
#include "records/custom_fields.h"
#include "records/fields/scaled.h"

namespace tandem::records {

namespace {

constexpr int label_chars_max = 100;
constexpr int max_chars_max = 100'000;
constexpr size_t made_name_bytes_max = 50;

Result<void> check_label(std::string& label, const std::string& what) {
  label = to_utf8_lossy(trim(label));
  if (label.empty()) return invalid(what, "required", "Give a label.");
  if (count_chars(label) > label_chars_max) {
    return invalid(what, "too_long",
                   fmt::format("A label may have at most {} characters.", label_chars_max));
  }
  return {};
}

Result<void> check_choices(FieldDef& field) {
  const bool has_choices = field.kind == FieldKind::choice || field.kind == FieldKind::multi_choice;
  if (!has_choices) {
    field.choices.clear();
    return {};
  }
  if (field.choices.empty() || field.choices.size() > custom_choices_max) {
    return invalid("choices", "wrong_count",
                   fmt::format("Give 1 to {} choices.", custom_choices_max));
  }
  std::vector<std::string> names;
  for (ChoiceOption& option : field.choices) {
    TRY(check_label(option.label, "choices"));
    if (option.name.empty()) {
      const std::string base = name_from_label(option.label, "choice");
      option.name = base;
      for (int number = 2; std::find(names.begin(), names.end(), option.name) != names.end();)
        option.name = fmt::format("{}_{}", base, number++);
    }
    const bool is_new = std::find(names.begin(), names.end(), option.name) == names.end();
    if (!is_field_name(option.name) || !is_new) {
      return invalid("choices", "bad_name",
                     fmt::format("The choice name {} must be new, start with a letter and have "
                                 "only small letters, digits and _.",
                                 option.name));
    }
    names.push_back(option.name);
  }
  return {};
}

Result<void> check_limits(const Catalogue& catalogue, const FieldDef& field) {
  if (field.max_chars < 1 || field.max_chars > max_chars_max) {
    return invalid("max_chars", "out_of_range",
                   fmt::format("Give a length from 1 to {}.", max_chars_max));
  }
  if (field.scale < 0 || field.scale > scale_max) {
    return invalid("scale", "out_of_range",
                   fmt::format("Give 0 to {} digits after the point.", scale_max));
  }
  if (field.kind == FieldKind::auto_number)
    return invalid("kind", "not_a_choice", "Numbers that count up can't be added.");
  if (field.kind == FieldKind::link && catalogue.find(field.link_to) == nullptr)
    return invalid("link_to", "not_a_choice", "Say in link_to which module the field links to.");
  const bool is_long = field.kind == FieldKind::long_text || field.kind == FieldKind::rich_text ||
                       field.kind == FieldKind::multi_choice || field.kind == FieldKind::boolean;
  if (field.unique && is_long) {
    return invalid("unique", "not_possible", "Values of this kind can't be asked to differ.");
  }
  return {};
}

}  // namespace

std::string name_from_label(std::string_view label, std::string_view otherwise) {
  std::string name;
  for (const char c : ascii_lower(label)) {
    const bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (stays)
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
    if (name.size() == made_name_bytes_max) break;
  }
  while (name.ends_with('_')) name.pop_back();
  if (name.empty()) return std::string(otherwise);
  if (name.front() >= '0' && name.front() <= '9') return fmt::format("{}_{}", otherwise, name);
  return name;
}

Result<void> check_custom_field(const Catalogue& catalogue, FieldDef& field) {
  field.custom = true;
  field.sortable = false;
  field.written_by = WrittenBy::person;
  TRY(check_label(field.label, "label"));
  if (!field.name.empty() && (!is_field_name(field.name) || is_reserved_name(field.name))) {
    return invalid("name", "bad_name",
                   "A name starts with a letter, has only small letters, digits and _, at most 60 "
                   "of them, and is not one that every record has.");
  }
  TRY(check_limits(catalogue, field));
  TRY(check_choices(field));
  if (field.kind == FieldKind::user) field.link_to = "agents";
  if (field.default_value.is_null()) return {};
  if (field.unique)
    return invalid("default", "not_possible", "A field whose values differ has no default.");
  Result<Value> usual = kind_of(field).normalise(field, field.default_value);
  if (!usual) return invalid("default", usual.error().code, usual.error().message);
  field.default_value = std::move(*usual);
  return {};
}

}  // namespace tandem::records
