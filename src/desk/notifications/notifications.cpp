#include "desk/notifications/notifications.h"

#include <map>
#include <set>

#include "desk/modules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/who_is_told.h"
#include "operations/operations.h"
#include "records/personal_log.h"

namespace tandem::desk {

namespace {

constexpr int tickets_per_query = 200;

/// What rings the bell; the rest is told by mail and SMS alone. Manual, Notifications 1.1.
std::optional<NotificationKind> bell_of(NotificationEvent event) {
  switch (event) {
    case NotificationEvent::escalation: return NotificationKind::escalated;
    case NotificationEvent::mention: return NotificationKind::mentioned;
    case NotificationEvent::assignment:
    case NotificationEvent::shared_ticket_received:
    case NotificationEvent::overdue:
    case NotificationEvent::reply:
    case NotificationEvent::new_ticket:
    case NotificationEvent::comment:
    case NotificationEvent::rating: break;
  }
  return std::nullopt;
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

/// The rules of the departments that one change concerns, each read once.
class DepartmentRules {
 public:
  explicit DepartmentRules(const records::Change& ticket) : ticket_(ticket) {}
  std::vector<NotificationChannel> channels(const News& news) {
    const auto [at, is_new] = known_.try_emplace(news.department.value);
    if (is_new) at->second = rules_that_are_on(ticket_.tx, ticket_.org, news.department);
    std::vector<NotificationChannel> channels = notification_channels();
    std::erase_if(channels, [&](NotificationChannel channel) {
      return !at->second.contains({news.event, channel});
    });
    return channels;
  }

 private:
  const records::Change& ticket_;
  std::map<int64_t, RulesThatAreOn> known_;
};

void tell_all(const records::Change& ticket, const News& news,
              const std::vector<NotificationChannel>& channels) {
  const std::optional<NotificationKind> bell = bell_of(news.event);
  if (!bell && channels.empty()) return;
  for (const RecordId agent : who_is_told(ticket, news)) {
    if (bell) tell(ticket, *bell, agent);
    for (const NotificationChannel channel : channels) {
      queue_delivery(ticket.tx, ticket.org,
                     {.occasion = occasion_of(ticket),
                      .agent = agent,
                      .channel = channel,
                      .event = news.event,
                      .ticket = ticket.proposed.id,
                      .department = news.department});
    }
  }
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
    records::Page page = TRY(operations::list_records(tx, actor, tickets_module(), std::move(query),
                                                      operations::Reach::visible));
    for (records::Record& ticket : page.records) tickets.emplace(ticket.id.value, ticket);
  }
  return tickets;
}

}  // namespace

std::string_view word(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::escalated: return "escalated";
    case NotificationKind::mentioned: return "mentioned";
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
    forget_deliveries(ticket.tx, ticket.org, ticket.before.id);
    return {};
  }
  DepartmentRules rules(ticket);
  for (const News& news : news_of(ticket)) tell_all(ticket, news, rules.channels(news));
  return {};
}

}  // namespace tandem::desk
