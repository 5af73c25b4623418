#include <algorithm>

#include "api/desk/address_list.h"
#include "api/desk/conversation_handlers.h"
#include "api/desk/envelope.h"
#include "api/desk/input_words.h"
#include "api/desk/reply_body.h"
#include "base/text.h"
#include "desk/conversation/drafts.h"

// Drafts of replies and forwards in the Desk dialect. Ours is one draft for each person and ticket,
// the same that the browser shows, so that the ticket's id is the id of the draft, too.

namespace tandem::api::desk_dialect {

namespace {

using desk::DraftText;

desk::ReplyKind kind_of(const DraftText& text) {
  return desk::reply_kind_from_word(text.kind).value_or(desk::ReplyKind::reply);
}

std::vector<std::string> plain(const std::vector<desk::Address>& addresses) {
  std::vector<std::string> texts;
  for (const desk::Address& one : addresses) texts.push_back(one.address);
  return texts;
}

/// The actor's own text for customers or others outside, not the one for colleagues.
std::optional<DraftText> text_in(const std::optional<desk::Draft>& draft) {
  if (!draft) return std::nullopt;
  if (draft->text.kind != "comment") return draft->text;
  for (const DraftText& aside : draft->set_aside) {
    if (aside.kind != "comment") return aside;
  }
  return std::nullopt;
}

/// What the body says of it; the rest stays.
Result<DraftText> with_members(const desk::ReplyDraft& choices, const JsonObject& body,
                               DraftText text) {
  if (body.contains("content")) text.html = sanitise_html(html_of(body));
  for (auto& [key, list] : {std::pair<const char*, std::vector<std::string>*>{"to", &text.to},
                            {"cc", &text.cc},
                            {"bcc", &text.bcc}}) {
    if (!body.contains(key)) continue;
    const auto addresses = TRY(addresses_from_text(key, text_member(body, key)));
    *list = plain(addresses);
  }
  if (body.contains("fromEmailAddress")) {
    text.from_mailbox = TRY(sender_of(choices, text_member(body, "fromEmailAddress")));
  }
  if (body.contains("attachmentIds")) {
    text.attachment_ids = TRY(some_ids_of(body, "attachmentIds", desk::reply_attachments_max));
  }
  return text;
}

std::string sender_name(const desk::ReplyDraft& choices, RecordId mailbox) {
  for (const desk::MailboxChoice& choice : choices.mailboxes) {
    if (choice.id == mailbox) return choice.address;
  }
  return "";
}

/// A draft as a thread that is not sent.
std::string draft_json(db::Transaction& tx, const Call& call, RecordId ticket,
                       const desk::Draft& draft, const DraftText& text,
                       const desk::ReplyDraft& choices) {
  const std::vector<records::Record> files = desk::files_of_draft(tx, call.actor, text);
  const bool is_forward = kind_of(text) == desk::ReplyKind::forward;
  JsonWriter json;
  json.begin_object().id("id", ticket.value).string("channel", "EMAIL").string("direction", "out");
  json.string("status", "DRAFT").string("visibility", is_forward ? "private" : "public");
  json.string("content", text.html).string("contentType", "text/html");
  json.string("summary", first_chars(html_to_text(text.html), 200));
  json.string("createdTime", to_iso(draft.saved_at)).boolean("isForward", is_forward);
  json.string("fromEmailAddress", sender_name(choices, text.from_mailbox));
  json.string("to", join(text.to, ",")).string("cc", join(text.cc, ","));
  json.string("bcc", join(text.bcc, ",")).key("author").begin_object();
  json.id("id", call.actor.id.value).string("name", call.actor.name);
  json.string("email", call.actor.email).string("type", "AGENT").end_object();
  json.boolean("hasAttach", !files.empty());
  json.string("attachmentCount", std::to_string(files.size())).key("attachments").begin_array();
  for (const records::Record& file : files) json.raw(attachment_json(call, file));
  return json.end_array().end_object().take();
}

/// The draft that `thread` names, with the text that would be sent.
Result<DraftText> named_text(db::Transaction& tx, const Call& call, RecordId ticket,
                             RecordId thread) {
  const std::optional<desk::Draft> draft = TRY(desk::find_draft(tx, call.actor, ticket));
  const std::optional<DraftText> text = text_in(draft);
  if (!text || thread != ticket) return not_found("You have no such draft on this ticket.");
  return *text;
}

}  // namespace

Result<http::Response> add_draft(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(check_channel(body));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    DraftText text;
    if (flag_member(body, "isForward")) text.kind = "forward";
    const desk::ReplyDraft choices = TRY(desk::reply_draft(tx, call.actor, id, kind_of(text)));
    text.to = plain(choices.to);
    text.cc = plain(choices.cc);
    text.subject = choices.subject;
    text.from_mailbox = choices.from_mailbox;
    text = TRY(with_members(choices, body, std::move(text)));
    // Behind it stands what the person wrote already for the same readers.
    const desk::Draft saved =
        TRY(in_words(reply_inputs, desk::put_before_draft(tx, call.actor, id, std::move(text))));
    return draft_json(tx, call, id, saved, saved.text, choices);
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> change_draft(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread = TRY(call.id("thread"));
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const DraftText before = TRY(named_text(tx, call, id, thread));
    const desk::ReplyDraft choices = TRY(desk::reply_draft(tx, call.actor, id, kind_of(before)));
    DraftText text = TRY(with_members(choices, body, before));
    TRY(desk::send_draft(tx, call.actor, id, before.kind, std::nullopt));
    const desk::Draft saved =
        TRY(in_words(reply_inputs, desk::put_before_draft(tx, call.actor, id, std::move(text))));
    return draft_json(tx, call, id, saved, saved.text, choices);
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_draft(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread = TRY(call.id("thread"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    const DraftText text = TRY(named_text(tx, call, id, thread));
    return desk::send_draft(tx, call.actor, id, text.kind, std::nullopt);
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::desk_dialect
