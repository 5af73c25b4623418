#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/channels/phone_lines.h"

// What telephone systems tell of calls while they happen: ringing, answered, ended. They tell it
// late, twice and in any order, so that each event only adds what it knows to the call, and the
// message is written when the end is known. Manual, Telephone 2.3.

namespace tandem::desk {

enum class CallMoment { ringing, answered, ended };

struct CallEvent {
  CallMoment moment = CallMoment::ringing;
  std::string call_id;
  std::string from;
  std::string to;
  std::string direction = "in";
  std::string agent;  // an agent's mail address or telephone number; "" when not said
  std::string recording_url;
  std::optional<Instant> at;  // none: now
};

/// What became of an event. The ticket is 0 while the call lasts, or when the line doesn't note
/// such calls.
struct CallReport {
  RecordId ticket;
  RecordId thread;
};

/// Exactly one message for a call, whatever is told of it. Refuses with invalid: call_id, from, to,
/// direction, at, recording_url; and as take_in_message does.
Result<CallReport> hear_call_event(const Desk& desk, const PhoneLine& line, const CallEvent& event);

/// Whether these bytes are heard for the first time; a signed event is heard once.
bool is_first_hearing(db::Transaction& tx, const PhoneLine& line, const std::string& digest);

/// Forgets events after a day and calls after a month.
void forget_call_events(db::Database& database);

}  // namespace tandem::desk
