#include "api/desk/reply_body.h"

#include "api/desk/address_list.h"
#include "api/desk/words.h"
#include "base/text.h"

namespace tandem::api::desk_dialect {

Result<RecordId> sender_of(const desk::ReplyDraft& draft, const std::string& address) {
  if (address.empty()) return RecordId{};
  for (const desk::MailboxChoice& mailbox : draft.mailboxes) {
    if (equal_ignoring_ascii_case(mailbox.address, address)) return mailbox.id;
  }
  return invalid("fromEmailAddress", "not_a_choice",
                 "Send from an address of the ticket's department.");
}

std::string html_of(const JsonObject& body) {
  const std::string content = text_member(body, "content");
  return text_member(body, "contentType") == "plainText" ? text_to_html(content) : content;
}

Result<void> check_channel(const JsonObject& body) {
  const std::string channel = text_member(body, "channel");
  if (channel.empty()) return invalid("channel", "required", "Give the channel EMAIL.");
  if (channel != "EMAIL") return invalid("channel", "not_a_choice", "Replies go by EMAIL.");
  return {};
}

Result<desk::ReplyRequest> read_reply(db::Transaction& tx, const Call& call, RecordId ticket,
                                      const JsonObject& body) {
  TRY(check_channel(body));
  // A forward is private by itself.
  const bool is_private = flag_member(body, "isPrivate") || call.query_text("isPrivate") == "true";
  if (is_private && !flag_member(body, "isForward")) {
    return invalid("isPrivate", "not_a_choice",
                   "A reply goes to the customer; write a private comment instead.");
  }
  desk::ReplyRequest request;
  request.kind = flag_member(body, "isForward") ? desk::ReplyKind::forward : desk::ReplyKind::reply;
  const desk::ReplyDraft draft = TRY(desk::reply_draft(tx, call.actor, ticket, request.kind));
  request.from_mailbox = TRY(sender_of(draft, text_member(body, "fromEmailAddress")));
  request.to = TRY(addresses_from_text("to", text_member(body, "to")));
  request.cc = TRY(addresses_from_text("cc", text_member(body, "cc")));
  request.bcc = TRY(addresses_from_text("bcc", text_member(body, "bcc")));
  request.html = html_of(body);
  request.attachment_ids = TRY(some_ids_of(body, "attachmentIds", desk::reply_attachments_max));
  const std::string status = text_member(body, "ticketStatus");
  if (!status.empty()) {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    request.status = choice_of(*shape->find("status"), status).value_or(status);
  }
  const Json* answered = body.if_contains("inReplyToThreadId");
  if (answered && !answered->is_null()) {
    const std::optional<RecordId> thread = id_member(body, "inReplyToThreadId");
    if (!thread)
      return invalid("inReplyToThreadId", "bad_id", "Give the id of a thread of the ticket.");
    request.in_reply_to_thread = *thread;
  }
  return request;
}

}  // namespace tandem::api::desk_dialect
