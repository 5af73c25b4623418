#include "desk/conversation/mail_sending.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/conversation/held_replies.h"
#include "desk/conversation/outgoing_mail.h"
#include "desk/conversation/sending_lease.h"
#include "desk/conversation/ticket_delivery.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "desk/ratings/rating_links.h"
#include "desk/rows.h"

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
  // Its source as it goes out would let colleagues rate for the customer.
  bool asks_for_rating = false;
};

/// Takes the lease and gathers what is to be sent. The lease is committed before the server is
/// called.
Result<Work> begin(db::Transaction& tx, const Desk& desk, MailOnItsWay mail,
                   const std::string& base_url) {
  const access::Actor actor = program(desk, mail.org);
  const Result<Record> thread = read_row(tx, actor, threads_module(), mail.thread);
  if (!thread || thread->get("delivery_state").text() != "queued") return Work{};
  mail.ticket = thread->get("ticket").id();
  const int64_t wait_ms = take_sending_lease(tx, mail);
  if (wait_ms > 0) return Work{.kind = Work::Kind::later, .wait_ms = wait_ms};
  Result<PreparedMail> prepared = prepare_mail(tx, desk, mail.org, *thread);
  Work work{.mail = mail, .lease_until = tx.now() + mail.lease_ms};
  work.kind = prepared ? Work::Kind::send : Work::Kind::unfit;
  if (prepared) {
    work.prepared = std::move(*prepared);
    work.asks_for_rating = thread->get("asks_for_rating").truth();
    add_rating_question(tx, desk, {mail.org, base_url}, *thread, work.prepared.mail);
  } else {
    work.reason = prepared.error().message;
  }
  return work;
}

/// A mail that is ours while its row says this end of the lease.
struct Held {
  OrgId org;
  RecordId thread;
  Instant lease_until;
};

Held held_by(const Work& work) { return {work.mail.org, work.mail.thread, work.lease_until}; }

struct Ending {
  std::string state;  // queued (tried again), sent, failed or bounced
  std::string event;  // "" writes none
  std::string message;
  int attempt = 1;
  int64_t raw_file = 0;
  int64_t next_try_ms = 0;
};

/// False when the lease is another node's by now: that one tells how the mail fares.
bool give_lease_back(db::Transaction& tx, const Held& held) {
  return tx.execute(
             "DELETE FROM mail_sendings "
             "WHERE org_id = $1 AND thread_id = $2 AND lease_until = $3",
             {held.org.value, held.thread.value, db::arg(held.lease_until)}) == 1;
}

Result<void> note_ending(db::Transaction& tx, const access::Actor& actor, const Record& mail,
                         const Ending& ending) {
  Changes changes{{"delivery_state", ending.state},
                  {"attempts", int64_t{ending.attempt}},
                  {"delivery_message", std::string(first_chars(ending.message, 1'000))},
                  {"next_try_at", records::Value()}};
  if (ending.next_try_ms > 0) changes.set("next_try_at", tx.now() + ending.next_try_ms);
  if (ending.raw_file != 0) changes.set("raw_file", ending.raw_file);
  const Record changed = TRY(change_row(tx, actor, mail, changes));
  if (ending.event.empty()) return {};
  return note_delivery(tx, actor, mail.get("ticket").id(), ending.event, changed);
}

template <class T>
T must(Result<T> done) {
  if (!done) throw db::DatabaseFailure("a delivery can't be noted: " + done.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*done);
}

/// Answers whether the ending was noted, and with it the raw mail.
bool finish(const Desk& desk, const Held& held, const Ending& ending) {
  return must(desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    if (!give_lease_back(tx, held)) return false;
    const access::Actor actor = program(desk, held.org);
    const Result<Record> mail = read_row(tx, actor, threads_module(), held.thread);
    if (!mail) return false;  // The ticket was removed for good meanwhile.
    TRY(note_ending(tx, actor, *mail, ending));
    return true;
  }));
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

struct HandedIn {
  mail::SendReport report;
  Held held;
  int64_t raw_file = 0;
};

/// The mail as it goes out, and what is kept of it.
struct Ready {
  Envelope envelope;
  std::string source;
};

Result<Ready> ready(const Desk& desk, Work& work) {
  std::optional<PreparedMail> without_links;
  if (work.asks_for_rating) {
    without_links = work.prepared;
    mail::OutgoingMail& mail = without_links->mail;
    mail.html = without_rating_links(std::move(mail.html));
    mail.text = without_rating_links(std::move(mail.text));
  }
  Ready made;
  made.envelope = TRY(compose(desk, work.mail.org, std::move(work.prepared)));
  made.source = made.envelope.raw;
  if (without_links) {
    Envelope kept = TRY(compose(desk, work.mail.org, std::move(*without_links)));
    made.source = std::move(kept.raw);
  }
  return made;
}

/// The raw mail is stored first: if that failed after the server took the mail, the next try would
/// send it again.
HandedIn hand_in_under_lease(const Desk& desk, const Work& work, const Ready& mail) {
  SendingLease lease(desk.database, work.mail, work.lease_until);
  HandedIn done{.report = {}, .held = held_by(work)};
  const Result<files::StoredFile> kept = desk.files.put(work.mail.org, mail.source);
  if (kept) done.raw_file = kept->id;
  done.report = hand_in(desk, mail.envelope);
  done.held.lease_until = lease.end();
  return done;
}

void forget_raw(const Desk& desk, const HandedIn& done) {
  if (done.raw_file != 0) desk.files.forget(done.held.org, done.raw_file);
}

Outcome after_taking(const Desk& desk, const jobs::Job& job, const HandedIn& done) {
  const bool all_taken = done.report.refused.empty();
  const bool is_noted =
      finish(desk, done.held,
             {.state = all_taken ? "sent" : "bounced",
              .event = all_taken ? "mail_sent" : "mail_bounced",
              .message = all_taken ? done.report.answer : refused_ones(done.report),
              .attempt = job.attempt,
              .raw_file = done.raw_file});
  if (!is_noted) forget_raw(desk, done);
  return {};
}

Outcome after_sending(const Desk& desk, const jobs::Job& job, const HandedIn& done) {
  const mail::SendReport& report = done.report;
  if (report.outcome == mail::SendOutcome::accepted) return after_taking(desk, job, done);
  Ending ending{.attempt = job.attempt};
  ending.message = report.answer.empty() ? refused_ones(report) : report.answer;
  const bool is_over =
      report.outcome == mail::SendOutcome::refused || job.attempt >= sending_attempts_max;
  ending.state = is_over ? "failed" : "queued";
  if (is_over) {
    ending.event = "send_failed";
  } else {
    ending.next_try_ms = pause_after(job.attempt);
  }
  finish(desk, done.held, ending);
  forget_raw(desk, done);
  return {.kind = is_over ? Outcome::Kind::done : Outcome::Kind::retry,
          .reason = ending.message,
          .retry_after_ms = ending.next_try_ms};
}

Outcome unfit(const Desk& desk, const jobs::Job& job, const Work& work, const std::string& reason) {
  finish(desk, held_by(work),
         {.state = "failed", .event = "send_failed", .message = reason, .attempt = job.attempt});
  return {.kind = Outcome::Kind::done, .reason = reason};
}

Outcome send_thread(const Desk& desk, const jobs::Job& job, int64_t lease_ms,
                    const std::string& base_url) {
  const RecordId thread = thread_in(job);
  const MailOnItsWay mail{.org = job.org, .thread = thread, .ticket = {}, .lease_ms = lease_ms};
  Result<Work> work = desk.database.write(
      [&](db::Transaction& tx) -> Result<Work> { return begin(tx, desk, mail, base_url); });
  if (!work) return {.kind = Outcome::Kind::retry, .reason = work.error().message};
  switch (work->kind) {
    case Work::Kind::nothing: return {};
    case Work::Kind::later:
      return {.kind = Outcome::Kind::retry,
              .reason = "another node is sending it",
              .retry_after_ms = work->wait_ms};
    case Work::Kind::unfit: return unfit(desk, job, *work, work->reason);
    case Work::Kind::send: break;
  }
  const Result<Ready> mail_to_go = ready(desk, *work);
  if (!mail_to_go) return unfit(desk, job, *work, mail_to_go.error().message);
  return after_sending(desk, job, hand_in_under_lease(desk, *work, *mail_to_go));
}

/// The queue itself gave the job up (a node that died again and again). A lease that still runs is
/// left to whoever holds it: if they send the mail after all, they say so.
void give_up_thread(const Desk& desk, db::Transaction& tx, const jobs::Job& job,
                    const std::string& reason) {
  const RecordId thread = thread_in(job);
  tx.execute("DELETE FROM mail_sendings WHERE org_id = $1 AND thread_id = $2 AND lease_until <= $3",
             {job.org.value, thread.value, db::arg(tx.now())});
  const access::Actor actor = program(desk, job.org);
  const Result<Record> mail = read_row(tx, actor, threads_module(), thread);
  if (!mail || mail->get("delivery_state").text() != "queued") return;
  must(note_ending(
      tx, actor, *mail,
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
  const std::optional<Json> opened_notice = opened(desk, job);
  if (!opened_notice) {
    return {.kind = Outcome::Kind::give_up, .reason = "the notice can't be opened any more"};
  }
  Notice notice{.to = text_of(*opened_notice, "to"),
                .subject = text_of(*opened_notice, "subject"),
                .text = text_of(*opened_notice, "text"),
                .html = text_of(*opened_notice, "html")};
  notice.from = {text_of(*opened_notice, "from_name"), text_of(*opened_notice, "from_address")};
  notice.mailbox = RecordId{id_from_text(text_of(*opened_notice, "mailbox")).value_or(0)};
  notice.reply_to = text_of(*opened_notice, "reply_to");
  notice.message_id = text_of(*opened_notice, "message_id");
  const mail::SendReport report = hand_in_notice(desk, job.org, notice, job.id);
  switch (report.outcome) {
    case mail::SendOutcome::accepted: return {};
    case mail::SendOutcome::retry_later:
      return {.kind = Outcome::Kind::retry, .reason = report.answer};
    case mail::SendOutcome::refused: break;
  }
  return {.kind = Outcome::Kind::give_up, .reason = report.answer};
}

}  // namespace

void add_mail_jobs(jobs::Worker& worker, const Desk& desk, int64_t sending_lease_ms,
                   const std::string& base_url) {
  worker.add(
      "send_mail",
      [&desk, sending_lease_ms, base_url](db::Database&, const jobs::Job& job) {
        return send_thread(desk, job, sending_lease_ms, base_url);
      },
      sending_policy(),
      [&desk](db::Transaction& tx, const jobs::Job& job, const std::string& reason) {
        give_up_thread(desk, tx, job, reason);
      });
  add_held_reply_jobs(worker, desk);
  worker.add("send_notice",
             [&desk](db::Database&, const jobs::Job& job) { return send_one_notice(desk, job); });
}

void send_notice(db::Transaction& tx, const Desk& desk, OrgId org, const Notice& notice) {
  JsonWriter plain;
  plain.begin_object().string("to", notice.to).string("subject", notice.subject);
  plain.string("text", notice.text).string("html", notice.html).string("locale", notice.locale);
  plain.string("from_name", notice.from.name).string("from_address", notice.from.address);
  plain.string("mailbox", std::to_string(notice.mailbox.value));
  plain.string("reply_to", notice.reply_to).string("message_id", notice.message_id);
  plain.end_object();
  JsonWriter payload;
  payload.begin_object().string("sealed", to_base64(seal(desk.secret, plain.take()))).end_object();
  jobs::enqueue(tx, org, "send_notice", payload.take(), tx.now());
}

namespace {

mail::SendReport refused_notice(const Refusal& refusal) {
  mail::SendReport report;
  report.outcome = mail::SendOutcome::refused;
  report.answer = refusal.message;
  return report;
}

/// The server of its mailbox, or the default one; also when the mailbox was removed meanwhile.
Result<std::optional<mail::SmtpServer>> server_of(const Desk& desk, OrgId org,
                                                  const Notice& notice) {
  if (!notice.mailbox) return desk.default_smtp;
  return desk.database.read([&](db::Transaction& tx) -> Result<std::optional<mail::SmtpServer>> {
    const std::optional<Mailbox> box = find_mailbox(tx, org, notice.mailbox);
    if (!box || box->smtp.host.empty()) return desk.default_smtp;
    mail::SmtpServer server = TRY(smtp_server_of(tx, desk, *box));
    return server;
  });
}

}  // namespace

mail::SendReport hand_in_notice(const Desk& desk, OrgId org, const Notice& notice, int64_t id) {
  mail::OutgoingMail mail;
  mail.from = notice.from;
  if (mail.from.address.empty()) mail.from.address = desk.default_sender.address;
  if (mail.from.address.empty()) mail.from.address = "desk@" + desk.mail_domain;
  if (mail.from.name.empty()) mail.from.name = desk.default_sender.name;
  if (!notice.reply_to.empty()) mail.reply_to = {{mail.from.name, notice.reply_to}};
  mail.to = {{"", notice.to}};
  mail.subject = notice.subject;
  mail.text = notice.text;
  mail.html = notice.html;
  mail.date = desk.database.clock().now();
  // The same at each try, so that a reader's program knows a second copy as one.
  mail.message_id = notice.message_id;
  if (mail.message_id.empty()) mail.message_id = fmt::format("n.{}@{}", id, desk.mail_domain);
  mail.auto_submitted = "auto-generated";
  mail.extra_headers.push_back({"X-Loop", loop_mark_of(desk, org)});
  const Result<std::string> raw = mail::compose_mail(mail);
  if (!raw) return refused_notice(raw.error());
  const Result<std::optional<mail::SmtpServer>> server = server_of(desk, org, notice);
  if (!server) return refused_notice(server.error());
  return hand_in(desk, {.sender = "",
                        .recipients = {mail.to.front().address},
                        .raw = *raw,
                        .server = *server,
                        .name = fmt::format("notice-{}", id)});
}

void queue_thread(db::Transaction& tx, OrgId org, RecordId thread) {
  JsonWriter payload;
  payload.begin_object().id("thread", thread.value).end_object();
  jobs::enqueue(tx, org, "send_mail", payload.take(), tx.now(), "thread-" + to_string(thread));
}

}  // namespace tandem::desk
