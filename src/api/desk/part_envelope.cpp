#include "api/desk/envelope.h"
#include "api/desk/mentions.h"
#include "base/text.h"
#include "desk/conversation/replies.h"

// Messages, comments and files as the Desk dialect shows them.

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

/// "PHONE" of phone: the dialect shouts channels of threads.
std::string upper(std::string text) {
  for (char& letter : text) {
    if (letter >= 'a' && letter <= 'z') letter = char(letter - 'a' + 'A');
  }
  return text;
}

void append_author(JsonWriter& json, const Record& part) {
  const std::string& name = part.get("author_name").text();
  json.id("id", part.get("author_id").number()).string("name", name);
  append_names(json, name);
  json.string("email", part.get("author_email").text()).null("photoURL");
  json.string("type", part.get("author_kind").text() == "contact" ? "END_USER" : "AGENT");
}

/// "LightAgent" of the role Light agent; null for who is no agent.
void append_role(JsonWriter& json, const Record* agent) {
  if (!agent) {
    json.null("roleName");
    return;
  }
  std::string joined;
  for (const std::string& word : split(agent->get("role").text(), ' ')) {
    if (word.empty()) continue;
    joined += upper(word.substr(0, 1)) + word.substr(1);
  }
  json.string("roleName", joined);
}

void append_attachments(JsonWriter& json, const Call& call,
                        const std::vector<Record>& attachments) {
  json.key("attachments").begin_array();
  for (const Record& attachment : attachments) json.raw(attachment_json(call, attachment));
  json.end_array();
}

std::string thread_status(const std::string& delivery_state) {
  if (delivery_state == "failed" || delivery_state == "bounced") return "FAILED";
  if (delivery_state == "queued") return "PENDING";
  return "SUCCESS";
}

/// "a@x, b@y" of the JSON list that a thread keeps.
std::string comma_list(const std::string& addresses_json) {
  std::string list;
  for (const desk::Address& address : desk::addresses_from_json(addresses_json)) {
    if (!list.empty()) list += ",";
    list += address.address;
  }
  return list;
}

/// Who answered, when the message is an agent's.
void append_responder(JsonWriter& json, const Record& thread) {
  const bool is_answer = thread.get("author_kind").text() == "agent";
  json.id("responderId", is_answer ? thread.get("author_id").number() : 0);
}

}  // namespace

std::string thread_json(const Call& call, const desk::TimelineItem& item, Content content) {
  const Record& thread = item.record;
  JsonWriter json;
  json.begin_object()
      .id("id", thread.id.value)
      .string("channel", upper(thread.get("channel").text()));
  json.string("direction", thread.get("direction").text());
  json.string("status", thread_status(thread.get("delivery_state").text()));
  json.string("visibility", thread.get("is_private").truth() ? "private" : "public");
  json.string("summary", thread.get("text_preview").text()).string("createdTime", to_iso(item.at));
  json.key("author").begin_object();
  append_author(json, thread);
  json.end_object();
  json.string("fromEmailAddress", thread.get("sender_email").text());
  json.string("to", comma_list(thread.get("to_addresses").text()));
  json.string("cc", comma_list(thread.get("cc_addresses").text()));
  json.string("bcc", comma_list(thread.get("bcc_addresses").text()));
  json.boolean("isForward", thread.get("is_forward").truth());
  json.boolean("isDescriptionThread", thread.get("is_description").truth())
      .boolean("canReply", true);
  json.boolean("hasAttach", !item.attachments.empty());
  json.string("attachmentCount", std::to_string(item.attachments.size()));
  append_attachments(json, call, item.attachments);
  json.string("replyTo", comma_list(thread.get("reply_to_addresses").text()));
  append_responder(json, thread);
  json.string("contentType", "text/html").boolean("isContentTruncated", false);
  for (const char* key : {"fullContentURL", "respondedIn", "channelRelatedInfo", "source",
                          "impersonatedUser", "lastRatingIconURL", "sentiment"}) {
    json.null(key);
  }
  for (const char* key : {"readReceipts", "actions"}) json.key(key).begin_array().end_array();
  if (content == Content::whole) {
    const desk::ThreadBody body = desk::body_of(thread);
    json.string("content", body.html + body.quoted_html);
    if (call.query_text("include") == "plainText")
      json.string("plainText", thread.get("plain_text").text());
  }
  json.end_object();
  return json.take();
}

std::string comment_json(db::Transaction& tx, const Call& call, const desk::TimelineItem& item) {
  return comment_json(call, item, authors_of(tx, call, {item}));
}

std::string comment_json(const Call& call, const desk::TimelineItem& item,
                         const Related::ById& authors) {
  const Record& comment = item.record;
  JsonWriter json;
  json.begin_object().id("id", comment.id.value);
  append_mentioning(json, comment);
  json.boolean("isPublic", comment.get("is_public").truth())
      .string("commentedTime", to_iso(item.at));
  json.key("modifiedTime");
  if (const records::Value& edited = comment.get("edited_at"); edited.is_null()) {
    json.null();
  } else {
    json.string(to_iso(edited.instant()));
  }
  json.id("commenterId", comment.get("author_id").number());
  json.key("commenter").begin_object();
  append_author(json, comment);
  append_role(json, find_in(authors, comment, "author_id"));
  json.end_object();
  append_attachments(json, call, item.attachments);
  json.null("impersonatedUser").end_object();
  return json.take();
}

std::string attachment_json(const Call& call, const Record& attachment) {
  JsonWriter json;
  json.begin_object().id("id", attachment.id.value).string("name", attachment.get("name").text());
  json.string("size", std::to_string(attachment.get("size_bytes").number()));
  json.string("type", attachment.get("content_type").text())
      .string("createdTime", to_iso(attachment.created_at));
  const RecordId ticket = attachment.get("ticket").id();
  // An upload that waits to be attached is its sender's alone.
  json.boolean("isPublic", ticket && !attachment.get("is_private").truth());
  if (ticket) {
    json.string("href", call.services.base_url + "/api/v1/tickets/" + to_string(ticket) +
                            "/attachments/" + to_string(attachment.id) + "/content");
  } else {
    json.null("href");
  }
  json.null("previewurl").id("creatorId", attachment.get("uploader").number());
  json.end_object();
  return json.take();
}

}  // namespace tandem::api::desk_dialect
