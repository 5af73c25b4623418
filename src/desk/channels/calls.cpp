#include "desk/channels/calls.h"

#include <algorithm>

#include "base/text.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/thread_detail.h"
#include "desk/customers/person_name.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

/// Clocks of people differ.
constexpr int64_t future_ms_max = 5 * minute_ms;

Result<void> check_words(const LoggedCall& call) {
  if (call.direction != "in" && call.direction != "out") {
    return invalid("direction", "not_a_choice", "Say in or out.");
  }
  const std::vector<std::string_view>& results = call_results();
  if (std::find(results.begin(), results.end(), call.result) == results.end()) {
    return invalid("result", "not_a_choice", "Say answered, missed, busy or voicemail.");
  }
  if (count_chars(call.note) > call_note_chars_max) {
    return invalid("note", "too_long", "Shorten the note to 32,000 characters.");
  }
  const records::FieldDef phone{.name = "number", .kind = records::FieldKind::phone};
  const bool is_number = call.number.empty() || records::value_from_text(phone, call.number);
  if (!is_number || count_chars(call.number) > call_number_chars_max) {
    return invalid("number", "not_a_phone", "Give a number such as +49 30 1234567.");
  }
  const std::string& url = call.recording_url;
  const bool is_link = url.starts_with("https://") || url.starts_with("http://");
  const bool is_clean = std::none_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
  });
  if (url.empty() || (is_link && is_clean && count_chars(url) <= recording_url_chars_max))
    return {};
  return invalid("recording_url", "bad_url", "Give an address such as https://pbx.example.com/r1.");
}

}  // namespace

const std::vector<std::string_view>& call_results() {
  static const std::vector<std::string_view> results{"answered", "missed", "busy", "voicemail"};
  return results;
}

Result<void> check_call(const LoggedCall& call, Instant now) {
  TRY(check_words(call));
  if (call.seconds < 0 || call.seconds > call_seconds_max) {
    return invalid("seconds", "out_of_range", "A call lasts 0 to 86,400 seconds.");
  }
  if (call.started_at.ms == 0) return {};
  const int64_t age_ms = now - call.started_at;
  if (age_ms >= -future_ms_max && age_ms <= call_age_ms_max) return {};
  return invalid("started_at", "out_of_range", "Give a time within the last year.");
}

Changes call_values(const LoggedCall& call, Instant now) {
  const Instant start = call.started_at.ms == 0 ? now - call.seconds * second_ms : call.started_at;
  return {{"direction", call.direction},
          {"channel", "phone"},
          {"sent_at", start},
          {"call_started_at", start},
          {"call_seconds", call.seconds},
          {"call_result", call.result},
          {"call_number", call.number},
          {"recording_url", call.recording_url}};
}

Result<Record> log_call(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                        const LoggedCall& call) {
  const Record found = TRY(ticket_for(tx, actor, ticket, "log_call"));
  TRY(check_call(call, tx.now()));
  const std::string note(trim(call.note));
  Changes values{
      {"ticket", ticket},   {"subject", found.get("subject")},  {"html", text_to_html(note)},
      {"plain_text", note}, {"text_preview", preview_of(note)}, {"is_private", int64_t{1}}};
  for (const auto& [name, value] : call_values(call, tx.now())) values.set(name, value);
  set_author(values, actor);
  Record thread = TRY(add_row(tx, actor, threads_module(), values));
  TRY(change_row(tx, actor, found, {{"thread_count", found.get("thread_count").number() + 1}},
                 {"call_logged", thread_detail(thread.id)}));
  return thread;
}

Result<Record> add_ticket_of_call(db::Transaction& tx, const access::Actor& actor, Changes values,
                                  const LoggedCall& call, const std::string& contact_name) {
  TRY(check_call(call, tx.now()));
  values.set("channel", "phone");
  if (!call.number.empty() && !values.contains("phone")) values.set("phone", call.number);
  if (!trim(contact_name).empty()) {
    const PersonName name = name_from({contact_name, ""});
    Changes caller{{"first_name", name.first}, {"last_name", name.last}};
    if (!call.number.empty()) caller.set("phone", call.number);
    const Record contact = TRY(operations::create_record(tx, actor, contacts_module(), caller));
    values.set("contact", contact.id);
  }
  return operations::create_record(tx, actor, tickets_module(), values);
}

Result<Record> log_call_on_new_ticket(db::Transaction& tx, const access::Actor& actor,
                                      Changes values, const LoggedCall& call) {
  const Record ticket = TRY(add_ticket_of_call(tx, actor, std::move(values), call));
  return log_call(tx, actor, ticket.id, call);
}

}  // namespace tandem::desk
