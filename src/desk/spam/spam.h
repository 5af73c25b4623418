#pragma once

#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "jobs/queue.h"
#include "operations/operations.h"

// Tickets that nobody asked for. They keep all that was said, but leave every list, count, figure
// and notification for the view Spam, and come back as they were. The mark is spam_at; while it is
// set, the ticket's type of status is "spam", so that the indexes that serve the views know it,
// too. Manual, Spam 1.

namespace tandem::desk {

constexpr size_t marked_at_once_max = 250;
constexpr int marked_beside_max = 100;

struct SpamMarking {
  bool blocks_sender = false;  // the addresses that the tickets came from
  bool takes_further = false;  // further open tickets of the same contacts, at most 100 in all
  // Of these tickets alone: what Not spam unblocked is blocked again when it is taken back.
  std::vector<RecordId> blocks_senders_of = {};
};

struct Unmarked {
  std::vector<operations::BulkOutcome> outcomes;
  std::vector<RecordId> unblocked;  // the tickets whose senders were blocked until now
};

/// Each ticket stands for itself; further ones are told behind those asked for. Refuses with
/// invalid: none, more than 250.
Result<std::vector<operations::BulkOutcome>> mark_spam(db::Transaction& tx,
                                                       const access::Actor& actor,
                                                       const std::vector<RecordId>& tickets,
                                                       const SpamMarking& marking);
/// They are no spam, and those whom they came from are not blocked any more and are contacts.
Result<Unmarked> unmark_spam(db::Transaction& tx, const access::Actor& actor,
                             const std::vector<RecordId>& tickets);

/// Whether the ticket is marked, or just stopped being so: nobody is told and no rule runs.
bool concerns_spam(const records::Change& ticket);

/// What is spam by now goes into the recycle bin, of one department or (0) of all; the worker does
/// it, batch after batch. Refuses with forbidden who is no administrator.
Result<void> empty_spam(db::Transaction& tx, const access::Actor& actor, RecordId department);

/// The handler of the job "empty_spam".
jobs::Outcome run_emptying(const Desk& desk, db::Database& database, const jobs::Job& job);

/// Bins spam that is older than its organisation keeps it, batch after batch. The sign is asked
/// between two of them.
void sweep_spam(db::Database& database, const records::Catalogue& catalogue,
                const StopSign& stop = {});

/// Tells the worker to handle "empty_spam" and to sweep. `desk` must outlive the worker.
void add_spam_jobs(jobs::Worker& worker, const Desk& desk);

}  // namespace tandem::desk
