#include "desk/conversation/held_replies.h"

#include <algorithm>
#include <string>

#include "access/actor_of.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/reply_text.h"
#include "desk/modules.h"
#include "operations/operations.h"

namespace tandem::desk {

using access::Actor;
using jobs::Outcome;

namespace {

/// Replies wait a minute at most; more than that are not on one ticket.
constexpr int64_t held_on_ticket_max = 200;
constexpr std::string_view columns = "id, ticket_id, due_at, content, refusal";

std::string id_text(int64_t id) { return std::to_string(id); }

int64_t id_in(const Json& content, std::string_view key) {
  return id_from_text(text_of(content, key)).value_or(0);
}

bool flag_in(const Json& content, std::string_view key) {
  const Json* flag = find(content, key);
  return flag && flag->is_bool() && flag->as_bool();
}

/// The request as it is stored. Its draft was taken before and is not named again.
JsonObject json_of(const ReplyRequest& request) {
  JsonObject content;
  content["kind"] = std::string(word(request.kind));
  content["to"] = addresses_to_json(request.to);
  content["cc"] = addresses_to_json(request.cc);
  content["bcc"] = addresses_to_json(request.bcc);
  content["has_subject"] = request.subject.has_value();
  content["subject"] = request.subject.value_or("");
  content["html"] = request.html;
  JsonArray ids;
  for (const int64_t id : request.attachment_ids) ids.emplace_back(id_text(id));
  content["attachment_ids"] = std::move(ids);
  content["from_mailbox"] = id_text(request.from_mailbox.value);
  content["in_reply_to_thread"] = id_text(request.in_reply_to_thread.value);
  content["status"] = request.status;
  content["includes"] = request.include_attachments == IncludeAttachments::yes;
  return content;
}

ReplyRequest request_from(const Json& content) {
  ReplyRequest request;
  request.kind = reply_kind_from_word(text_of(content, "kind")).value_or(ReplyKind::reply);
  request.to = addresses_from_json(text_of(content, "to"));
  request.cc = addresses_from_json(text_of(content, "cc"));
  request.bcc = addresses_from_json(text_of(content, "bcc"));
  if (flag_in(content, "has_subject")) request.subject = text_of(content, "subject");
  request.html = text_of(content, "html");
  if (const Json* ids = find(content, "attachment_ids"); ids && ids->is_array()) {
    for (const Json& id : ids->as_array()) {
      request.attachment_ids.push_back(id_from_text(std::string(id.as_string())).value_or(0));
    }
  }
  request.from_mailbox = RecordId{id_in(content, "from_mailbox")};
  request.in_reply_to_thread = RecordId{id_in(content, "in_reply_to_thread")};
  request.status = text_of(content, "status");
  request.include_attachments =
      flag_in(content, "includes") ? IncludeAttachments::yes : IncludeAttachments::no;
  return request;
}

std::string refusal_text(const Refusal& refusal) {
  JsonObject content;
  content["kind"] = int64_t(refusal.kind);
  content["code"] = refusal.code;
  content["field"] = refusal.field;
  content["message"] = refusal.message;
  return json_to_text(content);
}

std::optional<Refusal> refusal_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const Result<Json> content = json_from_text(text);
  if (!content) return std::nullopt;
  Refusal refusal = conflict(text_of(*content, "code"), text_of(*content, "message"));
  refusal.field = text_of(*content, "field");
  return refusal;
}

struct Stored {
  HeldReply reply;
  ReplyRequest request;
};

Stored stored_in(const db::Row& row) {
  Stored stored{.reply = {.id = RecordId{row.integer(0)},
                          .ticket = RecordId{row.integer(1)},
                          .due_at = row.instant(2),
                          .text = {},
                          .refusal = refusal_from(row.text(4))},
                .request = {}};
  if (const Result<Json> content = json_from_text(row.text(3))) {
    if (const Json* text = find(*content, "draft")) stored.reply.text = draft_text_from(*text);
    if (const Json* request = find(*content, "request")) stored.request = request_from(*request);
    stored.reply.ticket_number = id_in(*content, "ticket_number");
    stored.reply.ticket_subject = text_of(*content, "ticket_subject");
  }
  return stored;
}

/// All that would be refused when it leaves is refused now: the whole act is done and taken back.
Result<void> would_be_sent(db::Transaction& tx, const Desk& desk, const Actor& actor,
                           RecordId ticket, const ReplyRequest& request) {
  std::optional<Refusal> refusal;
  const Result<void> tried = tx.attempt([&]() -> Result<void> {
    const auto sent = send_without_draft(tx, desk, actor, ticket, request);
    if (!sent) refusal = sent.error();
    return not_found("Nothing of this stays.");
  });
  if (!tried && !refusal) return {};
  return *refusal;
}

/// What the person's role shows of the ticket, while they see it at all.
void name_ticket(db::Transaction& tx, const Actor& actor, HeldReply& held) {
  const auto ticket = operations::read_record(tx, actor, tickets_module(), held.ticket);
  held.is_ticket_seen = ticket.has_value();
  if (!ticket) return;
  held.ticket_number = ticket->get("number").number();
  held.ticket_subject = ticket->get("subject").text();
}

Result<void> has_room(db::Transaction& tx, const Actor& actor) {
  const int64_t waiting = tx.integer(
      "SELECT COUNT(*) FROM held_replies WHERE org_id = $1 AND agent_id = $2 "
      "AND refusal = ''",
      {actor.org.value, actor.id.value});
  if (waiting < int64_t(held_replies_max)) return {};
  return busy("Too many of your replies wait to be sent. Wait a moment, then send this one.");
}

}  // namespace

Result<HeldReply> hold_reply(db::Transaction& tx, const Desk& desk, const Actor& actor,
                             RecordId ticket, const NewHeldReply& reply) {
  TRY(has_room(tx, actor));
  ReplyRequest request = reply.request;
  TRY(would_be_sent(tx, desk, actor, ticket, request));
  if (!request.in_reply_to_thread && request.kind != ReplyKind::forward) {
    // A mail that comes in meanwhile was not read by who wrote this.
    const auto answered = public_mail(tx, actor, ticket);
    if (answered) request.in_reply_to_thread = answered->id;
  }
  TRY(send_draft(tx, actor, ticket, word(request.kind), request.draft_revision));
  HeldReply held{.id = RecordId{tx.new_id()},
                 .ticket = ticket,
                 .due_at = tx.now() + reply.wait_ms,
                 .text = reply.text,
                 .refusal = std::nullopt};
  name_ticket(tx, actor, held);
  JsonObject content;
  content["ticket_number"] = id_text(held.ticket_number);
  content["ticket_subject"] = held.ticket_subject;
  content["draft"] = json_of(held.text);
  content["request"] = json_of(request);
  tx.execute(
      "INSERT INTO held_replies (org_id, id, ticket_id, agent_id, person_id, due_at, content, "
      "refusal) VALUES ($1, $2, $3, $4, $5, $6, $7, '')",
      {actor.org.value, held.id.value, ticket.value, actor.id.value, actor.person.value,
       db::arg(held.due_at), json_to_text(content)});
  JsonWriter payload;
  payload.begin_object().id("held", held.id.value).end_object();
  jobs::enqueue(tx, actor.org, "leave_reply", payload.take(), held.due_at,
                "held-" + to_string(held.id));
  return held;
}

std::vector<HeldReply> held_replies_of(db::Transaction& tx, const Actor& actor) {
  std::vector<HeldReply> found;
  // Each kind for itself: however many were refused, what waits can be taken back.
  for (const char* kind : {"refusal = ''", "refusal <> ''"}) {
    for (const db::Row& row :
         tx.rows("SELECT " + std::string(columns) +
                     " FROM held_replies WHERE org_id = $1 AND agent_id = $2 AND " + kind +
                     " ORDER BY id LIMIT $3",
                 {actor.org.value, actor.id.value, int64_t(held_replies_max)})) {
      found.push_back(stored_in(row).reply);
      name_ticket(tx, actor, found.back());
    }
  }
  std::sort(found.begin(), found.end(), [](const HeldReply& one, const HeldReply& other) {
    return one.id.value < other.id.value;
  });
  return found;
}

void judge_refused_replies(db::Transaction& tx, const Desk& desk, const Actor& actor) {
  for (const db::Row& row : tx.rows("SELECT " + std::string(columns) +
                                        " FROM held_replies WHERE org_id = $1 AND agent_id = $2 "
                                        "AND refusal <> '' ORDER BY id LIMIT $3",
                                    {actor.org.value, actor.id.value, int64_t(held_replies_max)})) {
    const Stored stored = stored_in(row);
    const Result<void> now = would_be_sent(tx, desk, actor, stored.reply.ticket, stored.request);
    const Refusal reason =
        now ? conflict("could_leave_now",
                       "What stood against this reply is gone. Put it back into the draft and "
                       "send it.")
            : now.error();
    if (stored.reply.refusal && stored.reply.refusal->code == reason.code) continue;
    tx.execute("UPDATE held_replies SET refusal = $3 WHERE org_id = $1 AND id = $2",
               {actor.org.value, stored.reply.id.value, refusal_text(reason)});
  }
}

std::set<int64_t> files_of_held_replies(db::Transaction& tx, OrgId org, RecordId agent,
                                        Instant since) {
  std::set<int64_t> files;
  for (const db::Row& row : tx.rows("SELECT " + std::string(columns) +
                                        " FROM held_replies WHERE org_id = $1 AND agent_id = $2 "
                                        "AND due_at >= $3 ORDER BY id LIMIT $4",
                                    {org.value, agent.value, since.ms, held_on_ticket_max})) {
    const Stored stored = stored_in(row);
    files.insert(stored.request.attachment_ids.begin(), stored.request.attachment_ids.end());
  }
  return files;
}

Result<TakenBack> take_back_reply(db::Transaction& tx, const Actor& actor, RecordId id) {
  const db::Args mine{actor.org.value, id.value, actor.id.value};
  const std::string where = " FROM held_replies WHERE org_id = $1 AND id = $2 AND agent_id = $3";
  const std::optional<db::Row> row = tx.row("SELECT " + std::string(columns) + where, mine);
  // Whoever deletes the row decides what becomes of the reply.
  if (!row || tx.execute("DELETE" + where, mine) != 1) {
    return not_found("This reply is on its way and can't be taken back any more.");
  }
  HeldReply reply = stored_in(*row).reply;
  TakenBack taken{.ticket = reply.ticket, .draft = {}};
  taken.draft = put_back_draft(tx, actor, reply.ticket, std::move(reply.text));
  return taken;
}

void move_held_replies(db::Transaction& tx, OrgId org, RecordId from, RecordId to) {
  tx.execute("UPDATE held_replies SET ticket_id = $3 WHERE org_id = $1 AND ticket_id = $2",
             {org.value, from.value, to.value});
}

void move_held_answers(db::Transaction& tx, OrgId org, RecordId from, RecordId to,
                       const std::vector<int64_t>& threads) {
  const std::vector<db::Row> waiting =
      tx.rows("SELECT " + std::string(columns) +
                  " FROM held_replies WHERE org_id = $1 AND ticket_id = $2 ORDER BY id LIMIT $3",
              {org.value, from.value, held_on_ticket_max});
  for (const db::Row& row : waiting) {
    const Stored stored = stored_in(row);
    const int64_t answered = stored.request.in_reply_to_thread.value;
    if (std::find(threads.begin(), threads.end(), answered) == threads.end()) continue;
    tx.execute("UPDATE held_replies SET ticket_id = $3 WHERE org_id = $1 AND id = $2",
               {org.value, stored.reply.id.value, to.value});
  }
}

namespace {

int64_t held_in(const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  return payload ? id_in(*payload, "held") : 0;
}

void note_refusal(db::Transaction& tx, const jobs::Job& job, const Refusal& refusal) {
  tx.execute("UPDATE held_replies SET refusal = $3 WHERE org_id = $1 AND id = $2",
             {job.org.value, held_in(job), refusal_text(refusal)});
}

/// The row and the message change places in one transaction, so that it is sent once, whichever
/// node does it and however often.
Result<void> leave(db::Transaction& tx, const Desk& desk, const jobs::Job& job) {
  const db::Args args{job.org.value, held_in(job)};
  const std::string where = " FROM held_replies WHERE org_id = $1 AND id = $2 AND refusal = ''";
  const std::optional<db::Row> row =
      tx.row("SELECT " + std::string(columns) + ", person_id" + where, args);
  if (!row) return {};
  const Stored stored = stored_in(*row);
  const Result<void> sent = tx.attempt([&]() -> Result<void> {
    const Actor actor = TRY(
        access::actor_of(tx, desk.catalogue, PersonId{row->integer(5)}, job.org, access::Path::ui));
    TRY(send_without_draft(tx, desk, actor, stored.reply.ticket, stored.request));
    if (tx.execute("DELETE" + where, args) != 1) {
      return not_found("This reply was taken back.");
    }
    return {};
  });
  if (!sent) note_refusal(tx, job, sent.error());
  return {};
}

}  // namespace

void add_held_reply_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add(
      "leave_reply",
      [&desk, &worker](db::Database& database, const jobs::Job& job) -> Outcome {
        const Result<void> left = database.write(
            [&](db::Transaction& tx) -> Result<void> { return leave(tx, desk, job); });
        if (!left) return {.kind = Outcome::Kind::retry, .reason = left.error().message};
        worker.wake();
        return {};
      },
      {},
      [](db::Transaction& tx, const jobs::Job& job, const std::string& reason) {
        note_refusal(tx, job, conflict("not_sent", reason));
      });
}

}  // namespace tandem::desk
