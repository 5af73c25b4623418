#pragma once

#include <string_view>

#include "access/actor.h"
#include "notifications/notifications.h"
#include "records/record.h"

// What people are told without asking for it: the bell, and beside it mails and SMS as the rules of
// the department say. who_is_told.h decides who is told of what.

namespace tandem::desk {

enum class NotificationKind {
  escalated,
  mentioned,
  followed_message,
  followed_comment,
  followed_status,
  followed_owner,
  reminded  // of a task or an appointment
};
std::string_view word(NotificationKind kind);

/// What the actor was told, of tickets, tasks and appointments that they still see and that are not
/// in the recycle bin. `limit`: 1 to notifications::kept_per_agent_max.
Result<notifications::Notifications> list_notifications(db::Transaction& tx,
                                                        const access::Actor& actor, int limit);

/// The rule of tickets that tells people what just happened to one, and forgets it with the ticket.
/// Runs after the ticket is stored. Manual, Notifications 1.1; S014, S021, S077.
Result<void> people_are_told(records::Change& ticket);

}  // namespace tandem::desk
