#include "desk/tickets/presence.h"

#include "desk/modules.h"
#include "desk/sharing/agent_sight.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

bool may_answer(const access::Actor& actor, const records::Record& ticket) {
  return operations::require_act(actor, ticket, "reply").has_value() ||
         operations::require_act(actor, ticket, "forward").has_value();
}

}  // namespace

std::string_view word(Presence presence) {
  switch (presence) {
    case Presence::viewing: return "viewing";
    case Presence::replying: return "replying";
    case Presence::gone: return "gone";
  }
  return "gone";
}

std::optional<Presence> presence_from_word(std::string_view text) {
  for (const Presence presence : {Presence::viewing, Presence::replying, Presence::gone}) {
    if (text == word(presence)) return presence;
  }
  return std::nullopt;
}

Result<std::vector<Present>> note_presence(db::Transaction& tx, const access::Actor& actor,
                                           RecordId ticket, Presence state) {
  const records::Record record = TRY(operations::read_record(tx, actor, tickets_module(), ticket));
  // A page that was open when the access became less still says so.
  if (state == Presence::replying && !may_answer(actor, record)) state = Presence::viewing;
  if (state == Presence::gone) {
    tx.execute("DELETE FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
               {db::arg(actor.org), db::arg(ticket), db::arg(actor.id)});
  } else {
    tx.execute(
        "INSERT INTO ticket_presence (org_id, ticket_id, agent_id, name, state, seen_at) VALUES "
        "($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (org_id, ticket_id, agent_id) DO UPDATE SET state = excluded.state, seen_at = "
        "excluded.seen_at",
        {db::arg(actor.org), db::arg(ticket), db::arg(actor.id), actor.name,
         std::string(word(state)), db::arg(tx.now())});
  }
  std::vector<Present> others;
  for (const db::Row& row :
       tx.rows("SELECT agent_id, name, state FROM ticket_presence WHERE org_id = $1 AND ticket_id "
               "= $2 AND agent_id <> $3 AND seen_at > $4 ORDER BY name LIMIT 20",
               {db::arg(actor.org), db::arg(ticket), db::arg(actor.id),
                db::arg(tx.now() - presence_lifetime_ms)})) {
    const RecordId agent{row.integer(0)};
    if (!agent_sees(tx, actor, agent, record)) continue;
    others.push_back(
        {agent, row.text(1), presence_from_word(row.text(2)).value_or(Presence::gone)});
  }
  return others;
}

void sweep_presence(db::Database& database) {
  int64_t gone = 0;
  do {
    const Result<int64_t> swept = database.write(
        [](db::Transaction& tx) -> Result<int64_t> {
          return tx.execute(
              "DELETE FROM ticket_presence WHERE (org_id, ticket_id, agent_id) IN "
              "(SELECT org_id, ticket_id, agent_id FROM ticket_presence WHERE seen_at <= $1 "
              "LIMIT $2)",
              {db::arg(tx.now() - presence_lifetime_ms), int64_t{db::bulk_rows_max}});
        },
        db::Priority::bulk);
    gone = swept.value_or(0);
  } while (gone == db::bulk_rows_max);
}

}  // namespace tandem::desk
