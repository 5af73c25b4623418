#include "api/native/automation_handlers.h"

#include "api/native/department_names.h"
#include "api/native/setting_kind.h"
#include "api/native/walk_json.h"
#include "base/text.h"
#include "desk/automation/automation_rules.h"
#include "desk/automation/macros.h"
#include "desk/automation/timed_round.h"
#include "desk/tickets/open_ticket_walks.h"

namespace tandem::api::native {

namespace {

void append_timing(JsonWriter& json, const desk::AutomationRule& rule) {
  json.key("timing");
  if (!rule.is_timed()) {
    json.null();
    return;
  }
  json.begin_object().string("moment", word(rule.moment));
  json.number("wait_minutes", rule.wait_minutes).string("counting", word(rule.counting));
  json.boolean("takes_earlier", rule.takes_earlier).end_object();
}

std::string rule_json(db::Transaction& tx, const Call& call, const desk::AutomationRule& rule,
                      const DepartmentNames& departments) {
  JsonWriter json;
  json.begin_object().id("id", rule.id.value).string("name", rule.name);
  json.number("position", rule.position).boolean("is_active", rule.is_active);
  departments.append(json.key("department"), rule.department);
  json.string("event", word(rule.event)).raw("conditions", rule.conditions_json);
  json.key("changed");
  if (rule.changed_field.empty()) {
    json.null();
  } else {
    json.begin_object().string("field", rule.changed_field);
    if (!rule.changed_to_json.empty()) json.raw("to", rule.changed_to_json);
    json.end_object();
  }
  append_timing(json, rule);
  json.raw("actions", rule.actions_json);
  const std::string problem = desk::problem_of(tx, call.actor, rule);
  json.key("problem");
  if (problem.empty()) {
    json.null();
  } else {
    json.string(problem);
  }
  return json.end_object().take();
}

/// {"field":"priority","to":"high"}, without `to` for any value; null for any change.
Result<void> read_changed(const Json& json, desk::AutomationRule& rule) {
  rule.changed_field.clear();
  rule.changed_to_json.clear();
  if (json.is_null()) return {};
  if (!json.is_object()) return invalid("changed", "wrong_type", "Send changed as an object.");
  const JsonObject& object = json.as_object();
  TRY(only_keys(object, {"field", "to"}));
  rule.changed_field = TRY(body_text(object, "field"));
  if (rule.changed_field.empty()) {
    return invalid("changed", "required", "Name the field that changed.");
  }
  if (const Json* to = object.if_contains("to")) rule.changed_to_json = json_to_text(*to);
  return {};
}

Result<void> read_timing(const Json& json, desk::AutomationRule& rule) {
  if (json.is_null()) return {};
  if (!json.is_object()) return invalid("timing", "wrong_type", "Send timing as an object.");
  const JsonObject& object = json.as_object();
  TRY(only_keys(object, {"moment", "wait_minutes", "counting", "takes_earlier"}));
  if (object.contains("moment")) {
    const std::string text = TRY(body_text(object, "moment"));
    const std::optional<desk::RuleMoment> moment = desk::rule_moment_from_word(text);
    if (!moment) return invalid("timing", "not_a_choice", "Choose what the time counts from.");
    rule.moment = *moment;
  }
  if (object.contains("counting")) {
    const std::string text = TRY(body_text(object, "counting"));
    const std::optional<desk::Counting> counting = desk::counting_from_word(text);
    if (!counting) return invalid("timing", "not_a_choice", "Say business_hours or day_and_night.");
    rule.counting = *counting;
  }
  if (const Json* wait = object.if_contains("wait_minutes")) {
    if (!wait->is_int64()) return invalid("timing", "wrong_type", "Send minutes as a number.");
    rule.wait_minutes = wait->as_int64();
  }
  rule.takes_earlier = TRY(body_flag(object, "takes_earlier", rule.takes_earlier));
  return {};
}

/// Reads over `rule` what the body says; what it leaves out stays.
Result<void> read_rule(const JsonObject& body, desk::AutomationRule& rule) {
  TRY(only_keys(body, {"id", "name", "position", "is_active", "department", "event", "conditions",
                       "changed", "timing", "actions"}));
  if (body.contains("name")) rule.name = TRY(body_text(body, "name", 1'000));
  rule.position = TRY(body_number(body, "position", int(rule.position)));
  rule.is_active = TRY(body_flag(body, "is_active", rule.is_active));
  if (body.contains("department")) rule.department = TRY(body_id(body, "department"));
  if (body.contains("event")) {
    const std::string text = TRY(body_text(body, "event"));
    const std::optional<desk::RuleEvent> event = desk::rule_event_from_word(text);
    if (!event) return invalid("event", "not_a_choice", "Choose what starts the rule.");
    rule.event = *event;
  }
  if (const Json* conditions = body.if_contains("conditions")) {
    rule.conditions_json = conditions->is_null() ? "{}" : json_to_text(*conditions);
  }
  if (const Json* changed = body.if_contains("changed")) TRY(read_changed(*changed, rule));
  if (const Json* timing = body.if_contains("timing")) TRY(read_timing(*timing, rule));
  if (const Json* actions = body.if_contains("actions")) {
    rule.actions_json = json_to_text(*actions);
  }
  return {};
}

std::string one_rule_json(db::Transaction& tx, const Call& call, const desk::AutomationRule& rule) {
  return rule_json(tx, call, rule, {tx, call.actor.org, {rule.department.value}});
}

const SettingKind<desk::AutomationRule> automation_rules{.read = read_rule,
                                                         .find = desk::find_automation_rule,
                                                         .add = desk::add_automation_rule,
                                                         .change = desk::change_automation_rule,
                                                         .show = one_rule_json};

std::string preview_json(const desk::TimedPreview& preview) {
  JsonWriter json;
  json.begin_object().number("count", preview.count).boolean("is_exact", preview.is_exact);
  json.key("tickets").begin_array();
  for (const records::Record& ticket : preview.tickets) {
    json.begin_object().id("id", ticket.id.value).string("subject", ticket.get("subject").text());
    json.number("number", ticket.get("number").number()).end_object();
  }
  return json.end_array().end_object().take();
}

std::string macro_json(const Call& call, const desk::Macro& macro) {
  JsonWriter json;
  json.begin_object().id("id", macro.id.value).string("name", macro.name);
  json.boolean("is_shared", macro.audience == desk::MacroAudience::everybody);
  json.boolean("may_change", desk::may_change_macro(call.actor, macro));
  return json.raw("actions", macro.actions_json).end_object().take();
}

Result<void> read_macro(const JsonObject& body, desk::Macro& macro) {
  TRY(only_keys(body, {"name", "is_shared", "actions"}));
  if (body.contains("name")) macro.name = TRY(body_text(body, "name", 1'000));
  const bool was_shared = macro.audience == desk::MacroAudience::everybody;
  const bool is_shared = TRY(body_flag(body, "is_shared", was_shared));
  macro.audience = is_shared ? desk::MacroAudience::everybody : desk::MacroAudience::owner;
  if (const Json* actions = body.if_contains("actions")) {
    macro.actions_json = json_to_text(*actions);
  }
  return {};
}

const SettingKind<desk::Macro> macros{
    .read = read_macro,
    .find = desk::find_macro,
    .add = desk::add_macro,
    .change = desk::change_macro,
    .show = [](db::Transaction&, const Call& call, const desk::Macro& macro) {
      return macro_json(call, macro);
    }};

/// "ticket" or "tickets".
Result<std::vector<RecordId>> read_tickets(const JsonObject& body) {
  TRY(only_keys(body, {"ticket", "tickets"}));
  const RecordId one = TRY(body_id(body, "ticket"));
  if (one) return std::vector<RecordId>{one};
  const std::vector<int64_t> ids = TRY(body_ids(body, "tickets", size_t(db::bulk_rows_max)));
  std::vector<RecordId> tickets;
  for (const int64_t id : ids) tickets.push_back(RecordId{id});
  return tickets;
}

/// "tickets=1,2" asks for what serves one of them.
Result<std::vector<desk::Macro>> macros_asked_for(db::Transaction& tx, const Call& call) {
  const std::string text = call.query_text("tickets");
  if (text.empty()) return desk::list_macros(tx, call.actor);
  std::vector<RecordId> tickets;
  for (const std::string& one : split(text, ',')) {
    const std::optional<int64_t> id = id_from_text(one);
    if (!id) return invalid("tickets", "bad_id", "Give the ids of tickets.");
    tickets.push_back(RecordId{*id});
  }
  return desk::list_macros_for(tx, call.actor, tickets);
}

}  // namespace

Result<http::Response> list_automation_rules(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto rules = TRY(desk::list_automation_rules(tx, call.actor));
    std::vector<int64_t> departments;
    for (const desk::AutomationRule& one : rules) departments.push_back(one.department.value);
    const DepartmentNames names(tx, call.actor.org, std::move(departments));
    JsonWriter json;
    json.begin_object().key("rules").begin_array();
    for (const desk::AutomationRule& one : rules) json.raw(rule_json(tx, call, one, names));
    json.end_array().key("walk");
    append_walk(json, desk::walk_progress(tx, call.actor.org, desk::Walk::timed_rules));
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> preview_automation_rule(Call& call) {
  const JsonObject body = TRY(call.body());
  desk::AutomationRule wanted;
  TRY(read_rule(body, wanted));
  // What an existing rule acted on is left out; an id that is none names no rule.
  if (body.contains("id")) wanted.id = TRY(body_id(body, "id"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto preview = TRY(desk::preview_timed_rule(tx, call.actor, wanted));
    return http::Response::json(200, preview_json(preview));
  });
}

Result<http::Response> add_automation_rule(Call& call) {
  return add_setting(call, automation_rules);
}

Result<http::Response> change_automation_rule(Call& call) {
  return change_setting(call, automation_rules);
}

Result<http::Response> remove_automation_rule(Call& call) {
  return removed(call, desk::remove_automation_rule);
}

Result<http::Response> list_macros(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::Macro> macros = TRY(macros_asked_for(tx, call));
    return http::Response::json(200, listed("macros", macros, [&](const desk::Macro& one) {
                                  return macro_json(call, one);
                                }));
  });
}

Result<http::Response> add_macro(Call& call) { return add_setting(call, macros); }

Result<http::Response> change_macro(Call& call) { return change_setting(call, macros); }

Result<http::Response> remove_macro(Call& call) { return removed(call, desk::remove_macro); }

Result<http::Response> run_macro(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> tickets = TRY(read_tickets(body));
  Result<http::Response> response =
      written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
        const auto outcomes = TRY(desk::run_macro(tx, call.actor, id, tickets));
        return outcomes_json(outcomes);
      });
  call.services.wake();
  return response;
}

}  // namespace tandem::api::native
