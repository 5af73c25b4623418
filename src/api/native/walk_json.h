#pragma once

#include <optional>

#include "base/json.h"
#include "desk/tickets/open_ticket_walks.h"

namespace tandem::api::native {

/// {"looked_at","changed","expected","started_at","finished_at":…|null}, or null where there never
/// was a walk.
inline void append_walk(JsonWriter& json, const std::optional<desk::WalkProgress>& walk) {
  if (!walk) {
    json.null();
    return;
  }
  json.begin_object().number("looked_at", walk->looked_at).number("changed", walk->changed);
  json.number("expected", walk->expected).string("started_at", to_iso(walk->started_at));
  json.key("finished_at");
  if (walk->finished_at) {
    json.string(to_iso(*walk->finished_at));
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace tandem::api::native
