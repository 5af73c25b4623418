#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "deliveries/receiver_url.h"
#include "desk/desk.h"
#include "desk/webhooks/webhook_events.h"

// Servers of others that are told what changes here. A webhook speaks for the whole organisation
// and not for the person who made it, so that administrators alone may have to do with it. Manual,
// Webhooks.

namespace tandem::desk {

constexpr int64_t webhooks_max = 20;  // of an organisation
constexpr int64_t webhook_name_chars_max = 120;
constexpr int64_t webhook_description_chars_max = 1'000;
constexpr int64_t webhook_url_chars_max = deliveries::url_chars_max;
constexpr size_t webhook_departments_max = 50;  // of one event
constexpr size_t webhook_fields_max = 5;        // of one event

/// The reader of the change log that webhooks are told by.
constexpr std::string_view webhook_reader = "webhooks";

/// One event a webhook asks for. Empty lists and texts are no condition.
struct Subscription {
  std::string event;                      // of webhook_events()
  std::vector<int64_t> departments = {};  // of the ticket
  std::vector<std::string> fields = {};   // updates: at least one of them changed
  std::string direction = {};             // messages: in or out
  bool includes_previous = false;         // updates: also how it was before
};

struct Webhook {
  RecordId id;
  OrgId org;
  std::string name;
  std::string description;
  std::string url;
  std::vector<Subscription> subscriptions;
  bool includes_private = false;    // private comments, messages and files
  bool includes_automation = true;  // what rules did
  std::string source_id;            // of a client of the API
  bool is_enabled = true;
  std::string off_reason;  // why the program switched it off: silent, gone, backlog
  int64_t failures_in_row = 0;
  Instant since_at;
  RecordId created_by;
  Instant created_at;
  Instant updated_at;
};

struct WebhookWithSecret {
  Webhook webhook;
  std::string secret;  // "whsec_" and base64; shown once
};

Result<std::vector<Webhook>> list_webhooks(db::Transaction& tx, const access::Actor& actor);
Result<Webhook> read_webhook(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Refuse: forbidden "administrators_only", invalid (name, description, url, subscriptions),
/// conflict "too_many", not_found.
Result<WebhookWithSecret> add_webhook(db::Transaction& tx, const Desk& desk,
                                      const access::Actor& actor, const Webhook& webhook);
/// Switching it on begins afresh: failures are forgotten, and what changed meanwhile is not told.
Result<Webhook> change_webhook(db::Transaction& tx, const access::Actor& actor,
                               const Webhook& webhook);
/// With all it was told and would have been told.
Result<void> remove_webhook(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// The one before stops signing at once.
Result<std::string> renew_webhook_secret(db::Transaction& tx, const Desk& desk,
                                         const access::Actor& actor, RecordId id);

/// Those that are switched on. Asks no right.
std::vector<Webhook> enabled_webhooks(db::Transaction& tx, OrgId org);
/// Asks no right; nothing when the secret of the program no longer opens it.
std::optional<WebhookWithSecret> find_webhook(db::Transaction& tx, const Desk& desk, OrgId org,
                                              RecordId id);
/// Switches it off and tells the administrators by mail. `reason` as in Webhook::off_reason.
void switch_webhook_off(db::Transaction& tx, const Desk& desk, const Webhook& webhook,
                        const std::string& reason);

/// As they are stored and as the native API shows and reads them.
std::string subscriptions_to_json(const std::vector<Subscription>& subscriptions);
Result<std::vector<Subscription>> subscriptions_from_json(const Json& json);

}  // namespace tandem::desk
