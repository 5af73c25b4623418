#include "api/native/spam_handlers.h"

#include <algorithm>

#include "api/native/answers.h"
#include "desk/spam/blocked_senders.h"
#include "desk/spam/spam.h"

namespace tandem::api::native {

namespace {

/// The settings and all that is blocked, as each change answers them.
Result<std::string> settings_json(db::Transaction& tx, const access::Actor& actor) {
  const std::vector<desk::BlockedSender> senders = TRY(desk::list_blocked_senders(tx, actor));
  const desk::SpamSettings settings = desk::spam_settings_of(tx, actor.org);
  JsonWriter json;
  json.begin_object().boolean("believes_filters", settings.believes_filters);
  json.number("days_kept", settings.days_kept).key("blocked").begin_array();
  for (const desk::BlockedSender& one : senders) {
    json.begin_object().id("id", one.id.value).string("sender", one.sender);
    json.string("blocked_at", to_iso(one.blocked_at)).end_object();
  }
  json.end_array().number("blocked_max", desk::blocked_senders_max);
  return json.end_object().take();
}

/// Each ticket, and beside it whether its sender was blocked until now.
std::string unmarked_json(const desk::Unmarked& unmarked) {
  JsonWriter json;
  json.begin_object().key("results").begin_array();
  for (const operations::BulkOutcome& outcome : unmarked.outcomes) {
    const auto& unblocked = unmarked.unblocked;
    const bool was_blocked =
        std::find(unblocked.begin(), unblocked.end(), outcome.id) != unblocked.end();
    json.begin_object().id("id", outcome.id.value).boolean("ok", !outcome.refusal);
    json.boolean("unblocked", was_blocked);
    if (outcome.refusal) {
      json.key("error");
      append_refusal(json, *outcome.refusal);
    }
    json.end_object();
  }
  return json.end_array().end_object().take();
}

template <class Act>
Result<http::Response> changed(Call& call, Act&& act) {
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(act(tx));
    return settings_json(tx, call.actor);
  }));
  return http::Response::json(200, std::move(json));
}

}  // namespace

Result<http::Response> mark_tickets_spam(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"ids", "is_spam", "block_sender", "block_senders_of", "with_further"}));
  const std::vector<int64_t> numbers = TRY(body_ids(body, "ids", desk::marked_at_once_max));
  const std::vector<RecordId> ids(numbers.begin(), numbers.end());
  const bool is_spam = TRY(body_flag(body, "is_spam", true));
  desk::SpamMarking marking;
  marking.blocks_sender = TRY(body_flag(body, "block_sender", false));
  marking.takes_further = TRY(body_flag(body, "with_further", false));
  if (body.contains("block_senders_of")) {
    const std::vector<int64_t> of =
        TRY(body_ids(body, "block_senders_of", desk::marked_at_once_max));
    marking.blocks_senders_of = {of.begin(), of.end()};
  }
  std::string answer = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    if (is_spam) {
      const auto marked = TRY(desk::mark_spam(tx, call.actor, ids, marking));
      return outcomes_json(marked);
    }
    const desk::Unmarked unmarked = TRY(desk::unmark_spam(tx, call.actor, ids));
    return unmarked_json(unmarked);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(answer));
}

Result<http::Response> empty_spam(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"department"}));
  RecordId department;
  if (body.contains("department")) department = TRY(body_id(body, "department"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::empty_spam(tx, call.actor, department);
  }));
  call.services.wake();
  return http::Response::json(202, "{}");
}

Result<http::Response> show_spam_settings(Call& call) {
  std::string json = TRY(call.database().read(
      [&](db::Transaction& tx) -> Result<std::string> { return settings_json(tx, call.actor); }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> save_spam_settings(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"believes_filters", "days_kept"}));
  return changed(call, [&](db::Transaction& tx) -> Result<void> {
    desk::SpamSettings settings = desk::spam_settings_of(tx, call.actor.org);
    settings.believes_filters = TRY(body_flag(body, "believes_filters", settings.believes_filters));
    settings.days_kept = TRY(body_number(body, "days_kept", settings.days_kept));
    return desk::save_spam_settings(tx, call.actor, settings);
  });
}

Result<http::Response> block_sender(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"sender"}));
  const std::string sender = TRY(body_text(body, "sender", 254));
  return changed(call, [&](db::Transaction& tx) -> Result<void> {
    return desk::block_sender(tx, call.actor, sender);
  });
}

Result<http::Response> unblock_sender(Call& call) {
  const RecordId id = TRY(call.id());
  return changed(call, [&](db::Transaction& tx) -> Result<void> {
    return desk::unblock_sender(tx, call.actor, id);
  });
}

}  // namespace tandem::api::native
