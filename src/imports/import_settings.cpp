#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "imports/import_text.h"
#include "imports/imports.h"

namespace tandem::imports {

namespace {

template <class Choice>
struct Spelt {
  Choice choice;
  std::string_view word;
};
constexpr Spelt<ImportState> states[] = {
    {ImportState::fresh, "fresh"},  {ImportState::checking, "checking"},
    {ImportState::ready, "ready"},  {ImportState::running, "running"},
    {ImportState::ended, "ended"},  {ImportState::stopped, "stopped"},
    {ImportState::failed, "failed"}};
constexpr Spelt<OnMatch> on_matches[] = {
    {OnMatch::update, "update"}, {OnMatch::skip, "skip"}, {OnMatch::refuse, "refuse"}};
constexpr Spelt<OnNew> on_news[] = {{OnNew::add, "add"}, {OnNew::skip, "skip"}};
constexpr Spelt<OnMissing> on_missings[] = {{OnMissing::refuse, "refuse"}, {OnMissing::add, "add"}};
constexpr Spelt<RowOutcome> outcomes[] = {{RowOutcome::added, "added"},
                                          {RowOutcome::updated, "updated"},
                                          {RowOutcome::skipped, "skipped"},
                                          {RowOutcome::refused, "refused"}};
constexpr Spelt<DateOrder> date_orders[] = {{DateOrder::year_first, "year_first"},
                                            {DateOrder::day_first, "day_first"},
                                            {DateOrder::month_first, "month_first"}};

template <class Choice, size_t count>
std::string_view word_in(const Spelt<Choice> (&all)[count], Choice choice) {
  for (const Spelt<Choice>& one : all)
    if (one.choice == choice) return one.word;
  return "";
}

template <class Choice, size_t count>
std::optional<Choice> choice_in(const Spelt<Choice> (&all)[count], std::string_view word) {
  for (const Spelt<Choice>& one : all)
    if (one.word == word) return one.choice;
  return std::nullopt;
}

template <class Choice, size_t count>
Result<void> read_choice(const JsonObject& object, std::string_view key,
                         const Spelt<Choice> (&all)[count], Choice& into) {
  const Json* json = object.if_contains(key);
  if (!json) return {};
  const std::optional<Choice> read =
      json->is_string() ? choice_in(all, std::string_view(json->as_string())) : std::nullopt;
  if (!read) {
    std::string words;
    for (const Spelt<Choice>& one : all) words += fmt::format(" {}", one.word);
    return invalid(std::string(key), "not_a_choice", fmt::format("Choose one of:{}.", words));
  }
  into = *read;
  return {};
}

Refusal wrong_type(const char* key, const char* wanted) {
  return invalid(key, "wrong_type", fmt::format("Send {} as {}.", key, wanted));
}

Result<void> read_columns(const JsonObject& object, ImportSettings& settings) {
  const Json* json = object.if_contains("columns");
  if (!json) return {};
  if (!json->is_array() || json->as_array().size() > import_columns_max)
    return wrong_type("columns", "a list of field names");
  settings.columns.clear();
  for (const Json& column : json->as_array()) {
    if (!column.is_string() && !column.is_null())
      return wrong_type("columns", "a list of field names");
    settings.columns.emplace_back(column.is_null() ? "" : std::string(column.as_string()));
  }
  return {};
}

constexpr size_t absent_values_max = 20;
constexpr size_t absent_value_bytes_max = 2'000;

Result<void> read_absent(const JsonObject& object, ImportSettings& settings) {
  const Json* json = object.if_contains("absent");
  if (!json) return {};
  if (!json->is_object() || json->as_object().size() > absent_values_max)
    return wrong_type("absent", "an object of field names with values");
  settings.absent.clear();
  for (const auto& [name, value] : json->as_object()) {
    if (!value.is_string() || value.as_string().size() > absent_value_bytes_max)
      return wrong_type("absent", "an object of field names with values");
    if (!value.as_string().empty())
      settings.absent[std::string(name)] = std::string(value.as_string());
  }
  return {};
}

Result<void> read_form(const JsonObject& object, ImportSettings& settings) {
  if (const Json* json = object.if_contains("encoding")) {
    const std::string name = json->is_string() ? std::string(json->as_string()) : "";
    if (!is_known_encoding(name))
      return invalid("encoding", "not_a_choice",
                     "Choose utf-8, utf-16, windows-1252, shift_jis or gb18030.");
    settings.encoding = name;
  }
  if (const Json* json = object.if_contains("separator")) {
    const std::string text = json->is_string() ? std::string(json->as_string()) : "";
    if (text.size() != 1 || separators.find(text) == std::string_view::npos)
      return invalid("separator", "not_a_choice",
                     "Choose a comma, a semicolon, a tab or a vertical bar.");
    settings.separator = text.front();
  }
  return {};
}

}  // namespace

std::string_view word(ImportState state) { return word_in(states, state); }

std::string_view word(RowOutcome outcome) { return word_in(outcomes, outcome); }

std::optional<ImportState> import_state_from_word(std::string_view word) {
  return choice_in(states, word);
}

std::string settings_to_json(const ImportSettings& settings) {
  JsonWriter json;
  json.begin_object().string("encoding", settings.encoding);
  json.string("separator", std::string_view(&settings.separator, 1)).key("columns").begin_array();
  for (const std::string& column : settings.columns) json.string(column);
  json.end_array().string("match", settings.match);
  json.string("on_match", word_in(on_matches, settings.on_match));
  json.string("on_new", word_in(on_news, settings.on_new));
  json.string("on_missing", word_in(on_missings, settings.on_missing));
  json.string("dates", word_in(date_orders, settings.dates)).key("absent").begin_object();
  for (const auto& [field, value] : settings.absent) json.string(field, value);
  return json.end_object().end_object().take();
}

Result<ImportSettings> settings_from_json(const Json& json, ImportSettings settings) {
  if (!json.is_object()) return invalid("", "bad_json", "Send a JSON object.");
  const JsonObject& object = json.as_object();
  for (const auto& pair : object) {
    constexpr std::string_view known[] = {"encoding", "separator",  "columns", "match", "on_match",
                                          "on_new",   "on_missing", "dates",   "absent"};
    if (std::find(std::begin(known), std::end(known), std::string_view(pair.key())) !=
        std::end(known))
      continue;
    return invalid(std::string(pair.key()), "unknown_field", "Leave it out.");
  }
  TRY(read_form(object, settings));
  TRY(read_columns(object, settings));
  if (const Json* match = object.if_contains("match")) {
    if (!match->is_string()) return wrong_type("match", "the name of a field");
    settings.match = std::string(match->as_string());
  }
  TRY(read_choice(object, "on_match", on_matches, settings.on_match));
  TRY(read_choice(object, "on_new", on_news, settings.on_new));
  TRY(read_choice(object, "on_missing", on_missings, settings.on_missing));
  TRY(read_choice(object, "dates", date_orders, settings.dates));
  TRY(read_absent(object, settings));
  return settings;
}

}  // namespace tandem::imports
