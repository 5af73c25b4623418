#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Calls that people note down. A call is a message of the channel "phone" that colleagues alone
// see: what is noted of a call was not said to the customer in these words, and must not be quoted
// to them in a mail. Manual, Telephone 1.1.

namespace tandem::desk {

constexpr int64_t call_seconds_max = 24 * 60 * 60;
constexpr int64_t call_number_chars_max = 50;
constexpr int64_t call_note_chars_max = 32'000;
constexpr int64_t recording_url_chars_max = 2'000;
/// How far in the past a call that is noted may have begun.
constexpr int64_t call_age_ms_max = 366 * day_ms;

/// What may come of a call: "answered", "missed", "busy", "voicemail".
const std::vector<std::string_view>& call_results();

struct LoggedCall {
  std::string direction = "in";  // in, out
  Instant started_at;            // 0 is now less the length
  int64_t seconds = 0;
  std::string number;
  std::string note;  // plain text
  std::string result = "answered";
  std::string recording_url;
};

/// Notes a call on a ticket that the actor sees and may comment on; that is all it asks, so that
/// whoever takes a call can note it, at every access of a shared ticket. Answers the message.
/// Refuses: not_found, forbidden, conflict (in the bin), invalid (direction, started_at, seconds,
/// number, note, result, recording_url).
Result<records::Record> log_call(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                 const LoggedCall& call);

/// Makes a ticket of the channel "phone"; asks for the right to make tickets. `values`: of the
/// ticket. `contact_name`: of a caller who is no contact yet, and is made one.
Result<records::Record> add_ticket_of_call(db::Transaction& tx, const access::Actor& actor,
                                           records::Changes values, const LoggedCall& call,
                                           const std::string& contact_name = "");
/// The same, and notes the call on it. Answers the message.
Result<records::Record> log_call_on_new_ticket(db::Transaction& tx, const access::Actor& actor,
                                               records::Changes values, const LoggedCall& call);

/// Refuses as log_call does what is no call.
Result<void> check_call(const LoggedCall& call, Instant now);
/// Its fields of the message.
records::Changes call_values(const LoggedCall& call, Instant now);

}  // namespace tandem::desk
