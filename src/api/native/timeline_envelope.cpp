#include "api/native/timeline_envelope.h"

#include "api/native/log_envelope.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"

namespace tandem::api::native {

namespace {

void append_author(JsonWriter& json, const records::Record& part) {
  json.key("author").begin_object().string("kind", part.get("author_kind").text());
  json.id("id", part.get("author_id").number()).string("name", part.get("author_name").text());
  json.string("email", part.get("author_email").text()).end_object();
}

void append_attachments(JsonWriter& json, const std::vector<records::Record>& attachments) {
  json.key("attachments").begin_array();
  for (const records::Record& attachment : attachments) append_attachment(json, attachment);
  json.end_array();
}

void append_delivery(JsonWriter& json, const records::Record& thread) {
  const std::string& state = thread.get("delivery_state").text();
  if (state.empty()) {
    json.null("delivery");
    return;
  }
  json.key("delivery").begin_object().string("state", state);
  json.string("message", thread.get("delivery_message").text());
  json.number("attempts", thread.get("attempts").number());
  if (const records::Value& next = thread.get("next_try_at"); next.is_null()) {
    json.null("next_try_at");
  } else {
    json.string("next_try_at", to_iso(next.instant()));
  }
  json.end_object();
}

/// How a call went; null for what is no call.
void append_call(JsonWriter& json, const records::Record& thread) {
  const records::Value& started_at = thread.get("call_started_at");
  if (started_at.is_null()) {
    json.null("call");
    return;
  }
  json.key("call").begin_object().string("started_at", to_iso(started_at.instant()));
  json.number("seconds", thread.get("call_seconds").number());
  json.string("result", thread.get("call_result").text());
  json.string("number", thread.get("call_number").text());
  json.string("recording_url", thread.get("recording_url").text()).end_object();
}

void append_thread(JsonWriter& json, const Call& call, const desk::TimelineItem& item) {
  const records::Record& thread = item.record;
  const desk::ThreadBody body = desk::body_of(thread);
  json.string("direction", thread.get("direction").text())
      .string("channel", thread.get("channel").text());
  const records::Value& sent_at = thread.get("sent_at");
  json.string("sent_at", to_iso(sent_at.is_null() ? item.at : sent_at.instant()));
  append_author(json, thread);
  json.key("from").begin_object().string("name", thread.get("sender_name").text());
  json.string("address", thread.get("sender_email").text()).end_object();
  for (const std::string_view key : {"to", "cc", "bcc"}) {
    append_addresses(json, key,
                     desk::addresses_from_json(thread.get(std::string(key) + "_addresses").text()));
  }
  json.string("subject", thread.get("subject").text());
  json.string("html", with_inline_images(call, body.html, item.attachments));
  json.string("quoted_html", with_inline_images(call, body.quoted_html, item.attachments));
  json.string("text_preview", thread.get("text_preview").text())
      .boolean("has_remote_images", body.has_remote_images);
  append_attachments(json, item.attachments);
  json.boolean("is_forward", thread.get("is_forward").truth());
  json.boolean("is_private", thread.get("is_private").truth());
  json.boolean("is_description", thread.get("is_description").truth());
  json.boolean("is_auto_reply", thread.get("is_auto_reply").truth());
  append_delivery(json, thread);
  append_call(json, thread);
}

void append_comment(JsonWriter& json, const Call& call, const desk::TimelineItem& item) {
  const records::Record& comment = item.record;
  append_author(json, comment);
  if (const records::Value& edited = comment.get("edited_at"); edited.is_null()) {
    json.null("edited_at");
  } else {
    json.string("edited_at", to_iso(edited.instant()));
  }
  json.string("html", with_inline_images(call, comment.get("html").text(), item.attachments));
  json.boolean("is_public", comment.get("is_public").truth());
  append_attachments(json, item.attachments);
  json.key("may").begin_array();
  for (const std::string& act : item.may) json.string(act);
  json.end_array();
}

}  // namespace

void append_addresses(JsonWriter& json, std::string_view key,
                      const std::vector<desk::Address>& addresses) {
  json.key(key).begin_array();
  for (const desk::Address& address : addresses) {
    json.begin_object()
        .string("name", address.name)
        .string("address", address.address)
        .end_object();
  }
  json.end_array();
}

void append_attachment(JsonWriter& json, const records::Record& attachment) {
  json.begin_object().id("id", attachment.id.value).string("name", attachment.get("name").text());
  json.number("size_bytes", attachment.get("size_bytes").number());
  json.string("content_type", attachment.get("content_type").text());
  json.boolean("is_inline", attachment.get("is_inline").truth());
  json.string("content_id", attachment.get("content_id").text()).end_object();
}

void append_item(JsonWriter& json, const Call& call, const desk::TimelineItem& item) {
  using Type = desk::TimelineItem::Type;
  json.begin_object().id("id", item.record.id.value);
  json.string("type", item.type == Type::thread ? "thread" : "comment")
      .string("at", to_iso(item.at));
  if (item.type == Type::thread) {
    append_thread(json, call, item);
  } else {
    append_comment(json, call, item);
  }
  json.end_object();
}

void append_timeline(JsonWriter& json, db::Transaction& tx, const Call& call,
                     const desk::Timeline& timeline) {
  std::vector<const records::LogEntry*> events;
  for (const desk::TimelineItem& item : timeline.items) {
    if (item.type == desk::TimelineItem::Type::event) events.push_back(&item.entry);
  }
  const ShownLog log(tx, call.actor, events);
  json.begin_array();
  for (const desk::TimelineItem& item : timeline.items) {
    if (item.type != desk::TimelineItem::Type::event) {
      append_item(json, call, item);
    } else if (!log.is_empty_event(item.entry)) {
      log.append_event(json, item.entry);
    }
  }
  json.end_array();
}

std::string with_content_ids(const Call& call, std::string html) {
  const std::string start = "\"/native/desk/" + to_string(call.actor.org) + "/attachments/";
  constexpr std::string_view end = "?inline=1\"";
  for (size_t at = html.find(start); at != std::string::npos; at = html.find(start, at + 1)) {
    const size_t digits = at + start.size();
    const size_t digits_end = html.find_first_not_of("0123456789", digits);
    if (digits_end == std::string::npos || html.compare(digits_end, end.size(), end) != 0) continue;
    const std::optional<int64_t> id = id_from_text(html.substr(digits, digits_end - digits));
    if (!id) continue;
    const std::string shown = "\"cid:" + desk::upload_content_id(call.actor.org, RecordId{*id});
    html.replace(at, digits_end + end.size() - at, shown + "\"");
  }
  return html;
}

std::string with_inline_images(const Call& call, std::string html,
                               const std::vector<records::Record>& attachments) {
  for (const records::Record& attachment : attachments) {
    const std::string& content_id = attachment.get("content_id").text();
    if (content_id.empty()) continue;
    const std::string wanted = "\"cid:" + escape_html(content_id) + "\"";
    const std::string address = "\"/native/desk/" + to_string(call.actor.org) + "/attachments/" +
                                to_string(attachment.id) + "?inline=1\"";
    for (size_t at = html.find(wanted); at != std::string::npos;
         at = html.find(wanted, at + address.size())) {
      html.replace(at, wanted.size(), address);
    }
  }
  return html;
}

}  // namespace tandem::api::native
