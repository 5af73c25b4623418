#include <fmt/format.h>

#include <algorithm>

#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/refusals.h"
#include "api/crm/watch_words.h"

namespace tandem::api::crm_dialect {

namespace {

using crm::Watch;

constexpr size_t channels_per_call_max = 50;

/// {"watch":[…]}, a result for each item, in their order.
class WatchResults {
 public:
  WatchResults() { json_.begin_object().key("watch").begin_array(); }

  void add_done(std::string_view details_json, std::string_view message) {
    ++good_;
    json_.begin_object().string("code", "SUCCESS").raw("details", details_json);
    json_.string("message", message).string("status", "success").end_object();
  }
  void add_refusal(const Refusal& refusal, const std::string& path) {
    ++bad_;
    append_refusal(json_, in_watch_words(refusal), path);
  }
  http::Response take(int status_when_good) {
    const int status = good_ == 0 ? 400 : bad_ > 0 ? 207 : status_when_good;
    return http::Response::json(status, json_.end_array().end_object().take());
  }

 private:
  JsonWriter json_;
  int good_ = 0;
  int bad_ = 0;
};

/// The item's wishes upon a watch.
Watch with_wishes(Watch watch, const WatchItem& item) {
  if (item.url) watch.url = *item.url;
  if (item.token) watch.token = *item.token;
  if (item.ends_at) watch.ends_at = *item.ends_at;
  if (item.gives_values) watch.gives_values = *item.gives_values;
  if (item.tells_related) watch.tells_related = *item.tells_related;
  if (item.conditions) {
    const auto condition = item.conditions->find(watch.module);
    if (condition != item.conditions->end()) watch.fields = condition->second;
    if (item.conditions->empty()) watch.fields.reset();
  }
  return watch;
}

/// Sets them all, or none. Values are for whoever may read the records with this token.
Result<std::vector<Watch>> set_all(db::Transaction& tx, const Call& call, const WatchItem& item,
                                   const std::vector<Watch>& wanted) {
  std::vector<Watch> made;
  size_t conditions = item.conditions ? item.conditions->size() : 0;
  for (const Watch& watch : wanted) {
    if (watch.gives_values)
      TRY(call.require_scope(*call.actor.catalogue->find(watch.module), "READ"));
    if (item.conditions && item.conditions->contains(watch.module)) --conditions;
    Watch set = TRY(crm::set_watch(tx, call.actor, watch));
    made.push_back(std::move(set));
  }
  if (conditions > 0) {
    return invalid("notification_condition", "not_a_choice",
                   "Set conditions for modules that stand among the events.");
  }
  return made;
}

Result<std::vector<Watch>> begin(db::Transaction& tx, const Call& call, const WatchItem& item) {
  if (item.events.empty()) return invalid("events", "required", "required field not found");
  if (!item.url) return invalid("notify_url", "required", "required field not found");
  std::vector<Watch> wanted;
  for (const auto& [module, operations] : item.events) {
    wanted.push_back(with_wishes(
        {.channel = item.channel, .module = module->name, .operations = operations}, item));
  }
  return set_all(tx, call, item, wanted);
}

/// What the item does not name is told no longer.
Result<std::vector<Watch>> replace(db::Transaction& tx, const Call& call, const WatchItem& item) {
  const std::vector<Watch> before = TRY(crm::watches_of_channel(tx, call.actor, item.channel));
  const std::vector<Watch> made = TRY(begin(tx, call, item));
  for (const Watch& watch : before) {
    const bool is_kept = std::any_of(made.begin(), made.end(),
                                     [&](const Watch& kept) { return kept.id == watch.id; });
    if (!is_kept) crm::remove_watch(tx, call.actor, watch);
  }
  return made;
}

Watch* watch_of(std::vector<Watch>& watches, const records::ModuleDef& module) {
  for (Watch& watch : watches)
    if (watch.module == module.name) return &watch;
  return nullptr;
}

/// What the item names is told as well; what it does not name stays as it is.
Result<std::vector<Watch>> change(db::Transaction& tx, const Call& call, const WatchItem& item) {
  std::vector<Watch> before = TRY(crm::watches_of_channel(tx, call.actor, item.channel));
  std::vector<Watch> wanted;
  for (const auto& [module, operations] : item.events) {
    Watch watch{.channel = item.channel,
                .module = module->name,
                .url = before.front().url,
                .token = before.front().token};
    if (const Watch* known = watch_of(before, *module)) watch = *known;
    watch.operations.insert(watch.operations.end(), operations.begin(), operations.end());
    wanted.push_back(with_wishes(std::move(watch), item));
  }
  if (item.events.empty()) {
    for (const Watch& watch : before) wanted.push_back(with_wishes(watch, item));
  }
  return set_all(tx, call, item, wanted);
}

Result<std::vector<Watch>> take_events_away(db::Transaction& tx, const Call& call,
                                            const WatchItem& item) {
  if (item.events.empty()) return invalid("events", "required", "required field not found");
  std::vector<Watch> before = TRY(crm::watches_of_channel(tx, call.actor, item.channel));
  std::vector<Watch> changed;
  for (const auto& [module, operations] : item.events) {
    Watch* watch = watch_of(before, *module);
    if (!watch) {
      return conflict(
          "not_subscribed",
          fmt::format("{} is not told on this channel.", module_word(call.edition, *module)),
          "events");
    }
    for (const crm::Operation operation : operations) std::erase(watch->operations, operation);
    if (watch->operations.empty()) {
      crm::remove_watch(tx, call.actor, *watch);
      changed.push_back(*watch);
    } else {
      Watch set = TRY(crm::set_watch(tx, call.actor, *watch));
      changed.push_back(std::move(set));
    }
  }
  return changed;
}

using Act = Result<std::vector<Watch>> (*)(db::Transaction&, const Call&, const WatchItem&);

Result<std::string> details_of(db::Transaction& tx, const Call& call, const WatchItem& item,
                               Act act) {
  const std::vector<Watch> watches = TRY(act(tx, call, item));
  JsonWriter details;
  details.begin_object().key("events");
  append_subscriptions(details, call, watches);
  return details.end_object().take();
}

struct Verb {
  Act act;
  std::string_view message;
};

/// `verb_of`: what to do with an item, and what is said when it is done.
template <class VerbOf>
Result<http::Response> for_each_channel(Call& call, int status_when_good, VerbOf verb_of) {
  const JsonArray items = TRY(call.items("watch", channels_per_call_max));
  return call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
    WatchResults results;
    for (size_t position = 0; position < items.size(); ++position) {
      const std::string path = fmt::format("$.watch[{}]", position);
      std::string_view message;
      const Result<std::string> details = tx.attempt([&]() -> Result<std::string> {
        if (!items[position].is_object()) return invalid("", "wrong_type", "invalid data");
        const WatchItem item = TRY(watch_item(tx, call, items[position].get_object()));
        const Verb verb = verb_of(item);
        message = verb.message;
        return details_of(tx, call, item, verb.act);
      });
      if (details) {
        results.add_done(*details, message);
      } else {
        results.add_refusal(details.error(), path);
      }
    }
    return results.take(status_when_good);
  });
}

constexpr std::string_view subscribed =
    "Successfully subscribed for actions-watch of the given module";

}  // namespace

Result<http::Response> subscribe(Call& call) {
  return for_each_channel(call, 201, [](const WatchItem&) { return Verb{begin, subscribed}; });
}

Result<http::Response> replace_channels(Call& call) {
  return for_each_channel(call, 200, [](const WatchItem&) { return Verb{replace, subscribed}; });
}

Result<http::Response> change_channels(Call& call) {
  return for_each_channel(call, 200, [](const WatchItem& item) {
    return item.deletes_events
               ? Verb{take_events_away, "Successfully removed the subscribe details"}
               : Verb{change, "Successfully updated the subscribe details"};
  });
}

Result<http::Response> unsubscribe(Call& call) {
  const std::vector<RecordId> channels = TRY(call.query_ids("channel_ids", channels_per_call_max));
  return call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
    WatchResults results;
    for (size_t position = 0; position < channels.size(); ++position) {
      const auto watches = crm::watches_of_channel(tx, call.actor, channels[position].value);
      if (!watches) {
        results.add_refusal(watches.error(), "$");
        continue;
      }
      for (const Watch& watch : *watches) {
        crm::remove_watch(tx, call.actor, watch);
        JsonWriter details;
        append_resource(details, call, watch);
        results.add_done(details.text(), "Successfully un-subscribed from actions-watch");
      }
    }
    return results.take(200);
  });
}

Result<http::Response> list_channels(Call& call) {
  const PageWindow window = TRY(page_window(call));
  const std::string module_text = call.query_text("module");
  const records::ModuleDef* module =
      module_of_word(*call.actor.catalogue, call.edition, module_text);
  if (!module && !module_text.empty())
    return invalid("module", "not_a_choice", "the module name given seems to be invalid");
  const std::string channel = call.query_text("channel_id");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<Watch> watches = crm::list_watches(tx, call.actor);
    std::erase_if(watches, [&](const Watch& watch) {
      return (module && watch.module != module->name) ||
             (!channel.empty() && std::to_string(watch.channel) != channel);
    });
    const size_t first = std::min(size_t(window.offset()), watches.size());
    const size_t end = std::min(first + size_t(window.per_page), watches.size());
    if (first == end) return http::Response::no_content();
    JsonWriter json;
    json.begin_object().key("watch").begin_array();
    for (size_t at = first; at < end; ++at) append_watch(json, tx, call, watches[at]);
    json.end_array().key("info").begin_object().number("per_page", window.per_page);
    json.number("count", int64_t(end - first)).number("page", window.page);
    json.boolean("more_records", end < watches.size()).end_object().end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::crm_dialect
