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
  std::string proof = {};     // what makes a signed event this one; "" when it is not signed
};

/// What became of an event. The ticket is 0 while the call lasts, or when the line doesn't note
/// such calls.
struct CallReport {
  RecordId ticket;
  RecordId thread;
};

/// Exactly one message for a call, whatever is told of it. Refuses with invalid: call_id, from, to,
/// direction, at, recording_url; with conflict "replayed" a signed event that was taken before (one
/// that was refused may be sent again); and as take_in_message does.
Result<CallReport> hear_call_event(const Desk& desk, const PhoneLine& line, const CallEvent& event);

/// Forgets events after a day and calls after a month.
void forget_call_events(db::Database& database);

}  // namespace tandem::desk
