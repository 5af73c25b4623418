#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/channels/calls.h"

// Who rings: what a telephone system told of calls that last at this moment, with what is known of
// the caller. Manual, Telephone 3.

namespace tandem::desk {

constexpr size_t ongoing_calls_max = 5;
constexpr int open_tickets_shown_max = 5;

struct EarlierCall {
  RecordId ticket;
  Instant at;
  std::string result;
  int64_t seconds = 0;
  std::string with;  // who noted it
};

/// A call that rings or lasts.
struct OngoingCall {
  std::string id;  // names it in note_on_ongoing_call()
  std::string number;
  std::string direction;
  Instant rang_at;
  bool is_answered = false;
  RecordId department;
  RecordId ticket;  // on which it was noted already; 0: on none
  RecordId contact;
  std::string contact_name;
  std::vector<records::Record> open_tickets;  // of the contact, that the agent sees
  std::optional<EarlierCall> last_call;       // of the contact, on a ticket that the agent sees
};
/// Those of the agent, and those of their departments that name no agent; newest first.
std::vector<OngoingCall> ongoing_calls(db::Transaction& tx, const access::Actor& agent);

/// Notes a call that lasts, or has just ended, on a ticket, as log_call(). What the telephone
/// system tells later completes this message, so that the call stands there once; where it stands
/// with a note already, a further one is a message of its own. `id`: OngoingCall. Refuses as
/// log_call(), and not_found a call that is not the actor's.
Result<records::Record> log_ongoing_call(db::Transaction& tx, const access::Actor& actor,
                                         RecordId ticket, const LoggedCall& call,
                                         std::string_view id);

}  // namespace tandem::desk
