#include "api/native/draft_handlers.h"

#include <algorithm>

#include "api/native/answers.h"
#include "api/native/timeline_envelope.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/replies.h"

namespace tandem::api::native {

namespace {

constexpr int64_t subject_chars_max = 1000;

}  // namespace

void append_draft_text(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const desk::DraftText& text) {
  json.string("kind", text.kind);
  const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {
      {"to", &text.to}, {"cc", &text.cc}, {"bcc", &text.bcc}};
  for (const auto& [key, texts] : lists) {
    json.key(key).begin_array();
    for (const std::string& each : *texts) json.string(each);
    json.end_array();
  }
  json.string("subject", text.subject).string("html", text.html);
  json.key("attachment_ids").begin_array();
  for (const int64_t id : text.attachment_ids) json.id(id);
  json.end_array().key("files").begin_array();
  for (const records::Record& file : desk::files_of_draft(tx, call.actor, text)) {
    append_attachment(json, file);
  }
  json.end_array().key("gone_files").begin_array();
  for (const std::string& name : text.gone_files) json.string(name);
  json.end_array();
  json.id("from_mailbox_id", text.from_mailbox.value);
  json.boolean("include_attachments", text.includes_attachments);
}

std::string draft_json(db::Transaction& tx, const Call& call, const desk::Draft& draft) {
  JsonWriter json;
  json.begin_object();
  append_draft_text(json, tx, call, draft.text);
  json.key("set_aside").begin_array();
  for (const desk::DraftText& text : draft.set_aside) {
    json.begin_object();
    append_draft_text(json, tx, call, text);
    json.end_object();
  }
  json.end_array().id("revision", draft.revision);
  json.string("saved_at", to_iso(draft.saved_at)).end_object();
  return json.take();
}

Result<desk::DraftText> read_draft_text(const JsonObject& body) {
  desk::DraftText text;
  text.kind = TRY(body_text(body, "kind"));
  text.to = TRY(body_texts(body, "to", desk::reply_recipients_max));
  text.cc = TRY(body_texts(body, "cc", desk::reply_recipients_max));
  text.bcc = TRY(body_texts(body, "bcc", desk::reply_recipients_max));
  text.subject = TRY(body_text(body, "subject", subject_chars_max));
  text.html = TRY(body_text(body, "html", int64_t(desk::reply_html_bytes_max)));
  text.attachment_ids = TRY(body_ids(body, "attachment_ids", desk::reply_attachments_max));
  text.from_mailbox = TRY(body_id(body, "from_mailbox_id"));
  text.includes_attachments = TRY(body_flag(body, "include_attachments", true));
  return text;
}

namespace {

Result<std::vector<desk::DraftText>> read_set_aside(const JsonObject& body) {
  std::vector<desk::DraftText> texts;
  const auto found = body.find("set_aside");
  if (found == body.end() || found->value().is_null()) return texts;
  if (!found->value().is_array()) return invalid("set_aside", "not_a_list", "Give a list.");
  for (const Json& each : found->value().as_array()) {
    if (!each.is_object()) {
      return invalid("set_aside", "not_an_object", "Give a list of texts.");
    }
    const JsonObject& text = each.as_object();
    TRY(only_keys(text, {"kind", "to", "cc", "bcc", "subject", "html", "attachment_ids", "files",
                         "gone_files", "from_mailbox_id", "include_attachments"}));
    desk::DraftText read = TRY(read_draft_text(text));
    texts.push_back(std::move(read));
  }
  return texts;
}

}  // namespace

Result<http::Response> show_draft(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<desk::Draft> draft = TRY(desk::find_draft(tx, call.actor, id));
    return http::Response::json(200, draft ? draft_json(tx, call, *draft) : "null");
  });
}

Result<http::Response> show_own_words(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::OwnWords> words = TRY(desk::own_words(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("texts").begin_array();
    for (const desk::OwnWords& one : words) {
      json.begin_object().string("kind", one.kind).string("html", one.html).end_object();
    }
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> save_draft(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(
      body, {"kind", "to", "cc", "bcc", "subject", "html", "attachment_ids", "files", "gone_files",
             "from_mailbox_id", "include_attachments", "set_aside", "revision", "saved_at"}));
  desk::Draft draft;
  draft.text = TRY(read_draft_text(body));
  draft.set_aside = TRY(read_set_aside(body));
  std::optional<int64_t> seen;
  const RecordId revision = TRY(body_id(body, "revision"));
  if (body.contains("revision")) seen = revision.value;
  return call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Draft saved = TRY(desk::save_draft(tx, call.actor, id, draft, seen));
    return http::Response::json(200, draft_json(tx, call, saved));
  });
}

Result<http::Response> drop_draft(Call& call) { return removed(call, desk::drop_draft); }

void append_held_reply(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const desk::HeldReply& held) {
  json.begin_object().id("id", held.id.value).id("ticket_id", held.ticket.value);
  json.number("ticket_number", held.ticket_number).string("ticket_subject", held.ticket_subject);
  json.boolean("is_ticket_seen", held.is_ticket_seen);
  // Not the moment itself: the clock of the browser may be another.
  json.number("due_in_ms", std::max<int64_t>(held.due_at - tx.now(), 0));
  json.key("text").begin_object();
  append_draft_text(json, tx, call, held.text);
  json.end_object().key("refusal");
  if (held.refusal) {
    json.begin_object().string("code", held.refusal->code).string("field", held.refusal->field);
    json.string("message", held.refusal->message).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

Result<http::Response> list_held_replies(Call& call) {
  const bool has_refused = call.database().read([&](db::Transaction& tx) {
    const std::vector<desk::HeldReply> held = desk::held_replies_of(tx, call.actor);
    return std::any_of(held.begin(), held.end(),
                       [](const desk::HeldReply& one) { return one.refusal.has_value(); });
  });
  if (has_refused) {
    TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
      desk::judge_refused_replies(tx, call.services.desk, call.actor);
      return {};
    }));
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("held").begin_array();
    for (const desk::HeldReply& held : desk::held_replies_of(tx, call.actor)) {
      append_held_reply(json, tx, call, held);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> take_back_reply(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TakenBack taken = TRY(desk::take_back_reply(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().id("ticket_id", taken.ticket.value);
    json.key("draft").raw(draft_json(tx, call, taken.draft)).end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
