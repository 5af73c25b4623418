#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "http/message.h"
#include "operations/operations.h"

// How the native API shows things (docs/api/native.md).

namespace tandem::api::native {

/// One record with its links named, as a whole answer.
std::string record_json(db::Transaction& tx, const access::Actor& actor,
                        const records::Record& record);
std::string page_json(db::Transaction& tx, const access::Actor& actor, const records::Page& page,
                      const std::optional<records::Count>& count);

/// A cursor under `key`, null at the end.
void append_cursor(JsonWriter& json, std::string_view key, const std::string& cursor);
/// A moment under `key`, null when there is none.
void append_moment(JsonWriter& json, std::string_view key, const std::optional<Instant>& at);
/// {"id","title","subtitle","status"?}
void append_search_hit(JsonWriter& json, const records::Record& record);

void append_refusal(JsonWriter& json, const Refusal& refusal);
/// {"error":{…}} with the status of its kind: invalid is 422.
http::Response show_refusal(const Refusal& refusal);

}  // namespace tandem::api::native
