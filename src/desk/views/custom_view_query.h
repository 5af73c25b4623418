#pragma once

#include <optional>
#include <string_view>

#include "base/json.h"
#include "desk/views/custom_views.h"
#include "desk/views/views.h"

// What custom views ask for, and how many tickets that is.

namespace tandem::desk {

/// How many tickets are looked at to count a custom view, so that no set of conditions costs more
/// than so many rows, however many tickets there are. Manual, Custom views 3.3.
constexpr int64_t view_tickets_examined_max = 2'000;

/// A ready view by its name, or a custom one by its id. Custom views reach only what stands in the
/// actor's lists, whatever their conditions say (S062). Refuses: not_found, and with invalid
/// "view_broken" a view with a condition that no longer holds: a field that was deleted or is
/// hidden from the actor's role. Manual, Custom views 3.1.
Result<ViewQuery> view_asked_for(db::Transaction& tx, const access::Actor& actor,
                                 std::string_view view, RecordId department = {});

/// What stands against reading the view, in words; nothing when all is well.
std::optional<Refusal> fault_of(db::Transaction& tx, const access::Actor& actor,
                                const CustomView& view);

/// Reads conditions as a view has them. Refuses as filter_from_json and operations::may_ask do.
Result<records::Filter> view_conditions(db::Transaction& tx, const access::Actor& actor,
                                        const Json& conditions);

/// What a custom view with these conditions would list. Refuses as view_conditions.
Result<ViewQuery> view_of_conditions(db::Transaction& tx, const access::Actor& actor,
                                     const Json& conditions);

/// The tickets of a view in one status: a column of the board. It is counted and listed as custom
/// views are, so that no column costs more than so many tickets. Refuses with invalid (status) what
/// is no status, or is hidden from the actor's role. Manual, Queue and views 4.2.
Result<ViewQuery> column_of_view(db::Transaction& tx, const access::Actor& actor, ViewQuery view,
                                 const std::string& status);

/// Counts up to records::count_cap. A custom view is counted among view_tickets_examined_max
/// tickets, and not exactly when there were more to look at.
Result<records::Count> count_view(db::Transaction& tx, const access::Actor& actor,
                                  const ViewQuery& query);

/// Lists a view. A page of a custom one looks at no more than view_tickets_examined_max tickets: it
/// may be short, or empty, and still have a next one.
Result<records::Page> list_view(db::Transaction& tx, const access::Actor& actor,
                                const ViewQuery& view, records::Query query);

}  // namespace tandem::desk
