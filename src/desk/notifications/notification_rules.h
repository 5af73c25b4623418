#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

// Of what a department's people are told by mail and SMS. Each rule is on or off by itself, for
// each department, event and channel; all are off at first. Manual, Notification rules 1.1.

namespace tandem::desk {

enum class NotificationEvent {
  mention,
  assignment,
  shared_ticket_received,
  escalation,
  overdue,
  reply,
  new_ticket,
  comment,
  following,
  rating
};
enum class NotificationChannel { mail, sms };

std::string_view word(NotificationEvent event);
std::string_view word(NotificationChannel channel);
std::optional<NotificationEvent> notification_event_from_word(std::string_view word);
std::optional<NotificationChannel> notification_channel_from_word(std::string_view word);

/// All of them, in the order of the settings page.
const std::vector<NotificationEvent>& notification_events();
const std::vector<NotificationChannel>& notification_channels();

/// A rule as the settings show it.
struct NotificationRule {
  NotificationEvent event = NotificationEvent::new_ticket;
  bool by_mail = false;
  bool by_sms = false;
};
struct NotificationRuleChange {
  std::optional<bool> by_mail = {};
  std::optional<bool> by_sms = {};
};

/// The rules of a department, one per event. Refuses: forbidden (manage_departments; S082),
/// not_found (no such department).
Result<std::vector<NotificationRule>> list_notification_rules(db::Transaction& tx,
                                                              const access::Actor& actor,
                                                              RecordId department);
/// Refuses as above.
Result<NotificationRule> change_notification_rule(db::Transaction& tx, const access::Actor& actor,
                                                  RecordId department, NotificationEvent event,
                                                  const NotificationRuleChange& change);

/// What is on in a department. For the room itself.
using RulesThatAreOn = std::set<std::pair<NotificationEvent, NotificationChannel>>;
RulesThatAreOn rules_that_are_on(db::Transaction& tx, OrgId org, RecordId department);

/// When a department is gone for good.
void forget_notification_rules(db::Transaction& tx, OrgId org, RecordId department);

}  // namespace tandem::desk
