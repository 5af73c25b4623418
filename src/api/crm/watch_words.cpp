#include "api/crm/watch_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/crm/metadata.h"
#include "api/crm/watch_conditions.h"
#include "api/crm/watch_payload.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using crm::Operation;

constexpr size_t events_max = 50;

struct EventWord {
  std::string_view word;
  Operation operation;
};
constexpr std::array event_words{EventWord{"create", Operation::insert},
                                 EventWord{"edit", Operation::update},
                                 EventWord{"delete", Operation::delete_}};

struct KeyWord {
  std::string_view ours;
  std::string_view key;
};
constexpr std::array keys{
    KeyWord{"url", "notify_url"},    KeyWord{"ends_at", "channel_expiry"},
    KeyWord{"operations", "events"}, KeyWord{"fields", "notification_condition"},
    KeyWord{"module", "events"},     KeyWord{"channel", "channel_id"},
};

/// The dialect's key of our field; its own keys stay as they are.
std::string key_of(const std::string& field) {
  for (const KeyWord& word : keys)
    if (word.ours == field) return std::string(word.key);
  return field;
}

Refusal wrong(std::string_view key) {
  return invalid(std::string(key), "wrong_type", "invalid data");
}

const Json* given(const JsonObject& item, std::string_view key) {
  const auto at = item.find(key);
  return at == item.end() || at->value().is_null() ? nullptr : &at->value();
}

/// A number, or its digits.
Result<int64_t> channel_in(const JsonObject& item) {
  const Json* json = given(item, "channel_id");
  if (!json) return invalid("channel_id", "required", "required field not found");
  std::optional<int64_t> channel;
  if (json->is_string()) channel = id_from_text(trim(std::string_view(json->get_string())));
  if (json->is_int64() && json->get_int64() > 0) channel = json->get_int64();
  if (!channel) return wrong("channel_id");
  return *channel;
}

std::vector<Operation> operations_of(std::string_view text) {
  std::vector<Operation> operations;
  const std::string wanted = ascii_lower(text);
  for (const EventWord& event : event_words)
    if (wanted == "all" || wanted == event.word) operations.push_back(event.operation);
  return operations;
}

/// "Leads.create" and the like.
Result<void> add_event(const Call& call, std::string_view text, WatchItem& read) {
  const size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return wrong("events");
  const records::ModuleDef* module =
      module_of_word(*call.actor.catalogue, call.edition, trim(text.substr(0, dot)));
  const std::vector<Operation> operations = operations_of(trim(text.substr(dot + 1)));
  if (!module || operations.empty()) {
    return invalid("events", "not_a_choice",
                   fmt::format("There is no event {}; name a module and all, create, edit or "
                               "delete, such as Contacts.edit.",
                               text));
  }
  const auto is_it = [&](const auto& known) { return known.first == module; };
  auto at = std::find_if(read.events.begin(), read.events.end(), is_it);
  if (at == read.events.end()) at = read.events.insert(at, {module, {}});
  at->second.insert(at->second.end(), operations.begin(), operations.end());
  return {};
}

Result<void> read_events(const Call& call, const JsonObject& item, WatchItem& read) {
  const Json* json = given(item, "events");
  if (!json) return {};
  if (!json->is_array()) return wrong("events");
  if (json->get_array().size() > events_max)
    return invalid("events", "too_many", fmt::format("Name at most {} events.", events_max));
  for (const Json& event : json->get_array()) {
    if (!event.is_string()) return wrong("events");
    TRY(add_event(call, std::string_view(event.get_string()), read));
  }
  return {};
}

Result<std::optional<std::string>> text_in(const JsonObject& item, std::string_view key) {
  const Json* json = given(item, key);
  if (!json) return std::optional<std::string>();
  if (!json->is_string()) return wrong(key);
  return std::optional<std::string>(trim(std::string_view(json->get_string())));
}

/// Older clients write booleans as text.
Result<std::optional<bool>> flag_in(const JsonObject& item, std::string_view key) {
  const Json* json = given(item, key);
  if (!json) return std::optional<bool>();
  if (json->is_bool()) return std::optional<bool>(json->get_bool());
  if (*json == Json("true")) return std::optional<bool>(true);
  if (*json == Json("false")) return std::optional<bool>(false);
  return wrong(key);
}

Result<std::optional<Instant>> moment_in(const JsonObject& item, std::string_view key) {
  const std::optional<std::string> text = TRY(text_in(item, key));
  if (!text) return std::optional<Instant>();
  const Result<Instant> at = instant_from_iso(*text);
  if (!at) return wrong(key);
  return std::optional<Instant>(*at);
}

/// Addresses are written with spaces in them, such as "?authorization=Zoho-oauthtoken 1000.…".
std::string without_spaces(const std::string& url) {
  std::string clean;
  for (const char c : url) {
    if (c == ' ') {
      clean += "%20";
    } else {
      clean += c;
    }
  }
  return clean;
}

}  // namespace

Result<WatchItem> watch_item(db::Transaction& tx, const Call& call, const JsonObject& item) {
  WatchItem read;
  read.channel = TRY(channel_in(item));
  TRY(read_events(call, item, read));
  read.url = TRY(text_in(item, "notify_url"));
  if (read.url) read.url = without_spaces(*read.url);
  read.token = TRY(text_in(item, "token"));
  read.ends_at = TRY(moment_in(item, "channel_expiry"));
  read.gives_values = TRY(flag_in(item, "return_affected_field_values"));
  read.tells_related = TRY(flag_in(item, "notify_on_related_action"));
  const std::optional<bool> deletes = TRY(flag_in(item, "_delete_events"));
  read.deletes_events = deletes.value_or(false);
  if (item.contains("notification_condition"))
    read.conditions = TRY(conditions_of(tx, call, item.at("notification_condition")));
  return read;
}

Refusal in_watch_words(Refusal refusal) {
  refusal.field = key_of(refusal.field);
  for (FieldFault& fault : refusal.faults) fault.field = key_of(fault.field);
  return refusal;
}

void append_subscriptions(JsonWriter& json, const Call& call,
                          const std::vector<crm::Watch>& watches) {
  json.begin_array();
  for (const crm::Watch& watch : watches) {
    const records::ModuleDef& module = *call.actor.catalogue->find(watch.module);
    json.begin_object().string("channel_expiry", moment_text(watch.ends_at));
    json.string("resource_uri", resource_uri(call.services, call.base, call.edition, module));
    json.id("resource_id", module_id(module));
    json.string("resource_name", module_word(call.edition, module));
    json.id("channel_id", watch.channel).end_object();
  }
  json.end_array();
}

void append_resource(JsonWriter& json, const Call& call, const crm::Watch& watch) {
  const records::ModuleDef& module = *call.actor.catalogue->find(watch.module);
  json.begin_object();
  json.string("resource_uri", resource_uri(call.services, call.base, call.edition, module));
  json.id("resource_id", module_id(module)).id("channel_id", watch.channel).end_object();
}

void append_watch(JsonWriter& json, db::Transaction& tx, const Call& call,
                  const crm::Watch& watch) {
  const records::ModuleDef& module = *call.actor.catalogue->find(watch.module);
  const std::string name = module_word(call.edition, module);
  json.begin_object().id("channel_id", watch.channel).key("events").begin_array();
  for (const EventWord& event : event_words)
    if (watch.tells(event.operation)) json.string(fmt::format("{}.{}", name, event.word));
  json.end_array().string("channel_expiry", moment_text(watch.ends_at));
  json.string("resource_uri", resource_uri(call.services, call.base, call.edition, module));
  json.id("resource_id", module_id(module)).string("resource_name", name);
  json.string("notify_url", watch.url);
  watch.token.empty() ? json.null("token") : json.string("token", watch.token);
  json.boolean("notify_on_related_action", watch.tells_related);
  json.boolean("return_affected_field_values", watch.gives_values).null("fields");
  json.key("notification_condition");
  append_conditions(json, tx, call, watch);
  json.end_object();
}

}  // namespace tandem::api::crm_dialect
