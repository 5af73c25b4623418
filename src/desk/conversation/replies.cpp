#include "desk/conversation/replies.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/forwarding.h"
#include "desk/conversation/mail_sending.h"
#include "desk/conversation/reply_text.h"
#include "desk/conversation/ticket_delivery.h"
#include "desk/customers/learned_address.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "desk/ratings/rating_links.h"
#include "desk/rows.h"
#include "mail/wire_address.h"
#include "operations/operations.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

std::string_view word(ReplyKind kind) {
  switch (kind) {
    case ReplyKind::reply: return "reply";
    case ReplyKind::reply_all: return "reply_all";
    case ReplyKind::forward: return "forward";
  }
  return "";
}

std::optional<ReplyKind> reply_kind_from_word(std::string_view text) {
  for (const ReplyKind kind : {ReplyKind::reply, ReplyKind::reply_all, ReplyKind::forward}) {
    if (word(kind) == text) return kind;
  }
  return std::nullopt;
}

namespace {

std::string_view act_of(ReplyKind kind) { return kind == ReplyKind::forward ? "forward" : "reply"; }

/// As they are stored and shown, each once. What no server would take is refused here, where it was
/// typed.
Result<void> settle_addresses(std::vector<Address>& addresses, const char* name) {
  std::set<std::string> known;
  std::erase_if(addresses,
                [&](const Address& one) { return !known.insert(ascii_lower(one.address)).second; });
  for (Address& one : addresses) {
    if (!is_email_address(one.address) ||
        one.name.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return invalid(name, "not_an_email", fmt::format("Correct this address: {}", one.address));
    }
    TRY(mail::wire_address(one.address, name));
    one.address = mail::readable_address(one.address);
  }
  return {};
}

Refusal too_many_files() {
  return invalid(
      "attachment_ids", "too_many",
      fmt::format("Attach at most {} files, those of the ticket included.", reply_attachments_max));
}

struct Letter {
  Record ticket;
  std::optional<Record> answered;
  Recipients recipients;
  std::string subject;
  std::string quoted_html;
  std::optional<Mailbox> mailbox;
  Address sender;
};

Result<Recipients> addressed(db::Transaction& tx, const access::Actor& actor, const Letter& letter,
                             const ReplyRequest& request) {
  Recipients recipients{request.to, request.cc, request.bcc};
  if (recipients.to.empty()) {
    Recipients usual = recipients_for(tx, actor, letter.ticket, letter.answered, request.kind);
    recipients.to = std::move(usual.to);
    if (recipients.cc.empty()) recipients.cc = std::move(usual.cc);
  }
  TRY(settle_addresses(recipients.to, "to"));
  TRY(settle_addresses(recipients.cc, "cc"));
  TRY(settle_addresses(recipients.bcc, "bcc"));
  if (recipients.to.empty()) {
    return invalid("to", "required", "Name at least one person to write to.");
  }
  if (recipients.to.size() + recipients.cc.size() + recipients.bcc.size() > reply_recipients_max) {
    return invalid("to", "too_many", "Write to at most 100 people.");
  }
  return recipients;
}

Result<void> set_sender(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                        const ReplyRequest& request, Letter& letter) {
  if (request.from_mailbox) {
    letter.mailbox = find_mailbox(tx, actor.org, request.from_mailbox);
    const bool may_use = letter.mailbox && letter.mailbox->is_enabled &&
                         letter.mailbox->department == letter.ticket.get("department").id();
    if (!may_use) {
      return invalid("from_mailbox_id", "not_found",
                     "Choose a mailbox of the ticket's department.");
    }
  } else {
    std::vector<Mailbox> boxes =
        mailboxes_of_department(tx, actor.org, letter.ticket.get("department").id());
    if (!boxes.empty()) letter.mailbox = std::move(boxes.front());
  }
  if (letter.mailbox) {
    letter.sender = {letter.mailbox->display_name, letter.mailbox->address};
  } else {
    letter.sender = desk.default_sender;
  }
  if (letter.sender.address.empty()) {
    return invalid("from_mailbox_id", "no_mailbox",
                   "Give the department a mailbox first, under Settings, Mailboxes.");
  }
  return {};
}

Result<Letter> prepare(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                       RecordId ticket, const ReplyRequest& request) {
  Letter letter;
  letter.ticket = TRY(ticket_for(tx, actor, ticket, act_of(request.kind)));
  if (!request.status.empty()) {
    TRY(operations::require_act(actor, letter.ticket, "change_status"));
  }
  if (request.html.size() > reply_html_bytes_max) {
    return too_large("text_too_long", "Shorten the text to 1 MB.", "html");
  }
  const bool says_something = !trim(html_to_text(request.html)).empty() ||
                              request.html.find("<img") != std::string::npos ||
                              !request.attachment_ids.empty();
  if (!says_something && request.kind != ReplyKind::forward) {
    return invalid("html", "required", "Write the reply first.");
  }
  if (request.attachment_ids.size() > reply_attachments_max) return too_many_files();
  letter.answered = public_mail(tx, actor, ticket, request.in_reply_to_thread);
  if (request.in_reply_to_thread && !letter.answered) {
    return invalid("in_reply_to_thread_id", "not_found", "Choose a public mail of this ticket.");
  }
  letter.recipients = TRY(addressed(tx, actor, letter, request));
  if (request.kind == ReplyKind::forward) {
    TRY(may_forward_to(tx, actor, letter.ticket, letter.recipients));
  }
  letter.subject = request.subject ? std::string(trim(*request.subject)) : "";
  if (letter.subject.empty()) {
    letter.subject = subject_for(letter.ticket.get("subject").text(), request.kind);
  }
  if (letter.subject.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return invalid("subject", "line_break", "Write the subject in one line.");
  }
  letter.subject = std::string(first_chars(letter.subject, 900));
  letter.quoted_html = quoted_history(tx, actor, letter.ticket, letter.answered, request.kind);
  TRY(set_sender(tx, desk, actor, request, letter));
  return letter;
}

/// Ids of the mails this one follows, oldest first.
std::string references_of(const std::optional<Record>& answered) {
  if (!answered) return "";
  std::string ids = answered->get("reference_ids").text();
  const std::string& own = answered->get("message_id").text();
  if (own.empty()) return ids;
  return kept_references(ids.empty() ? own : ids + " " + own);
}

Result<Record> write_thread(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                            const Letter& letter, const ReplyRequest& request) {
  const RecordId id{tx.new_id()};
  const std::string text = html_to_text(request.html);
  const bool is_forward = request.kind == ReplyKind::forward;
  Changes values{
      {"ticket", letter.ticket.id},
      {"direction", "out"},
      {"channel", "email"},
      {"subject", letter.subject},
      {"html", request.html},
      {"quoted_html", letter.quoted_html},
      {"plain_text", text},
      {"text_preview", preview_of(text)},
      // What goes to a third party and what comes back from there is not for the customer.
      {"is_private", int64_t{is_forward}},
      {"is_forward", int64_t{is_forward}},
      {"sender_name", letter.sender.name},
      {"sender_email", letter.sender.address},
      {"to_addresses", addresses_to_json(letter.recipients.to)},
      {"cc_addresses", addresses_to_json(letter.recipients.cc)},
      {"bcc_addresses", addresses_to_json(letter.recipients.bcc)},
      {"message_id", message_id_of(desk, actor.org, letter.ticket.id, id)},
      {"in_reply_to",
       letter.answered && !is_forward ? letter.answered->get("message_id").text() : std::string()},
      {"reference_ids", is_forward ? std::string() : references_of(letter.answered)},
      {"delivery_state", "queued"},
      {"sent_at", tx.now()}};
  if (letter.mailbox) values.set("mailbox", letter.mailbox->id);
  const bool asks =
      !is_forward && actor.path != access::Path::automation &&
      asks_for_rating(tx, letter.ticket, actor.org, letter.recipients, request.status);
  values.set("asks_for_rating", int64_t{asks});
  set_author(values, actor);
  return add_row(tx, actor, threads_module(), values, {}, id);
}

/// Copies of the files, so that the forward keeps what it carried.
Result<int64_t> carry_along(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            RecordId thread) {
  const std::vector<Record> files = public_attachments(tx, actor, ticket);
  for (const Record& file : files) {
    Changes values{{"ticket", ticket},
                   {"part_module", "threads"},
                   {"part", thread},
                   {"is_private", int64_t{1}}};
    for (const char* name :
         {"name", "content_type", "size_bytes", "file", "is_inline", "content_id"}) {
      values.set(name, file.get(name));
    }
    TRY(add_row(tx, actor, attachments_module(), values));
  }
  return int64_t(files.size());
}

Result<int64_t> attach_all(db::Transaction& tx, const access::Actor& actor, const Letter& letter,
                           const ReplyRequest& request, RecordId thread) {
  const bool is_forward = request.kind == ReplyKind::forward;
  const std::vector<Record> attached =
      TRY(attach_uploads(tx, actor, request.attachment_ids,
                         {letter.ticket.id, "threads", thread, is_forward, request.html}));
  int64_t count = int64_t(attached.size());
  if (is_forward && request.include_attachments == IncludeAttachments::yes) {
    count += TRY(carry_along(tx, actor, letter.ticket.id, thread));
  }
  if (count > int64_t(reply_attachments_max)) return too_many_files();
  const int64_t bytes = tx.integer(
      "SELECT COALESCE(SUM(size_bytes), 0) FROM attachments WHERE org_id = $1 AND part = $2 "
      "AND deleted_at IS NULL",
      {actor.org.value, thread.value});
  if (bytes > reply_attachments_bytes_max) {
    return too_large("attachments_too_large", "Attach at most 20 MiB in all.", "attachment_ids");
  }
  return count;
}

std::string detail_of(const Record& thread) {
  JsonWriter detail;
  detail.begin_object().id("thread", thread.id.value);
  detail.raw("to", thread.get("to_addresses").text());
  detail.end_object();
  return detail.take();
}

Result<void> note_on_ticket(db::Transaction& tx, const access::Actor& actor, const Letter& letter,
                            const ReplyRequest& request, const Record& thread, int64_t files) {
  const Record& ticket = letter.ticket;
  Changes changes{{"thread_count", ticket.get("thread_count").number() + 1},
                  {"attachment_count", ticket.get("attachment_count").number() + files}};
  const bool is_forward = request.kind == ReplyKind::forward;
  if (!is_forward) {
    set_last_word(changes, thread.get("text_preview").text(), Speaker::agent, tx.now());
  }
  if (!request.status.empty()) {
    const records::FieldDef* field = ticket.shape->find("status");
    const records::Value status = TRY(records::value_from_text(*field, request.status));
    changes.set("status", status);
  }
  TRY(change_row(tx, actor, ticket, changes,
                 {is_forward ? "forwarded" : "reply_sent", detail_of(thread)}));
  return {};
}

}  // namespace

Result<Record> send_without_draft(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                                  RecordId ticket, const ReplyRequest& request) {
  const Letter letter = TRY(prepare(tx, desk, actor, ticket, request));
  if (request.kind != ReplyKind::forward)
    learn_address(tx, actor, letter.ticket, letter.recipients.to);
  Record thread = TRY(write_thread(tx, desk, actor, letter, request));
  const int64_t files = TRY(attach_all(tx, actor, letter, request, thread.id));
  TRY(note_on_ticket(tx, actor, letter, request, thread, files));
  queue_thread(tx, actor.org, thread.id);
  return thread;
}

Result<Record> send_reply(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                          RecordId ticket, const ReplyRequest& request) {
  Record thread = TRY(send_without_draft(tx, desk, actor, ticket, request));
  TRY(send_draft(tx, actor, ticket, word(request.kind), request.draft_revision));
  return thread;
}

Result<ReplyDraft> reply_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               ReplyKind kind) {
  const Record found = TRY(ticket_for(tx, actor, ticket, act_of(kind)));
  const std::optional<Record> answered = public_mail(tx, actor, ticket);
  Recipients recipients = recipients_for(tx, actor, found, answered, kind);
  ReplyDraft draft{.to = std::move(recipients.to),
                   .cc = std::move(recipients.cc),
                   .subject = subject_for(found.get("subject").text(), kind),
                   .quoted_html = quoted_history(tx, actor, found, answered, kind),
                   .from_mailbox = {},
                   .mailboxes = {},
                   .attachments = {}};
  for (const Mailbox& mailbox :
       mailboxes_of_department(tx, actor.org, found.get("department").id())) {
    draft.mailboxes.push_back({mailbox.id, mailbox.address});
  }
  if (!draft.mailboxes.empty()) draft.from_mailbox = draft.mailboxes.front().id;
  if (kind == ReplyKind::forward) draft.attachments = public_attachments(tx, actor, ticket);
  return draft;
}

Result<Record> resend(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                      RecordId thread) {
  const Record mail = TRY(read_row(tx, actor, threads_module(), thread));
  const Record found =
      TRY(ticket_for(tx, actor, ticket, mail.get("is_forward").truth() ? "forward" : "reply"));
  if (mail.get("ticket").id() != found.id) return not_found("There is no such message here.");
  TRY(may_forward_to(tx, actor, found,
                     {addresses_from_json(mail.get("to_addresses").text()),
                      addresses_from_json(mail.get("cc_addresses").text()),
                      addresses_from_json(mail.get("bcc_addresses").text())}));
  const std::string& state = mail.get("delivery_state").text();
  if (state != "failed" && state != "bounced") {
    return conflict("not_failed", "Only a mail that failed or came back can be sent again.");
  }
  Record queued = TRY(change_row(tx, actor, mail,
                                 {{"delivery_state", "queued"},
                                  {"delivery_message", records::Value()},
                                  {"next_try_at", records::Value()},
                                  {"attempts", int64_t{0}}}));
  TRY(note_delivery(tx, actor, ticket, "resent", queued));
  queue_thread(tx, actor.org, thread);
  return queued;
}

}  // namespace tandem::desk
