#pragma once

#include <string>
#include <variant>
#include <vector>

#include "access/actor.h"
#include "records/change_log.h"
#include "records/record.h"

namespace tandem::desk {

/// A mail, a comment, or something that happened to the ticket.
struct TimelineItem {
  enum class Type { thread, comment, event } type = Type::event;
  Instant at;
  records::Record record;                    // thread and comment
  records::LogEntry entry;                   // event
  std::vector<records::Record> attachments;  // thread and comment
  std::vector<std::string> may;              // comment: what the actor may do with it
};

struct Timeline {
  std::vector<TimelineItem> items;  // oldest first
  std::string older_cursor;         // "" when nothing is older
};

constexpr int timeline_items_max = 200;

/// What happened on a ticket the actor sees, the newest `limit` items before `before` ("" is now).
/// Refuses: not_found, invalid (before, limit).
Result<Timeline> read_timeline(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               const std::string& before, int limit);

/// One thread or comment with its attachments. Refuses: not_found, also when it is not of that
/// ticket.
Result<TimelineItem> read_thread(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                 RecordId thread);
Result<TimelineItem> read_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                  RecordId comment);

/// The body of a thread for showing: what it adds and what it quotes, both sanitised.
struct ThreadBody {
  std::string html;
  std::string quoted_html;
  bool has_remote_images = false;
};
ThreadBody body_of(const records::Record& thread);

}  // namespace tandem::desk
