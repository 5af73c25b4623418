#include "desk/notifications.h"

#include <map>
#include <set>

#include "access/agents.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "records/personal_log.h"

namespace tandem::desk {

namespace {

constexpr int tickets_per_query = 200;

struct News {
  NotificationKind kind = NotificationKind::escalated;
  std::vector<RecordId> agents;
};

/// Manual, Notifications 1.1: an escalation concerns the owner; where none is at work, everybody of
/// the department.
std::vector<RecordId> who_answers_for(const records::Change& ticket) {
  const RecordId owner = ticket.get("owner").id();
  if (owner) {
    const std::optional<access::Agent> agent = access::find_agent(ticket.tx, ticket.org, owner);
    if (agent && agent->status == access::AgentStatus::active) return {owner};
  }
  return access::active_agents_of_department(ticket.tx, ticket.org, ticket.get("department").id(),
                                             told_per_event_max);
}

/// The one place that decides who is told of a change. Nobody hears of what they did themselves,
/// and what is imported is no news.
std::vector<News> who_is_told(const records::Change& ticket) {
  const bool is_written =
      ticket.verb == records::Verb::created || ticket.verb == records::Verb::updated;
  if (!is_written || ticket.actor.path == access::Path::import) return {};
  std::vector<News> news;
  if (ticket.turns("is_escalated", int64_t{1})) {
    news.push_back({NotificationKind::escalated, who_answers_for(ticket)});
  }
  for (News& one : news) {
    std::erase_if(one.agents, [&](RecordId agent) { return agent == ticket.actor.id; });
  }
  return news;
}

void forget_oldest(db::Transaction& tx, OrgId org, RecordId agent) {
  tx.execute(
      "DELETE FROM notifications WHERE org_id = $1 AND agent_id = $2 AND id <= "
      "(SELECT id FROM notifications WHERE org_id = $1 AND agent_id = $2 ORDER BY id DESC "
      "LIMIT 1 OFFSET $3)",
      {db::arg(org), db::arg(agent), int64_t{notifications_per_agent_max}});
}

/// The person's browsers ask again.
void say_to_browsers(db::Transaction& tx, const access::Actor& actor, RecordId agent,
                     const std::string& event) {
  records::log_event(tx, actor.org, records::personal_module, agent, 0, event, actor.author());
}

void tell(const records::Change& ticket, NotificationKind kind, RecordId agent) {
  const records::Author by = ticket.actor.author();
  ticket.tx.execute(
      "INSERT INTO notifications (org_id, agent_id, id, kind, module, record_id, by_kind, by_id, "
      "by_name, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {db::arg(ticket.org), db::arg(agent), ticket.tx.new_id(), std::string(word(kind)),
       tickets_module().name, db::arg(ticket.proposed.id), by.kind, db::arg(by.id), by.name,
       db::arg(ticket.now())});
  forget_oldest(ticket.tx, ticket.org, agent);
  say_to_browsers(ticket.tx, ticket.actor, agent, "told");
}

/// A row of the table with the id of its ticket.
struct Told {
  Notification notification;
  RecordId ticket;
};

std::vector<Told> told_to(db::Transaction& tx, const access::Actor& actor) {
  std::vector<Told> told;
  tx.for_each(
      "SELECT id, kind, record_id, by_kind, by_id, by_name, told_at, read_at FROM notifications "
      "WHERE org_id = $1 AND agent_id = $2 ORDER BY id DESC LIMIT $3",
      {db::arg(actor.org), db::arg(actor.id), int64_t{notifications_per_agent_max}},
      [&](const db::RowView& row) {
        Told one;
        one.notification.id = RecordId{row.integer(0)};
        one.notification.kind = row.text(1);
        one.ticket = RecordId{row.integer(2)};
        one.notification.by.kind = row.text(3);
        one.notification.by.id = RecordId{row.integer(4)};
        one.notification.by.name = row.text(5);
        one.notification.told_at = Instant{row.integer(6)};
        if (!row.is_null(7)) one.notification.read_at = Instant{row.integer(7)};
        told.push_back(std::move(one));
        return true;
      });
  return told;
}

using TicketsById = std::map<int64_t, records::Record>;

/// Those that the actor sees; the rest is left out.
Result<TicketsById> visible_tickets(db::Transaction& tx, const access::Actor& actor,
                                    const std::vector<Told>& told) {
  std::set<int64_t> ids;
  for (const Told& one : told) ids.insert(one.ticket.value);
  TicketsById tickets;
  std::vector<records::Value> asked;
  for (auto id = ids.begin(); id != ids.end();) {
    asked.emplace_back(*id);
    const bool is_last = ++id == ids.end();
    if (!is_last && asked.size() < size_t{tickets_per_query}) continue;
    records::Query query;
    query.filter = records::field("id").is_one_of(std::move(asked));
    query.limit = tickets_per_query;
    asked.clear();
    records::Page page =
        TRY(operations::list_records(tx, actor, tickets_module(), std::move(query)));
    for (records::Record& ticket : page.records) tickets.emplace(ticket.id.value, ticket);
  }
  return tickets;
}

}  // namespace

std::string_view word(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::escalated: return "escalated";
  }
  return "escalated";
}

Result<Notifications> list_notifications(db::Transaction& tx, const access::Actor& actor,
                                         int limit) {
  Notifications answer;
  if (!access::has_right(actor, tickets_module().name, access::Right::read)) return answer;
  std::vector<Told> told = told_to(tx, actor);
  const TicketsById tickets = TRY(visible_tickets(tx, actor, told));
  for (Told& one : told) {
    const auto ticket = tickets.find(one.ticket.value);
    if (ticket == tickets.end()) continue;
    if (!one.notification.read_at) ++answer.unread_count;
    if (answer.newest.size() >= size_t(limit)) continue;
    one.notification.ticket = ticket->second;
    answer.newest.push_back(std::move(one.notification));
  }
  return answer;
}

Result<void> mark_read(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  const std::optional<db::Row> row =
      tx.row("SELECT read_at FROM notifications WHERE org_id = $1 AND agent_id = $2 AND id = $3",
             {db::arg(actor.org), db::arg(actor.id), db::arg(id)});
  if (!row) return not_found("This notification is not there any more.");
  if (!row->is_null(0)) return {};
  tx.execute(
      "UPDATE notifications SET read_at = $4 WHERE org_id = $1 AND agent_id = $2 AND id = $3",
      {db::arg(actor.org), db::arg(actor.id), db::arg(id), db::arg(tx.now())});
  say_to_browsers(tx, actor, actor.id, "read");
  return {};
}

Result<void> mark_all_read(db::Transaction& tx, const access::Actor& actor, RecordId newest_seen) {
  const int64_t marked = tx.execute(
      "UPDATE notifications SET read_at = $4 WHERE org_id = $1 AND agent_id = $2 AND id <= $3 "
      "AND read_at IS NULL",
      {db::arg(actor.org), db::arg(actor.id), db::arg(newest_seen), db::arg(tx.now())});
  if (marked > 0) say_to_browsers(tx, actor, actor.id, "read");
  return {};
}

Result<void> people_are_told(records::Change& ticket) {
  if (ticket.verb == records::Verb::purged) {
    ticket.tx.execute(
        "DELETE FROM notifications WHERE org_id = $1 AND module = $2 AND record_id = $3",
        {db::arg(ticket.org), tickets_module().name, db::arg(ticket.before.id)});
    return {};
  }
  for (const News& news : who_is_told(ticket)) {
    for (const RecordId agent : news.agents) tell(ticket, news.kind, agent);
  }
  return {};
}

}  // namespace tandem::desk
