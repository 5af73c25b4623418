#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr size_t tags_max = 100;
constexpr int64_t tag_chars_max = 60;

/// Fields that name no length of their own have the usual one.
int64_t chars_max_of(const FieldDef& field) {
  return field.max_chars == FieldDef{}.max_chars ? tag_chars_max : field.max_chars;
}

/// Each once whatever its capitals, in the order of the alphabet, so that equal sets are equal
/// values.
Result<Value> from_parts(const FieldDef& field, const std::vector<std::string>& parts) {
  std::vector<std::string> tags;
  for (const std::string& part : parts) {
    std::string tag = to_utf8_lossy(trim(part));
    std::replace_if(tag.begin(), tag.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    if (tag.empty()) continue;
    if (count_chars(tag) > chars_max_of(field)) {
      return field_fault(
          field, "tag_too_long",
          fmt::format("may have entries of at most {} characters", chars_max_of(field)));
    }
    const auto is_same = [&](const std::string& known) {
      return ascii_lower(known) == ascii_lower(tag);
    };
    if (std::none_of(tags.begin(), tags.end(), is_same)) tags.push_back(std::move(tag));
  }
  if (tags.size() > tags_max) return field_fault(field, "too_many", "may have at most 100 tags");
  std::sort(tags.begin(), tags.end());
  return tags.empty() ? Value() : Value(std::move(tags));
}

Result<Value> read(const FieldDef& field, std::string_view text) {
  std::string parts(text);
  std::replace(parts.begin(), parts.end(), ',', ';');
  return from_parts(field, split(parts, ';'));
}

Result<Value> read_json(const FieldDef& field, const Json& json) {
  if (!json.is_array()) return json_as_text(field, json);
  std::vector<std::string> parts;
  for (const Json& part : json.get_array()) {
    if (!part.is_string()) return field_fault(field, "not_a_list", "must be a list of texts");
    parts.emplace_back(part.get_string());
  }
  return from_parts(field, parts);
}

Result<Value> normalise(const FieldDef& field, const Value& value) {
  if (value.is_text()) return read(field, value.text());
  if (!value.is_list()) return field_fault(field, "not_a_list", "must be a list of texts");
  return from_parts(field, value.list());
}

void append(JsonWriter& json, const FieldDef&, const Value& value) {
  json.begin_array();
  for (const std::string& tag : value.list()) json.string(tag);
  json.end_array();
}

std::string to_text(const FieldDef&, const Value& value) {
  std::string text;
  for (const std::string& tag : value.list()) text += (text.empty() ? "" : "; ") + tag;
  return text;
}

}  // namespace

// Each comparison speaks of one tag: "is" and "contains" ask whether it is among them.
const FieldKindDef tags_kind{
    .kind = FieldKind::tags,
    .word = "tags",
    .holding = Holding::list,
    .read_json = read_json,
    .read_text = read,
    .normalise = normalise,
    .append_json = append,
    .to_text = to_text,
    .comparisons = equality_comparisons | bits({Comparison::contains}),
};

}  // namespace tandem::records
