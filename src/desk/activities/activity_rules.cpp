#include "access/agents.h"
#include "desk/activities/activities.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/ticket_visibility.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Change;
using records::field;
using records::Filter;
using records::Verb;

/// Writing an activity takes the act "plan" on its ticket; on the one before, too, when it moves.
/// An activity whose ticket is gone from sight stays as it is.
Result<void> may_plan_on(const Change& activity, RecordId ticket) {
  const Result<records::Record> found = ticket_for(activity.tx, activity.actor, ticket, "plan");
  if (found) return {};
  if (found.error().kind == RefusalKind::not_found) {
    return invalid("ticket", "not_found", "Choose a ticket that you see.");
  }
  return found.error();
}

Result<void> the_ticket_lets_it_be_planned(Change& activity) {
  if (activity.actor.is_system() || activity.verb == Verb::purged) return {};
  const RecordId before = activity.is_new() ? RecordId{} : activity.before.get("ticket").id();
  const RecordId after = activity.get("ticket").id();
  if (before) TRY(may_plan_on(activity, before));
  if (after && after != before) TRY(may_plan_on(activity, after));
  return {};
}

bool is_written(const Change& activity) {
  return activity.verb == Verb::created || activity.verb == Verb::updated;
}

/// The ticket's department is the activity's; without a ticket it is one of one's own.
Result<void> it_has_a_department(Change& activity) {
  if (!is_written(activity)) return {};
  const Actor& actor = activity.actor;
  if (const RecordId ticket = activity.get("ticket").id()) {
    const Result<records::Record> found = read_row(activity.tx, actor, tickets_module(), ticket);
    if (found) activity.set("department", found->get("department"));
    return {};
  }
  if (activity.get("department").is_null() && !actor.department_ids.empty()) {
    activity.set("department", actor.department_ids.front());
  }
  if (activity.get("department").is_null()) {
    return invalid("department", "required", "Choose a department or a ticket.");
  }
  const bool may_choose = !actor.is_agent() || actor.is_administrator() ||
                          actor.in_department(activity.get("department").id());
  if (may_choose || !activity.changes("department")) return {};
  return invalid("department", "not_your_department", "Choose a department of your own.");
}

Result<void> it_has_an_owner(Change& activity) {
  if (!is_written(activity)) return {};
  if (activity.is_new() && activity.get("owner").is_null() && activity.actor.is_agent()) {
    activity.set("owner", activity.actor.id);
  }
  const RecordId owner = activity.get("owner").id();
  if (!owner || !activity.changes("owner")) return {};
  const std::optional<access::Agent> agent = access::find_agent(activity.tx, activity.org, owner);
  if (agent && agent->status == access::AgentStatus::active) return {};
  return invalid("owner", "not_active", "Choose a colleague who is active.");
}

/// A reminder that is put off reminds again.
Result<void> a_new_reminder_reminds(Change& activity) {
  if (is_written(activity) && activity.changes("remind_at")) activity.clear("reminded_at");
  return {};
}

}  // namespace

Filter activities_visible_to(const Actor& actor) {
  if (actor.is_system() || actor.is_administrator()) return records::everything();
  if (!actor.is_agent()) return records::nothing();
  std::vector<records::Value> departments(actor.department_ids.begin(), actor.department_ids.end());
  Filter of_department = departments.empty()
                             ? records::nothing()
                             : field("department").is_one_of(std::move(departments));
  Filter without_ticket =
      records::all_of({field("ticket").is_empty(),
                       records::any_of({field("owner").is(actor.id), std::move(of_department)})});
  return records::any_of(
      {std::move(without_ticket), records::linked("ticket", tickets_visible_to(actor))});
}

Filter activities_listed_to(const Actor& actor) {
  Filter in_sight = records::any_of(
      {field("ticket").is_empty(), records::linked("ticket", field("deleted_at").is_empty())});
  return records::all_of({activities_visible_to(actor), std::move(in_sight)});
}

std::vector<records::SaveRule> activity_rules() {
  return {the_ticket_lets_it_be_planned, it_has_a_department, it_has_an_owner,
          a_new_reminder_reminds};
}

}  // namespace tandem::desk
