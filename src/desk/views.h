#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/store.h"

namespace tandem::desk {

/// The saved filters every agent has, in the order they are shown: open, mine, unassigned, overdue,
/// escalated, high_priority, closed, all. The first is where people begin. `all` is every ticket
/// outside the recycle bin; the others but `closed` leave closed tickets out. Manual, Queue and
/// views 1.1.
const std::vector<std::string>& view_names();

/// The same in the order in which they came to be, so that programs may keep a place in it as an
/// id.
const std::vector<std::string>& views_by_age();

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
