#include "desk/channels/call_events.h"

#include <algorithm>

#include "access/agents.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/channels/calls.h"
#include "desk/channels/channel_intake.h"
#include "desk/customers/phone_numbers.h"
#include "desk/deleting.h"
#include "desk/intake_words.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/spam/blocked_senders.h"
#include "desk/tickets/still_open.h"
#include "records/change_log.h"
#include "records/personal_log.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

constexpr int64_t call_id_chars_max = 120;
/// What a telephone system's clock may be wrong by, or its queue late.
constexpr int64_t event_age_ms_max = day_ms;
constexpr int tries_max = 3;
constexpr int agents_asked_max = 2'000;
constexpr size_t extension_digits_min = 2;
constexpr int64_t calls_kept_ms = 31 * day_ms;

/// What is known of a call so far.
struct Call {
  std::string direction;
  std::string customer;
  int64_t agent = 0;
  std::string recording_url;
  int64_t rang_at = 0;
  int64_t answered_at = 0;
  int64_t ended_at = 0;
  RecordId ticket;
  RecordId thread;

  int64_t began_at() const {
    if (rang_at != 0) return rang_at;
    return answered_at != 0 ? answered_at : ended_at;
  }
};

Result<void> check_event(const CallEvent& event, Instant now) {
  if (event.call_id.empty() || count_chars(event.call_id) > call_id_chars_max) {
    return invalid("call_id", "out_of_range", "Give the call an id of 1 to 120 characters.");
  }
  for (const auto& [field, number] :
       {std::pair<const char*, std::string>{"from", event.from}, {"to", event.to}}) {
    if (count_chars(number) <= call_number_chars_max) continue;
    return invalid(field, "too_long", "Give a number of at most 50 characters.");
  }
  LoggedCall call{.direction = event.direction, .recording_url = event.recording_url};
  TRY(check_call(call, now));
  const int64_t off_ms = event.at ? now - *event.at : 0;
  if (off_ms >= -event_age_ms_max && off_ms <= event_age_ms_max) return {};
  return invalid("at", "out_of_range", "Give a time within a day of now.");
}

Call read_call(db::Transaction& tx, const PhoneLine& line, const std::string& call_id) {
  const std::optional<db::Row> row = tx.row(
      "SELECT direction, customer, agent_id, recording_url, rang_at, answered_at, ended_at, "
      "ticket_id, thread_id FROM phone_calls WHERE org_id = $1 AND line_id = $2 AND call_id = $3",
      {line.org.value, line.id.value, call_id});
  if (!row) return {};
  return {.direction = row->text(0),
          .customer = row->text(1),
          .agent = row->integer(2),
          .recording_url = row->text(3),
          .rang_at = row->integer(4),
          .answered_at = row->integer(5),
          .ended_at = row->integer(6),
          .ticket = {row->integer(7)},
          .thread = {row->integer(8)}};
}

db::Value moment_or_null(int64_t ms) { return ms == 0 ? db::Value(nullptr) : db::Value(ms); }

void write_call(db::Transaction& tx, const PhoneLine& line, const std::string& call_id,
                const Call& call) {
  tx.execute(
      "INSERT INTO phone_calls (org_id, line_id, call_id, direction, customer, agent_id, "
      "recording_url, rang_at, answered_at, ended_at, ticket_id, thread_id, heard_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
      "ON CONFLICT (org_id, line_id, call_id) DO UPDATE SET direction = excluded.direction, "
      "customer = excluded.customer, agent_id = excluded.agent_id, "
      "recording_url = excluded.recording_url, rang_at = excluded.rang_at, "
      "answered_at = excluded.answered_at, ended_at = excluded.ended_at, "
      "ticket_id = excluded.ticket_id, thread_id = excluded.thread_id, heard_at = "
      "excluded.heard_at",
      {line.org.value, line.id.value, call_id, call.direction, call.customer, call.agent,
       call.recording_url, moment_or_null(call.rang_at), moment_or_null(call.answered_at),
       moment_or_null(call.ended_at), call.ticket.value, call.thread.value, tx.now().ms});
}

/// The only one, if there is one.
int64_t alone(const std::vector<int64_t>& agents) { return agents.size() == 1 ? agents[0] : 0; }

/// By the address, by the number of the profile, or by its end: the extension. Nobody when several
/// fit, and nobody who was disabled: the department is to see the call then.
int64_t agent_named(db::Transaction& tx, OrgId org, const std::string& agent) {
  const std::string words = ascii_lower(trim(agent));
  if (words.empty()) return 0;
  if (words.find('@') != std::string::npos) {
    return tx.integer(
        "SELECT id FROM agents WHERE org_id = $1 AND email = $2 AND status = 'active' "
        "AND deleted_at IS NULL",
        {org.value, words});
  }
  const std::string digits = phone_digits(words);
  if (digits.size() < extension_digits_min) return 0;
  std::vector<int64_t> exact;
  std::vector<int64_t> fitting;
  for (const db::Row& row :
       tx.rows("SELECT m.agent_id, p.phone FROM memberships m JOIN people p ON p.id = m.person_id "
               "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
               "WHERE m.org_id = $1 AND p.phone <> '' AND a.status = 'active' "
               "AND a.deleted_at IS NULL ORDER BY m.agent_id LIMIT $2",
               {org.value, int64_t{agents_asked_max}})) {
    const std::string own = phone_digits(row.text(1));
    if (own == digits) exact.push_back(row.integer(0));
    if (own.ends_with(digits)) fitting.push_back(row.integer(0));
  }
  return exact.empty() ? alone(fitting) : alone(exact);
}

/// What the event adds. Whatever was heard first of one moment stays.
void add_event(db::Transaction& tx, const PhoneLine& line, const CallEvent& event, Call& call) {
  const int64_t at = event.at ? event.at->ms : tx.now().ms;
  int64_t* const moment = event.moment == CallMoment::ringing    ? &call.rang_at
                          : event.moment == CallMoment::answered ? &call.answered_at
                                                                 : &call.ended_at;
  if (*moment == 0) *moment = at;
  if (call.direction.empty()) call.direction = event.direction;
  const std::string& customer = event.direction == "in" ? event.from : event.to;
  if (call.customer.empty()) call.customer = std::string(trim(customer));
  if (const int64_t agent = agent_named(tx, line.org, event.agent)) call.agent = agent;
  if (!event.recording_url.empty()) call.recording_url = event.recording_url;
}

LoggedCall logged(const Call& call) {
  const bool is_answered = call.answered_at != 0;
  const int64_t seconds = is_answered ? (call.ended_at - call.answered_at) / second_ms : int64_t{0};
  return {.direction = call.direction,
          .started_at = {call.began_at()},
          .seconds = std::clamp<int64_t>(seconds, 0, call_seconds_max),
          .number = call.customer,
          .note = {},
          .result = is_answered ? "answered" : "missed",
          .recording_url = call.recording_url};
}

bool is_taken(const PhoneLine& line, const Call& call) {
  if (call.ended_at == 0) return false;
  if (line.takes == "answered") return call.answered_at != 0;
  return line.takes == "every" || call.answered_at == 0;
}

RecordId open_ticket_of(db::Transaction& tx, const PhoneLine& line, RecordId contact) {
  return {
      tx.integer("SELECT id FROM tickets WHERE org_id = $1 AND contact = $2 AND department = $3 "
                 "AND " +
                     still_open_sql() +
                     " AND deleted_at IS NULL ORDER BY "
                     "last_activity_at DESC LIMIT 1",
                 {line.org.value, contact.value, line.department.value})};
}

/// The call among all messages of telephones. A long id stands there as its digest, because a key
/// is short and an id counts characters, which may have four bytes each.
std::string key_of(const PhoneLine& line, const std::string& call_id) {
  const bool is_short = call_id.size() <= size_t(call_id_chars_max);
  return to_string(line.id) + "." + (is_short ? call_id : to_hex(sha256(call_id)));
}

Result<void> take_call(db::Transaction& tx, const Desk& desk, const PhoneLine& line,
                       const std::string& call_id, Call& call) {
  ChannelMessage message;
  message.org = line.org;
  message.channel = "phone";
  message.key = key_of(line, call_id);
  message.department = line.department;
  message.direction = call.direction;
  message.privacy = ChannelPrivacy::colleagues;
  const records::FieldDef phone{.name = "phone", .kind = records::FieldKind::phone};
  const bool has_number =
      !phone_digits(call.customer).empty() && records::value_from_text(phone, call.customer);
  std::string who = has_number ? call.customer : "";
  if (has_number) message.who.phone = call.customer;
  const bool is_spam =
      call.direction == "in" && is_blocked_sender(tx, line.org, {.email = {}, .phone = who});
  if (has_number && !is_spam) {
    const access::Actor contact =
        TRY(contact_of_channel(tx, desk.catalogue, line.org, message.who));
    if (line.joins_open_ticket) message.ticket = open_ticket_of(tx, line, contact.id);
    who = contact.name;
  }
  message.subject = call_subject(tx, line.org, call.direction, who);
  message.thread_values = call_values(logged(call), tx.now());
  const ChannelReport report = TRY(take_in_message(tx, desk, message));
  call.ticket = report.ticket;
  call.thread = report.thread;
  return {};
}

/// What was heard after the message was written.
Result<void> complete_message(db::Transaction& tx, const Desk& desk, const PhoneLine& line,
                              const Call& call) {
  const access::Actor program =
      access::system_actor(desk.catalogue, line.org, access::Path::system);
  const Result<Record> thread = read_row(tx, program, threads_module(), call.thread);
  if (!thread) return {};  // deleted with its ticket
  Changes changes;
  for (const auto& [name, value] : call_values(logged(call), tx.now())) {
    if (thread->get(name) != value && name != "sent_at") changes.set(name, value);
  }
  if (!changes.empty()) TRY(change_row(tx, program, *thread, changes));
  return {};
}

/// Open windows of the department, and of who is called, ask again who rings.
void tell_of_call(db::Transaction& tx, const PhoneLine& line, const Call& call) {
  for (const RecordId whom : {line.department, RecordId{call.agent}}) {
    if (!whom) continue;
    records::log_event(tx, line.org, records::calls_module, whom, 0, "call_told",
                       records::Author{});
  }
}

/// Whether these bytes are heard for the first time; what is refused afterwards was not heard.
bool is_first_hearing(db::Transaction& tx, const PhoneLine& line, const std::string& proof) {
  return tx.execute(
             "INSERT INTO phone_events (org_id, line_id, digest, heard_at) "
             "VALUES ($1, $2, $3, $4) ON CONFLICT (org_id, line_id, digest) DO NOTHING",
             {line.org.value, line.id.value, proof, tx.now().ms}) == 1;
}

Result<CallReport> hear_once(const Desk& desk, const PhoneLine& line, const CallEvent& event) {
  return desk.database.write([&](db::Transaction& tx) -> Result<CallReport> {
    TRY(check_event(event, tx.now()));
    if (!event.proof.empty() && !is_first_hearing(tx, line, event.proof))
      return conflict("replayed", "This very event was heard before. Nothing was changed.");
    Call call = read_call(tx, line, event.call_id);
    add_event(tx, line, event, call);
    if (call.thread && call.ended_at != 0) {
      TRY(complete_message(tx, desk, line, call));
    } else if (!call.thread && is_taken(line, call)) {
      TRY(take_call(tx, desk, line, event.call_id, call));
    }
    write_call(tx, line, event.call_id, call);
    tell_of_call(tx, line, call);
    return CallReport{call.ticket, call.thread};
  });
}

}  // namespace

Result<CallReport> hear_call_event(const Desk& desk, const PhoneLine& line,
                                   const CallEvent& event) {
  Result<CallReport> report = hear_once(desk, line, event);
  const auto is_worth_another_try = [&] {
    return !report && report.error().kind == RefusalKind::conflict &&
           report.error().code != "replayed";
  };
  for (int tries = 1; tries < tries_max && is_worth_another_try(); ++tries) {
    report = hear_once(desk, line, event);
  }
  return report;
}

void forget_call_events(db::Database& database) {
  delete_in_steps(database, day_ms,
                  "DELETE FROM phone_events WHERE (org_id, line_id, digest) IN (SELECT org_id, "
                  "line_id, digest FROM phone_events WHERE heard_at < $1 LIMIT $2)");
  delete_in_steps(database, calls_kept_ms,
                  "DELETE FROM phone_calls WHERE (org_id, line_id, call_id) IN (SELECT org_id, "
                  "line_id, call_id FROM phone_calls WHERE heard_at < $1 LIMIT $2)");
}

}  // namespace tandem::desk
