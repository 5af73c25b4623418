#include "desk/customers/contact_merge_tickets.h"

#include "access/actor.h"
#include "base/json.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

using records::Record;
using records::Verb;

constexpr int64_t late_writers_ms = minute_ms;

struct Way {
  RecordId target;
  bool is_undone = false;
  std::vector<RecordId> others;
};

/// Holds the row, so that undoing waits for a batch that is on its way.
std::optional<Way> way_of(db::Transaction& tx, OrgId org, RecordId merge) {
  tx.execute("UPDATE merges SET undone_at = undone_at WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
  const std::optional<db::Row> row =
      tx.row("SELECT target_id, undone_at, undo FROM merges WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
  if (!row) return std::nullopt;
  Way way{RecordId{row->integer(0)}, !row->is_null(1), {}};
  for (const MergedContact& other : merged_contacts_in(row->text(2)))
    way.others.push_back(other.id);
  return way;
}

/// What is asked of each batch.
struct Batch {
  db::Transaction& tx;
  const records::Catalogue& catalogue;
  OrgId org;
  RecordId merge;
  const records::Author& author;
};

/// Without the rules of tickets: nothing is sent, assigned or counted because a contact is called
/// something else.
Result<void> give_ticket(const Batch& batch, RecordId ticket, RecordId contact) {
  db::Transaction& tx = batch.tx;
  const OrgId org = batch.org;
  std::optional<Record> before =
      TRY(records::select_one(tx, org, batch.catalogue.shape(tx, org, tickets_module()), ticket,
                              records::everything(), records::Bin::either));
  if (!before) return {};
  Record proposed = *before;
  proposed.set("contact", contact);
  const access::Actor program = access::system_actor(batch.catalogue, org, access::Path::bulk);
  records::Change change{tx, org, program, Verb::updated, *before, std::move(proposed), "", ""};
  TRY(records::store(change, batch.author));
  tx.execute(
      "UPDATE ratings SET contact_id = $3 WHERE org_id = $1 AND ticket_id = $2 AND contact_id = $4",
      {org.value, ticket.value, contact.value, before->get("contact").number()});
  return {};
}

Result<int> move_to_target(const Batch& batch, const Way& way) {
  int moved = 0;
  for (const RecordId other : way.others) {
    const std::vector<db::Row> tickets =
        batch.tx.rows("SELECT id FROM tickets WHERE org_id = $1 AND contact = $2 LIMIT $3",
                      {batch.org.value, other.value, int64_t{merged_tickets_at_once_max - moved}});
    for (const db::Row& ticket : tickets) {
      TRY(give_ticket(batch, RecordId{ticket.integer(0)}, way.target));
      batch.tx.execute(
          "INSERT INTO contact_merge_tickets (org_id, merge_id, ticket_id, from_contact_id) "
          "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
          {batch.org.value, batch.merge.value, ticket.integer(0), other.value});
      ++moved;
    }
    if (moved >= merged_tickets_at_once_max) break;
  }
  return moved;
}

Result<int> move_back(const Batch& batch, const Way& way) {
  const std::vector<db::Row> rows = batch.tx.rows(
      "SELECT m.ticket_id, m.from_contact_id, t.contact, c.id, c.deleted_at "
      "FROM contact_merge_tickets m "
      "LEFT JOIN tickets t ON t.org_id = m.org_id AND t.id = m.ticket_id "
      "LEFT JOIN contacts c ON c.org_id = m.org_id AND c.id = m.from_contact_id "
      "WHERE m.org_id = $1 AND m.merge_id = $2 ORDER BY m.ticket_id LIMIT $3",
      {batch.org.value, batch.merge.value, int64_t{merged_tickets_at_once_max}});
  for (const db::Row& row : rows) {
    const RecordId ticket{row.integer(0)};
    // What was given to another contact since stays there; so does what would belong to nobody.
    const bool is_still_there = row.integer(2) == way.target.value;
    const bool is_contact_back = !row.is_null(3) && row.is_null(4);
    if (is_still_there && is_contact_back) {
      TRY(give_ticket(batch, ticket, RecordId{row.integer(1)}));
    }
    batch.tx.execute(
        "DELETE FROM contact_merge_tickets WHERE org_id = $1 AND merge_id = $2 AND ticket_id = $3",
        {batch.org.value, batch.merge.value, ticket.value});
  }
  return int(rows.size());
}

}  // namespace

Result<int> move_merged_tickets(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                                RecordId merge, const records::Author& author) {
  const std::optional<Way> way = way_of(tx, org, merge);
  if (!way) return 0;
  const Batch batch{tx, catalogue, org, merge, author};
  return way->is_undone ? move_back(batch, *way) : move_to_target(batch, *way);
}

void queue_merged_tickets(db::Transaction& tx, OrgId org, RecordId merge,
                          const records::Author& author) {
  JsonWriter payload;
  payload.begin_object().id("merge", merge.value).id("by", author.id.value);
  payload.string("name", author.name).string("kind", author.kind).end_object();
  const std::string json = payload.take();
  jobs::enqueue(tx, org, "merge_contacts", json, tx.now());
  jobs::enqueue(tx, org, "merge_contacts", json, tx.now() + late_writers_ms);
}

jobs::Outcome run_merged_tickets(const Desk& desk, db::Database& database, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {.kind = jobs::Outcome::Kind::give_up, .reason = payload.error().message};
  const RecordId merge{id_from_text(text_of(*payload, "merge")).value_or(0)};
  const records::Author author{.id = RecordId{id_from_text(text_of(*payload, "by")).value_or(0)},
                               .kind = text_of(*payload, "kind"),
                               .name = text_of(*payload, "name"),
                               .path = "bulk"};
  while (true) {
    const Result<int> moved = database.write(
        [&](db::Transaction& tx) -> Result<int> {
          return move_merged_tickets(tx, desk.catalogue, job.org, merge, author);
        },
        db::Priority::bulk);
    if (!moved) return {.kind = jobs::Outcome::Kind::retry, .reason = moved.error().message};
    if (*moved == 0) return {};
  }
}

}  // namespace tandem::desk
