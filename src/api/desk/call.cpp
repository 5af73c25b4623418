#include "api/desk/call.h"

#include <fmt/format.h>

#include <charconv>

#include "api/desk/input_words.h"
#include "base/text.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int64_t offset_max = 5'000;

Result<int64_t> query_number(const Call& call, std::string_view name, int64_t absent,
                             int64_t high) {
  const std::string text = call.query_text(name);
  if (text.empty()) return absent;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > high) {
    return invalid(std::string(name), "out_of_range",
                   fmt::format("Give a number from 0 to {}.", high));
  }
  return value;
}

std::optional<RecordId> id_of_json(const Json& json) {
  if (json.is_int64() && json.as_int64() > 0) return RecordId{json.as_int64()};
  if (!json.is_string()) return std::nullopt;
  const std::optional<int64_t> value = id_from_text(json.as_string());
  return value ? std::optional(RecordId{*value}) : std::nullopt;
}

}  // namespace

Result<RecordId> Call::id(std::string_view parameter) const {
  const std::optional<int64_t> value = id_from_text(request.param(parameter));
  if (!value) return not_found("There is nothing at this address.");
  return RecordId{*value};
}

Result<JsonObject> Call::body() const {
  if (trim(request.body).empty()) return invalid("", "empty_payload", "The request has no body.");
  Json json = TRY(json_from_text(request.body));
  if (!json.is_object()) return invalid("", "not_an_object", "Send a JSON object.");
  if (json.as_object().empty()) return invalid("", "empty_payload", "The request body is empty.");
  return std::move(json.as_object());
}

std::string Call::query_text(std::string_view name) const {
  return std::string(request.query_value(name).value_or(""));
}

Result<std::vector<records::Value>> Call::query_ids(std::string_view name, size_t count_max) const {
  std::vector<records::Value> ids;
  for (const std::string& text : split(query_text(name), ',')) {
    if (trim(text).empty()) continue;
    const std::optional<int64_t> value = id_from_text(trim(text));
    if (!value || ids.size() == count_max) {
      return invalid(std::string(name), "bad_id",
                     fmt::format("Give up to {} ids, separated by commas.", count_max));
    }
    ids.emplace_back(*value);
  }
  return ids;
}

Result<PageWindow> page_window(const Call& call, int limit_usual, int limit_max) {
  const int64_t from = TRY(query_number(call, "from", 0, offset_max));
  const int64_t limit = TRY(query_number(call, "limit", limit_usual, limit_max));
  return PageWindow{from > 0 ? from - 1 : 0, limit == 0 ? limit_usual : int(limit)};
}

Result<std::vector<RecordId>> ids_of(const JsonObject& body, std::string_view key,
                                     size_t count_max) {
  const Json* list = body.if_contains(key);
  const std::string name(key);
  if (!list || !list->is_array() || list->as_array().empty()) {
    return invalid(name, "required", fmt::format("Give {} as a list of ids.", key));
  }
  if (list->as_array().size() > count_max) {
    return invalid(name, "too_many", fmt::format("Give at most {} ids.", count_max));
  }
  std::vector<RecordId> ids;
  for (const Json& item : list->as_array()) {
    const std::optional<RecordId> value = id_of_json(item);
    if (!value)
      return invalid(name, "bad_id", fmt::format("{} holds something that is no id.", key));
    ids.push_back(*value);
  }
  return ids;
}

Result<std::vector<int64_t>> some_ids_of(const JsonObject& body, std::string_view key,
                                         size_t count_max) {
  std::vector<int64_t> numbers;
  const Json* list = body.if_contains(key);
  if (!list || list->is_null()) return numbers;
  if (list->is_array() && list->as_array().empty()) return numbers;
  const std::vector<RecordId> ids = TRY(ids_of(body, key, count_max));
  for (const RecordId id : ids) numbers.push_back(id.value);
  return numbers;
}

std::optional<RecordId> id_member(const JsonObject& body, std::string_view key) {
  const Json* value = body.if_contains(key);
  return value ? id_of_json(*value) : std::nullopt;
}

std::string text_member(const JsonObject& body, std::string_view key) {
  const Json* value = body.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool flag_member(const JsonObject& body, std::string_view key) {
  const Json* value = body.if_contains(key);
  if (!value) return false;
  if (value->is_string()) return value->as_string() == "true";
  return value->is_bool() && value->as_bool();
}

Result<records::Page> list_page(db::Transaction& tx, const Call& call,
                                const records::ModuleDef& module, records::Query query,
                                operations::Reach reach) {
  return in_words(list_inputs,
                  operations::list_records(tx, call.actor, module, std::move(query), reach));
}

http::Response show_list(const std::vector<std::string>& items) {
  if (items.empty()) return http::Response::no_content();
  return http::Response::json(200, "{\"data\":[" + join(items, ",") + "]}");
}

http::Response show_found(const std::vector<std::string>& items, int64_t count) {
  if (items.empty()) return http::Response::no_content();
  return http::Response::json(
      200, "{\"data\":[" + join(items, ",") + "],\"count\":" + std::to_string(count) + "}");
}

}  // namespace tandem::api::desk_dialect
