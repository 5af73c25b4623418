#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/crm/call.h"
#include "crm/watches/watches.h"

// Channels of notifications in the words of the dialect.

namespace tandem::api::crm_dialect {

/// One item of "watch". What the caller left out is empty.
struct WatchItem {
  int64_t channel = 0;
  /// By module, in the order in which they were named first.
  std::vector<std::pair<const records::ModuleDef*, std::vector<crm::Operation>>> events = {};
  std::optional<std::string> url = {};
  std::optional<std::string> token = {};
  std::optional<Instant> ends_at = {};
  std::optional<bool> gives_values = {};
  std::optional<bool> tells_related = {};
  /// By our name of the module. Nothing: the caller says nothing of conditions.
  std::optional<std::map<std::string, crm::FieldSelection>> conditions = {};
  bool deletes_events = false;
};

/// Refuses with invalid, naming the dialect's keys: required, wrong_type, not_a_choice, too_many.
Result<WatchItem> watch_item(db::Transaction& tx, const Call& call, const JsonObject& item);

/// A rule's refusal with the dialect's key in place of our field.
Refusal in_watch_words(Refusal refusal);

/// {"channel_id","channel_expiry","resource_uri","resource_id","resource_name"} of each.
void append_subscriptions(JsonWriter& json, const Call& call,
                          const std::vector<crm::Watch>& watches);
/// {"resource_uri","resource_id","channel_id"} of one that is told no longer.
void append_resource(JsonWriter& json, const Call& call, const crm::Watch& watch);
/// One item of the list of channels.
void append_watch(JsonWriter& json, db::Transaction& tx, const Call& call, const crm::Watch& watch);

}  // namespace tandem::api::crm_dialect
