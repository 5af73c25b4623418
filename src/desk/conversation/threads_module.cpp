#include "desk/conversation/conversation.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/ticket_parts.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using records::FieldDef;
using records::FieldKind;

std::vector<FieldDef> what_was_said() {
  return {
      ticket_link(),
      {.name = "direction",
       .label = "Direction",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"in", "In"}, {"out", "Out"}}},
      {.name = "channel", .label = "Channel", .max_chars = 60},
      {.name = "subject", .label = "Subject", .max_chars = 1'000},
      // The body as it came, not sanitised; what it quotes of earlier mails is found when shown.
      {.name = "html", .label = "HTML", .kind = FieldKind::long_text, .max_chars = 1'000'000},
      // Our own replies only: the history below them, built of public mails.
      {.name = "quoted_html",
       .label = "Quoted",
       .kind = FieldKind::long_text,
       .max_chars = 1'000'000},
      {.name = "plain_text",
       .label = "Text",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 1'000'000},
      {.name = "text_preview", .label = "Preview", .max_chars = 300},
      {.name = "is_private",
       .label = "Private",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
      {.name = "is_forward",
       .label = "Forward",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
      {.name = "is_description",
       .label = "Description",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
      {.name = "is_auto_reply",
       .label = "Automatic reply",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
      {.name = "sent_at", .label = "Sent", .kind = FieldKind::instant},
  };
}

/// Addresses are JSON: [{"name","address"}].
std::vector<FieldDef> who_wrote_to_whom() {
  return {
      {.name = "author_kind",
       .label = "Kind of author",
       .kind = FieldKind::choice,
       .choices = {{"agent", "Agent"}, {"contact", "Contact"}, {"system", "System"}}},
      {.name = "author_id", .label = "Author", .kind = FieldKind::number},
      {.name = "author_name", .label = "Author's name"},
      {.name = "author_email", .label = "Author's e-mail", .max_chars = 320},
      {.name = "sender_name", .label = "Sender's name"},
      {.name = "sender_email", .label = "Sender's e-mail", .max_chars = 320},
      {.name = "reply_to_addresses",
       .label = "Answers go to",
       .kind = FieldKind::long_text,
       .max_chars = 100'000},
      {.name = "to_addresses", .label = "To", .kind = FieldKind::long_text, .max_chars = 300'000},
      {.name = "cc_addresses", .label = "Cc", .kind = FieldKind::long_text, .max_chars = 300'000},
      {.name = "bcc_addresses", .label = "Bcc", .kind = FieldKind::long_text, .max_chars = 300'000},
  };
}

std::vector<FieldDef> how_it_travelled() {
  return {
      {.name = "message_id", .label = "Message-ID", .max_chars = 600},
      {.name = "in_reply_to", .label = "In reply to", .max_chars = 600},
      // Message-IDs, oldest first, separated by spaces.
      {.name = "reference_ids",
       .label = "References",
       .kind = FieldKind::long_text,
       .max_chars = int(reference_ids_bytes_max)},
      {.name = "mailbox", .label = "Mailbox", .kind = FieldKind::number},
      {.name = "raw_file", .label = "Raw mail", .kind = FieldKind::number},
      // Empty for what came in and what is no mail.
      {.name = "delivery_state",
       .label = "Delivery",
       .kind = FieldKind::choice,
       .choices =
           {{"queued", "Queued"}, {"sent", "Sent"}, {"failed", "Failed"}, {"bounced", "Bounced"}}},
      {.name = "delivery_message", .label = "Delivery message", .max_chars = 1'000},
      {.name = "attempts",
       .label = "Attempts",
       .kind = FieldKind::number,
       .default_value = int64_t{0}},
      {.name = "next_try_at", .label = "Next try", .kind = FieldKind::instant},
      {.name = "asks_for_rating",
       .label = "Asks for a rating",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
  };
}

/// Of calls alone (desk/channels/calls.h).
std::vector<FieldDef> how_the_call_went() {
  return {
      {.name = "call_started_at",
       .label = "Call began",
       .kind = FieldKind::instant,
       .sortable = true},
      {.name = "call_seconds", .label = "Length of the call", .kind = FieldKind::number},
      {.name = "call_result", .label = "Result of the call", .max_chars = 60},
      {.name = "call_number", .label = "Number", .max_chars = 60},
      {.name = "recording_url", .label = "Recording", .max_chars = 2'000},
  };
}

std::vector<FieldDef> all_fields() {
  std::vector<FieldDef> fields = what_was_said();
  for (FieldDef& field : who_wrote_to_whom()) fields.push_back(std::move(field));
  for (FieldDef& field : how_it_travelled()) fields.push_back(std::move(field));
  for (FieldDef& field : how_the_call_went()) fields.push_back(std::move(field));
  return fields;
}

}  // namespace

const records::ModuleDef& threads_module() {
  static const records::ModuleDef module = part_of_tickets({
      .name = "threads",
      .label = "Message",
      .label_plural = "Messages",
      .fields = all_fields(),
      .indexes = {{"ticket", "id"}, {"message_id"}, {"raw_file"}},
      .title_of = [](const records::Record& thread) { return thread.get("subject").text(); },
      .visible_to = threads_visible_to,
  });
  return module;
}

}  // namespace tandem::desk
