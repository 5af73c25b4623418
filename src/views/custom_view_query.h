#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "views/custom_views.h"
#include "views/viewed_module.h"

// What views ask for, and how many records that is.

namespace tandem::views {

/// How many records are looked at to count a custom view, so that no set of conditions costs more
/// than so many rows, however many records there are. Manual, Custom views 3.3.
constexpr int64_t view_rows_examined_max = 2'000;

/// A ready view by its name, or a custom one by its id. Custom views reach only what stands in the
/// actor's lists, whatever their conditions say (S062). Refuses: not_found, and with invalid
/// "view_broken" a view with a condition that no longer holds: a field that was deleted or is
/// hidden from the actor's role. Manual, Custom views 3.1.
Result<ViewQuery> view_asked_for(db::Transaction& tx, const access::Actor& actor,
                                 const ViewedModule& viewed, std::string_view view,
                                 RecordId department = {});

/// What stands against reading the view, in words; nothing when all is well.
std::optional<Refusal> fault_of(db::Transaction& tx, const access::Actor& actor,
                                const ViewedModule& viewed, const CustomView& view);

/// Reads conditions as a view has them. Refuses as filter_from_json and operations::may_ask do.
Result<records::Filter> view_conditions(db::Transaction& tx, const access::Actor& actor,
                                        const ViewedModule& viewed, const Json& conditions);

/// What a custom view with these conditions would list. Refuses as view_conditions.
Result<ViewQuery> view_of_conditions(db::Transaction& tx, const access::Actor& actor,
                                     const ViewedModule& viewed, const Json& conditions);

/// Counts up to records::count_cap. A custom view is counted among view_rows_examined_max records,
/// and not exactly when there were more to look at.
Result<records::Count> count_view(db::Transaction& tx, const access::Actor& actor,
                                  const ViewedModule& viewed, const ViewQuery& query);

/// Lists a view. A page of a custom one looks at no more than view_rows_examined_max records where
/// its order is of numbers or times: it may be short, or empty, and still have a next one.
Result<records::Page> list_view(db::Transaction& tx, const access::Actor& actor,
                                const ViewedModule& viewed, const ViewQuery& view,
                                records::Query query);

struct ViewCount {
  std::string name;
  std::string label;
  records::Count count;
};
/// Counts each ready view up to records::count_cap, in one department when `department` is given.
Result<std::vector<ViewCount>> count_ready_views(db::Transaction& tx, const access::Actor& actor,
                                                 const ViewedModule& viewed,
                                                 RecordId department = {});

}  // namespace tandem::views
