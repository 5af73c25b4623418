#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// The bell of every application: what a person was told of records, whether they have read it, and
// that their browsers hear of it at once. What is told and to whom is the applications' own.

namespace tandem::notifications {

/// Older ones are forgotten.
constexpr int kept_per_agent_max = 500;

struct Notification {
  RecordId id = {};
  std::string kind = {};  // a word of the application's own
  records::Author by = {};
  Instant told_at = {};
  std::optional<Instant> read_at = {};
  std::string module = {};      // of the record
  records::Record record = {};  // as the person sees it now; of no module when told of none
  RecordId about = {};          // what it is told of
  std::string detail_json = {};
};

struct Notifications {
  std::vector<Notification> newest = {};  // newest first
  int unread_count = 0;                   // of all, not only of those in `newest`
};

/// Something that one agent is told of one record, or of something else that has an id.
struct Telling {
  std::string kind = {};
  RecordId agent = {};
  std::string module = {};
  RecordId record = {};
  std::string detail_json = {};
};
/// Rings their bell.
void tell_agent(db::Transaction& tx, const access::Actor& by, const Telling& telling);
/// What happens to many records of a module at once is told in one line, which counts them.
struct OneMore {
  std::string kind = {};
  RecordId agent = {};
  std::string module = {};
};
/// One author's doings so close to each other stand in one line.
constexpr int64_t counted_together_ms = 10 * minute_ms;
/// Rings their bell, or counts one more in a line that they have not read. Its detail is
/// {"count":N}.
void tell_agent_of_one_more(db::Transaction& tx, const access::Actor& by, const OneMore& more);
/// Takes back what was told of a record since `since`, where something told later says it better.
struct TakenBack {
  std::string kind = {};
  std::string module = {};
  RecordId record = {};
};
void take_back(db::Transaction& tx, OrgId org, const TakenBack& telling, Instant since);
/// When a record is gone for good.
void forget_record(db::Transaction& tx, OrgId org, const std::string& module, RecordId record);
/// Everybody's browsers ask again what they were told.
void say_to_everybody(db::Transaction& tx, const access::Actor& by);

/// All that the actor was told of records of these modules that they still see and that are not in
/// the recycle bin, newest first, at most kept_per_agent_max. Fields that are hidden from their
/// role are empty.
Result<std::vector<Notification>> told_and_seen(
    db::Transaction& tx, const access::Actor& actor,
    const std::vector<const records::ModuleDef*>& modules);
/// What the actor was told by these kinds, whatever it is about, newest first; `record` is empty.
std::vector<Notification> told_of_kinds(db::Transaction& tx, const access::Actor& actor,
                                        const std::set<std::string>& kinds);
/// The first `limit` of them, 1 to kept_per_agent_max, and how many of all are unread.
Notifications newest_of(std::vector<Notification> told, int limit);

using RecordsById = std::map<int64_t, records::Record>;
/// Those of one module that the actor may read and sees; the rest is left out.
Result<RecordsById> visible_records(db::Transaction& tx, const access::Actor& actor,
                                    const records::ModuleDef& module, const std::set<int64_t>& ids);

/// Marks one of the actor's own as read; does nothing when it is. Refuses: not_found.
Result<void> mark_read(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Marks as read what the actor was told up to and including `newest_seen`, so that what arrives
/// meanwhile stays unread.
Result<void> mark_all_read(db::Transaction& tx, const access::Actor& actor, RecordId newest_seen);

}  // namespace tandem::notifications
