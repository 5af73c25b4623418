#include "desk/notifications/notification_rules.h"

#include <fmt/format.h>

#include "access/audit.h"

namespace tandem::desk {

namespace {

using access::Actor;

/// The name of the department, when the actor may set its rules. Manual, Notification rules 1.2.
Result<std::string> may_set_rules(db::Transaction& tx, const Actor& actor, RecordId department) {
  TRY(access::require_duty(actor, access::Duty::manage_departments));
  const std::optional<db::Row> row =
      tx.row("SELECT name FROM departments WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
             {actor.org.value, department.value});
  if (!row) return not_found("There is no such department.");
  return row->text(0);
}

struct Switch {
  RecordId department;
  std::string department_name;
  NotificationEvent event;
  NotificationChannel channel;
};

void turn_on(db::Transaction& tx, const Actor& actor, const Switch& rule) {
  const int64_t turned = tx.execute(
      "INSERT INTO notification_rules (org_id, department_id, event, channel) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      {actor.org.value, rule.department.value, db::arg(word(rule.event)),
       db::arg(word(rule.channel))});
  if (turned == 0) return;
  access::audit(
      tx, actor, "notification_rule_on",
      fmt::format("{}: {} by {}", rule.department_name, word(rule.event), word(rule.channel)));
}

void turn_off(db::Transaction& tx, const Actor& actor, const Switch& rule) {
  const int64_t turned = tx.execute(
      "DELETE FROM notification_rules WHERE org_id = $1 AND department_id = $2 AND event = $3 "
      "AND channel = $4",
      {actor.org.value, rule.department.value, db::arg(word(rule.event)),
       db::arg(word(rule.channel))});
  if (turned == 0) return;
  access::audit(
      tx, actor, "notification_rule_off",
      fmt::format("{}: {} by {}", rule.department_name, word(rule.event), word(rule.channel)));
}

NotificationRule rule_of(const RulesThatAreOn& on, NotificationEvent event) {
  return {.event = event,
          .by_mail = on.contains({event, NotificationChannel::mail}),
          .by_sms = on.contains({event, NotificationChannel::sms})};
}

}  // namespace

std::string_view word(NotificationEvent event) {
  switch (event) {
    case NotificationEvent::mention: return "mention";
    case NotificationEvent::assignment: return "assignment";
    case NotificationEvent::shared_ticket_received: return "shared_ticket_received";
    case NotificationEvent::escalation: return "escalation";
    case NotificationEvent::overdue: return "overdue";
    case NotificationEvent::reply: return "reply";
    case NotificationEvent::new_ticket: return "new_ticket";
    case NotificationEvent::comment: return "comment";
    case NotificationEvent::rating: return "rating";
    case NotificationEvent::following: return "following";
  }
  return "";
}

std::string_view word(NotificationChannel channel) {
  switch (channel) {
    case NotificationChannel::mail: return "mail";
    case NotificationChannel::sms: return "sms";
  }
  return "";
}

std::optional<NotificationEvent> notification_event_from_word(std::string_view text) {
  for (const NotificationEvent event : notification_events()) {
    if (word(event) == text) return event;
  }
  return std::nullopt;
}

std::optional<NotificationChannel> notification_channel_from_word(std::string_view text) {
  for (const NotificationChannel channel : notification_channels()) {
    if (word(channel) == text) return channel;
  }
  return std::nullopt;
}

const std::vector<NotificationEvent>& notification_events() {
  static const std::vector<NotificationEvent> events{
      NotificationEvent::new_ticket, NotificationEvent::shared_ticket_received,
      NotificationEvent::assignment, NotificationEvent::reply,
      NotificationEvent::comment,    NotificationEvent::mention,
      NotificationEvent::following,  NotificationEvent::overdue,
      NotificationEvent::escalation, NotificationEvent::rating};
  return events;
}

const std::vector<NotificationChannel>& notification_channels() {
  static const std::vector<NotificationChannel> channels{NotificationChannel::mail,
                                                         NotificationChannel::sms};
  return channels;
}

Result<std::vector<NotificationRule>> list_notification_rules(db::Transaction& tx,
                                                              const Actor& actor,
                                                              RecordId department) {
  TRY(may_set_rules(tx, actor, department));
  const RulesThatAreOn on = rules_that_are_on(tx, actor.org, department);
  std::vector<NotificationRule> rules;
  for (const NotificationEvent event : notification_events()) rules.push_back(rule_of(on, event));
  return rules;
}

Result<NotificationRule> change_notification_rule(db::Transaction& tx, const Actor& actor,
                                                  RecordId department, NotificationEvent event,
                                                  const NotificationRuleChange& change) {
  const std::string name = TRY(may_set_rules(tx, actor, department));
  for (const NotificationChannel channel : notification_channels()) {
    const std::optional<bool> wanted =
        channel == NotificationChannel::mail ? change.by_mail : change.by_sms;
    if (!wanted) continue;
    const Switch rule{department, name, event, channel};
    *wanted ? turn_on(tx, actor, rule) : turn_off(tx, actor, rule);
  }
  return rule_of(rules_that_are_on(tx, actor.org, department), event);
}

RulesThatAreOn rules_that_are_on(db::Transaction& tx, OrgId org, RecordId department) {
  RulesThatAreOn on;
  tx.for_each(
      "SELECT event, channel FROM notification_rules WHERE org_id = $1 AND department_id = $2",
      {org.value, department.value}, [&](const db::RowView& row) {
        const auto event = notification_event_from_word(row.text(0));
        const auto channel = notification_channel_from_word(row.text(1));
        if (event && channel) on.insert({*event, *channel});
        return true;
      });
  return on;
}

void forget_notification_rules(db::Transaction& tx, OrgId org, RecordId department) {
  tx.execute("DELETE FROM notification_rules WHERE org_id = $1 AND department_id = $2",
             {org.value, department.value});
}

}  // namespace tandem::desk
