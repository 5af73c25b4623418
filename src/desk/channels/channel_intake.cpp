#include "desk/channels/channel_intake.h"

#include "base/seen_text.h"
#include "base/text.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/thread_detail.h"
#include "desk/customers/contacts.h"
#include "desk/customers/person_name.h"
#include "desk/customers/phone_numbers.h"
#include "desk/intake_words.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/spam/blocked_senders.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

constexpr int64_t subject_chars_max = 255;
constexpr int64_t name_chars_max = 120;
constexpr size_t key_bytes_max = 200;

access::Actor program_of(const records::Catalogue& catalogue, OrgId org) {
  return access::system_actor(catalogue, org, access::Path::system);
}

std::optional<FoundContact> find_person(db::Transaction& tx, OrgId org, const ChannelPerson& who) {
  if (!who.email.empty()) {
    if (const auto found = find_contact_by_address(tx, org, who.email)) return found;
  }
  // Somebody else may have given the same number: an address that is not theirs makes a contact.
  const std::optional<FoundContact> caller =
      who.phone.empty() ? std::nullopt : find_contact_by_phone(tx, org, who.phone);
  if (!caller || who.email.empty()) return caller;
  const bool has_address = tx.integer(
      "SELECT COUNT(*) FROM contacts WHERE org_id = $1 AND id = $2 AND email IS NOT NULL",
      {org.value, caller->id.value});
  return has_address ? std::nullopt : caller;
}

Result<FoundContact> make_person(db::Transaction& tx, const records::Catalogue& catalogue,
                                 OrgId org, const ChannelPerson& who) {
  PersonName name{.first = {}, .last = who.phone};
  if (!who.name.empty() || !who.email.empty()) name = name_from(Address{who.name, who.email});
  if (name.last.empty()) name.last = who.phone;
  Changes values{{"last_name", std::string(first_chars(name.last, name_chars_max))}};
  if (!name.first.empty()) {
    values.set("first_name", std::string(first_chars(name.first, name_chars_max)));
  }
  if (!who.email.empty()) values.set("email", ascii_lower(who.email));
  if (!who.phone.empty()) values.set("phone", who.phone);
  const Record contact = TRY(add_row(tx, program_of(catalogue, org), contacts_module(), values));
  return FoundContact{contact.id, contact.title};
}

/// False when another transaction was faster.
bool note_taken(db::Transaction& tx, const ChannelMessage& message, const ChannelReport& report) {
  return tx.execute(
             "INSERT INTO channel_messages (org_id, channel, message_key, ticket_id, thread_id, "
             "taken_at) VALUES ($1, $2, $3, $4, $5, $6) "
             "ON CONFLICT (org_id, channel, message_key) DO NOTHING",
             {message.org.value, message.channel, message.key, report.ticket.value,
              report.thread.value, tx.now().ms}) == 1;
}

std::string html_of(const ChannelMessage& message) {
  if (!message.html.empty()) return sanitise_html(message.html);
  return text_to_html(first_chars(message.text, stored_body_chars_max / 4));
}

std::string text_of(const ChannelMessage& message) {
  return message.text.empty() ? html_to_text(message.html) : message.text;
}

std::string subject_of(db::Transaction& tx, const ChannelMessage& message) {
  const std::string subject(first_chars(seen_line(preview_of(message.subject)), subject_chars_max));
  if (!subject.empty()) return subject;
  const std::string preview = preview_of(text_of(message));
  return preview.empty() ? no_subject(tx, message.org) : std::string(first_chars(preview, 80));
}

Result<RecordId> add_thread(db::Transaction& tx, const access::Actor& speaker,
                            const ChannelMessage& message, RecordId ticket) {
  const std::string text = text_of(message);
  const bool is_private = message.privacy == ChannelPrivacy::colleagues;
  Changes values{{"ticket", ticket},
                 {"direction", message.direction},
                 {"channel", message.channel},
                 {"subject", subject_of(tx, message)},
                 {"html", html_of(message)},
                 {"plain_text", text},
                 {"text_preview", preview_of(text)},
                 {"is_private", int64_t{is_private}},
                 {"sent_at", message.at.ms == 0 ? tx.now() : message.at}};
  set_author(values, speaker);
  for (const auto& [name, value] : message.thread_values) values.set(name, value);
  const Record thread = TRY(add_row(tx, speaker, threads_module(), values));
  return thread.id;
}

Result<void> add_files(db::Transaction& tx, const access::Actor& speaker,
                       const ChannelMessage& message, const ChannelReport& report) {
  for (const ChannelFile& file : message.files) {
    TRY(add_row(tx, speaker, attachments_module(),
                {{"name", file.name},
                 {"ticket", report.ticket},
                 {"part_module", "threads"},
                 {"part", report.thread},
                 {"content_type", file.content_type},
                 {"size_bytes", file.size_bytes},
                 {"file", file.file},
                 {"is_private", int64_t{message.privacy == ChannelPrivacy::colleagues}}}));
  }
  return {};
}

/// What stands on a new ticket. An open message is its description, which opens the conversation by
/// the module's own rule; one for colleagues stands beside.
Changes ticket_values(db::Transaction& tx, const ChannelMessage& message, RecordId contact) {
  Changes values{{"subject", subject_of(tx, message)},
                 {"channel", message.channel},
                 {"department", message.department},
                 {"attachment_count", int64_t(message.files.size())}};
  if (contact) values.set("contact", contact);
  if (!message.who.email.empty()) values.set("email", ascii_lower(message.who.email));
  if (!message.who.phone.empty()) values.set("phone", message.who.phone);
  for (const auto& [name, value] : message.ticket_values) values.set(name, value);
  const bool is_description = message.privacy == ChannelPrivacy::open;
  if (is_description) values.set("description", html_of(message));
  if (!is_description) values.set("thread_count", int64_t{1});
  return values;
}

Result<ChannelReport> open_ticket_for(db::Transaction& tx, const access::Actor& speaker,
                                      const ChannelMessage& message) {
  const RecordId contact = speaker.kind == access::ActorKind::contact ? speaker.id : RecordId{};
  const Record ticket =
      TRY(add_row(tx, speaker, tickets_module(), ticket_values(tx, message, contact)));
  ChannelReport report{.outcome = ChannelOutcome::ticket, .ticket = ticket.id, .thread = {}};
  if (message.privacy == ChannelPrivacy::open) {
    report.thread = {tx.integer(
        "SELECT id FROM threads WHERE org_id = $1 AND ticket = $2 AND is_description = 1 "
        "AND deleted_at IS NULL",
        {message.org.value, ticket.id.value})};
  }
  if (!report.thread) report.thread = TRY(add_thread(tx, speaker, message, ticket.id));
  return report;
}

Result<ChannelReport> join_ticket_with(db::Transaction& tx, const access::Actor& speaker,
                                       const ChannelMessage& message) {
  const Record ticket = TRY(read_row(tx, speaker, tickets_module(), message.ticket));
  const RecordId thread = TRY(add_thread(tx, speaker, message, ticket.id));
  Changes changes{{"thread_count", ticket.get("thread_count").number() + 1},
                  {"attachment_count",
                   ticket.get("attachment_count").number() + int64_t(message.files.size())}};
  const bool is_open = message.privacy == ChannelPrivacy::open;
  if (message.direction == "in" && ticket.get("status_type").text() != "open") {
    changes.set("status", "open");
  }
  if (is_open) {
    const Speaker spoke = message.direction == "in" ? Speaker::customer : Speaker::agent;
    set_last_word(changes, preview_of(text_of(message)), spoke, tx.now());
  }
  const bool is_call = message.channel == "phone";
  const char* const event = is_call ? "call_logged" : "message_received";
  TRY(change_row(tx, speaker, ticket, changes, {event, thread_detail(thread)}));
  return ChannelReport{.outcome = ChannelOutcome::thread, .ticket = ticket.id, .thread = thread};
}

}  // namespace

namespace {

/// `found`: none is somebody who is no contact, known by what they gave alone.
access::Actor speaking(const records::Catalogue& catalogue, OrgId org, const ChannelPerson& who,
                       const std::optional<FoundContact>& found) {
  access::Actor actor = program_of(catalogue, org);
  actor.kind = access::ActorKind::contact;
  actor.id = found ? found->id : RecordId{};
  actor.name = found ? found->name : who.name;
  if (actor.name.empty()) actor.name = who.email.empty() ? who.phone : who.email;
  actor.email = ascii_lower(who.email);
  return actor;
}

Result<ChannelReport> take_in_spam(db::Transaction& tx, const Desk& desk,
                                   const ChannelMessage& message) {
  ChannelMessage spam = message;
  spam.ticket = {};
  spam.ticket_values.set("spam_at", tx.now());
  const access::Actor speaker =
      speaking(desk.catalogue, message.org, message.who, find_person(tx, message.org, message.who));
  ChannelReport report = TRY(open_ticket_for(tx, speaker, spam));
  TRY(add_files(tx, speaker, spam, report));
  report.is_spam = true;
  return report;
}

Result<ChannelReport> take_in_work(db::Transaction& tx, const Desk& desk,
                                   const ChannelMessage& message) {
  access::Actor speaker = program_of(desk.catalogue, message.org);
  if (message.who.is_known()) {
    speaker = TRY(contact_of_channel(tx, desk.catalogue, message.org, message.who));
  }
  const auto take = message.ticket ? join_ticket_with : open_ticket_for;
  ChannelReport report = TRY(take(tx, speaker, message));
  TRY(add_files(tx, speaker, message, report));
  return report;
}

}  // namespace

Result<access::Actor> contact_of_channel(db::Transaction& tx, const records::Catalogue& catalogue,
                                         OrgId org, const ChannelPerson& who) {
  if (!who.is_known()) {
    return invalid("who", "required", "Say who it was: a mail address or a telephone number.");
  }
  std::optional<FoundContact> found = find_person(tx, org, who);
  if (!found) found = TRY(make_person(tx, catalogue, org, who));
  return speaking(catalogue, org, who, found);
}

std::optional<ChannelReport> taken_before(db::Transaction& tx, const ChannelMessage& message) {
  const std::optional<db::Row> row = tx.row(
      "SELECT ticket_id, thread_id FROM channel_messages WHERE org_id = $1 AND channel = $2 "
      "AND message_key = $3",
      {message.org.value, message.channel, message.key});
  if (!row) return std::nullopt;
  return ChannelReport{.outcome = ChannelOutcome::duplicate,
                       .ticket = RecordId{row->integer(0)},
                       .thread = RecordId{row->integer(1)}};
}

Result<ChannelReport> take_in_message(db::Transaction& tx, const Desk& desk,
                                      const ChannelMessage& message) {
  if (message.key.empty() || message.key.size() > key_bytes_max) {
    return invalid("key", "out_of_range", "Give a key of 1 to 200 bytes.");
  }
  if (const std::optional<ChannelReport> before = taken_before(tx, message)) return *before;
  const bool is_spam =
      message.direction == "in" &&
      is_blocked_sender(tx, message.org, {.email = message.who.email, .phone = message.who.phone});
  const auto take = is_spam ? take_in_spam : take_in_work;
  const ChannelReport report = TRY(take(tx, desk, message));
  if (note_taken(tx, message, report)) return report;
  return conflict("taken", "The message was taken in by another node. Ask again.");
}

// In the order of the keys, so that a turn costs the same however many there are and no index by
// age is kept for it.
int forget_channel_keys(db::Database& database, ChannelKeyPlace& place) {
  ChannelKeyPlace next;
  const auto forgotten = database.write(
      [&](db::Transaction& tx) -> Result<int> {
        const std::vector<db::Row> rows = tx.rows(
            "SELECT org_id, channel, message_key, taken_at FROM channel_messages "
            "WHERE (org_id, channel, message_key) > ($1, $2, $3) "
            "ORDER BY org_id, channel, message_key LIMIT $4",
            {place.org, place.channel, place.key, int64_t{channel_keys_looked_at_max}});
        int count = 0;
        for (const db::Row& row : rows) {
          if (row.instant(3) > tx.now() - channel_keys_kept_ms) continue;
          count +=
              int(tx.execute("DELETE FROM channel_messages WHERE org_id = $1 AND channel = $2 "
                             "AND message_key = $3",
                             {row.integer(0), row.text(1), row.text(2)}));
        }
        const bool is_at_end = rows.size() < size_t(channel_keys_looked_at_max);
        next = is_at_end ? ChannelKeyPlace{}
                         : ChannelKeyPlace{rows.back().integer(0), rows.back().text(1),
                                           rows.back().text(2)};
        return count;
      },
      db::Priority::bulk);
  place = std::move(next);
  return forgotten ? *forgotten : 0;
}

}  // namespace tandem::desk
