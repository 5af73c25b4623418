#pragma once

#include <string>

#include "views/viewed_module.h"

// Tickets as views list them. Manual, Queue and views; Custom views.

namespace tandem::desk {

const views::ViewedModule& viewed_tickets();

/// The tickets of a view in one status: a column of the board. It is counted and listed as custom
/// views are, so that no column costs more than so many tickets. Refuses with invalid (status) what
/// is no status, or is hidden from the actor's role. Manual, Queue and views 4.2.
Result<views::ViewQuery> column_of_view(db::Transaction& tx, const access::Actor& actor,
                                        views::ViewQuery view, const std::string& status);

}  // namespace tandem::desk
