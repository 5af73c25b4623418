#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

namespace tandem::desk {

/// A phase of a ticket. Every status is of one of three types; "open", "on_hold" and "closed"
/// always exist.
struct Status {
  std::string name;
  std::string label;
  std::string type;  // open, on_hold or closed
  int64_t position = 0;
  bool is_system = false;
};

constexpr int statuses_max = 50;

std::vector<Status> list_statuses(db::Transaction& tx, OrgId org);
/// The type of a status; "open" for a name that is none.
std::string status_type_of(db::Transaction& tx, OrgId org, std::string_view name);

/// Adds one; its name is made from the label. Refuses: forbidden, invalid, conflict (label taken).
Result<Status> add_status(db::Transaction& tx, const access::Actor& actor, Status status);
/// Changes label and position. The type can change while no ticket has the status. Refuses:
/// not_found, forbidden, invalid, conflict (label taken, in use).
Result<Status> change_status(db::Transaction& tx, const access::Actor& actor, Status status);
/// Refuses a system status and one that tickets have (conflict).
Result<void> remove_status(db::Transaction& tx, const access::Actor& actor, std::string_view name);

}  // namespace tandem::desk
