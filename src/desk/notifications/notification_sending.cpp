#include "desk/notifications/notification_sending.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/people.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/mail_sending.h"
#include "desk/deleting.h"
#include "desk/modules.h"
#include "desk/notifications/notification_templates.h"
#include "desk/notifications/sms_call.h"
#include "desk/notifications/sms_gateway.h"
#include "desk/notifications/who_is_told.h"
#include "desk/tickets/still_open.h"
#include "http/receiver_turns.h"
#include "operations/operations.h"

namespace tandem::desk {

using jobs::Outcome;

namespace {

constexpr int attempts_max = 8;
constexpr int64_t retry_base_ms = 15'000;
constexpr int64_t retry_cap_ms = hour_ms;
constexpr int64_t kept_ms = 31 * day_ms;
constexpr int64_t message_chars_max = 500;
// A program that was down for longer does not wake people for what is old.
constexpr int64_t overdue_window_ms = hour_ms;

struct Queued {
  OrgId org;
  RecordId id;
  Delivery delivery;
};

/// Nothing when it is not waiting any more.
std::optional<Queued> read_queued(db::Transaction& tx, OrgId org, RecordId id) {
  const std::optional<db::Row> row = tx.row(
      "SELECT occasion, agent_id, channel, event, ticket_id, department_id "
      "FROM notification_deliveries WHERE org_id = $1 AND id = $2 AND state = 'queued'",
      {org.value, id.value});
  if (!row) return std::nullopt;
  const auto channel = notification_channel_from_word(row->text(2));
  const auto event = notification_event_from_word(row->text(3));
  if (!channel || !event) return std::nullopt;
  return Queued{.org = org,
                .id = id,
                .delivery = {.occasion = row->text(0),
                             .agent = RecordId{row->integer(1)},
                             .channel = *channel,
                             .event = *event,
                             .ticket = RecordId{row->integer(4)},
                             .department = RecordId{row->integer(5)}}};
}

struct Recipient {
  access::Person person;
  access::Actor actor;
};

/// Refuses who is not at work here any more (S085).
Result<Recipient> recipient_of(db::Transaction& tx, const Desk& desk, const Queued& queued) {
  const std::optional<access::Agent> agent =
      access::find_agent(tx, queued.org, queued.delivery.agent);
  const std::optional<access::Person> person =
      agent ? access::find_person(tx, agent->person) : std::nullopt;
  if (!person) return not_found("The person is not here any more.");
  const access::Actor actor =
      TRY(access::actor_of(tx, desk.catalogue, person->id, queued.org, access::Path::automation));
  return Recipient{*person, actor};
}

std::string shown(const records::Value& value) {
  return value.is_null() ? "" : std::to_string(value.number());
}

/// What the placeholders stand for, as far as the recipient's role shows it.
PlaceholderValues values_for(db::Transaction& tx, const Queued& queued, const Recipient& recipient,
                             const records::Record& ticket, const std::string& base_url) {
  const auto departments = records::link_titles(tx, queued.org, departments_module(),
                                                {queued.delivery.department.value});
  return {{"ticket.number", shown(ticket.get("number"))},
          {"ticket.subject", ticket.get("subject").text()},
          {"agent.name", recipient.person.name},
          {"department.name", departments.empty() ? "" : departments.front().title},
          {"link", fmt::format("{}/desk/{}/tickets/{}", base_url, queued.org.value,
                               queued.delivery.ticket.value)}};
}

/// What is to be handed in, for one of the two channels.
struct Message {
  Notice notice;                          // mail
  SmsMessage sms;                         // sms
  std::optional<OpenSmsGateway> gateway;  // sms
};

/// Refuses, with the reason, when nobody is to be told any more.
Result<Message> prepare(db::Transaction& tx, const Desk& desk, const Queued& queued,
                        const std::string& base_url) {
  const Delivery& delivery = queued.delivery;
  if (!rules_that_are_on(tx, queued.org, delivery.department)
           .contains({delivery.event, delivery.channel})) {
    return conflict("rule_is_off", "The rule was switched off meanwhile.");
  }
  const Recipient recipient = TRY(recipient_of(tx, desk, queued));
  const records::Record ticket =
      TRY(operations::read_record(tx, recipient.actor, tickets_module(), delivery.ticket));
  const NotificationTemplate words =
      template_of(tx, queued.org, delivery.event, recipient.person.locale);
  const PlaceholderValues values = values_for(tx, queued, recipient, ticket, base_url);
  Message message;
  if (delivery.channel == NotificationChannel::mail) {
    message.notice = {.to = recipient.person.email,
                      .subject = filled_line(words.subject, values),
                      .text = filled(words.text, values),
                      .locale = recipient.person.locale};
    message.notice.html = text_to_html(message.notice.text);
    return message;
  }
  if (recipient.person.phone.empty()) {
    return conflict("no_phone", "The person gives no phone number in their profile.");
  }
  message.gateway = TRY(open_sms_gateway(tx, desk, queued.org));
  message.sms = {.id = queued.id.value,
                 .to = recipient.person.phone,
                 .text = filled_line(words.sms_text, values)};
  return message;
}

void note(db::Transaction& tx, OrgId org, RecordId id, std::string_view state,
          const std::string& message) {
  tx.execute(
      "UPDATE notification_deliveries SET state = $3, message = $4 WHERE org_id = $1 AND id = $2 "
      "AND state = 'queued'",
      {org.value, id.value, db::arg(state),
       std::string(first_chars(to_utf8_lossy(message), message_chars_max))});
}

Outcome end(const Desk& desk, const Queued& queued, std::string_view state,
            const std::string& message) {
  const Result<void> noted = desk.database.write([&](db::Transaction& tx) -> Result<void> {
    note(tx, queued.org, queued.id, state, message);
    return {};
  });
  return {.kind = noted ? Outcome::Kind::done : Outcome::Kind::retry, .reason = message};
}

struct HandedIn {
  enum class Kind { accepted, retry_later, refused } kind = Kind::refused;
  std::string answer;
};

HandedIn hand_in_mail(const Desk& desk, const Queued& queued, const Notice& notice) {
  const mail::SendReport report = hand_in_notice(desk, queued.org, notice, queued.id.value);
  switch (report.outcome) {
    case mail::SendOutcome::accepted: return {HandedIn::Kind::accepted, report.answer};
    case mail::SendOutcome::retry_later: return {HandedIn::Kind::retry_later, report.answer};
    case mail::SendOutcome::refused: break;
  }
  return {HandedIn::Kind::refused, report.answer};
}

HandedIn hand_in_sms(const Desk& desk, const Message& message) {
  const SmsReport report = call_sms_gateway(*message.gateway, desk.mail_guard, message.sms);
  switch (report.outcome) {
    case SmsOutcome::accepted: return {HandedIn::Kind::accepted, report.answer};
    case SmsOutcome::retry_later: return {HandedIn::Kind::retry_later, report.answer};
    case SmsOutcome::refused: break;
  }
  return {HandedIn::Kind::refused, report.answer};
}

RecordId delivery_in(const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  return RecordId{payload ? id_from_text(text_of(*payload, "delivery")).value_or(0) : 0};
}

/// By which kind of job a channel is served: a gateway that does not answer holds up no mail.
std::string job_kind(NotificationChannel channel) {
  return channel == NotificationChannel::sms ? "notify_by_sms" : "notify";
}

Outcome note_handed_in(const Desk& desk, const Queued& queued, const HandedIn& handed) {
  switch (handed.kind) {
    case HandedIn::Kind::accepted: return end(desk, queued, "sent", "");
    case HandedIn::Kind::refused: return end(desk, queued, "failed", handed.answer);
    case HandedIn::Kind::retry_later: break;
  }
  // What went wrong stands there at once, not only after the last try.
  end(desk, queued, "queued", handed.answer);
  return {.kind = Outcome::Kind::retry, .reason = handed.answer};
}

Outcome hand_over(const Desk& desk, const Queued& queued, const Message& message,
                  http::ReceiverTurns& turns) {
  if (queued.delivery.channel == NotificationChannel::mail) {
    return note_handed_in(desk, queued, hand_in_mail(desk, queued, message.notice));
  }
  const std::string gateway = http::receiver_of(message.gateway->url);
  const http::ReceiverTurn turn(turns, to_string(queued.org) + " " + gateway);
  if (!turn.is_taken()) {
    return {.kind = Outcome::Kind::later, .reason = "", .retry_after_ms = turn.wait_ms()};
  }
  return note_handed_in(desk, queued, hand_in_sms(desk, message));
}

Outcome tell_one(const Desk& desk, const std::string& base_url, const jobs::Job& job,
                 http::ReceiverTurns& turns) {
  std::optional<Queued> queued;
  const Result<Message> message = desk.database.read([&](db::Transaction& tx) -> Result<Message> {
    queued = read_queued(tx, job.org, delivery_in(job));
    if (!queued) return not_found("It was sent or forgotten.");
    return prepare(tx, desk, *queued, base_url);
  });
  if (!queued) return {};
  if (!message) return end(desk, *queued, "dropped", message.error().message);
  return hand_over(desk, *queued, *message, turns);
}

void forget_old(db::Database& database) {
  delete_in_steps(database, kept_ms,
                  "DELETE FROM notification_deliveries WHERE (org_id, id) IN (SELECT org_id, id "
                  "FROM notification_deliveries WHERE created_at < $1 LIMIT $2)");
}

struct OverdueTicket {
  RecordId id;
  RecordId owner;
  Instant due_at;
};

std::vector<OverdueTicket> just_overdue(db::Transaction& tx, OrgId org, RecordId department) {
  std::vector<OverdueTicket> tickets;
  tx.for_each(
      "SELECT t.id, t.owner, t.due_at FROM tickets t WHERE t.org_id = $1 AND t.department = $2 "
      "AND " +
          still_open_sql("t.") +
          " AND t.due_at < $3 AND t.due_at >= $4 "
          "AND t.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM notification_deliveries d "
          "WHERE d.org_id = t.org_id AND d.ticket_id = t.id AND d.event = 'overdue' "
          "AND d.created_at >= t.due_at) ORDER BY t.due_at LIMIT $5",
      {org.value, department.value, tx.now().ms, tx.now().ms - overdue_window_ms,
       int64_t{db::bulk_rows_max}},
      [&](const db::RowView& row) {
        tickets.push_back(
            {RecordId{row.integer(0)}, RecordId{row.integer(1)}, Instant{row.integer(2)}});
        return true;
      });
  return tickets;
}

void tell_of_overdue_in(db::Transaction& tx, OrgId org, RecordId department) {
  const RulesThatAreOn on = rules_that_are_on(tx, org, department);
  for (const OverdueTicket& ticket : just_overdue(tx, org, department)) {
    for (const RecordId agent : who_answers_for(tx, org, {ticket.owner, department})) {
      for (const NotificationChannel channel : notification_channels()) {
        if (!on.contains({NotificationEvent::overdue, channel})) continue;
        queue_delivery(tx, org,
                       {.occasion = fmt::format("{}:due:{}", ticket.id.value, ticket.due_at.ms),
                        .agent = agent,
                        .channel = channel,
                        .event = NotificationEvent::overdue,
                        .ticket = ticket.id,
                        .department = department});
      }
    }
  }
}

}  // namespace

std::string occasion_of(const records::Change& ticket) {
  return fmt::format("{}:{}", ticket.proposed.id.value, ticket.proposed.revision);
}

void queue_delivery(db::Transaction& tx, OrgId org, const Delivery& delivery) {
  const int64_t id = tx.new_id();
  const int64_t made = tx.execute(
      "INSERT INTO notification_deliveries (org_id, id, occasion, agent_id, channel, event, "
      "ticket_id, department_id, state, message, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', '', $9) "
      "ON CONFLICT (org_id, occasion, agent_id, channel) DO NOTHING",
      {org.value, id, delivery.occasion, delivery.agent.value, db::arg(word(delivery.channel)),
       db::arg(word(delivery.event)), delivery.ticket.value, delivery.department.value,
       db::arg(tx.now())});
  if (made == 0) return;
  JsonWriter payload;
  payload.begin_object().id("delivery", id).end_object();
  jobs::enqueue(tx, org, job_kind(delivery.channel), payload.take(), tx.now(),
                "notify-" + std::to_string(id));
}

void forget_deliveries(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM notification_deliveries WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

void add_notification_jobs(jobs::Worker& worker, const Desk& desk, const std::string& base_url) {
  jobs::Policy policy;
  policy.attempts_max = attempts_max;
  policy.backoff_base_ms = retry_base_ms;
  policy.backoff_cap_ms = retry_cap_ms;
  const auto turns = std::make_shared<http::ReceiverTurns>();  // a std::function is copied
  const auto tell = [&desk, base_url, turns](db::Database&, const jobs::Job& job) {
    return tell_one(desk, base_url, job, *turns);
  };
  const auto note_given_up = [](db::Transaction& tx, const jobs::Job& job,
                                const std::string& reason) {
    note(tx, job.org, delivery_in(job), "failed", reason);
  };
  worker.add("notify", tell, policy, note_given_up);
  policy.lane = jobs::Lane::outgoing;
  worker.add("notify_by_sms", tell, policy, note_given_up);
  worker.add_schedule("tell_of_overdue", minute_ms, tell_of_overdue);
  worker.add_schedule("forget_deliveries", hour_ms, forget_old);
}

void tell_of_overdue(db::Database& database) {
  struct Place {
    OrgId org;
    RecordId department;
  };
  std::vector<Place> places;
  database.read([&](db::Transaction& tx) {
    for (const db::Row& row :
         tx.rows("SELECT DISTINCT org_id, department_id FROM notification_rules "
                 "WHERE event = 'overdue' ORDER BY org_id, department_id")) {
      places.push_back({OrgId{row.integer(0)}, RecordId{row.integer(1)}});
    }
  });
  for (const Place& place : places) {
    // What can't be written now is found again a minute later.
    (void)database.write(
        [&](db::Transaction& tx) -> Result<void> {
          tell_of_overdue_in(tx, place.org, place.department);
          return {};
        },
        db::Priority::bulk);
  }
}

}  // namespace tandem::desk
