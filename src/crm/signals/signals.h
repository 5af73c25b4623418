#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/signals/signal_list.h"
#include "crm/signals/work_signals.h"
#include "notifications/notifications.h"
#include "records/record.h"

// Signals: what people of the sales side are told without asking for it, and may act upon at once.

namespace tandem::crm {

/// At most this many people hear of one note.
constexpr size_t mentions_per_note_max = 20;

/// The rule of modules that tells people what just happened to a record of theirs, whoever did it
/// left out, and forgets it with the record. Runs after the record is stored. What is imported or
/// changed in bulk is no news, but that somebody is given records in bulk: one signal counts them.
/// Manual, Signals.
Result<void> its_people_hear_of_it(records::Change& change);

/// A signal as its person sees it.
struct Signal {
  notifications::Notification told = {};  // its record: what a click opens
  std::string note = {};                  // how the note begins that mentions them
  /// Whom to call or to write to: the record itself, or the lead or contact that it is with.
  std::optional<records::Record> person = {};
  bool may_complete = false;  // an open task
  /// Of a signal that is about no single record; `told.record` is empty then.
  std::optional<Work> work = {};
};

struct Signals {
  std::vector<Signal> newest = {};  // newest first
  int unread_count = 0;             // of all, not only of those in `newest`
};

/// What the actor was told by signals that are on, of records that they still see with the fields
/// that the signal speaks of. `limit`: 1 to notifications::kept_per_agent_max.
Result<Signals> list_signals(db::Transaction& tx, const access::Actor& actor, int limit);

}  // namespace tandem::crm
