#include "desk/webhooks/webhook_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/names.h"
#include "base/text.h"
#include "desk/departments.h"

namespace tandem::desk {

namespace {

constexpr int64_t source_chars_max = 100;

Refusal bad_subscription(std::string_view code, std::string message) {
  return invalid("subscriptions", std::string(code), std::move(message));
}

Result<std::vector<int64_t>> ids_in(const Json& list) {
  std::vector<int64_t> ids;
  if (!list.is_array()) return bad_subscription("wrong_type", "Send departments as a list of ids.");
  for (const Json& one : list.as_array()) {
    const auto id = one.is_string() ? id_from_text(one.as_string()) : std::nullopt;
    if (!id) return bad_subscription("wrong_type", "Send departments as a list of ids.");
    ids.push_back(*id);
  }
  return ids;
}

Result<std::vector<std::string>> names_in(const Json& list) {
  std::vector<std::string> names;
  if (!list.is_array()) return bad_subscription("wrong_type", "Send fields as a list of names.");
  for (const Json& one : list.as_array()) {
    if (!one.is_string()) return bad_subscription("wrong_type", "Send fields as a list of names.");
    names.emplace_back(one.as_string());
  }
  return names;
}

/// A misspelt key would be a condition that is not there.
Result<void> keys_fit(const Json& object) {
  for (const auto& pair : object.as_object()) {
    bool is_known = false;
    for (const std::string_view key :
         {"event", "departments", "fields", "direction", "includes_previous"}) {
      is_known = is_known || pair.key() == key;
    }
    if (!is_known) {
      return bad_subscription("unknown_key",
                              fmt::format("Leave out {}.", std::string_view(pair.key())));
    }
  }
  return {};
}

Result<Subscription> subscription_from_json(const Json& json) {
  if (!json.is_object()) return bad_subscription("wrong_type", "Send each event as an object.");
  TRY(keys_fit(json));
  Subscription subscription{.event = text_of(json, "event")};
  if (const Json* departments = find(json, "departments")) {
    subscription.departments = TRY(ids_in(*departments));
  }
  if (const Json* fields = find(json, "fields")) subscription.fields = TRY(names_in(*fields));
  subscription.direction = text_of(json, "direction");
  if (const Json* previous = find(json, "includes_previous")) {
    if (!previous->is_bool()) {
      return bad_subscription("wrong_type", "Send includes_previous as true or false.");
    }
    subscription.includes_previous = previous->as_bool();
  }
  return subscription;
}

Result<void> check_departments(db::Transaction& tx, const access::Actor& actor,
                               const Subscription& subscription) {
  if (subscription.departments.size() > webhook_departments_max) {
    return bad_subscription("too_many", "Name at most 50 departments for an event.");
  }
  for (const int64_t id : subscription.departments) {
    if (!is_department(tx, actor.org, RecordId{id})) {
      return bad_subscription("not_found", "Choose departments that exist.");
    }
  }
  return {};
}

Result<void> check_fields(db::Transaction& tx, const access::Actor& actor,
                          const WebhookEvent& event, const Subscription& subscription) {
  if (subscription.fields.size() > webhook_fields_max) {
    return bad_subscription("too_many", "Watch at most 5 fields for an event.");
  }
  const records::ModuleDef* module = actor.catalogue->find(std::string(event.module));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, *module);
  for (const std::string& field : subscription.fields) {
    if (shape->find(field)) continue;
    return bad_subscription("unknown_field", fmt::format("{} has no field {}.", event.name, field));
  }
  return {};
}

Result<void> check_subscription(db::Transaction& tx, const access::Actor& actor,
                                const Subscription& subscription) {
  const WebhookEvent* event = find_webhook_event(subscription.event);
  if (!event) {
    return bad_subscription("not_a_choice",
                            fmt::format("There is no event {}.", subscription.event));
  }
  if (!subscription.departments.empty() && !event->has_department) {
    return bad_subscription("not_for_event",
                            fmt::format("{} has no department.", subscription.event));
  }
  TRY(check_departments(tx, actor, subscription));
  const bool is_update = event->verb == EventVerb::update;
  if (!is_update && (!subscription.fields.empty() || subscription.includes_previous)) {
    return bad_subscription("not_for_event",
                            fmt::format("{} changes no fields.", subscription.event));
  }
  TRY(check_fields(tx, actor, *event, subscription));
  const std::string& direction = subscription.direction;
  if (direction.empty()) return {};
  if (event->has_direction && (direction == "in" || direction == "out")) return {};
  return bad_subscription("not_for_event", "Give the direction in or out, for messages alone.");
}

Result<void> check_subscriptions(db::Transaction& tx, const access::Actor& actor,
                                 const std::vector<Subscription>& subscriptions) {
  if (subscriptions.empty()) return bad_subscription("required", "Choose at least one event.");
  for (const Subscription& one : subscriptions) {
    TRY(check_subscription(tx, actor, one));
    const auto same =
        std::count_if(subscriptions.begin(), subscriptions.end(),
                      [&](const Subscription& two) { return two.event == one.event; });
    if (same > 1) return bad_subscription("duplicate", "Name each event once.");
  }
  return {};
}

}  // namespace

Result<Webhook> checked_webhook(db::Transaction& tx, const access::Actor& actor,
                                const Webhook& webhook) {
  Webhook wanted = webhook;
  wanted.org = actor.org;
  wanted.name =
      TRY(checked_name(webhook.name, {.of = "the webhook", .chars_max = webhook_name_chars_max}));
  wanted.url = std::string(trim(webhook.url));
  if (count_chars(wanted.description) > webhook_description_chars_max) {
    return invalid("description", "too_long", "Shorten the description to 1,000 characters.");
  }
  if (count_chars(wanted.source_id) > source_chars_max) {
    return invalid("source_id", "too_long", "Shorten the source's id to 100 characters.");
  }
  TRY(check_webhook_url(wanted.url));
  TRY(check_subscriptions(tx, actor, wanted.subscriptions));
  return wanted;
}

std::string subscriptions_to_json(const std::vector<Subscription>& subscriptions) {
  JsonWriter json;
  json.begin_array();
  for (const Subscription& one : subscriptions) {
    json.begin_object().string("event", one.event).key("departments").begin_array();
    for (const int64_t id : one.departments) json.id(id);
    json.end_array().key("fields").begin_array();
    for (const std::string& field : one.fields) json.string(field);
    json.end_array().string("direction", one.direction);
    json.boolean("includes_previous", one.includes_previous).end_object();
  }
  return json.end_array().take();
}

Result<std::vector<Subscription>> subscriptions_from_json(const Json& json) {
  if (!json.is_array()) return bad_subscription("wrong_type", "Send subscriptions as a list.");
  std::vector<Subscription> subscriptions;
  if (json.as_array().size() > webhook_events().size()) {
    return bad_subscription("too_many", "Name each event once.");
  }
  for (const Json& one : json.as_array()) {
    subscriptions.push_back({});
    subscriptions.back() = TRY(subscription_from_json(one));
  }
  return subscriptions;
}

}  // namespace tandem::desk
