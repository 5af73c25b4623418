#pragma once

#include <string>
#include <vector>

#include "api/desk/call.h"

// Colleagues named in comments. In the dialect they stand as "zsu[@user:ID]zsu" with the zuid; ours
// are a name in the text and a list beside it.

namespace tandem::api::desk_dialect {

struct MentioningText {
  std::string html;
  std::vector<int64_t> agents;  // each once
};

/// Reads the dialect's spelling; the id of an agent is understood like a zuid. Refuses with invalid
/// (content) who is nobody here.
Result<MentioningText> read_mentions(db::Transaction& tx, const Call& call,
                                     const std::string& html);

/// The text of a comment in the dialect's spelling, and "mention" with whom it names.
void append_mentioning(JsonWriter& json, const records::Record& comment);

}  // namespace tandem::api::desk_dialect
