#include "desk/spam/spam.h"

#include <algorithm>

#include "access/audit.h"
#include "access/organisations.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/spam/blocked_senders.h"
#include "desk/spam/spam_contacts.h"
#include "desk/tickets/still_open.h"

namespace tandem::desk {

namespace {

using access::Actor;
using operations::BulkOutcome;
using records::Record;

Result<void> mark(db::Transaction& tx, const Actor& actor, const Record& ticket) {
  if (!ticket.get("spam_at").is_null()) return {};
  TRY(change_row(tx, actor, ticket, {{"spam_at", tx.now()}}, {.event = "spam_marked"}));
  return {};
}

Sender sender_of(const Record& ticket) {
  return {.email = ticket.get("email").text(), .phone = ticket.get("phone").text()};
}

Result<void> mark_one(db::Transaction& tx, const Actor& actor, RecordId id,
                      const SpamMarking& marking) {
  const Record ticket = TRY(ticket_for(tx, actor, id, "mark_spam"));
  TRY(mark(tx, actor, ticket));
  const std::vector<RecordId>& named = marking.blocks_senders_of;
  const bool is_named = std::find(named.begin(), named.end(), id) != named.end();
  if (marking.blocks_sender || is_named) TRY(block_requester(tx, actor, sender_of(ticket)));
  return {};
}

/// Whoever was told of tickets has not heard of one that was spam from its beginning.
std::string detail_of_unmarking(db::Transaction& tx, const Record& ticket, OrgId org) {
  const bool was_told = tx.row(
                              "SELECT 1 FROM change_log WHERE org_id = $1 AND module = 'tickets' "
                              "AND record_id = $2 AND event IN ('spam_marked', 'spam_unmarked') "
                              "LIMIT 1",
                              {org.value, ticket.id.value})
                            .has_value();
  JsonWriter detail;
  detail.begin_object().boolean("came_as_spam", !was_told).end_object();
  return detail.take();
}

Result<void> unmark_one(db::Transaction& tx, const Actor& actor, RecordId id,
                        std::vector<RecordId>& unblocked) {
  const Record ticket = TRY(ticket_for(tx, actor, id, "mark_spam"));
  if (ticket.get("spam_at").is_null()) return {};
  if (unblock_requester(tx, actor, sender_of(ticket))) unblocked.push_back(id);
  records::Changes changes{{"spam_at", records::Value()}};
  const RecordId contact = TRY(contacts_of_spam(tx, actor, ticket));
  if (contact) changes.set("contact", contact);
  TRY(change_row(
      tx, actor, ticket, changes,
      {.event = "spam_unmarked", .detail_json = detail_of_unmarking(tx, ticket, actor.org)}));
  return {};
}

template <class Act>
Result<std::vector<BulkOutcome>> for_each_ticket(db::Transaction& tx,
                                                 const std::vector<RecordId>& tickets, Act&& act) {
  if (tickets.empty()) return invalid("ids", "required", "Name at least one ticket.");
  if (tickets.size() > marked_at_once_max)
    return invalid("ids", "too_many", "Mark at most 250 tickets at a time.");
  std::vector<BulkOutcome> outcomes;
  for (const RecordId id : tickets) {
    const Result<void> done = tx.attempt([&]() -> Result<void> { return act(id); });
    outcomes.push_back({id, done ? std::optional<Refusal>() : std::optional(done.error())});
  }
  return outcomes;
}

/// Further open tickets of those who wrote what was marked, told among the outcomes. What the actor
/// may not mark stays as it is.
Result<void> mark_further(db::Transaction& tx, const Actor& actor,
                          std::vector<BulkOutcome>& outcomes) {
  std::vector<records::Value> contacts;
  for (const BulkOutcome& marked : outcomes) {
    if (marked.refusal) continue;
    const Record ticket = TRY(ticket_for(tx, actor, marked.id, "mark_spam"));
    if (const RecordId contact = ticket.get("contact").id()) contacts.emplace_back(contact);
  }
  if (contacts.empty()) return {};
  records::Query query;
  query.filter =
      records::all_of({records::field("contact").is_one_of(std::move(contacts)), still_open()});
  query.limit = marked_beside_max;
  const records::Page page =
      TRY(operations::list_records(tx, actor, tickets_module(), std::move(query)));
  for (const Record& listed : page.records) {
    const Result<Record> ticket = ticket_for(tx, actor, listed.id, "mark_spam");
    if (!ticket) continue;
    TRY(mark(tx, actor, *ticket));
    outcomes.push_back({listed.id, {}});
  }
  return {};
}

/// Spam that nothing happened with (a restore is something) since `before`, into the bin. Answers
/// how many.
Result<int> bin_some(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                     RecordId department, Instant before) {
  // The plus keeps SQLite from walking all old tickets by their time: spam is few.
  const std::vector<db::Row> rows = tx.rows(
      "SELECT id FROM tickets WHERE org_id = $1 AND status_type = 'spam' "
      "AND +updated_at < $2 AND ($3 = 0 OR department = $3) AND deleted_at IS NULL "
      "ORDER BY last_activity_at LIMIT $4",
      {org.value, before.ms, department.value, int64_t{db::bulk_rows_max}});
  const Actor program = access::system_actor(catalogue, org, access::Path::bulk);
  for (const db::Row& row : rows)
    TRY(operations::delete_record(tx, program, tickets_module(), RecordId{row.integer(0)}));
  return int(rows.size());
}

/// Which tickets go.
struct OldSpam {
  OrgId org;
  RecordId department = {};  // none: of all
  Instant before;
};

/// Answers whether all is done; not so when it was told to stop.
Result<bool> bin_all(db::Database& database, const records::Catalogue& catalogue,
                     const OldSpam& spam, const StopSign& stop) {
  while (true) {
    const int binned = TRY(database.write(
        [&](db::Transaction& tx) {
          return bin_some(tx, catalogue, spam.org, spam.department, spam.before);
        },
        db::Priority::bulk));
    if (binned < db::bulk_rows_max) return true;
    if (stop.is_up()) return false;
  }
}

}  // namespace

jobs::Outcome run_emptying(const Desk& desk, db::Database& database, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {.kind = jobs::Outcome::Kind::give_up, .reason = payload.error().message};
  const OldSpam spam{.org = job.org,
                     .department = {id_from_text(text_of(*payload, "department")).value_or(0)},
                     .before = {id_from_text(text_of(*payload, "until")).value_or(0)}};
  const Result<bool> done = bin_all(database, desk.catalogue, spam, job.stop);
  if (!done) return {.kind = jobs::Outcome::Kind::retry, .reason = done.error().message};
  return {.kind = *done ? jobs::Outcome::Kind::done : jobs::Outcome::Kind::later, .reason = ""};
}

Result<std::vector<BulkOutcome>> mark_spam(db::Transaction& tx, const Actor& actor,
                                           const std::vector<RecordId>& tickets,
                                           const SpamMarking& marking) {
  if (tickets.size() > 1 || marking.takes_further)
    TRY(access::require_right(actor, tickets_module(), access::Right::bulk));
  std::vector<BulkOutcome> outcomes = TRY(
      for_each_ticket(tx, tickets, [&](RecordId id) { return mark_one(tx, actor, id, marking); }));
  if (marking.takes_further) TRY(mark_further(tx, actor, outcomes));
  return outcomes;
}

Result<Unmarked> unmark_spam(db::Transaction& tx, const Actor& actor,
                             const std::vector<RecordId>& tickets) {
  if (tickets.size() > 1) TRY(access::require_right(actor, tickets_module(), access::Right::bulk));
  Unmarked unmarked;
  unmarked.outcomes = TRY(for_each_ticket(
      tx, tickets, [&](RecordId id) { return unmark_one(tx, actor, id, unmarked.unblocked); }));
  return unmarked;
}

bool concerns_spam(const records::Change& ticket) {
  return !ticket.get("spam_at").is_null() || ticket.event == "spam_unmarked";
}

Result<void> empty_spam(db::Transaction& tx, const Actor& actor, RecordId department) {
  TRY(access::require_right(actor, tickets_module(), access::Right::delete_));
  if (!actor.is_administrator()) {
    return forbidden("spam_emptied_by_administrators",
                     "Only an administrator may empty the spam; ask one.");
  }
  JsonWriter payload;
  payload.begin_object().id("department", department.value);
  // What is marked in this very moment is meant, too.
  payload.id("until", tx.now().ms + 1).end_object();
  jobs::enqueue(tx, actor.org, "empty_spam", payload.take(), tx.now());
  access::audit(tx, actor, "spam_emptied", "");
  return {};
}

void sweep_spam(db::Database& database, const records::Catalogue& catalogue, const StopSign& stop) {
  const std::vector<OldSpam> due = database.read([](db::Transaction& tx) {
    std::vector<OldSpam> all;
    for (const access::Organisation& organisation : access::all_organisations(tx)) {
      const int days = spam_settings_of(tx, organisation.id).days_kept;
      if (days > 0) all.push_back({.org = organisation.id, .before = tx.now() - days * day_ms});
    }
    return all;
  });
  for (const OldSpam& one : due) {
    const Result<bool> swept = bin_all(database, catalogue, one, stop);
    if (!swept) continue;  // the next round tries again
    if (!*swept) return;
  }
}

void add_spam_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add("empty_spam", [&desk](db::Database& database, const jobs::Job& job) {
    return run_emptying(desk, database, job);
  });
  worker.add_schedule("sweep_spam", hour_ms, [&desk](db::Database& database, const StopSign& stop) {
    sweep_spam(database, desk.catalogue, stop);
  });
}

}  // namespace tandem::desk
