#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "views/viewed_module.h"

namespace tandem::desk {

/// The saved filters every agent has, in the order they are shown: open, mine, following,
/// unassigned, overdue, escalated, high_priority, closed, all, shared, spam. The first is where
/// people begin. `all` is every ticket outside the recycle bin that is no spam; the others but
/// `closed`, `shared` and `spam` leave closed tickets out. `shared` is what other departments share
/// with the agent's. Manual, Queue and views 1.1.
const std::vector<std::string>& view_names();

/// The same in the order in which they came to be, so that programs may keep a place in it as an
/// id.
const std::vector<std::string>& views_by_age();

/// The English name of a ready view: "Open tickets".
std::string view_label(std::string_view name);

using views::ViewQuery;

/// `department`: only tickets of this department, or shared with it; 0 for all that the actor has.
/// Refuses an unknown name with not_found, and so "shared" where sharing is switched off.
Result<ViewQuery> view_query(db::Transaction& tx, std::string_view name, const access::Actor& actor,
                             RecordId department = {});
/// The same for all but `following`, which only the database knows.
Result<ViewQuery> view_query(std::string_view name, const access::Actor& actor, Instant now,
                             RecordId department = {});

/// Past its due time and not closed. Never stored, so that it is never old. Manual, Tickets 2.4.
bool is_overdue(const records::Record& ticket, Instant now);
bool is_overdue(std::string_view status_type, std::optional<Instant> due_at, Instant now);

}  // namespace tandem::desk
