#include "desk/tickets/ticket_choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "desk/modules.h"
#include "desk/tickets/ticket_rules.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Record;

/// A ticket as it is before anybody has said anything about it.
Record blank_ticket(db::Transaction& tx, const Actor& actor) {
  Record blank;
  blank.shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  for (const records::FieldDef& field : blank.shape->fields()) {
    blank.values.push_back(field.default_value);
  }
  return blank;
}

bool may_write_owner(const Actor& actor) {
  const records::FieldDef* owner = actor.catalogue->plain_shape(tickets_module())->find("owner");
  return access::field_access(actor, tickets_module().name, *owner) == access::FieldAccess::write;
}

/// The agents who may own tickets in all of `departments`, as far as the actor may do the acts of
/// giving; `may_do` answers for all the tickets.
template <class MayDo>
void add_owners(db::Transaction& tx, const Actor& actor, const std::set<int64_t>& departments,
                MayDo may_do, TicketChoices& choices) {
  const bool may_take = may_do("take");
  const bool may_assign = may_do("assign");
  for (access::Agent& agent : access::list_agents(tx, actor.org)) {
    const bool may_give = act_of_giving(actor, agent.id) == "take" ? may_take : may_assign;
    const bool belongs = std::all_of(departments.begin(), departments.end(),
                                     [&](int64_t id) { return may_own(agent, RecordId{id}); });
    if (may_give && belongs) choices.owners.push_back(std::move(agent));
  }
  choices.may_be_unowned = may_take;
}

}  // namespace

Result<TicketChoices> choices_for_new_ticket(db::Transaction& tx, const Actor& actor,
                                             RecordId department) {
  TRY(access::require_right(actor, tickets_module(), access::Right::create));
  TicketChoices choices;
  if (access::has_right(actor, departments_module().name, access::Right::read)) {
    records::Query query;
    query.filter = records::field("is_enabled").is(int64_t{1});
    query.sort = {"title", false};
    query.limit = db::bulk_rows_max;
    records::Page page =
        TRY(operations::list_records(tx, actor, departments_module(), std::move(query)));
    for (Record& each : page.records) {
      if (may_open_tickets_in(actor, each.id)) choices.departments.push_back(std::move(each));
    }
  }
  choices.may_be_unowned = true;
  if (!department || !may_write_owner(actor)) return choices;
  const Record blank = blank_ticket(tx, actor);
  const auto may_do = [&](std::string_view act) {
    return operations::require_act(actor, blank, act).has_value();
  };
  add_owners(tx, actor, {department.value}, may_do, choices);
  choices.may_be_unowned = true;
  return choices;
}

Result<TicketChoices> choices_for_tickets(db::Transaction& tx, const Actor& actor,
                                          const std::vector<RecordId>& tickets) {
  if (tickets.size() > size_t(db::bulk_rows_max)) {
    return too_large("too_many_ids",
                     fmt::format("Send at most {} ids at a time.", db::bulk_rows_max), "tickets");
  }
  std::vector<Record> found;
  std::set<int64_t> departments;
  for (const RecordId id : tickets) {
    Record ticket = TRY(operations::read_record(tx, actor, tickets_module(), id));
    departments.insert(ticket.get("department").number());
    found.push_back(std::move(ticket));
  }
  TicketChoices choices;
  if (found.empty() || !may_write_owner(actor)) return choices;
  const auto may_do = [&](std::string_view act) {
    return std::all_of(found.begin(), found.end(), [&](const Record& ticket) {
      return operations::require_act(actor, ticket, "update").has_value() &&
             operations::require_act(actor, ticket, act).has_value();
    });
  };
  add_owners(tx, actor, departments, may_do, choices);
  return choices;
}

}  // namespace tandem::desk
