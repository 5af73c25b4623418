#include "api/crm/call.h"

#include <fmt/format.h>

#include <charconv>

#include "access/oauth_scopes.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

/// A whole number of the query within bounds; beyond them the nearest, so that no client stops for
/// asking too much.
int number_within(const std::string& text, int absent, int low, int high) {
  if (text.empty()) return absent;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return absent;
  return std::min(std::max(value, low), high);
}

}  // namespace

Result<RecordId> Call::id(std::string_view parameter) const {
  const std::optional<int64_t> value = id_from_text(request.param(parameter));
  if (!value) return not_found("the id given seems to be invalid");
  return RecordId{*value};
}

Result<JsonObject> Call::body() const {
  if (trim(request.body).empty()) return JsonObject();
  Json json = TRY(json_from_text(request.body));
  if (!json.is_object()) return invalid("", "bad_json", "The body must be a JSON object.");
  return std::move(json.as_object());
}

Result<JsonArray> Call::items(std::string_view key, size_t count_max) const {
  JsonObject object = TRY(body());
  const auto at = object.find(key);
  if (at == object.end() || at->value().is_null())
    return invalid(std::string(key), "required", "required field not found");
  if (!at->value().is_array())
    return invalid(std::string(key), "wrong_type", "Send it as a list of objects.");
  JsonArray& items = at->value().as_array();
  if (items.empty()) return invalid(std::string(key), "required", "required field not found");
  if (items.size() > count_max) {
    return invalid(std::string(key), "too_many", fmt::format("Send at most {}.", count_max));
  }
  return std::move(items);
}

std::string Call::query_text(std::string_view name) const {
  return std::string(trim(request.query_value(name).value_or("")));
}

Result<std::vector<RecordId>> Call::query_ids(std::string_view name, size_t count_max) const {
  const std::string text = query_text(name);
  if (text.empty())
    return invalid(std::string(name), "param_missing", "One of the expected parameter is missing");
  std::vector<RecordId> ids;
  for (const std::string& part : split(text, ',')) {
    const std::optional<int64_t> id = id_from_text(trim(part));
    if (!id) return invalid(std::string(name), "bad_id", "the id given seems to be invalid");
    ids.push_back(RecordId{*id});
  }
  if (ids.size() > count_max) {
    return invalid(std::string(name), "too_many", fmt::format("Send at most {}.", count_max));
  }
  return ids;
}

Result<std::vector<RecordId>> Call::ids_of(const JsonObject& body, std::string_view key,
                                           size_t count_max) const {
  const auto at = body.find(key);
  if (at == body.end() || !at->value().is_array() || at->value().get_array().empty())
    return invalid(std::string(key), "required", "required field not found");
  std::vector<RecordId> ids;
  for (const Json& json : at->value().get_array()) {
    const std::optional<RecordId> id = id_in(json);
    if (!id) return invalid(std::string(key), "bad_id", "the id given seems to be invalid");
    ids.push_back(*id);
  }
  if (ids.size() > count_max)
    return invalid(std::string(key), "too_many", fmt::format("Send at most {}.", count_max));
  return ids;
}

std::optional<RecordId> id_in(const Json& json) {
  const Json* held = json.is_object() ? find(json, "id") : &json;
  if (!held) return std::nullopt;
  if (held->is_int64() && held->get_int64() > 0) return RecordId{held->get_int64()};
  if (!held->is_string()) return std::nullopt;
  const std::optional<int64_t> id = id_from_text(trim(std::string_view(held->get_string())));
  return id ? std::optional(RecordId{*id}) : std::nullopt;
}

ModuleWords Call::words(db::Transaction& tx, records::ShapeRef& shape) const {
  shape = actor.catalogue->shape(tx, actor.org, *module);
  return {edition, *shape};
}

Call Call::about(const records::ModuleDef& other) const {
  return Call{request, services, actor, edition, base, &other};
}

Result<void> Call::require_scope(const records::ModuleDef& other,
                                 std::string_view operation) const {
  const std::string scope = fmt::format("{}.modules.{}.{}", service_word(edition),
                                        ascii_lower(module_word(edition, other)), operation);
  if (access::scope_allows(actor.scopes, scope)) return {};
  return forbidden("scope_missing", "invalid oauth scope to access this URL");
}

Result<PageWindow> page_window(const Call& call) {
  PageWindow window;
  window.per_page = number_within(call.query_text("per_page"), page_rows_max, 1, page_rows_max);
  window.page = number_within(call.query_text("page"), 1, 1, 1'000'000);
  window.cursor = call.query_text("page_token");
  if (window.cursor.empty() && window.offset() >= numbered_rows_max) {
    return invalid("page", "discrete_pagination_limit",
                   "Records after the first 2,000 are read by page_token.");
  }
  return window;
}

}  // namespace tandem::api::crm_dialect
