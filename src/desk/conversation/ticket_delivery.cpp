#include "desk/conversation/ticket_delivery.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

constexpr int64_t mails_looked_at_max = 200;

std::vector<std::string> recipients_in(const db::Row& row) {
  std::vector<std::string> found;
  for (const size_t column : {1, 2, 3}) {
    for (const Address& one : addresses_from_json(row.text(column))) {
      found.push_back(ascii_lower(one.address));
    }
  }
  return found;
}

/// A mail that failed is made good by a later one that reached the same people.
bool somebody_was_not_reached(db::Transaction& tx, OrgId org, RecordId ticket) {
  std::set<std::string> reached;
  for (const db::Row& mail :
       tx.rows("SELECT delivery_state, to_addresses, cc_addresses, bcc_addresses FROM threads "
               "WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL "
               "AND delivery_state IN ('sent', 'failed', 'bounced') ORDER BY id DESC LIMIT $3",
               {org.value, ticket.value, mails_looked_at_max})) {
    const std::vector<std::string> people = recipients_in(mail);
    if (mail.text(0) == "sent") {
      reached.insert(people.begin(), people.end());
    } else if (!std::all_of(people.begin(), people.end(),
                            [&](const std::string& one) { return reached.contains(one); })) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<void> note_delivery(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                           const std::string& event, const records::Record& thread) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  const std::optional<records::Record> found = TRY(records::select_one(
      tx, actor.org, shape, ticket, records::everything(), records::Bin::either));
  if (!found) return {};
  const bool failed = somebody_was_not_reached(tx, actor.org, ticket);
  JsonWriter detail;
  detail.begin_object().id("thread", thread.id.value);
  detail.string("message", thread.get("delivery_message").text()).end_object();
  TRY(change_row(tx, actor, *found, {{"send_failed", int64_t{failed}}}, {event, detail.take()}));
  return {};
}

}  // namespace tandem::desk
