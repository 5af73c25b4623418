#include "desk/views/views.h"

#include <fmt/format.h>

#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/tickets/still_open.h"
#include "desk/tickets/ticket_followers.h"
#include "operations/operations.h"

namespace tandem::desk {

using records::field;
using records::Filter;

namespace {

/// A merged ticket is a part of another one.
Filter not_merged() { return field("merged_into").is_empty(); }

}  // namespace

std::string view_label(std::string_view view) {
  if (view == "open") return "Open tickets";
  if (view == "all") return "All tickets";
  if (view == "mine") return "My tickets";
  if (view == "unassigned") return "Unassigned";
  if (view == "overdue") return "Overdue";
  if (view == "escalated") return "Escalated";
  if (view == "high_priority") return "High priority";
  if (view == "shared") return "Shared tickets";
  if (view == "following") return "Following";
  if (view == "spam") return "Spam";
  return "Closed";
}

const std::vector<std::string>& view_names() {
  static const std::vector<std::string> names{"open",    "mine",      "following",     "unassigned",
                                              "overdue", "escalated", "high_priority", "closed",
                                              "all",     "shared",    "spam"};
  return names;
}

const std::vector<std::string>& views_by_age() {
  static const std::vector<std::string> names{"all",       "mine",          "unassigned", "overdue",
                                              "escalated", "high_priority", "closed",     "open",
                                              "shared",    "following",     "spam"};
  return names;
}

namespace {

/// Administrators, who see everything without a share, look at what is shared with anybody. The
/// index knows only whether a ticket is shared at all.
Filter shared_tickets(const access::Actor& actor, RecordId department) {
  Filter is_shared = records::all_of(
      {field("is_shared").is(int64_t{1}), not_merged(), field("status_type").is_not("spam")});
  if (!department && actor.is_administrator()) return is_shared;
  std::vector<int64_t> departments = actor.department_ids;
  if (department) {
    const bool may_look = actor.is_administrator() || actor.in_department(department);
    departments.assign(may_look ? 1 : 0, department.value);
  }
  if (departments.empty()) return records::nothing();
  return records::all_of({std::move(is_shared), shared_with(departments)});
}

/// Of one's own departments; spam that others share is theirs to mark.
Filter spam_of(const access::Actor& actor, RecordId department) {
  Filter is_spam = field("status_type").is("spam");
  if (!department && actor.is_administrator()) return is_spam;
  std::vector<int64_t> departments = actor.department_ids;
  if (department) {
    const bool may_look = actor.is_administrator() || actor.in_department(department);
    departments.assign(may_look ? 1 : 0, department.value);
  }
  if (departments.empty()) return records::nothing();
  std::vector<records::Value> asked(departments.begin(), departments.end());
  return records::all_of({std::move(is_spam), field("department").is_one_of(std::move(asked))});
}

Result<Filter> filter_of(std::string_view name, const access::Actor& actor, Instant now) {
  if (name == "open") return still_open();
  if (name == "all") return not_merged();
  if (name == "mine") return records::all_of({field("owner").is(actor.id), still_open()});
  if (name == "unassigned") return records::all_of({field("owner").is_empty(), still_open()});
  if (name == "overdue") return records::all_of({still_open(), field("due_at").before(now)});
  if (name == "escalated") {
    return records::all_of({still_open(), field("is_escalated").is(int64_t{1})});
  }
  if (name == "high_priority") {
    return records::all_of({still_open(), field("priority").is_one_of({"high", "urgent"})});
  }
  if (name == "closed") return records::all_of({field("status_type").is("closed"), not_merged()});
  std::vector<std::string> offered = view_names();
  if (!actor.uses("ticket_sharing")) std::erase(offered, "shared");
  return not_found(
      fmt::format("There is no view {}; choose one of {}.", name, fmt::join(offered, ", ")));
}

}  // namespace

Result<ViewQuery> view_query(std::string_view name, const access::Actor& actor, Instant now,
                             RecordId department) {
  if (name == "shared" && actor.uses("ticket_sharing")) {
    return ViewQuery{.filter = shared_tickets(actor, department),
                     .reach = operations::Reach::visible};
  }
  if (name == "spam") {
    return ViewQuery{.filter = spam_of(actor, department), .reach = operations::Reach::visible};
  }
  Filter filter = TRY(filter_of(name, actor, now));
  // By what it asks for, because one index serves both then.
  ViewQuery query{.filter = std::move(filter), .sort = name == "overdue" ? "due_at" : ""};
  if (department) {
    query.filter = records::all_of({std::move(query.filter), field("department").is(department)});
  }
  return query;
}

Result<ViewQuery> view_query(db::Transaction& tx, std::string_view name, const access::Actor& actor,
                             RecordId department) {
  if (name != "following") return view_query(name, actor, tx.now(), department);
  std::vector<records::Value> followed = followed_tickets(tx, actor);
  if (followed.empty()) return ViewQuery{.filter = records::nothing()};
  ViewQuery query{.filter = field("id").is_one_of(std::move(followed))};
  if (department) {
    query.filter = records::all_of({std::move(query.filter), field("department").is(department)});
  }
  return query;
}

bool is_overdue(const records::Record& ticket, Instant now) {
  const records::Value& due_at = ticket.get("due_at");
  return is_overdue(ticket.get("status_type").text(),
                    due_at.is_null() ? std::nullopt : std::optional(due_at.instant()), now);
}

bool is_overdue(std::string_view status_type, std::optional<Instant> due_at, Instant now) {
  return due_at && *due_at < now && is_still_open(status_type);
}

}  // namespace tandem::desk
