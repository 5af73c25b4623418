#pragma once

#include <optional>
#include <set>
#include <vector>

#include "desk/conversation/drafts.h"
#include "desk/conversation/replies.h"
#include "jobs/queue.h"

// A reply that can still be taken back. It is no message yet: while it waits, the ticket, its
// clocks and its history know nothing of it, so that nothing has to be undone. When its moment has
// come it is sent as if the person had pressed the button then. Manual, Replies and comments 1.3.

namespace tandem::desk {

constexpr size_t held_replies_max = 20;  // of one person at once

struct HeldReply {
  RecordId id;
  RecordId ticket;
  Instant due_at;
  DraftText text;                  // the draft that it was
  std::optional<Refusal> refusal;  // why it could not leave; it stays until it is taken back
  // As the person sees the ticket now; when it is out of sight, as they saw it when they wrote.
  int64_t ticket_number = 0;
  std::string ticket_subject;
  bool is_ticket_seen = false;
};

struct NewHeldReply {
  ReplyRequest request;
  DraftText text;
  int64_t wait_ms = 0;
};

/// Keeps the reply until `wait_ms` are over and takes its text from the person's draft. Refuses
/// what send_reply() refuses now, and busy when held_replies_max wait already.
Result<HeldReply> hold_reply(db::Transaction& tx, const Desk& desk, const access::Actor& actor,
                             RecordId ticket, const NewHeldReply& reply);

/// The actor's own, oldest first: all that wait, and as many of the refused ones.
std::vector<HeldReply> held_replies_of(db::Transaction& tx, const access::Actor& actor);

/// Asks anew of each reply of the actor's that could not leave why it can't: the reason may be
/// another one by now. When nothing stands against it any more, it is "could_leave_now"; it leaves
/// only when the person sends it. Manual, Replies and comments 1.8.
void judge_refused_replies(db::Transaction& tx, const Desk& desk, const access::Actor& actor);

struct TakenBack {
  RecordId ticket;
  Draft draft;
};
/// Makes it the draft that it was. Refuses with not_found what is not the actor's or has left.
Result<TakenBack> take_back_reply(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// The files that an agent's own name which were to leave at `since` or later.
std::set<int64_t> files_of_held_replies(db::Transaction& tx, OrgId org, RecordId agent,
                                        Instant since);

/// What waits on one ticket goes to the other, for merging.
void move_held_replies(db::Transaction& tx, OrgId org, RecordId from, RecordId to);
/// Of what waits, the answers to these messages, for undoing it.
void move_held_answers(db::Transaction& tx, OrgId org, RecordId from, RecordId to,
                       const std::vector<int64_t>& threads);

/// Tells the worker to handle "leave_reply". It acts as the person: what they may not do any more
/// by then is not done. `desk` and `worker` must outlive the jobs.
void add_held_reply_jobs(jobs::Worker& worker, const Desk& desk);

}  // namespace tandem::desk
