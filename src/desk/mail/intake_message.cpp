#include "desk/mail/intake_message.h"
#include "desk/intake_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/seen_text.h"
#include "base/text.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/replies.h"
#include "desk/conversation/reply_text.h"
#include "desk/conversation/thread_detail.h"
#include "desk/mail/intake_contact.h"
#include "desk/modules.h"
#include "desk/ratings/rating_links.h"
#include "desk/rows.h"
#include "mail/quote.h"
#include "records/store.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

constexpr int64_t subject_chars_max = 255;
constexpr size_t copied_people_max = 50;
constexpr size_t copied_bytes_max = 8'000;
constexpr Instant earliest_mail{631'152'000'000};  // 1990-01-01
constexpr int64_t way_ms_max = 30 * day_ms;
constexpr int64_t wrong_clock_ms_max = day_ms;

std::string one_line(std::string_view text, int64_t chars) {
  return std::string(trim(first_chars(seen_line(to_utf8_lossy(text)), chars)));
}

/// Without the links to our ratings that an answer quotes: they are for the customer alone.
std::string cut(std::string_view text) {
  return without_rating_links(std::string(first_chars(to_utf8_lossy(text), stored_body_chars_max)));
}

std::string plain_text_of(const mail::ParsedMail& mail) {
  return cut(mail.text.empty() ? html_to_text(mail.html) : mail.text);
}

bool is_credible(const std::optional<Instant>& at, Instant now) {
  return at && *at >= earliest_mail && *at <= now;
}

/// The sender's clock is believed within reason (MailSource).
Instant sent_at(const mail::ParsedMail& mail, Instant now) {
  const bool was_received = is_credible(mail.received_at, now);
  const bool fits = !was_received || !mail.date ||
                    (*mail.date - *mail.received_at <= wrong_clock_ms_max &&
                     *mail.received_at - *mail.date <= way_ms_max);
  if (is_credible(mail.date, now) && fits) return *mail.date;
  return was_received ? *mail.received_at : now;
}

/// Since when ticket and message are there.
Instant came_at(const IncomingMail& in, Instant now) {
  return in.raw.source == MailSource::archive ? sent_at(in.mail, now) : now;
}

bool is_automatic(const IncomingMail& in) { return in.kind.kind == mail::MailKind::auto_reply; }

/// Without our own mailboxes, reply addresses included, and without the requester.
std::vector<Address> people_copied(db::Transaction& tx, const Desk& desk, const IncomingMail& in) {
  std::vector<std::string> left_out = own_addresses(tx, in.mailbox.org);
  left_out.push_back(in.sender);
  std::vector<Address> people;
  for (const auto* list : {&in.mail.to, &in.mail.cc}) {
    for (const Address& one : *list) {
      if (!is_email_address(one.address)) continue;
      if (read_reply_address(desk, in.mailbox.org, one.address)) continue;
      people.push_back(one);
    }
  }
  return distinct(std::move(people), left_out);
}

std::string with_copied(const std::string& present, const std::vector<Address>& people) {
  std::vector<std::string> all;
  for (const std::string& one : split(present, ',')) {
    if (!trim(one).empty()) all.emplace_back(trim(one));
  }
  for (const Address& one : people) {
    const std::string address = ascii_lower(one.address);
    if (std::find(all.begin(), all.end(), address) != all.end()) continue;
    if (all.size() >= copied_people_max) break;
    all.push_back(address);
  }
  std::string joined = join(all, ", ");
  return joined.size() <= copied_bytes_max ? joined : present;
}

struct NewMessage {
  RecordId ticket;
  bool is_first = false;
  bool is_private = false;
};

Changes message_values(db::Transaction& tx, const access::Actor& actor, const IncomingMail& in,
                       const NewMessage& message) {
  const mail::ParsedMail& mail = in.mail;
  const std::string text = plain_text_of(mail);
  const std::string fresh = mail::split_quoted_text(text).fresh;
  std::vector<std::string> references;
  for (const std::string& id : mail.references) references.push_back(stored_message_id(id));
  Changes values{{"ticket", message.ticket},
                 {"direction", "in"},
                 {"channel", "email"},
                 {"subject", one_line(mail.subject, 900)},
                 {"html", cut(mail.html)},
                 {"plain_text", text},
                 {"text_preview", preview_of(fresh.empty() ? text : fresh)},
                 {"is_description", int64_t{message.is_first}},
                 {"is_private", int64_t{message.is_private}},
                 {"is_auto_reply", int64_t{is_automatic(in)}},
                 {"sent_at", sent_at(mail, tx.now())},
                 {"sender_name", one_line(in.requester.name, 200)},
                 {"sender_email", in.sender},
                 {"reply_to_addresses", addresses_to_json(mail.reply_to)},
                 {"to_addresses", addresses_to_json(mail.to)},
                 {"cc_addresses", addresses_to_json(mail.cc)},
                 {"message_id", stored_message_id(mail.message_id)},
                 {"in_reply_to", stored_message_id(mail.in_reply_to)},
                 {"reference_ids", kept_references(join(references, " "))},
                 {"mailbox", in.mailbox.id},
                 {"raw_file", in.raw.file}};
  if (mail.reply_to.empty()) values.set("reply_to_addresses", records::Value());
  set_author(values, actor);
  return values;
}

Result<Record> add_message(db::Transaction& tx, const access::Actor& actor, const IncomingMail& in,
                           const NewMessage& message) {
  Record thread = TRY(add_row(tx, actor, threads_module(), message_values(tx, actor, in, message),
                              {.created_at = came_at(in, tx.now())}));
  for (size_t index = 0; index < in.files.size(); ++index) {
    const mail::Attachment& file = in.mail.attachments[index];
    TRY(add_row(tx, actor, attachments_module(),
                {{"name", file.name},
                 {"ticket", message.ticket},
                 {"part_module", "threads"},
                 {"part", thread.id},
                 {"content_type", std::string(first_chars(file.content_type, 250))},
                 {"size_bytes", int64_t(file.bytes.size())},
                 {"file", in.files[index]},
                 {"is_inline", int64_t{file.is_inline}},
                 {"content_id", std::string(first_chars(file.content_id, 600))},
                 {"is_private", int64_t{message.is_private}}}));
  }
  return thread;
}

std::string description_of(const mail::ParsedMail& mail) {
  if (mail.html.empty()) return text_to_html(first_chars(mail.text, stored_body_chars_max / 4));
  std::string safe = sanitise_html(mail.html);
  if (count_chars(safe) <= stored_body_chars_max) return safe;
  return text_to_html(first_chars(html_to_text(mail.html), stored_body_chars_max / 4));
}

IntakeReport report_of(const IncomingMail& in, IntakeOutcome outcome, RecordId ticket,
                       RecordId thread) {
  return {
      .outcome = outcome, .raw_mail = in.raw.id, .ticket = ticket, .thread = thread, .reason = {}};
}

Result<access::Actor> writer_of(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                OpenedAs among) {
  if (among == OpenedAs::spam) return sender_of_spam(tx, desk, in.mailbox.org, in.requester);
  return contact_who_wrote(tx, desk, in.mailbox.org, in.requester);
}

}  // namespace

Result<IntakeReport> open_ticket(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                 OpenedAs opened_as) {
  const access::Actor contact = TRY(writer_of(tx, desk, in, opened_as));
  const RecordId id{tx.new_id()};
  std::string subject = one_line(in.mail.subject, subject_chars_max);
  if (subject.empty()) subject = no_subject(tx, in.mailbox.org);
  const std::string text = plain_text_of(in.mail);
  Changes values{{"subject", subject},         {"description", description_of(in.mail)},
                 {"channel", "email"},         {"department", in.mailbox.department},
                 {"contact", contact.id},      {"email", in.sender},
                 {"thread_count", int64_t{1}}, {"attachment_count", int64_t(in.files.size())}};
  const Instant at = came_at(in, tx.now());
  set_last_word(values, preview_of(text), Speaker::customer, at);
  const std::string copied = with_copied("", people_copied(tx, desk, in));
  if (!copied.empty()) values.set("cc", copied);
  if (opened_as == OpenedAs::spam) values.set("spam_at", tx.now());
  TRY(add_row(tx, contact, tickets_module(), values, {.created_at = at}, id));
  const Record thread = TRY(add_message(tx, contact, in, {.ticket = id, .is_first = true}));
  return report_of(in, IntakeOutcome::ticket, id, thread.id);
}

namespace {

bool is_on_ticket(const Record& ticket, const access::Actor& contact, const std::string& sender) {
  if (contact.id && ticket.get("contact").id() == contact.id) return true;
  if (ascii_lower(ticket.get("email").text()) == sender) return true;
  for (const std::string& one : split(ticket.get("cc").text(), ',')) {
    if (ascii_lower(trim(one)) == sender) return true;
  }
  return false;
}

/// A supplier's answer to a forward is between us and the supplier. A mail that came by the reply
/// address alone does not say what it answers.
bool answers_in_private(db::Transaction& tx, const access::Actor& contact, const IncomingMail& in,
                        const ThreadMatch& match, const Record& ticket) {
  if (is_on_ticket(ticket, contact, in.sender)) return false;
  if (match.answered_thread) {
    const Result<Record> answered = read_row(tx, contact, threads_module(), match.answered_thread);
    if (answered) return answered->get("is_private").truth();
  }
  return was_forwarded_to(tx, in.mailbox.org, ticket.id, in.sender);
}

/// What every message changes.
Changes counted_changes(const IncomingMail& in, const Record& ticket) {
  return {{"thread_count", ticket.get("thread_count").number() + 1},
          {"attachment_count", ticket.get("attachment_count").number() + int64_t(in.files.size())}};
}

Changes changes_by(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                   const Record& ticket, const Record& thread) {
  Changes changes = counted_changes(in, ticket);
  const bool is_spam = !ticket.get("spam_at").is_null();
  if (is_automatic(in) || is_spam) return changes;
  const records::Value& closed_at = ticket.get("closed_at");
  const bool was_known = !closed_at.is_null() && came_at(in, tx.now()) < closed_at.instant();
  if (ticket.get("status_type").text() != "open" && !was_known) changes.set("status", "open");
  if (thread.get("is_private").truth()) return changes;
  // An old mail that is imported late was not said last.
  const Instant at = came_at(in, tx.now());
  const records::Value& said_at = ticket.get("last_word_at");
  if (said_at.is_null() || said_at.instant() <= at) {
    set_last_word(changes, thread.get("text_preview").text(), Speaker::customer, at);
  }
  std::vector<Address> people = people_copied(tx, desk, in);
  if (in.sender != ascii_lower(ticket.get("email").text())) people.push_back(in.requester);
  std::erase_if(people, [&](const Address& one) {
    return ascii_lower(one.address) == ascii_lower(ticket.get("email").text());
  });
  const std::string copied = with_copied(ticket.get("cc").text(), people);
  if (!copied.empty()) changes.set("cc", copied);
  return changes;
}

/// A colleague writes as the agent they are and becomes nobody's contact. Manual, Mail
/// channels 2.6.
Result<access::Actor> writer_on_ticket(db::Transaction& tx, const Desk& desk,
                                       const IncomingMail& in, const ThreadMatch& match,
                                       const Record& ticket) {
  if (match.colleague) return *match.colleague;
  const bool is_spam = !ticket.get("spam_at").is_null();
  return writer_of(tx, desk, in, is_spam ? OpenedAs::spam : OpenedAs::work);
}

/// The message of the ticket that is this very mail and came by another mailbox; 0 otherwise. Some
/// devices give all their mails one Message-ID, so that sender and date must agree, too.
RecordId same_message(db::Transaction& tx, const IncomingMail& in, RecordId ticket) {
  if (in.mail.message_id.empty()) return {};
  return {tx.integer(
      "SELECT id FROM threads WHERE org_id = $1 AND ticket = $2 AND message_id = $3 "
      "AND sender_email = $4 AND sent_at = $5 AND direction = 'in' AND deleted_at IS NULL",
      {in.mailbox.org.value, ticket.value, stored_message_id(in.mail.message_id), in.sender,
       sent_at(in.mail, tx.now()).ms})};
}

}  // namespace

Result<IntakeReport> join_ticket(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                 const ThreadMatch& match) {
  if (const RecordId there = same_message(tx, in, match.ticket)) {
    return report_of(in, IntakeOutcome::duplicate, match.ticket, there);
  }
  const access::Actor program =
      access::system_actor(desk.catalogue, in.mailbox.org, access::Path::mail);
  const Record ticket = TRY(read_row(tx, program, tickets_module(), match.ticket));
  const access::Actor writer = TRY(writer_on_ticket(tx, desk, in, match, ticket));
  const NewMessage message{
      .ticket = ticket.id,
      .is_first = false,
      .is_private = match.colleague || answers_in_private(tx, writer, in, match, ticket)};
  const Record thread = TRY(add_message(tx, writer, in, message));
  const Changes changes =
      match.colleague ? counted_changes(in, ticket) : changes_by(tx, desk, in, ticket, thread);
  TRY(change_row(tx, writer, ticket, changes, {"mail_received", thread_detail(thread.id)}));
  const IntakeOutcome outcome =
      is_automatic(in) ? IntakeOutcome::auto_reply : IntakeOutcome::thread;
  return report_of(in, outcome, ticket.id, thread.id);
}

}  // namespace tandem::desk
