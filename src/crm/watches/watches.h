#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "access/applications.h"
#include "base/stop_sign.h"
#include "crm/watches/field_selection.h"
#include "deliveries/outbox.h"

// A member has a server of theirs told what changes in a module. The watch sees what the member
// sees, and ends by itself: at its time, with the membership, with the right to read the module,
// and when the server wants nothing any more.

namespace tandem::crm {

constexpr int64_t watches_max = 300;  // of an organisation
constexpr int64_t watches_of_person_max = 100;
constexpr int64_t watch_token_chars_max = 50;
constexpr int64_t watch_usual_ms = hour_ms;  // when no end is named
constexpr int64_t watch_longest_ms = 7 * day_ms;

/// The reader of the change log that watches are told by.
constexpr std::string_view watch_reader = "crm_watches";
constexpr deliveries::Outbox watch_outbox{
    .receivers = "crm_watches", .deliveries = "crm_watch_deliveries", .receiver = "watch"};

/// What happened to a record: made or taken out of the recycle bin, changed, put into the bin.
enum class Operation { insert, update, delete_ };
/// "insert", "update", "delete".
std::string_view word(Operation operation);
std::optional<Operation> operation_from_word(std::string_view word);

/// One module on one channel of a member.
struct Watch {
  RecordId id = {};
  OrgId org = {};
  PersonId person = {};
  int64_t channel = 0;  // the member's own choice, from 1
  std::string module = {};
  std::vector<Operation> operations = {};
  std::string url = {};
  std::string token = {};  // given back with each notice
  /// Which fields an update must have changed; nothing is any.
  std::optional<FieldSelection> fields = {};
  bool gives_values = false;  // what the fields became
  bool tells_related = true;  // what happens to records that belong to one of the module
  Instant since_at = {};
  Instant ends_at = {};

  bool tells(Operation operation) const;
};

/// Begins a watch of the actor's, or changes the one of this channel and module. `ends_at`: 0 is in
/// an hour, and nothing ends later than in seven days. Refuses: forbidden (no right to read the
/// module), invalid (channel, module, operations, url, token, fields, ends_at), conflict
/// "too_many".
Result<Watch> set_watch(db::Transaction& tx, const access::Actor& actor, const Watch& wanted);

/// Those of the actor that have not ended, by channel and module.
std::vector<Watch> list_watches(db::Transaction& tx, const access::Actor& actor);
/// The same of one channel. Refuses with conflict "not_subscribed" when there is none.
Result<std::vector<Watch>> watches_of_channel(db::Transaction& tx, const access::Actor& actor,
                                              int64_t channel);
/// With all that was to be told.
void remove_watch(db::Transaction& tx, const access::Actor& actor, const Watch& watch);

/// Those of an organisation that have not ended. Asks no right.
std::vector<Watch> live_watches(db::Transaction& tx, OrgId org);
bool is_any_watch_live(db::Transaction& tx);
/// Asks no right; also one that has ended and is not removed yet.
std::optional<Watch> find_watch(db::Transaction& tx, OrgId org, RecordId id);

/// Whose the watch is, with what they may now. Nothing when they are no active member any more or
/// may not read the module.
std::optional<access::Actor> owner_of(db::Transaction& tx, const access::Applications& applications,
                                      const Watch& watch);
/// Removes a watch that ended by itself. `reason`: expired, no_right, gone, silent, backlog.
void end_watch(db::Transaction& tx, const Watch& watch, std::string_view reason);
/// Removes those whose time is over and those of members who lost their right.
void end_watches(db::Database& database, const access::Applications& applications,
                 const StopSign& stop = {});

}  // namespace tandem::crm
