#include "desk/webhooks/webhook_content.h"

#include <algorithm>

#include "base/json.h"
#include "desk/modules.h"
#include "records/change_source.h"
#include "records/filter.h"

namespace tandem::desk {

using records::LogEntry;
using records::Record;

namespace {

constexpr int history_rows_max = 200;

const Subscription* subscription_for(const Webhook& webhook, std::string_view event) {
  for (const Subscription& one : webhook.subscriptions) {
    if (one.event == event) return &one;
  }
  return nullptr;
}

bool is_watched(const Subscription& subscription, const std::vector<std::string>& changed) {
  if (subscription.fields.empty()) return true;
  return std::any_of(subscription.fields.begin(), subscription.fields.end(), [&](const auto& name) {
    return std::find(changed.begin(), changed.end(), name) != changed.end();
  });
}

/// Whether a rule or a macro meant this webhook.
bool is_called(const Webhook& webhook, const LogEntry& entry) {
  const Result<Json> detail = json_from_text(entry.detail_json);
  return detail && text_of(*detail, "webhook") == to_string(webhook.id);
}

/// What the webhook asked for, by the entry alone.
bool is_asked_for(const Webhook& webhook, const WebhookEvent& event, const LogEntry& entry) {
  if (entry.at < webhook.since_at) return false;
  const Subscription* subscription = subscription_for(webhook, event.name);
  if (!subscription) return false;
  // What its own server caused, it knows.
  if (!webhook.source_id.empty() && records::source_in(entry.detail_json) == webhook.source_id) {
    return false;
  }
  if (event.verb == EventVerb::call) return is_called(webhook, entry);
  if (!webhook.includes_automation && entry.author.path == "automation") return false;
  return is_watched(*subscription, changed_fields_of(entry));
}

/// A file or worked time that is gone, as the log last knew it.
std::optional<Record> gone_record(db::Transaction& tx, const Desk& desk, OrgId org,
                                  const records::ModuleDef& module, RecordId id) {
  Record record;
  record.shape = desk.catalogue.shape(tx, org, module);
  record.id = id;
  record.values.resize(record.shape->fields().size());
  const Result<records::LogPage> history =
      records::history_of(tx, org, module.name, id, "", history_rows_max);
  if (!history || history->entries.empty()) return std::nullopt;
  for (auto entry = history->entries.rbegin(); entry != history->entries.rend(); ++entry) {
    const Result<Json> changes = json_from_text(entry->changes_json);
    if (!changes || !changes->is_object()) continue;
    for (const auto& pair : changes->as_object()) {
      const records::FieldDef* field = record.shape->find(std::string_view(pair.key()));
      if (!field || !pair.value().is_array() || pair.value().as_array().size() != 2) continue;
      const Result<records::Value> value =
          records::value_from_json(*field, pair.value().as_array().back());
      record.set(field->name, value ? *value : records::Value());
    }
  }
  record.deleted_at = history->entries.front().at;
  record.created_at = history->entries.back().at;
  return record;
}

std::optional<Record> record_of(db::Transaction& tx, const Desk& desk, OrgId org,
                                const std::string& module_name, RecordId id) {
  const records::ModuleDef& module = *desk.catalogue.find(module_name);
  const Result<std::optional<Record>> found =
      records::select_one(tx, org, desk.catalogue.shape(tx, org, module), id, records::everything(),
                          records::Bin::either);
  if (found && *found) return **found;
  if (module_name != "attachments" && module_name != "time_entries") return std::nullopt;
  return gone_record(tx, desk, org, module, id);
}

/// The ticket that the record is or belongs to.
std::optional<Record> ticket_of(db::Transaction& tx, const Desk& desk, OrgId org,
                                const Record& record) {
  const records::ModuleDef& module = record.shape->module();
  if (module.name == "tickets") return record;
  if (module.part_of != "tickets") return std::nullopt;
  return record_of(tx, desk, org, "tickets", record.get("ticket").id());
}

/// Of the ticket that the record is or belongs to; 0 when there is none.
int64_t department_of(const Record& record, const std::optional<Record>& ticket) {
  const std::string& module = record.shape->module().name;
  if (module == "tasks" || module == "appointments") return record.get("department").number();
  return ticket ? ticket->get("department").number() : 0;
}

/// Nothing is told of a ticket while it is spam, and that it was made is told once it is none.
/// Manual, Spam 1.2.
bool happened_among_spam(const LogEntry& entry, const Record& ticket) {
  const records::Value& spam_at = ticket.get("spam_at");
  if (!spam_at.is_null()) return spam_at.instant() <= entry.at;
  if (entry.module != "tickets" || entry.event != "created") return false;
  const Result<Json> changes = json_from_text(entry.changes_json);
  return changes && find(*changes, "spam_at") != nullptr;
}

/// Comments are private unless they say otherwise; a file is as private as what it belongs to.
bool is_private(db::Transaction& tx, const Desk& desk, OrgId org, const Record& record) {
  const std::string& module = record.shape->module().name;
  if (module == "comments") return !record.get("is_public").truth();
  if (module == "threads") return record.get("is_private").truth();
  if (module != "attachments") return false;
  // What waits to be attached may become a part of anything.
  if (record.get("is_private").truth() || record.get("ticket").is_null()) return true;
  const std::string& part_module = record.get("part_module").text();
  if (part_module != "comments" && part_module != "threads") return false;
  const auto part = record_of(tx, desk, org, part_module, record.get("part").id());
  // What its part was can't be known any more, once that is gone.
  return !part || is_private(tx, desk, org, *part);
}

/// The record with the fields that changed as they were before.
Record previous_of(const Record& record, const LogEntry& entry) {
  Record before = record;
  const Result<Json> changes = json_from_text(entry.changes_json);
  if (!changes || !changes->is_object()) return before;
  for (const auto& pair : changes->as_object()) {
    const records::FieldDef* field = record.shape->find(std::string_view(pair.key()));
    if (!field || !pair.value().is_array() || pair.value().as_array().empty()) continue;
    const Result<records::Value> value =
        records::value_from_json(*field, pair.value().as_array().front());
    before.set(field->name, value ? *value : records::Value());
  }
  return before;
}

/// A message too long for anybody's receiver is told without what was said.
std::string shortened(std::string payload) {
  if (payload.size() <= webhook_content_bytes_max) return payload;
  Result<Json> json = json_from_text(payload);
  if (!json || !json->is_object()) return "{}";
  for (const char* const key : {"content", "encodedContent", "plainText", "description"}) {
    if (find(*json, key)) json->as_object()[key] = nullptr;
  }
  json->as_object()["isContentTruncated"] = true;
  std::string text = json_to_text(*json);
  return text.size() <= webhook_content_bytes_max ? text : "{}";
}

/// {"type":"rule","name":"Tell the warehouse"} of a call.
std::string called_by(const LogEntry& entry) {
  const Result<Json> detail = json_from_text(entry.detail_json);
  if (entry.event != called_entry || !detail) return "";
  const bool is_macro = find(*detail, "macro") != nullptr;
  JsonWriter json;
  json.begin_object().string("type", is_macro ? "macro" : "rule");
  json.string("name", is_macro ? text_of(*detail, "macro") : entry.author.name);
  return json.end_object().take();
}

/// One entry on its way to those who asked for it.
struct News {
  db::Transaction& tx;
  const Desk& desk;
  OrgId org;
  const LogEntry& entry;
  const WebhookEvent& event;
  const PayloadWriter& payload;
  Record record;
  int64_t department = 0;
  bool is_private = false;
};

bool is_for(const News& news, const Webhook& webhook) {
  // Of a call, its facts are told and its note is not.
  const bool is_kept_back = news.is_private && !news.event.is_of_calls;
  if (is_kept_back && !webhook.includes_private) return false;
  const Subscription* subscription = subscription_for(webhook, news.event.name);
  if (!subscription) return false;
  const std::vector<int64_t>& departments = subscription->departments;
  const bool is_there = departments.empty() || std::find(departments.begin(), departments.end(),
                                                         news.department) != departments.end();
  if (!is_there) return false;
  if (subscription->direction.empty()) return true;
  return news.record.get("direction").text() == subscription->direction;
}

TellWebhook tell(const News& news, const Webhook& webhook) {
  const Privacy privacy = webhook.includes_private ? Privacy::everything : Privacy::public_alone;
  const Subscription* subscription = subscription_for(webhook, news.event.name);
  EventContent content{
      .id = news.tx.new_id(),
      .org = news.org,
      .event = news.event.name,
      .at = news.entry.at,
      .payload = shortened(news.payload(news.tx, news.org, news.event, news.record, privacy)),
      .previous = {},
      .called_by = called_by(news.entry)};
  if (subscription && subscription->includes_previous && news.event.verb == EventVerb::update) {
    const Record before = previous_of(news.record, news.entry);
    // What was private until now is not told by what it became.
    const bool may_be_told =
        webhook.includes_private || !is_private(news.tx, news.desk, news.org, before);
    if (may_be_told) {
      content.previous = shortened(news.payload(news.tx, news.org, news.event, before, privacy));
    }
  }
  WebhookDelivery delivery;
  delivery.id = {content.id};
  delivery.webhook = webhook.id;
  delivery.event = std::string(news.event.name);
  delivery.record = news.record.id;
  delivery.content = event_content(content);
  return {webhook, std::move(delivery)};
}

void tell_of_event(db::Transaction& tx, const Desk& desk, OrgId org, const LogEntry& entry,
                   const WebhookEvent* event, const std::vector<Webhook>& webhooks,
                   const PayloadWriter& payload, std::vector<TellWebhook>& told) {
  std::optional<News> news;
  for (const Webhook& webhook : webhooks) {
    if (!is_asked_for(webhook, *event, entry)) continue;
    if (!news) {
      std::optional<Record> record = record_of(tx, desk, org, entry.module, entry.record);
      if (!record) return;  // Gone for good meanwhile.
      const std::optional<Record> ticket = ticket_of(tx, desk, org, *record);
      if (ticket && happened_among_spam(entry, *ticket)) return;
      news.emplace(News{tx, desk, org, entry, *event, payload, std::move(*record)});
      news->department = department_of(news->record, ticket);
      news->is_private = is_private(tx, desk, org, news->record);
    }
    if (is_for(*news, webhook)) told.push_back(tell(*news, webhook));
  }
}

}  // namespace

std::vector<TellWebhook> told_of_entry(db::Transaction& tx, const Desk& desk, OrgId org,
                                       const LogEntry& entry, const std::vector<Webhook>& webhooks,
                                       const PayloadWriter& payload) {
  std::vector<TellWebhook> told;
  for (const WebhookEvent* event : events_of_entry(entry)) {
    tell_of_event(tx, desk, org, entry, event, webhooks, payload, told);
  }
  return told;
}

std::string event_content(const EventContent& content) {
  JsonWriter json;
  json.begin_object().id("id", content.id).string("eventType", content.event);
  json.string("eventTime", std::to_string(content.at.ms)).id("orgId", content.org.value);
  json.raw("payload", content.payload);
  if (!content.previous.empty()) json.raw("prevState", content.previous);
  if (!content.called_by.empty()) json.raw("calledBy", content.called_by);
  return json.end_object().take();
}

}  // namespace tandem::desk
