#include "api/native/ticket_handlers.h"

#include "access/people.h"
#include "api/native/draft_handlers.h"
#include "api/native/timeline_envelope.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/held_replies.h"
#include "desk/conversation/mentions.h"
#include "desk/conversation/signatures.h"
#include "desk/modules.h"
#include "desk/tickets/ticket_files.h"
#include "desk/tickets/ticket_followers.h"

namespace tandem::api::native {

namespace {

/// A name as a mail's header may quote it: "Doe, Jane" in quotes, with escaped ones inside.
std::string without_quotes(std::string_view name) {
  if (name.size() < 2 || !name.starts_with('"') || !name.ends_with('"')) return std::string(name);
  std::string bare;
  for (size_t at = 1; at + 1 < name.size(); ++at) {
    if (name[at] == '\\' && at + 2 < name.size()) ++at;
    bare += name[at];
  }
  return bare;
}

/// Addresses as a person types them: "Ana Lima <ana@example.com>" or the bare address.
Result<std::vector<desk::Address>> read_addresses(const JsonObject& body, std::string_view key) {
  std::vector<desk::Address> addresses;
  const std::vector<std::string> texts = TRY(body_texts(body, key, desk::reply_recipients_max));
  for (const std::string& text : texts) {
    desk::Address address;
    const size_t open = text.rfind('<');
    if (open != std::string::npos && text.ends_with('>')) {
      address.name = without_quotes(trim(std::string_view(text).substr(0, open)));
      address.address = trim(std::string_view(text).substr(open + 1, text.size() - open - 2));
    } else {
      address.address = trim(text);
    }
    addresses.push_back(std::move(address));
  }
  return addresses;
}

Result<desk::ReplyRequest> read_reply(const JsonObject& body) {
  TRY(only_keys(
      body, {"kind", "to", "cc", "bcc", "subject", "html", "attachment_ids", "from_mailbox_id",
             "in_reply_to_thread_id", "status", "include_attachments", "draft_revision", "hold"}));
  desk::ReplyRequest request;
  const std::string kind_word = TRY(body_text(body, "kind"));
  const std::optional<desk::ReplyKind> kind = desk::reply_kind_from_word(kind_word);
  if (!kind) return invalid("kind", "not_a_choice", "Say reply, reply_all or forward.");
  request.kind = *kind;
  request.to = TRY(read_addresses(body, "to"));
  request.cc = TRY(read_addresses(body, "cc"));
  request.bcc = TRY(read_addresses(body, "bcc"));
  if (body.contains("subject")) request.subject = TRY(body_text(body, "subject"));
  request.html = TRY(body_text(body, "html", int64_t(desk::reply_html_bytes_max)));
  request.attachment_ids = TRY(body_ids(body, "attachment_ids", desk::reply_attachments_max));
  request.from_mailbox = TRY(body_id(body, "from_mailbox_id"));
  request.in_reply_to_thread = TRY(body_id(body, "in_reply_to_thread_id"));
  request.status = TRY(body_text(body, "status"));
  const bool includes = TRY(body_flag(body, "include_attachments", false));
  request.include_attachments =
      includes ? desk::IncludeAttachments::yes : desk::IncludeAttachments::no;
  const RecordId revision = TRY(body_id(body, "draft_revision"));
  if (revision) request.draft_revision = revision.value;
  return request;
}

Result<std::string> thread_item(db::Transaction& tx, const Call& call, RecordId ticket,
                                RecordId thread) {
  JsonWriter json;
  const desk::TimelineItem item = TRY(desk::read_thread(tx, call.actor, ticket, thread));
  append_item(json, call, item);
  return json.take();
}

Result<std::string> comment_item(db::Transaction& tx, const Call& call, RecordId ticket,
                                 RecordId comment) {
  JsonWriter json;
  const desk::TimelineItem item = TRY(desk::read_comment(tx, call.actor, ticket, comment));
  append_item(json, call, item);
  return json.take();
}

Result<http::Response> turn_status(Call& call, const char* act, const char* status) {
  const RecordId id = TRY(call.id());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record before =
        TRY(operations::read_record(tx, call.actor, desk::tickets_module(), id));
    TRY(operations::require_act(call.actor, before, act));
    const records::Record after = TRY(operations::update_record(
        tx, call.actor, desk::tickets_module(), id, {{"status", records::Value(status)}}));
    return record_json(tx, call.actor, after);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace

Result<http::Response> show_timeline(Call& call) {
  const RecordId id = TRY(call.id());
  const int limit = TRY(call.query_number("limit", 50, 1, desk::timeline_items_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Timeline timeline =
        TRY(desk::read_timeline(tx, call.actor, id, call.query_text("before"), limit));
    JsonWriter json;
    json.begin_object().key("items");
    append_timeline(json, tx, call, timeline);
    append_cursor(json, "older_cursor", timeline.older_cursor);
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

namespace {

/// For how long the person wants to be able to take replies back.
int64_t wait_ms_of(Call& call) {
  const std::optional<access::Person> person = call.database().read(
      [&](db::Transaction& tx) { return access::find_person(tx, call.actor.person); });
  return person ? person->undo_send_seconds * second_ms : 0;
}

Result<http::Response> hold(Call& call, RecordId ticket, const desk::NewHeldReply& reply) {
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::HeldReply held =
        TRY(desk::hold_reply(tx, call.services.desk, call.actor, ticket, reply));
    JsonWriter answer;
    answer.begin_object().key("held");
    append_held_reply(answer, tx, call, held);
    answer.end_object();
    return answer.take();
  }));
  return http::Response::json(202, std::move(json));
}

}  // namespace

Result<http::Response> send_reply(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  desk::ReplyRequest request = TRY(read_reply(body));
  request.html = with_content_ids(call, std::move(request.html));
  const bool may_wait = TRY(body_flag(body, "hold", false));
  if (const int64_t wait_ms = may_wait ? wait_ms_of(call) : 0; wait_ms > 0) {
    desk::DraftText text = TRY(read_draft_text(body));
    return hold(call, id, {std::move(request), std::move(text), wait_ms});
  }
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record thread =
        TRY(desk::send_reply(tx, call.services.desk, call.actor, id, request));
    return thread_item(tx, call, id, thread.id);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

Result<http::Response> show_reply_draft(Call& call) {
  const RecordId id = TRY(call.id());
  const std::optional<desk::ReplyKind> kind = desk::reply_kind_from_word(call.query_text("kind"));
  if (!kind) return invalid("kind", "not_a_choice", "Say reply, reply_all or forward.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::ReplyDraft draft = TRY(desk::reply_draft(tx, call.actor, id, *kind));
    JsonWriter json;
    json.begin_object();
    append_addresses(json, "to", draft.to);
    append_addresses(json, "cc", draft.cc);
    json.string("subject", draft.subject);
    const std::string signature = TRY(desk::signature_on(tx, call.actor, id));
    json.string("signature_html", signature);
    json.string("quoted_html", with_inline_images(call, draft.quoted_html, draft.attachments));
    json.id("from_mailbox_id", draft.from_mailbox.value).key("mailboxes").begin_array();
    for (const desk::MailboxChoice& mailbox : draft.mailboxes) {
      json.begin_object()
          .id("id", mailbox.id.value)
          .string("address", mailbox.address)
          .end_object();
    }
    json.end_array().key("attachments").begin_array();
    for (const records::Record& attachment : draft.attachments) append_attachment(json, attachment);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"html", "is_public", "attachment_ids", "mentions", "mentioned_follow"}));
  const std::string typed = TRY(body_text(body, "html", desk::comment_html_bytes_max));
  const std::string html = with_content_ids(call, typed);
  const bool is_public = TRY(body_flag(body, "is_public", false));
  const std::vector<int64_t> attachment_ids =
      TRY(body_ids(body, "attachment_ids", desk::comment_attachments_max));
  const std::vector<int64_t> mentions = TRY(body_ids(body, "mentions", desk::mentions_max));
  const bool mentioned_follow = TRY(body_flag(body, "mentioned_follow", false));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::Audience audience =
        is_public ? desk::Audience::everyone : desk::Audience::colleagues;
    const records::Record comment =
        TRY(desk::add_comment(tx, call.actor, id, html, audience, attachment_ids, mentions));
    if (mentioned_follow && !mentions.empty()) {
      TRY(desk::add_followers(tx, call.actor, id, mentions));
    }
    return comment_item(tx, call, id, comment.id);
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

Result<http::Response> edit_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"html"}));
  const std::string typed = TRY(body_text(body, "html", desk::comment_html_bytes_max));
  const std::string html = with_content_ids(call, typed);
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(desk::edit_comment(tx, call.actor, id, comment_id, html));
    return comment_item(tx, call, id, comment_id);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_comment(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId comment_id = TRY(call.id("comment"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_comment(tx, call.actor, id, comment_id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> close_ticket(Call& call) { return turn_status(call, "close", "closed"); }

Result<http::Response> reopen_ticket(Call& call) { return turn_status(call, "reopen", "open"); }

Result<http::Response> attach_to_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"attachment_ids", "is_public"}));
  const std::vector<int64_t> ids =
      TRY(body_ids(body, "attachment_ids", desk::reply_attachments_max));
  const bool is_public = TRY(body_flag(body, "is_public", false));
  const desk::Audience audience = is_public ? desk::Audience::everyone : desk::Audience::colleagues;
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const std::vector<records::Record> attached =
        TRY(desk::attach_for(tx, call.actor, {id, audience}, ids));
    JsonWriter list;
    list.begin_object().key("attachments").begin_array();
    for (const records::Record& attachment : attached) append_attachment(list, attachment);
    list.end_array().end_object();
    return list.take();
  }));
  call.services.wake();
  return http::Response::json(201, std::move(json));
}

}  // namespace tandem::api::native
