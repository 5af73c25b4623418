#include "desk/sharing/merged_shares.h"

#include <algorithm>

#include "base/json.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "records/change_log.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

using records::Change;
using records::Record;
using records::Verb;

constexpr int64_t merges_followed_max = 1'000;

bool has(const std::vector<Share>& shares, RecordId department) {
  return std::any_of(shares.begin(), shares.end(),
                     [&](const Share& share) { return share.department == department; });
}

/// Those that point to the ticket, in the recycle bin or not.
Result<std::vector<Record>> tickets_merged_into(const Change& target, RecordId id) {
  std::vector<records::Value> ids;
  for (const db::Row& row :
       target.tx.rows("SELECT undo FROM merges WHERE org_id = $1 AND module = 'tickets' "
                      "AND target_id = $2 AND undone_at IS NULL ORDER BY id LIMIT $3",
                      {target.org.value, id.value, merges_followed_max})) {
    const Result<Json> undo = json_from_text(row.text(0));
    const Json* tickets = undo ? find(*undo, "tickets") : nullptr;
    if (!tickets || !tickets->is_array()) continue;
    for (const Json& one : tickets->as_array())
      ids.emplace_back(id_from_text(text_of(one, "id")).value_or(0));
  }
  std::vector<Record> merged;
  const records::ShapeRef shape =
      target.actor.catalogue->shape(target.tx, target.org, tickets_module());
  for (const records::Value& one : ids) {
    std::optional<Record> ticket =
        TRY(records::select_one(target.tx, target.org, shape, one.id(),
                                records::field("is_shared").is(int64_t{1}), records::Bin::either));
    if (ticket && ticket->get("merged_into").text() == to_string(id))
      merged.push_back(std::move(*ticket));
  }
  return merged;
}

}  // namespace

std::vector<Share> shares_beside(const Record& merged, const Record& target) {
  const std::vector<Share> of_target = shares_of(target);
  std::vector<Share> left;
  for (const Share& share : shares_of(merged)) {
    const bool is_seen =
        share.department == target.get("department").id() || has(of_target, share.department);
    if (is_seen) left.push_back({share.department, TicketAccess::read_only});
  }
  return left;
}

void tell_ended_shares(db::Transaction& tx, const access::Actor& actor, const Record& ticket,
                       const std::vector<Share>& before) {
  const std::vector<Share> after = shares_of(ticket);
  for (const Share& share : before) {
    if (has(after, share.department)) continue;
    JsonWriter detail;
    detail.begin_object().id("department", share.department.value);
    detail.string("access", word(share.access)).end_object();
    records::log_event(tx, actor.org, tickets_module().name, ticket.id, ticket.revision, "unshared",
                       actor.author(), detail.take());
  }
}

Result<void> merged_tickets_are_seen_with_their_target(Change& target) {
  const bool is_gone = target.verb == Verb::purged;
  const bool may_be_seen_by_fewer =
      is_gone ||
      (target.verb == Verb::updated && (target.changes("shares") || target.changes("department")));
  if (!may_be_seen_by_fewer) return {};
  const RecordId id = is_gone ? target.before.id : target.proposed.id;
  const std::vector<Record> merged = TRY(tickets_merged_into(target, id));
  for (const Record& ticket : merged) {
    const std::vector<Share> before = shares_of(ticket);
    const std::vector<Share> left =
        is_gone ? std::vector<Share>() : shares_beside(ticket, target.proposed);
    if (left.size() == before.size()) continue;
    // Its own rules follow: what was merged into this one before goes along.
    const Record after =
        TRY(change_row(target.tx, target.actor, ticket,
                       {{"shares", share_words(left)}, {"is_shared", int64_t{!left.empty()}}}));
    tell_ended_shares(target.tx, target.actor, after, before);
  }
  return {};
}

}  // namespace tandem::desk
