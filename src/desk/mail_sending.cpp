#include "desk/mail_sending.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/mail_threading.h"
#include "desk/modules.h"
#include "desk/outgoing_mail.h"
#include "desk/rows.h"
#include "desk/sending_lease.h"
#include "desk/ticket_delivery.h"

namespace tandem::desk {

using jobs::Outcome;
using records::Changes;
using records::Record;

namespace {

constexpr int sending_attempts_max = 12;
constexpr int64_t retry_base_ms = 15'000;
constexpr int64_t retry_cap_ms = 2 * hour_ms;
constexpr int64_t retry_pause_min_ms = 1'000;

RecordId thread_in(const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {};
  return RecordId{id_from_text(text_of(*payload, "thread")).value_or(0)};
}

access::Actor program(const Desk& desk, OrgId org) {
  return access::system_actor(desk.catalogue, org, access::Path::system);
}

struct Work {
  enum class Kind { nothing, later, send, unfit } kind = Kind::nothing;
  PreparedMail prepared;
  std::string reason;
  MailOnItsWay mail;
  Instant lease_until;
  int64_t wait_ms = 0;  // until another node's lease is over
};

/// Takes the lease and gathers what is to be sent. The lease is committed before the server is
/// called.
Result<Work> begin(db::Transaction& tx, const Desk& desk, MailOnItsWay mail) {
  const access::Actor actor = program(desk, mail.org);
  const Result<Record> thread = read_row(tx, actor, threads_module(), mail.thread);
  if (!thread || thread->get("delivery_state").text() != "queued") return Work{};
  mail.ticket = thread->get("ticket").id();
  const int64_t wait_ms = take_sending_lease(tx, mail);
  if (wait_ms > 0) return Work{.kind = Work::Kind::later, .wait_ms = wait_ms};
  Result<PreparedMail> prepared = prepare_mail(tx, desk, mail.org, *thread);
  if (!prepared) return Work{.kind = Work::Kind::unfit, .reason = prepared.error().message};
  return Work{.kind = Work::Kind::send,
              .prepared = std::move(*prepared),
              .mail = mail,
              .lease_until = tx.now() + mail.lease_ms};
}

struct Ending {
  std::string state;  // queued (tried again), sent, failed or bounced
  std::string event;  // "" writes none
  std::string message;
  int attempt = 1;
  int64_t raw_file = 0;
  int64_t next_try_ms = 0;
};

Result<void> end(db::Transaction& tx, const Desk& desk, OrgId org, RecordId thread,
                 const Ending& ending) {
  const access::Actor actor = program(desk, org);
  tx.execute("DELETE FROM mail_sendings WHERE org_id = $1 AND thread_id = $2",
             {org.value, thread.value});
  const Result<Record> mail = read_row(tx, actor, threads_module(), thread);
  if (!mail) return {};  // The ticket was removed for good meanwhile.
  Changes changes{{"delivery_state", ending.state},
                  {"attempts", int64_t{ending.attempt}},
                  {"delivery_message", std::string(first_chars(ending.message, 1'000))},
                  {"next_try_at", records::Value()}};
  if (ending.next_try_ms > 0) changes.set("next_try_at", tx.now() + ending.next_try_ms);
  if (ending.raw_file != 0) changes.set("raw_file", ending.raw_file);
  const Record changed = TRY(change_row(tx, actor, *mail, changes));
  if (ending.event.empty()) return {};
  return note_delivery(tx, actor, mail->get("ticket").id(), ending.event, changed);
}

void must(const Result<void>& done) {
  if (!done) throw db::DatabaseFailure("a delivery can't be noted: " + done.error().message);
}

void finish(const Desk& desk, OrgId org, RecordId thread, const Ending& ending) {
  must(desk.database.write(
      [&](db::Transaction& tx) -> Result<void> { return end(tx, desk, org, thread, ending); }));
}

jobs::Policy sending_policy() {
  jobs::Policy policy;
  // One more than our own limit, so that the last failure is noted by the handler.
  policy.attempts_max = sending_attempts_max + 1;
  policy.backoff_base_ms = retry_base_ms;
  policy.backoff_cap_ms = retry_cap_ms;
  return policy;
}

/// Chosen here and not by the queue, so that the ticket can show when the mail is tried again.
int64_t pause_after(int attempt) {
  const int64_t pause = jobs::backoff_ms(sending_policy(), attempt, jobs::random_seed());
  return std::max(pause, retry_pause_min_ms);
}

std::string refused_ones(const mail::SendReport& report) {
  std::string text;
  for (const mail::RefusedRecipient& one : report.refused) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{}: {}", one.address, one.answer);
  }
  return text;
}

Outcome after_sending(const Desk& desk, const jobs::Job& job, RecordId thread,
                      const Envelope& envelope, const mail::SendReport& report) {
  Ending ending{.attempt = job.attempt};
  if (report.outcome == mail::SendOutcome::accepted) {
    const Result<files::StoredFile> kept = desk.files.put(job.org, envelope.raw);
    if (kept) ending.raw_file = kept->id;
    const bool all_taken = report.refused.empty();
    ending.state = all_taken ? "sent" : "bounced";
    ending.event = all_taken ? "mail_sent" : "mail_bounced";
    ending.message = all_taken ? report.answer : refused_ones(report);
    finish(desk, job.org, thread, ending);
    return {};
  }
  ending.message = report.answer.empty() ? refused_ones(report) : report.answer;
  const bool is_over =
      report.outcome == mail::SendOutcome::refused || job.attempt >= sending_attempts_max;
  if (is_over) {
    ending.state = "failed";
    ending.event = "send_failed";
    finish(desk, job.org, thread, ending);
    return {.kind = Outcome::Kind::done, .reason = ending.message};
  }
  ending.state = "queued";
  ending.next_try_ms = pause_after(job.attempt);
  finish(desk, job.org, thread, ending);
  return {
      .kind = Outcome::Kind::retry, .reason = ending.message, .retry_after_ms = ending.next_try_ms};
}

Outcome unfit(const Desk& desk, const jobs::Job& job, RecordId thread, const std::string& reason) {
  finish(desk, job.org, thread,
         {.state = "failed", .event = "send_failed", .message = reason, .attempt = job.attempt});
  return {.kind = Outcome::Kind::done, .reason = reason};
}

mail::SendReport hand_in_under(const Desk& desk, const Work& work, const Envelope& envelope) {
  const SendingLease lease(desk.database, work.mail, work.lease_until);
  return hand_in(desk, envelope);
}

Outcome send_thread(const Desk& desk, const jobs::Job& job, int64_t lease_ms) {
  const RecordId thread = thread_in(job);
  const MailOnItsWay mail{.org = job.org, .thread = thread, .ticket = {}, .lease_ms = lease_ms};
  Result<Work> work = desk.database.write(
      [&](db::Transaction& tx) -> Result<Work> { return begin(tx, desk, mail); });
  if (!work) return {.kind = Outcome::Kind::retry, .reason = work.error().message};
  switch (work->kind) {
    case Work::Kind::nothing: return {};
    case Work::Kind::later:
      return {.kind = Outcome::Kind::retry,
              .reason = "another node is sending it",
              .retry_after_ms = work->wait_ms};
    case Work::Kind::unfit: return unfit(desk, job, thread, work->reason);
    case Work::Kind::send: break;
  }
  const Result<Envelope> envelope = compose(desk, job.org, std::move(work->prepared));
  if (!envelope) return unfit(desk, job, thread, envelope.error().message);
  return after_sending(desk, job, thread, *envelope, hand_in_under(desk, *work, *envelope));
}

/// The queue itself gave the job up (a node that died again and again).
void give_up_thread(const Desk& desk, db::Transaction& tx, const jobs::Job& job,
                    const std::string& reason) {
  must(end(tx, desk, job.org, thread_in(job),
           {.state = "failed", .event = "send_failed", .message = reason, .attempt = job.attempt}));
}

std::optional<Json> opened(const Desk& desk, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return std::nullopt;
  const std::optional<std::string> sealed = from_base64(text_of(*payload, "sealed"));
  if (!sealed) return std::nullopt;
  const std::optional<std::string> text = open_sealed(desk.secret, *sealed);
  if (!text) return std::nullopt;
  Result<Json> notice = json_from_text(*text);
  if (!notice) return std::nullopt;
  return std::move(*notice);
}

Outcome send_one_notice(const Desk& desk, const jobs::Job& job) {
  const std::optional<Json> notice = opened(desk, job);
  if (!notice) {
    return {.kind = Outcome::Kind::give_up, .reason = "the notice can't be opened any more"};
  }
  mail::OutgoingMail mail;
  mail.from = desk.default_sender;
  if (mail.from.address.empty()) mail.from.address = "desk@" + desk.mail_domain;
  mail.to = {{"", text_of(*notice, "to")}};
  mail.subject = text_of(*notice, "subject");
  mail.text = text_of(*notice, "text");
  mail.html = text_of(*notice, "html");
  mail.date = desk.database.clock().now();
  // The same at each try, so that a reader's program knows a second copy as one.
  mail.message_id = fmt::format("n.{}@{}", job.id, desk.mail_domain);
  mail.auto_submitted = "auto-generated";
  mail.extra_headers.push_back({"X-Loop", loop_mark_of(desk, job.org)});
  const Result<std::string> raw = mail::compose_mail(mail);
  if (!raw) return {.kind = Outcome::Kind::give_up, .reason = raw.error().message};
  const Envelope envelope{.sender = "",
                          .recipients = {mail.to.front().address},
                          .raw = *raw,
                          .server = desk.default_smtp,
                          .name = fmt::format("notice-{}", job.id)};
  const mail::SendReport report = hand_in(desk, envelope);
  switch (report.outcome) {
    case mail::SendOutcome::accepted: return {};
    case mail::SendOutcome::retry_later:
      return {.kind = Outcome::Kind::retry, .reason = report.answer};
    case mail::SendOutcome::refused: break;
  }
  return {.kind = Outcome::Kind::give_up, .reason = report.answer};
}

}  // namespace

void add_mail_jobs(jobs::Worker& worker, const Desk& desk, int64_t sending_lease_ms) {
  worker.add(
      "send_mail",
      [&desk, sending_lease_ms](db::Database&, const jobs::Job& job) {
        return send_thread(desk, job, sending_lease_ms);
      },
      sending_policy(),
      [&desk](db::Transaction& tx, const jobs::Job& job, const std::string& reason) {
        give_up_thread(desk, tx, job, reason);
      });
  worker.add("send_notice",
             [&desk](db::Database&, const jobs::Job& job) { return send_one_notice(desk, job); });
}

void send_notice(db::Transaction& tx, const Desk& desk, OrgId org, const Notice& notice) {
  JsonWriter plain;
  plain.begin_object().string("to", notice.to).string("subject", notice.subject);
  plain.string("text", notice.text).string("html", notice.html).string("locale", notice.locale);
  plain.end_object();
  JsonWriter payload;
  payload.begin_object().string("sealed", to_base64(seal(desk.secret, plain.take()))).end_object();
  jobs::enqueue(tx, org, "send_notice", payload.take(), tx.now());
}

void queue_thread(db::Transaction& tx, OrgId org, RecordId thread) {
  JsonWriter payload;
  payload.begin_object().id("thread", thread.value).end_object();
  jobs::enqueue(tx, org, "send_mail", payload.take(), tx.now(), "thread-" + to_string(thread));
}

}  // namespace tandem::desk
