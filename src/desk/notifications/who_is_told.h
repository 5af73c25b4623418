#pragma once

#include <vector>

#include "desk/notifications/notification_rules.h"
#include "records/record.h"

// The one place that decides what of a change to a ticket is news, and to whom. The bell, mails
// and SMS all ask here.

namespace tandem::desk {

/// At most this many people hear of one event.
constexpr int told_per_event_max = 250;

/// What those who follow a ticket hear of. Manual, Followers 2.1.
enum class FollowedMatter { message, comment, status, owner };

/// Something that happened to a ticket, and the department whose rules hold for it.
struct News {
  NotificationEvent event = NotificationEvent::new_ticket;
  RecordId department;
  std::vector<RecordId> named = {};                 // by a mention, or by a level of escalation
  FollowedMatter matter = FollowedMatter::message;  // of the event `following`
};

/// What is new by this change, what concerns one person most first. What is imported is no news.
/// Manual, Notification rules 2.1.
std::vector<News> news_of(const records::Change& ticket);

/// Who is told of it, whoever did it left out. Manual, Notification rules 2.2.
std::vector<RecordId> who_is_told(const records::Change& ticket, const News& news);

/// Whom a ticket concerns: the owner; where none is at work, everybody of the department.
/// Manual, Notifications 1.1.
struct Concern {
  RecordId owner;
  RecordId department;
};
std::vector<RecordId> who_answers_for(db::Transaction& tx, OrgId org, const Concern& ticket);

}  // namespace tandem::desk
