#include "api/native/call.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tandem::api::native {

namespace {

Refusal wrong_type(std::string_view key, std::string_view wanted) {
  return invalid(std::string(key), "wrong_type", fmt::format("Send {} as {}.", key, wanted));
}

const Json* member(const JsonObject& body, std::string_view key) {
  const auto found = body.find(key);
  return found == body.end() || found->value().is_null() ? nullptr : &found->value();
}

}  // namespace

Result<RecordId> Call::id(std::string_view parameter) const {
  const std::optional<int64_t> value = id_from_text(request.param(parameter));
  if (!value) return not_found("There is nothing at this address.");
  return RecordId{*value};
}

Result<JsonObject> Call::body() const {
  Json json = TRY(json_from_text(request.body));
  if (!json.is_object()) return invalid("", "bad_json", "Send a JSON object.");
  return std::move(json.as_object());
}

Result<int> Call::query_number(std::string_view name, int absent, int low, int high) const {
  const std::optional<std::string_view> text = request.query_value(name);
  if (!text) return absent;
  int value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < low || value > high) {
    return invalid(std::string(name), "out_of_range",
                   fmt::format("Give {} from {} to {}.", name, low, high));
  }
  return value;
}

std::string Call::query_text(std::string_view name) const {
  return std::string(request.query_value(name).value_or(""));
}

Result<void> only_keys(const JsonObject& body, std::initializer_list<std::string_view> known) {
  for (const auto& pair : body) {
    const std::string_view key(pair.key());
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      return invalid(std::string(key), "unknown_field",
                     fmt::format("There is no field {}; leave it out.", key));
    }
  }
  return {};
}

Result<std::string> body_text(const JsonObject& body, std::string_view key, int64_t chars_max) {
  const Json* value = member(body, key);
  if (!value) return std::string();
  if (!value->is_string()) return wrong_type(key, "text");
  std::string text(value->as_string());
  if (count_chars(text) > chars_max) {
    return invalid(std::string(key), "too_long",
                   fmt::format("Use at most {} characters for {}.", chars_max, key));
  }
  return text;
}

Result<bool> body_flag(const JsonObject& body, std::string_view key, bool absent) {
  const Json* value = member(body, key);
  if (!value) return absent;
  if (!value->is_bool()) return wrong_type(key, "true or false");
  return value->as_bool();
}

Result<std::vector<std::string>> body_texts(const JsonObject& body, std::string_view key,
                                            size_t count_max) {
  std::vector<std::string> texts;
  const Json* value = member(body, key);
  if (!value) return texts;
  if (!value->is_array()) return wrong_type(key, "a list of texts");
  if (value->as_array().size() > count_max) {
    return invalid(std::string(key), "too_many",
                   fmt::format("Give at most {} of {}.", count_max, key));
  }
  for (const Json& item : value->as_array()) {
    if (!item.is_string()) return wrong_type(key, "a list of texts");
    texts.emplace_back(item.as_string());
  }
  return texts;
}

Result<std::vector<int64_t>> body_ids(const JsonObject& body, std::string_view key,
                                      size_t count_max) {
  std::vector<int64_t> ids;
  const std::vector<std::string> texts = TRY(body_texts(body, key, count_max));
  for (const std::string& text : texts) {
    const std::optional<int64_t> id = id_from_text(text);
    if (!id)
      return invalid(std::string(key), "bad_id",
                     fmt::format("{} holds \"{}\", which is no id.", key, first_chars(text, 40)));
    ids.push_back(*id);
  }
  return ids;
}

Result<int> body_number(const JsonObject& body, std::string_view key, int absent) {
  const Json* value = member(body, key);
  if (!value) return absent;
  if (!value->is_int64() || value->as_int64() < 0 || value->as_int64() > 1'000'000) {
    return wrong_type(key, "a whole number from 0 to 1,000,000");
  }
  return int(value->as_int64());
}

Result<RecordId> body_id(const JsonObject& body, std::string_view key) {
  const std::string text = TRY(body_text(body, key, 20));
  if (text.empty()) return RecordId();
  const std::optional<int64_t> id = id_from_text(text);
  if (!id) return invalid(std::string(key), "bad_id", fmt::format("{} is no id.", key));
  return RecordId{*id};
}

Result<std::optional<int64_t>> body_revision(const JsonObject& body) {
  const Json* revision = body.if_contains("revision");
  if (!revision || revision->is_null()) return std::optional<int64_t>();
  if (!revision->is_int64())
    return invalid("revision", "wrong_type", "Send revision as a whole number.");
  return std::optional<int64_t>(revision->as_int64());
}

Result<std::vector<SeenRecord>> body_seen(const JsonObject& body, std::string_view key,
                                          size_t count_max) {
  const std::string name(key);
  const std::string shape = fmt::format("Send {} as a list of {{id, revision}}.", key);
  const Json* listed = body.if_contains(key);
  if (!listed || !listed->is_array()) return invalid(name, "required", shape);
  if (listed->as_array().size() > count_max)
    return invalid(name, "too_many", fmt::format("Name at most {} {} at a time.", count_max, key));
  std::vector<SeenRecord> seen;
  for (const Json& one : listed->as_array()) {
    if (!one.is_object()) return invalid(name, "wrong_type", shape);
    TRY(only_keys(one.as_object(), {"id", "revision"}));
    const RecordId id = TRY(body_id(one.as_object(), "id"));
    if (!id) return invalid(name, "required", fmt::format("Give the id of each of the {}.", key));
    const std::optional<int64_t> revision = TRY(body_revision(one.as_object()));
    seen.push_back({id, revision});
  }
  return seen;
}

}  // namespace tandem::api::native
