#include "desk/automation/automation_actions.h"

#include <fmt/format.h>

#include <optional>

#include "access/agents.h"
#include "base/text.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/reply_templates.h"
#include "desk/departments.h"
#include "desk/modules.h"
#include "desk/webhooks/webhook_calls.h"

namespace tandem::desk {

namespace {

constexpr ActionKind action_kinds[] = {
    ActionKind::set_field, ActionKind::assign, ActionKind::escalate, ActionKind::share,
    ActionKind::comment,   ActionKind::draft,  ActionKind::mail,     ActionKind::move,
    ActionKind::webhook,   ActionKind::stop};

bool can_do(ActionsOf whose, ActionKind kind) {
  const bool is_macro = whose == ActionsOf::macro;
  if (kind == ActionKind::draft) return is_macro;
  if (kind == ActionKind::stop) return !is_macro;
  if (kind == ActionKind::mail) return whose == ActionsOf::timed_rule;
  return true;
}

Refusal bad_action(std::string_view code, std::string message) {
  return invalid("actions", std::string(code), std::move(message));
}

Result<ActionKind> kind_of(const Json& object, ActionsOf whose) {
  const Json* done = find(object, "do");
  const std::string_view text =
      done && done->is_string() ? std::string_view(done->as_string()) : "";
  for (const ActionKind kind : action_kinds) {
    if (word(kind) == text && can_do(whose, kind)) return kind;
  }
  return bad_action("not_a_choice", "Choose for each action what it does.");
}

RecordId id_in(const Json* json) {
  if (!json || !json->is_string()) return {};
  return RecordId{id_from_text(json->as_string()).value_or(0)};
}

Result<void> read_field(const Json& object, const records::Shape& tickets, Action& action) {
  action.field = text_of(object, "field");
  if (action.field.empty()) return bad_action("no_field", "Choose the field that is set.");
  const records::FieldDef* field = tickets.find(action.field);
  if (!field) {
    return bad_action("unknown_field", fmt::format("There is no field {}.", action.field));
  }
  if (field->written_by != records::WrittenBy::person) {
    return bad_action("read_only",
                      fmt::format("{} is set by the program; choose another.", field->label));
  }
  const Json* json = find(object, "value");
  if (!json || json->is_null()) return {};
  Result<records::Value> value = records::value_from_json(*field, *json);
  if (!value) return bad_action("wrong_value", value.error().message);
  action.value = std::move(*value);
  return {};
}

Result<void> read_assignee(const Json& object, ActionsOf whose, Action& action) {
  const std::string to = text_of(object, "to");
  if (to == "nobody") {
    action.assignee = Assignee::nobody;
  } else if (to == "round_robin") {
    action.assignee = Assignee::round_robin;
  } else if (to == "least_load") {
    action.assignee = Assignee::least_load;
  } else if (to == "me" && whose == ActionsOf::macro) {
    action.assignee = Assignee::me;
  } else {
    action.agent = RecordId{id_from_text(to).value_or(0)};
    if (!action.agent) return bad_action("required", "Choose who gets the ticket.");
  }
  return {};
}

Result<void> read_department(const Json& object, Action& action) {
  action.department = id_in(find(object, "department"));
  if (!action.department) return bad_action("required", "Choose a department.");
  if (action.kind == ActionKind::move) return {};
  const std::string access = text_of(object, "access");
  if (access.empty()) return {};
  for (const TicketAccess known :
       {TicketAccess::full, TicketAccess::restricted, TicketAccess::read_only}) {
    if (word(known) != access) continue;
    action.access = known;
    return {};
  }
  return bad_action("not_a_choice", "Share with full, restricted or read_only access.");
}

Result<void> read_text(const Json& object, Action& action) {
  action.html = text_of(object, "html");
  if (action.html.size() > size_t(comment_html_bytes_max)) {
    return bad_action("too_long", "Shorten the text.");
  }
  action.reply_template = RecordId{id_from_text(text_of(object, "template")).value_or(0)};
  if (!action.reply_template && trim(html_to_text(action.html)).empty()) {
    return bad_action("required", "Write the text of the action.");
  }
  if (action.kind != ActionKind::draft) return {};
  action.draft_kind = text_of(object, "kind");
  for (const char* known : {"reply", "reply_all", "comment"}) {
    if (action.draft_kind == known) return {};
  }
  return bad_action("not_a_choice", "Put the text into a reply, reply_all or comment.");
}

/// A misspelt key would be an action that does less than it says.
Result<void> keys_fit(const Json& object, std::initializer_list<std::string_view> known) {
  for (const auto& pair : object.as_object()) {
    bool is_known = pair.key() == "do";
    for (const std::string_view key : known) is_known = is_known || pair.key() == key;
    if (!is_known) {
      return bad_action("unknown_key", fmt::format("Leave out {}.", std::string_view(pair.key())));
    }
  }
  return {};
}

Result<void> is_here(db::Transaction& tx, const access::Actor& actor, const Action& action) {
  if (action.agent) {
    const std::optional<access::Agent> agent = access::find_agent(tx, actor.org, action.agent);
    if (!agent || agent->status != access::AgentStatus::active) {
      return bad_action("not_found", "Choose an agent who is active.");
    }
  }
  if (action.department && !is_department(tx, actor.org, action.department)) {
    return bad_action("not_found", "Choose a department that exists.");
  }
  if (action.webhook) TRY(may_choose_webhook(tx, actor, action.webhook));
  if (action.reply_template && !find_reply_template(tx, actor, action.reply_template)) {
    return bad_action("not_found", "Choose a reply template that you see.");
  }
  return {};
}

}  // namespace

std::string_view word(ActionKind kind) {
  switch (kind) {
    case ActionKind::set_field: return "set_field";
    case ActionKind::assign: return "assign";
    case ActionKind::escalate: return "escalate";
    case ActionKind::share: return "share";
    case ActionKind::comment: return "comment";
    case ActionKind::draft: return "draft";
    case ActionKind::mail: return "mail";
    case ActionKind::move: return "move";
    case ActionKind::webhook: return "webhook";
    case ActionKind::stop: return "stop";
  }
  return "stop";
}

Result<Action> action_from_json(const Json& json, const records::Shape& tickets, ActionsOf whose) {
  if (!json.is_object()) return bad_action("wrong_type", "Send each action as an object.");
  Action action;
  action.kind = TRY(kind_of(json, whose));
  switch (action.kind) {
    case ActionKind::set_field:
      TRY(keys_fit(json, {"field", "value"}));
      TRY(read_field(json, tickets, action));
      break;
    case ActionKind::assign:
      TRY(keys_fit(json, {"to"}));
      TRY(read_assignee(json, whose, action));
      break;
    case ActionKind::share:
      TRY(keys_fit(json, {"department", "access"}));
      TRY(read_department(json, action));
      break;
    case ActionKind::move:
      TRY(keys_fit(json, {"department"}));
      TRY(read_department(json, action));
      break;
    case ActionKind::comment:
    case ActionKind::mail:
      TRY(keys_fit(json, {"html"}));
      TRY(read_text(json, action));
      break;
    case ActionKind::draft:
      TRY(keys_fit(json, {"html", "kind", "template"}));
      TRY(read_text(json, action));
      break;
    case ActionKind::webhook:
      TRY(keys_fit(json, {"webhook"}));
      action.webhook = id_in(find(json, "webhook"));
      if (!action.webhook) return bad_action("required", "Choose the webhook to call.");
      break;
    case ActionKind::escalate:
    case ActionKind::stop: TRY(keys_fit(json, {})); break;
  }
  return action;
}

Result<std::string> checked_actions(db::Transaction& tx, const access::Actor& actor,
                                    const Json& actions, ActionsOf whose) {
  if (!actions.is_array()) return bad_action("wrong_type", "Send actions as a list.");
  const JsonArray& list = actions.as_array();
  if (list.empty()) return bad_action("required", "Add at least one action.");
  if (list.size() > automation_actions_max) {
    return bad_action("too_many", fmt::format("Keep to {} actions.", automation_actions_max));
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  for (const Json& one : list) {
    const Action action = TRY(action_from_json(one, *shape, whose));
    TRY(is_here(tx, actor, action));
  }
  std::string text = json_to_text(actions);
  if (text.size() > automation_actions_bytes_max) {
    return bad_action("too_long", "Shorten the texts of the actions.");
  }
  return text;
}

std::vector<Result<Action>> stored_actions(const std::string& json, const records::Shape& tickets,
                                           ActionsOf whose) {
  std::vector<Result<Action>> actions;
  const Result<Json> list = json_from_text(json);
  if (!list || !list->is_array()) return actions;
  for (const Json& one : list->as_array()) {
    actions.push_back(action_from_json(one, tickets, whose));
  }
  return actions;
}

}  // namespace tandem::desk
