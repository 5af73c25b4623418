#include "api/desk/search_conditions.h"

#include <algorithm>

#include "api/desk/words.h"
#include "base/text.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr size_t ids_max = 100;

Result<records::Value> value_of(const records::FieldDef& field, const FieldWord& word,
                                std::string_view text) {
  // A condition on a list speaks of one of its values.
  const bool is_list =
      field.kind == records::FieldKind::tags || field.kind == records::FieldKind::multi_choice;
  if (is_list) return records::Value(text);
  if (word.form == Form::label) {
    if (const std::optional<std::string> name = choice_of(field, text))
      return records::Value(*name);
  }
  return records::value_from_text(field, text);
}

Result<records::Filter> one_condition(const records::FieldDef& field, const FieldWord& word,
                                      std::string_view text) {
  const records::FieldCondition condition = records::field(field.name);
  if (text == "${empty}" || text.empty()) return condition.is_empty();
  if (text == "${notempty}" || text == "~") return condition.is_not_empty();
  // "${open}" names a choice.
  if (text.starts_with("${") && text.ends_with('}')) text = text.substr(2, text.size() - 3);
  if (text.size() > 2 && text.starts_with('*') && text.ends_with('*')) {
    return condition.contains(text.substr(1, text.size() - 2));
  }
  if (text.size() > 1 && text.ends_with('*'))
    return condition.starts_with(text.substr(0, text.size() - 1));
  const records::Value value = TRY(value_of(field, word, text));
  return condition.is(value);
}

Result<records::Filter> condition_of(const records::Shape& shape, const FieldWord& word,
                                     const std::string& text) {
  const records::FieldDef* field = shape.find(word.field);
  std::vector<records::Filter> either;
  for (const std::string& part : split(text, ',')) {
    records::Filter condition = TRY(one_condition(*field, word, trim(part)));
    either.push_back(std::move(condition));
  }
  if (either.empty()) either.push_back(records::field(field->name).is_empty());
  return records::any_of(std::move(either));
}

Result<records::Filter> range_of(const std::string& field, const std::string& key,
                                 const std::string& text) {
  const std::vector<std::string> ends = split(text, ',');
  if (ends.size() != 2) return invalid(key, "bad_range", "Give two moments, separated by a comma.");
  const Result<Instant> from = instant_from_iso(trim(ends[0]));
  const Result<Instant> until = instant_from_iso(trim(ends[1]));
  if (!from || !until)
    return invalid(key, "bad_range", "Give moments such as 2026-11-04T11:21:07.000Z.");
  return records::field(field).between(*from, *until);
}

/// Conditions on records that links point to.
Result<records::Filter> linked_condition(std::string_view key, const std::string& text) {
  const std::string wanted(trim(text));
  const bool is_contact = key == "contactName";
  const std::string_view bare =
      wanted.ends_with('*') ? std::string_view(wanted).substr(0, wanted.size() - 1) : wanted;
  const std::string_view name = bare.starts_with('*') ? bare.substr(1) : bare;
  records::Filter part = wanted.starts_with('*') ? records::field("title").contains(name)
                         : wanted.ends_with('*') ? records::field("title").starts_with(name)
                                                 : records::field("title").is(records::Value(name));
  const char* link = is_contact ? "contact" : key == "productName" ? "product" : "account";
  return records::linked(link, std::move(part));
}

/// "cf_serial:A17" of a parameter customField1 to customField10.
Result<records::Filter> custom_condition(const records::Shape& shape, const std::string& key,
                                         const std::string& text) {
  const size_t colon = text.find(':');
  const std::string_view name = std::string_view(text).substr(0, colon);
  const records::FieldDef* field = shape.find(name.starts_with("cf_") ? name.substr(3) : name);
  if (colon == std::string::npos || !field || !field->custom) {
    return invalid(key, "unknown_field", "Give the name of a custom field, a colon and a value.");
  }
  return one_condition(*field, {"", "", Form::label},
                       trim(std::string_view(text).substr(colon + 1)));
}

/// A moment between two, when the key is one of the ranges.
std::optional<std::string> field_of_range(std::string_view key) {
  if (key == "createdTimeRange") return "created_at";
  if (key == "modifiedTimeRange") return "updated_at";
  if (key == "dueDateRange") return "due_at";
  if (key == "startTimeRange") return "call_started_at";
  if (key == "customerResponseTimeRange") return "last_activity_at";
  return std::nullopt;
}

/// The condition of one parameter; nothing for parameters that are none. Refuses those of the
/// dialect that we do not have, since leaving them aside would answer every record.
Result<std::optional<records::Filter>> condition_of_pair(const Call& call,
                                                         const records::Shape& shape,
                                                         const std::string& key, std::string text) {
  // An address has no space: what looks like one was a plus sign that nobody escaped.
  if (key == "email") std::replace(text.begin(), text.end(), ' ', '+');
  if (key == "id") {
    std::vector<records::Value> ids = TRY(call.query_ids("id", ids_max));
    return records::field("id").is_one_of(std::move(ids));
  }
  if (key == "fullName")
    return one_condition(records::FieldDef{.name = "title"}, {"fullName", "title"}, text);
  const bool is_of_ticket = key == "contactName" || key == "productName";
  const bool names_account = key == "accountName" && call.module->name != "accounts";
  if (names_account || (is_of_ticket && call.module->name == "tickets")) {
    return linked_condition(key, text);
  }
  if (key.starts_with("customField")) return custom_condition(shape, key, text);
  if (const std::optional<std::string> field = field_of_range(key))
    return range_of(*field, key, text);
  if (const FieldWord* word = find_word(*call.module, key)) return condition_of(shape, *word, text);
  if (key == "tag" && call.module->name == "tickets")
    return condition_of(shape, {"tag", "tags"}, text);
  if (key == "tag" || key == "teamId") {
    return invalid(key, "unknown_field", "This can't be searched by yet.");
  }
  return std::optional<records::Filter>();
}

}  // namespace

Result<std::vector<records::Filter>> search_conditions(const Call& call,
                                                       const records::Shape& shape) {
  std::vector<records::Filter> parts;
  for (const auto& [key, text] : call.request.query) {
    std::optional<records::Filter> condition = TRY(condition_of_pair(call, shape, key, text));
    if (condition) parts.push_back(std::move(*condition));
  }
  return parts;
}

}  // namespace tandem::api::desk_dialect
