#pragma once

#include <string>

#include "api/desk/call.h"

// Calls and worked time as the Desk dialect shows them.

namespace tandem::api::desk_dialect {

/// Hours, minutes and seconds of their own.
void append_spent(JsonWriter& json, int64_t seconds);

/// Worked time of a ticket.
std::string time_json(db::Transaction& tx, const Call& call, const records::Record& ticket,
                      const records::Record& entry);

/// A call is a message of its ticket; these are its words. What was noted of it is for colleagues.
enum class CallNote { shown, left_out };
std::string call_json(const records::Record& thread, CallNote note = CallNote::shown);

}  // namespace tandem::api::desk_dialect
