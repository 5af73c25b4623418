#include "desk/channels/ongoing_calls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "desk/conversation/conversation.h"
#include "desk/customers/phone_numbers.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/tickets/still_open.h"
#include "operations/operations.h"

namespace tandem::desk {

using access::Actor;
using records::Record;

namespace {

/// A call that was not heard of for so long doesn't ring any more, whatever was lost.
constexpr int64_t ongoing_ms_max = 4 * hour_ms;
constexpr int64_t ringing_ms_max = 3 * minute_ms;
constexpr int tickets_with_calls_max = 20;

constexpr const char* columns =
    "SELECT p.line_id, p.call_id, p.customer, p.direction, p.rang_at, p.answered_at, "
    "l.department_id, p.ticket_id, p.agent_id, p.thread_id FROM phone_calls p "
    "JOIN phone_lines l ON l.org_id = p.org_id AND l.id = p.line_id WHERE p.org_id = $1 ";

/// Whose call it is: the agent's who was named, or else the department's.
std::string concerning(const Actor& actor, db::Args& args) {
  args.emplace_back(actor.id.value);
  const size_t me = args.size();
  if (actor.department_ids.empty()) return fmt::format("AND p.agent_id = ${} ", me);
  std::vector<std::string> departments;
  for (const int64_t department : actor.department_ids) {
    args.emplace_back(department);
    departments.push_back(fmt::format("${}", args.size()));
  }
  return fmt::format(
      "AND p.agent_id IN (${0}, 0) AND (p.agent_id = ${0} OR l.department_id IN ({1})) ", me,
      fmt::join(departments, ", "));
}

OngoingCall call_in(const db::Row& row) {
  return {.id = std::to_string(row.integer(0)) + "." + row.text(1),
          .number = row.text(2),
          .direction = row.text(3),
          .rang_at = {row.is_null(4) ? row.integer(5) : row.integer(4)},
          .is_answered = !row.is_null(5),
          .department = RecordId{row.integer(6)},
          .ticket = RecordId{row.integer(7)},
          .contact = {},
          .contact_name = {},
          .open_tickets = {},
          .last_call = std::nullopt};
}

std::vector<Record> tickets_of(db::Transaction& tx, const Actor& actor, records::Filter filter,
                               int limit) {
  records::Query query;
  query.filter = std::move(filter);
  query.sort = {"last_activity_at", true};
  query.limit = limit;
  Result<records::Page> page = operations::list_records(
      tx, actor, tickets_module(), std::move(query), operations::Reach::visible);
  return page ? std::move(page->records) : std::vector<Record>();
}

std::optional<EarlierCall> last_call_of(db::Transaction& tx, const Actor& actor, RecordId contact) {
  std::optional<EarlierCall> last;
  for (const Record& ticket :
       tickets_of(tx, actor, records::field("contact").is(contact), tickets_with_calls_max)) {
    const auto row = tx.row(
        "SELECT call_started_at, call_result, call_seconds, author_name FROM threads "
        "WHERE org_id = $1 AND ticket = $2 AND channel = 'phone' AND deleted_at IS NULL "
        "AND call_started_at IS NOT NULL ORDER BY id DESC LIMIT 1",
        {actor.org.value, ticket.id.value});
    if (!row || (last && last->at >= row->instant(0))) continue;
    last = EarlierCall{.ticket = ticket.id,
                       .at = row->instant(0),
                       .result = row->is_null(1) ? "" : row->text(1),
                       .seconds = row->is_null(2) ? 0 : row->integer(2),
                       .with = row->is_null(3) ? "" : row->text(3)};
  }
  return last;
}

void add_caller(db::Transaction& tx, const Actor& actor, OngoingCall& call) {
  const auto contact = find_contact_by_phone(tx, actor.org, call.number);
  if (!contact) return;
  call.contact = contact->id;
  call.contact_name = contact->name;
  call.open_tickets = tickets_of(
      tx, actor, records::all_of({records::field("contact").is(contact->id), still_open()}),
      open_tickets_shown_max);
  call.last_call = last_call_of(tx, actor, contact->id);
}

/// The row of a call that concerns the actor.
std::optional<db::Row> call_of(db::Transaction& tx, const Actor& actor, std::string_view id) {
  const size_t dot = id.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const int64_t line = id_from_text(std::string(id.substr(0, dot))).value_or(0);
  db::Args args{actor.org.value, line, std::string(id.substr(dot + 1)),
                (tx.now() - ongoing_ms_max).ms};
  const std::string whose = concerning(actor, args);
  return tx.row(
      std::string(columns) + "AND p.line_id = $2 AND p.call_id = $3 AND p.heard_at > $4 " + whose,
      args);
}

/// Nobody's words are lost, and none stand under the name of another: a second note is a message of
/// its own. Manual, Telephone 3.4.
bool takes_note(const Record& message, const std::string& note) {
  return trim(note).empty() || trim(message.get("plain_text").text()).empty();
}

/// The telephone system has told the end already: its message takes the note.
Result<Record> add_note(db::Transaction& tx, const Actor& actor, RecordId ticket,
                        const Record& message, const std::string& note) {
  TRY(ticket_for(tx, actor, ticket, "log_call"));
  const std::string text(trim(note));
  if (text.empty()) return message;
  return change_row(
      tx, actor, message,
      {{"html", text_to_html(text)}, {"plain_text", text}, {"text_preview", preview_of(text)}});
}

}  // namespace

std::vector<OngoingCall> ongoing_calls(db::Transaction& tx, const Actor& agent) {
  db::Args args{agent.org.value, (tx.now() - ongoing_ms_max).ms, (tx.now() - ringing_ms_max).ms,
                int64_t(ongoing_calls_max)};
  const std::string whose = concerning(agent, args);
  std::vector<OngoingCall> calls;
  for (const db::Row& row : tx.rows(std::string(columns) +
                                        "AND p.heard_at > $2 AND p.ended_at IS NULL "
                                        "AND (p.answered_at IS NOT NULL OR p.heard_at > $3) " +
                                        whose + "ORDER BY p.heard_at DESC LIMIT $4",
                                    args)) {
    calls.push_back(call_in(row));
  }
  for (OngoingCall& call : calls) add_caller(tx, agent, call);
  return calls;
}

Result<Record> log_ongoing_call(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                const LoggedCall& call, std::string_view id) {
  const std::optional<db::Row> row = call_of(tx, actor, id);
  if (!row) return not_found("There is no such call any more.");
  const RecordId noted{row->integer(9)};
  if (noted && RecordId{row->integer(7)} == ticket) {
    const Result<Record> message = read_row(tx, actor, threads_module(), noted);
    if (message && takes_note(*message, call.note)) {
      return add_note(tx, actor, ticket, *message, call.note);
    }
  }
  LoggedCall logged = call;
  logged.direction = row->text(3);
  if (logged.number.empty()) logged.number = row->text(2);
  Record thread = TRY(log_call(tx, actor, ticket, logged));
  if (noted) return thread;
  tx.execute(
      "UPDATE phone_calls SET ticket_id = $4, thread_id = $5 "
      "WHERE org_id = $1 AND line_id = $2 AND call_id = $3",
      {actor.org.value, row->integer(0), row->text(1), ticket.value, thread.id.value});
  return thread;
}

}  // namespace tandem::desk
