#pragma once

#include <string>
#include <vector>

#include "records/store.h"

// One log that everything reads: field history, activity, live events, webhooks, sync. Ordered by
// commit.

namespace tandem::records {

struct LogEntry {
  int64_t id = 0;
  std::string module = {};
  RecordId record = {};
  int64_t revision = 0;
  std::string event = {};  // created, updated, deleted, restored, purged, or a module's own:
                           // reply_sent, comment_added
  Instant at = {};
  Author author = {};
  std::string changes_json =
      {};  // {"status":["open","closed"],…}: values as the native API shows them;
           // "{}" when none
  std::string detail_json = {};  // "" when none
};

/// Adds an entry that is no field change (a reply was sent). `revision` is the record's present
/// one.
void log_event(db::Transaction& tx, OrgId org, const std::string& module, RecordId record,
               int64_t revision, const std::string& event, const Author& author,
               const std::string& detail_json = "");

struct LogPage {
  std::vector<LogEntry> entries = {};
  std::string next_cursor = {};
};
/// A cursor of history_of to the entries of the moment and older.
std::string history_cursor_at(db::Transaction& tx, OrgId org, const std::string& module,
                              RecordId record, Instant at);
/// One record's entries, newest first, 1 to 200 a page.
Result<LogPage> history_of(db::Transaction& tx, OrgId org, const std::string& module,
                           RecordId record, const std::string& cursor, int limit);

/// Entries of all organisations after an opaque cursor, in commit order, never skipping one that
/// commits late.
/// "" starts at the oldest; cursor_at_end() starts at what comes. At most `limit` (1 to 1,000).
struct Feed {
  std::vector<std::pair<OrgId, LogEntry>> entries = {};
  std::string cursor = {};
};
Result<Feed> read_feed(db::Transaction& tx, const std::string& cursor, int limit);
std::string cursor_at_end(db::Transaction& tx);

}  // namespace tandem::records
