#include "desk/notifications/notifications.h"

#include <map>
#include <set>

#include "desk/activities/activities.h"
#include "desk/modules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/who_is_told.h"
#include "desk/spam/spam.h"
#include "operations/operations.h"
#include "records/personal_log.h"

namespace tandem::desk {

namespace {

constexpr int records_per_query = 200;

NotificationKind bell_of_following(FollowedMatter matter) {
  switch (matter) {
    case FollowedMatter::message: return NotificationKind::followed_message;
    case FollowedMatter::comment: return NotificationKind::followed_comment;
    case FollowedMatter::status: return NotificationKind::followed_status;
    case FollowedMatter::owner: return NotificationKind::followed_owner;
  }
  return NotificationKind::followed_message;
}

/// What rings the bell; the rest is told by mail and SMS alone. Manual, Notifications 1.1.
std::optional<NotificationKind> bell_of(const News& news) {
  switch (news.event) {
    case NotificationEvent::escalation: return NotificationKind::escalated;
    case NotificationEvent::mention: return NotificationKind::mentioned;
    case NotificationEvent::following: return bell_of_following(news.matter);
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
  tell_agent(ticket.tx, ticket.actor, {kind, agent, tickets_module().name, ticket.proposed.id});
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

/// `rung`: whose bell this change rang already; it rings once.
void tell_all(const records::Change& ticket, const News& news,
              const std::vector<NotificationChannel>& channels, std::set<int64_t>& rung) {
  const std::optional<NotificationKind> bell = bell_of(news);
  if (!bell && channels.empty()) return;
  for (const RecordId agent : who_is_told(ticket, news)) {
    if (bell && rung.insert(agent.value).second) tell(ticket, *bell, agent);
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
  RecordId record;
};

std::vector<Told> told_to(db::Transaction& tx, const access::Actor& actor) {
  std::vector<Told> told;
  tx.for_each(
      "SELECT id, kind, record_id, by_kind, by_id, by_name, told_at, read_at, module "
      "FROM notifications "
      "WHERE org_id = $1 AND agent_id = $2 ORDER BY id DESC LIMIT $3",
      {db::arg(actor.org), db::arg(actor.id), int64_t{notifications_per_agent_max}},
      [&](const db::RowView& row) {
        Told one;
        one.notification.id = RecordId{row.integer(0)};
        one.notification.kind = row.text(1);
        one.record = RecordId{row.integer(2)};
        one.notification.module = row.text(8);
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

using RecordsById = std::map<int64_t, records::Record>;

/// Those of one module that the actor sees; the rest is left out.
Result<RecordsById> visible_records(db::Transaction& tx, const access::Actor& actor,
                                    const records::ModuleDef& module,
                                    const std::vector<Told>& told) {
  std::set<int64_t> ids;
  for (const Told& one : told) {
    if (one.notification.module == module.name) ids.insert(one.record.value);
  }
  RecordsById found;
  if (!access::has_right(actor, module.name, access::Right::read)) return found;
  std::vector<records::Value> asked;
  for (auto id = ids.begin(); id != ids.end();) {
    asked.emplace_back(*id);
    const bool is_last = ++id == ids.end();
    if (!is_last && asked.size() < size_t{records_per_query}) continue;
    records::Query query;
    query.filter = records::field("id").is_one_of(std::move(asked));
    query.limit = records_per_query;
    asked.clear();
    records::Page page = TRY(
        operations::list_records(tx, actor, module, std::move(query), operations::Reach::visible));
    for (records::Record& record : page.records) found.emplace(record.id.value, record);
  }
  return found;
}

}  // namespace

std::string_view word(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::escalated: return "escalated";
    case NotificationKind::mentioned: return "mentioned";
    case NotificationKind::followed_message: return "followed_message";
    case NotificationKind::followed_comment: return "followed_comment";
    case NotificationKind::followed_status: return "followed_status";
    case NotificationKind::followed_owner: return "followed_owner";
    case NotificationKind::reminded: return "reminded";
  }
  return "escalated";
}

void tell_agent(db::Transaction& tx, const access::Actor& by, const Telling& telling) {
  const records::Author author = by.author();
  tx.execute(
      "INSERT INTO notifications (org_id, agent_id, id, kind, module, record_id, by_kind, by_id, "
      "by_name, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {db::arg(by.org), db::arg(telling.agent), tx.new_id(), std::string(word(telling.kind)),
       telling.module, db::arg(telling.record), author.kind, db::arg(author.id), author.name,
       db::arg(tx.now())});
  forget_oldest(tx, by.org, telling.agent);
  say_to_browsers(tx, by, telling.agent, "told");
}

Result<Notifications> list_notifications(db::Transaction& tx, const access::Actor& actor,
                                         int limit) {
  Notifications answer;
  std::vector<Told> told = told_to(tx, actor);
  std::map<std::string, RecordsById> known;
  for (const records::ModuleDef* module :
       {&tickets_module(), &tasks_module(), &appointments_module()}) {
    known[module->name] = TRY(visible_records(tx, actor, *module, told));
  }
  for (Told& one : told) {
    const RecordsById& records = known[one.notification.module];
    const auto record = records.find(one.record.value);
    if (record == records.end()) continue;
    const bool is_ticket = one.notification.module == tickets_module().name;
    if (is_ticket && !record->second.get("spam_at").is_null()) continue;
    if (!one.notification.read_at) ++answer.unread_count;
    if (answer.newest.size() >= size_t(limit)) continue;
    one.notification.ticket = record->second;
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
  if (concerns_spam(ticket)) return {};
  DepartmentRules rules(ticket);
  std::set<int64_t> rung;
  for (const News& news : news_of(ticket)) tell_all(ticket, news, rules.channels(news), rung);
  return {};
}

}  // namespace tandem::desk
