#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
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

/// Older ones are forgotten.
constexpr int notifications_per_agent_max = 500;

struct Notification {
  RecordId id;
  std::string kind;  // a word of NotificationKind
  records::Author by;
  Instant told_at;
  std::optional<Instant> read_at;
  std::string module = "tickets";  // or tasks, appointments
  records::Record ticket;          // the record of that module, as the person sees it now
};

struct Notifications {
  std::vector<Notification> newest;  // newest first
  int unread_count = 0;              // of all, not only of those in `newest`
};

/// What the actor was told, of tickets that they still see and that are not in the recycle bin.
/// `limit`: 1 to notifications_per_agent_max.
Result<Notifications> list_notifications(db::Transaction& tx, const access::Actor& actor,
                                         int limit);
/// Marks one of the actor's own as read; does nothing when it is. Refuses: not_found.
Result<void> mark_read(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Marks as read what the actor was told up to and including `newest_seen`, so that what arrives
/// meanwhile stays unread.
Result<void> mark_all_read(db::Transaction& tx, const access::Actor& actor, RecordId newest_seen);

/// Something that one agent is told of one record.
struct Telling {
  NotificationKind kind = NotificationKind::reminded;
  RecordId agent;
  std::string module;
  RecordId record;
};
/// Rings their bell. For the room itself.
void tell_agent(db::Transaction& tx, const access::Actor& by, const Telling& telling);

/// The rule of tickets that tells people what just happened to one, and forgets it with the ticket.
/// Runs after the ticket is stored. Manual, Notifications 1.1; S014, S021, S077.
Result<void> people_are_told(records::Change& ticket);

}  // namespace tandem::desk
