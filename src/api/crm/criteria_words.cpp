#include "api/crm/criteria_words.h"

#include <algorithm>
#include <string>

#include "api/crm/metadata.h"
#include "records/filter_compile.h"

namespace tandem::api::crm_dialect {

namespace {

using records::Comparison;
using records::FieldDef;
using records::Filter;

std::string_view comparator_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::is:
    case Comparison::is_empty: return "equal";
    case Comparison::is_not:
    case Comparison::is_not_empty: return "not_equal";
    case Comparison::is_one_of: return "in";
    case Comparison::is_none_of: return "not_in";
    case Comparison::contains: return "contains";
    case Comparison::starts_with: return "starts_with";
    case Comparison::ends_with: return "ends_with";
    case Comparison::before: return "less_than";
    case Comparison::after: return "greater_than";
    case Comparison::at_least: return "greater_equal";
    case Comparison::at_most: return "less_equal";
    case Comparison::between: return "between";
  }
  return "";
}

const FieldDef* field_of(const ModuleWords& words, const std::string& name) {
  return records::field_or_system(words.shape(), name);
}

bool has_words(const ModuleWords& words, const Filter& filter) {
  const auto all_have = [&] {
    return std::all_of(filter.parts.begin(), filter.parts.end(),
                       [&](const Filter& part) { return has_words(words, part); });
  };
  switch (filter.kind) {
    case Filter::Kind::field:
      return words.field_of(words.api_name_of(filter.field)) == filter.field;
    case Filter::Kind::all_of:
    case Filter::Kind::any_of: return !filter.parts.empty() && all_have();
    case Filter::Kind::everything:
    case Filter::Kind::nothing:
    case Filter::Kind::none_of:
    case Filter::Kind::linked: return false;
  }
  return false;
}

std::string text_of_value(const FieldDef& field, const records::Value& value) {
  if (value.is_null()) return "${EMPTY}";
  for (const records::ChoiceOption& choice : field.choices)
    if (value.is_text() && choice.name == value.text()) return choice.label;
  if (field.kind == records::FieldKind::instant) return moment_text(value.instant());
  return records::value_to_text(field, value);
}

void append_value(JsonWriter& json, const FieldDef& field, const Filter& filter) {
  json.key("value");
  const bool is_emptiness =
      filter.comparison == Comparison::is_empty || filter.comparison == Comparison::is_not_empty;
  if (is_emptiness) {
    json.string("${EMPTY}");
    return;
  }
  const bool is_list = filter.comparison == Comparison::is_one_of ||
                       filter.comparison == Comparison::is_none_of ||
                       filter.comparison == Comparison::between;
  if (is_list) json.begin_array();
  for (const records::Value& value : filter.values) json.string(text_of_value(field, value));
  if (is_list) json.end_array();
}

void append(JsonWriter& json, const ModuleWords& words, const Filter& filter) {
  json.begin_object();
  if (filter.kind == Filter::Kind::field) {
    const FieldDef& field = *field_of(words, filter.field);
    json.string("comparator", comparator_of(filter.comparison)).key("field").begin_object();
    json.string("api_name", words.api_name_of(filter.field));
    json.id("id", field_id(words.shape().module(), field)).end_object();
    append_value(json, field, filter);
  } else {
    json.string("group_operator", filter.kind == Filter::Kind::all_of ? "AND" : "OR");
    json.key("group").begin_array();
    for (const Filter& part : filter.parts) append(json, words, part);
    json.end_array();
  }
  json.end_object();
}

}  // namespace

void append_criteria(JsonWriter& json, const ModuleWords& words, const Filter& filter) {
  if (has_words(words, filter)) {
    append(json, words, filter);
  } else {
    json.null();
  }
}

}  // namespace tandem::api::crm_dialect
