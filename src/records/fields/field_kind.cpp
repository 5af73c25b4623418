#include "records/fields/field_kind.h"

#include <fmt/format.h>

#include <charconv>

#include "base/seen_text.h"
#include "base/text.h"

namespace tandem::records {

namespace {

/// In the order of the enum.
const FieldKindDef* const kinds[] = {
    &text_kind,         &long_text_kind, &rich_text_kind,  &number_kind,  &decimal_kind,
    &money_kind,        &boolean_kind,   &date_kind,       &instant_kind, &choice_kind,
    &multi_choice_kind, &tags_kind,      &email_kind,      &phone_kind,   &url_kind,
    &link_kind,         &user_kind,      &auto_number_kind};

Result<Value> checked_length(const FieldDef& field, std::string text) {
  if (text.empty()) return Value();
  // Bytes bound characters from above, so most texts need no counting.
  if (int64_t(text.size()) > field.max_chars && count_chars(text) > field.max_chars) {
    return field_fault(field, "too_long",
                       fmt::format("may have at most {} characters; shorten it", field.max_chars));
  }
  return Value(std::move(text));
}

}  // namespace

const FieldKindDef& kind_of(FieldKind kind) { return *kinds[size_t(kind)]; }

const FieldKindDef* kind_from_word(std::string_view word) {
  for (const FieldKindDef* kind : kinds)
    if (kind->word == word) return kind;
  return nullptr;
}

Refusal field_fault(const FieldDef& field, const char* code, std::string_view what) {
  return invalid(field.name, code,
                 fmt::format("{} {}.", field.label.empty() ? field.name : field.label, what));
}

Result<Value> line_from_text(const FieldDef& field, std::string_view text) {
  return checked_length(field, seen_line(to_utf8_lossy(text)));
}

Result<Value> lines_from_text(const FieldDef& field, std::string_view text) {
  if (is_unseen_text(text)) return Value();
  std::string lines = to_utf8_lossy(trim(text));
  if (lines.find('\r') != lines.npos) {
    std::string plain;
    for (size_t at = 0; at < lines.size(); ++at) {
      if (lines[at] != '\r')
        plain += lines[at];
      else if (at + 1 == lines.size() || lines[at + 1] != '\n')
        plain += '\n';
    }
    lines = std::move(plain);
  }
  return checked_length(field, std::move(lines));
}

Result<Value> json_as_text(const FieldDef& field, const Json& json) {
  if (json.is_string()) return kind_of(field).read_text(field, std::string_view(json.get_string()));
  if (json.is_int64() || json.is_uint64() || json.is_double() || json.is_bool())
    return kind_of(field).read_text(field, json_to_text(json));
  return field_fault(field, "not_text", "must be text");
}

Result<Value> normalise_text(const FieldDef& field, const Value& value) {
  if (!value.is_text()) return field_fault(field, "not_text", "must be text");
  const std::string_view text = trim(value.text());
  if (text.empty()) return Value();
  return kind_of(field).read_text(field, text);
}

Result<Value> normalise_number(const FieldDef& field, const Value& value) {
  if (!value.is_number()) return field_fault(field, "not_a_number", "must be a number");
  return value;
}

void append_text(JsonWriter& json, const FieldDef&, const Value& value) {
  json.string(value.text());
}

std::string held_text(const FieldDef&, const Value& value) { return value.text(); }

std::optional<int64_t> whole_number(std::string_view text, int64_t limit) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number > limit || number < -limit) return std::nullopt;
  return number;
}

}  // namespace tandem::records
