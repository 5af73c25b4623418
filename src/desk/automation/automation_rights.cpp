#include "desk/automation/automation_actions.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"
#include "desk/tickets/ticket_rules.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Record;

bool may_act(const Actor& actor, const Record& ticket, std::string_view act) {
  return operations::require_act(actor, ticket, act).has_value();
}

bool may_write(const Actor& actor, const Record& ticket, const std::string& name) {
  const records::FieldDef* field = ticket.shape->find(name);
  return field && may_act(actor, ticket, "update") &&
         access::field_access(actor, tickets_module().name, *field) == access::FieldAccess::write;
}

/// As ticket_rules.h asks when the field changes.
bool may_set(const Actor& actor, const Record& ticket, const Action& action) {
  if (!may_write(actor, ticket, action.field)) return false;
  if (action.field == "status") return may_act(actor, ticket, "change_status");
  if (action.field == "department") return may_act(actor, ticket, "move");
  if (action.field == "owner") {
    return may_act(actor, ticket, act_of_giving(actor, action.value.id()));
  }
  return true;
}

bool may_assign(const Actor& actor, const Record& ticket, const Action& action) {
  if (!may_write(actor, ticket, "owner")) return false;
  switch (action.assignee) {
    case Assignee::me: return may_act(actor, ticket, "take");
    case Assignee::nobody: return may_act(actor, ticket, act_of_giving(actor, {}));
    case Assignee::agent: return may_act(actor, ticket, act_of_giving(actor, action.agent));
    case Assignee::round_robin:
    case Assignee::least_load: return may_act(actor, ticket, "assign");
  }
  return false;
}

}  // namespace

bool may_perform(const Actor& actor, const Record& ticket, const Action& action) {
  switch (action.kind) {
    case ActionKind::set_field: return may_set(actor, ticket, action);
    case ActionKind::escalate: return may_write(actor, ticket, "is_escalated");
    case ActionKind::move:
      return may_write(actor, ticket, "department") && may_act(actor, ticket, "move");
    case ActionKind::assign: return may_assign(actor, ticket, action);
    case ActionKind::share: return may_act(actor, ticket, "share");
    case ActionKind::draft:
      return may_act(actor, ticket, reply_kind_from_word(action.draft_kind) ? "reply" : "comment");
    case ActionKind::comment: return may_act(actor, ticket, "comment");
    case ActionKind::webhook: return may_act(actor, ticket, "update");
    case ActionKind::mail: return false;
    case ActionKind::stop: return true;
  }
  return false;
}

}  // namespace tandem::desk
