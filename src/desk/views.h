#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/store.h"

namespace tandem::desk {

/// The saved filters every agent has, in the order they are shown: all, mine, unassigned, overdue,
/// escalated, high_priority, closed. `all` is every ticket outside the recycle bin; the others but
/// `closed` leave closed tickets out.
const std::vector<std::string>& view_names();

/// What a view asks for, to be joined to what the actor sees. Refuses an unknown name with
/// not_found.
Result<records::Filter> view_filter(std::string_view name, const access::Actor& actor, Instant now);

struct ViewCount {
  std::string name;
  std::string label;
  records::Count count;
};
/// Counts each view up to records::count_cap, in one department when `department` is given.
Result<std::vector<ViewCount>> count_views(db::Transaction& tx, const access::Actor& actor,
                                           RecordId department = {});

/// Past its due time and not closed. Never stored, so that it is never old. Manual, Tickets 2.4.
bool is_overdue(const records::Record& ticket, Instant now);

}  // namespace tandem::desk
