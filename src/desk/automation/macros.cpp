#include "desk/automation/macros.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/names.h"
#include "desk/automation/automation_actions.h"
#include "desk/conversation/reply_templates.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "records/change_log.h"

namespace tandem::desk {

namespace {

using access::Actor;
using operations::BulkOutcome;
using records::Record;

constexpr int64_t macro_name_chars_max = 100;

constexpr std::string_view query =
    "SELECT id, owner_id, name, actions, created_at FROM macros WHERE org_id = $1";
constexpr std::string_view seen_by = " AND (owner_id IS NULL OR owner_id = $2)";

Macro macro_in(const db::RowView& row) {
  Macro macro;
  macro.id = RecordId{row.integer(0)};
  macro.audience = row.is_null(1) ? MacroAudience::everybody : MacroAudience::owner;
  macro.owner = RecordId{row.integer(1)};
  macro.name = row.text(2);
  macro.actions_json = row.text(3);
  macro.created_at = Instant{row.integer(4)};
  return macro;
}

/// Those that the actor sees; `more` follows the condition.
std::vector<Macro> macros_where(db::Transaction& tx, std::string_view more, const db::Args& args) {
  std::vector<Macro> macros;
  tx.for_each(std::string(query).append(seen_by).append(more), args, [&](const db::RowView& row) {
    macros.push_back(macro_in(row));
    return true;
  });
  return macros;
}

Result<void> require_agent(const Actor& actor) {
  if (actor.is_agent()) return {};
  return forbidden("agents_only", "Macros are run by agents.");
}

Result<void> require_change(const Actor& actor, MacroAudience audience) {
  TRY(require_agent(actor));
  if (audience == MacroAudience::owner) return {};
  return access::require_duty(actor, access::Duty::manage_organisation);
}

Result<void> there_is_room(db::Transaction& tx, const Actor& actor, const Macro& wanted) {
  const bool is_shared = wanted.audience == MacroAudience::everybody;
  const int64_t others = tx.integer(
      is_shared ? "SELECT COUNT(*) FROM macros WHERE org_id = $1 AND owner_id IS NULL AND id <> $2"
                : "SELECT COUNT(*) FROM macros WHERE org_id = $1 AND owner_id = $3 AND id <> $2",
      is_shared ? db::Args{actor.org.value, wanted.id.value}
                : db::Args{actor.org.value, wanted.id.value, actor.id.value});
  const size_t most = is_shared ? shared_macros_max : personal_macros_max;
  if (size_t(others) < most) return {};
  return invalid("name", "too_many",
                 fmt::format("Remove a macro first; there may be {} of these.", most));
}

/// Colleagues who run it would be refused what one of them alone sees.
Result<void> names_no_personal_template(db::Transaction& tx, const Actor& actor,
                                        const Macro& wanted) {
  if (wanted.audience != MacroAudience::everybody) return {};
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  for (const auto& action : stored_actions(wanted.actions_json, *shape, ActionsOf::macro)) {
    if (!action || !action->reply_template) continue;
    const ReplyTemplate named = TRY(find_reply_template(tx, actor, action->reply_template));
    if (named.audience != TemplateAudience::owner) continue;
    return invalid("actions", "personal_template",
                   fmt::format("The reply template “{}” is yours alone. Make it everybody's "
                               "first, or keep the macro to yourself.",
                               named.name));
  }
  return {};
}

Result<Macro> keep(db::Transaction& tx, const Actor& actor, Macro wanted, std::string_view what) {
  TRY(require_change(actor, wanted.audience));
  wanted.name =
      TRY(checked_name(wanted.name, {.of = "the macro", .chars_max = macro_name_chars_max}));
  TRY(there_is_room(tx, actor, wanted));
  const Json actions = TRY(json_from_text(wanted.actions_json));
  wanted.actions_json = TRY(checked_actions(tx, actor, actions, ActionsOf::macro));
  TRY(names_no_personal_template(tx, actor, wanted));
  wanted.owner = wanted.audience == MacroAudience::everybody ? RecordId{} : actor.id;
  tx.execute(
      "INSERT INTO macros (org_id, id, owner_id, name, actions, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, id) DO UPDATE SET "
      "owner_id = excluded.owner_id, name = excluded.name, actions = excluded.actions",
      {actor.org.value, wanted.id.value, db::arg(wanted.owner), wanted.name, wanted.actions_json,
       db::arg(wanted.created_at)});
  if (wanted.audience == MacroAudience::everybody) access::audit(tx, actor, what, wanted.name);
  return wanted;
}

Refusal too_many_tickets() {
  return too_large("too_many_ids", fmt::format("Send at most {} ids at a time.", db::bulk_rows_max),
                   "tickets");
}

std::string detail_of(const Macro& macro) {
  JsonWriter detail;
  detail.begin_object().string("macro", macro.name).end_object();
  return detail.take();
}

/// The note in the history says what the changes around it belong to.
Result<void> run_on(db::Transaction& tx, const Actor& actor, const Macro& macro,
                    const std::vector<Result<Action>>& actions, RecordId ticket) {
  for (const Result<Action>& action : actions) {
    if (!action) return action.error();
    TRY(perform(tx, actor, ticket, *action, macro.id));
  }
  // The last action may have taken the ticket out of the person's sight.
  Actor program = access::system_actor(*actor.catalogue, actor.org, actor.path);
  const Record found = TRY(read_row(tx, program, tickets_module(), ticket));
  records::log_event(tx, actor.org, tickets_module().name, ticket, found.revision, "macro_run",
                     actor.author(), detail_of(macro));
  return {};
}

}  // namespace

Result<std::vector<Macro>> list_macros(db::Transaction& tx, const Actor& actor) {
  TRY(require_agent(actor));
  return macros_where(tx, " ORDER BY name, id", {actor.org.value, actor.id.value});
}

Result<std::vector<Macro>> list_macros_for(db::Transaction& tx, const Actor& actor,
                                           const std::vector<RecordId>& tickets) {
  if (tickets.size() > size_t(db::bulk_rows_max)) return too_many_tickets();
  std::vector<Record> found;
  for (const RecordId id : tickets) {
    Result<Record> ticket = operations::read_record(tx, actor, tickets_module(), id);
    if (ticket) found.push_back(std::move(*ticket));
  }
  std::vector<Macro> macros = TRY(list_macros(tx, actor));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  std::erase_if(macros, [&](const Macro& macro) {
    const auto actions = stored_actions(macro.actions_json, *shape, ActionsOf::macro);
    return std::none_of(found.begin(), found.end(), [&](const Record& ticket) {
      return std::all_of(actions.begin(), actions.end(), [&](const Result<Action>& action) {
        return action && may_perform(actor, ticket, *action);
      });
    });
  });
  return macros;
}

Result<Macro> find_macro(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(require_agent(actor));
  std::vector<Macro> found =
      macros_where(tx, " AND id = $3", {actor.org.value, actor.id.value, id.value});
  if (found.empty()) return not_found("There is no such macro.");
  return std::move(found.front());
}

Result<Macro> add_macro(db::Transaction& tx, const Actor& actor, Macro wanted) {
  wanted.id = RecordId{tx.new_id()};
  wanted.created_at = tx.now();
  return keep(tx, actor, std::move(wanted), "macro_added");
}

Result<Macro> change_macro(db::Transaction& tx, const Actor& actor, Macro wanted) {
  const Macro before = TRY(find_macro(tx, actor, wanted.id));
  TRY(require_change(actor, before.audience));
  wanted.created_at = before.created_at;
  return keep(tx, actor, std::move(wanted), "macro_changed");
}

Result<void> remove_macro(db::Transaction& tx, const Actor& actor, RecordId id) {
  const Macro macro = TRY(find_macro(tx, actor, id));
  TRY(require_change(actor, macro.audience));
  tx.execute("DELETE FROM macros WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  tx.execute("DELETE FROM automation_turns WHERE org_id = $1 AND source_id = $2",
             {actor.org.value, id.value});
  if (macro.audience == MacroAudience::everybody) {
    access::audit(tx, actor, "macro_removed", macro.name);
  }
  return {};
}

bool may_change_macro(const Actor& actor, const Macro& macro) {
  return require_change(actor, macro.audience).has_value();
}

std::optional<Macro> macro_of_others_naming(db::Transaction& tx, const Actor& actor,
                                            RecordId reply_template) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  std::optional<Macro> found;
  // The text finds the few that may name it, and they are read to be sure.
  tx.for_each(std::string(query) +
                  " AND (owner_id IS NULL OR (owner_id <> $2 AND owner_id IN "
                  "(SELECT id FROM agents WHERE org_id = $1 AND "
                  "status = 'active' AND deleted_at IS NULL))) "
                  "AND actions LIKE $3 ORDER BY owner_id IS NOT NULL, name, id",
              {actor.org.value, actor.id.value, fmt::format("%{}%", reply_template.value)},
              [&](const db::RowView& row) {
                Macro macro = macro_in(row);
                const auto actions = stored_actions(macro.actions_json, *shape, ActionsOf::macro);
                const bool names_it =
                    std::any_of(actions.begin(), actions.end(), [&](const Result<Action>& action) {
                      return action && action->reply_template == reply_template;
                    });
                if (names_it) found = std::move(macro);
                return !names_it;
              });
  return found;
}

Result<std::vector<BulkOutcome>> run_macro(db::Transaction& tx, const Actor& actor, RecordId id,
                                           const std::vector<RecordId>& tickets) {
  const Macro macro = TRY(find_macro(tx, actor, id));
  if (tickets.empty()) return invalid("tickets", "required", "Choose the tickets.");
  if (tickets.size() > size_t(db::bulk_rows_max)) return too_many_tickets();
  if (tickets.size() > 1) {
    TRY(access::require_right(actor, tickets_module(), access::Right::bulk));
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  const auto actions = stored_actions(macro.actions_json, *shape, ActionsOf::macro);
  Actor runner = actor;
  runner.path = access::Path::macro;
  std::vector<BulkOutcome> outcomes;
  for (const RecordId ticket : tickets) {
    const Result<void> done =
        tx.attempt([&] { return run_on(tx, runner, macro, actions, ticket); });
    outcomes.push_back({ticket, done ? std::nullopt : std::optional<Refusal>(done.error())});
  }
  return outcomes;
}

}  // namespace tandem::desk
