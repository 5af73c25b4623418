#include "desk/notifications/notifications.h"

#include <map>
#include <set>

#include "desk/activities/activities.h"
#include "desk/modules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/who_is_told.h"
#include "desk/spam/spam.h"

namespace tandem::desk {

namespace {

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

void tell(const records::Change& ticket, NotificationKind kind, RecordId agent) {
  notifications::tell_agent(
      ticket.tx, ticket.actor,
      {std::string(word(kind)), agent, tickets_module().name, ticket.proposed.id});
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

Result<notifications::Notifications> list_notifications(db::Transaction& tx,
                                                        const access::Actor& actor, int limit) {
  std::vector<notifications::Notification> told = TRY(notifications::told_and_seen(
      tx, actor, {&tickets_module(), &tasks_module(), &appointments_module()}));
  std::erase_if(told, [](const notifications::Notification& one) {
    return one.module == tickets_module().name && !one.record.get("spam_at").is_null();
  });
  return notifications::newest_of(std::move(told), limit);
}

Result<void> people_are_told(records::Change& ticket) {
  if (ticket.verb == records::Verb::purged) {
    notifications::forget_record(ticket.tx, ticket.org, tickets_module().name, ticket.before.id);
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
