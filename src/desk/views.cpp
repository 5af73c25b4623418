#include "desk/views.h"

#include <fmt/format.h>

#include "desk/modules.h"
#include "operations/operations.h"

namespace tandem::desk {

using records::field;
using records::Filter;

namespace {

// Asked for by its two types instead of "is not closed", so that an index serves it.
Filter not_closed() { return field("status_type").is_one_of({"open", "on_hold"}); }

std::string label_of(std::string_view view) {
  if (view == "open") return "Open tickets";
  if (view == "all") return "All tickets";
  if (view == "mine") return "My tickets";
  if (view == "unassigned") return "Unassigned";
  if (view == "overdue") return "Overdue";
  if (view == "escalated") return "Escalated";
  if (view == "high_priority") return "High priority";
  return "Closed";
}

}  // namespace

const std::vector<std::string>& view_names() {
  static const std::vector<std::string> names{"open",      "mine",          "unassigned", "overdue",
                                              "escalated", "high_priority", "closed",     "all"};
  return names;
}

const std::vector<std::string>& views_by_age() {
  static const std::vector<std::string> names{"all",       "mine",          "unassigned", "overdue",
                                              "escalated", "high_priority", "closed",     "open"};
  return names;
}

Result<Filter> view_filter(std::string_view name, const access::Actor& actor, Instant now) {
  if (name == "open") return not_closed();
  if (name == "all") return records::everything();
  if (name == "mine") return records::all_of({field("owner").is(actor.id), not_closed()});
  if (name == "unassigned") return records::all_of({field("owner").is_empty(), not_closed()});
  if (name == "overdue") return records::all_of({not_closed(), field("due_at").before(now)});
  if (name == "escalated") {
    return records::all_of({not_closed(), field("is_escalated").is(int64_t{1})});
  }
  if (name == "high_priority") {
    return records::all_of({not_closed(), field("priority").is_one_of({"high", "urgent"})});
  }
  if (name == "closed") return field("status_type").is("closed");
  return not_found(
      fmt::format("There is no view {}; choose one of {}.", name, fmt::join(view_names(), ", ")));
}

Result<std::vector<ViewCount>> count_views(db::Transaction& tx, const access::Actor& actor,
                                           RecordId department) {
  std::vector<ViewCount> counts;
  for (const std::string& name : view_names()) {
    Filter filter = TRY(view_filter(name, actor, tx.now()));
    if (department) {
      filter = records::all_of({std::move(filter), field("department").is(department)});
    }
    const records::Count count =
        TRY(operations::count_records(tx, actor, tickets_module(), filter));
    counts.push_back({name, label_of(name), count});
  }
  return counts;
}

bool is_overdue(const records::Record& ticket, Instant now) {
  const records::Value& due_at = ticket.get("due_at");
  return !due_at.is_null() && due_at.instant() < now &&
         ticket.get("status_type").text() != "closed";
}

}  // namespace tandem::desk
