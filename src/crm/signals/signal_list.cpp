#include "crm/signals/signal_list.h"

#include <algorithm>

#include "access/audit.h"
#include "crm/organisation_setup.h"
#include "notifications/notifications.h"

namespace tandem::crm {

namespace {

std::vector<SignalDef> all_signals() {
  return {
      {"records", signal::record_assigned, {"owner"}},
      {"records", signal::records_assigned, {"owner"}},
      {"records", signal::lead_converted, {"converted_at", "owner"}, false},
      {"records", signal::mentioned, {"content"}},
      {"deals", signal::deal_stage_changed, {"stage", "owner"}},
      {"deals", signal::deal_won, {"stage", "outcome", "owner"}},
      {"deals", signal::deal_lost, {"stage", "outcome", "owner"}},
      {"activities", signal::reminded, {"remind_at", "owner"}},
      {"activities", signal::task_overdue, {"due_on", "status", "owner"}},
      {"work", signal::import_ended},
      {"work", signal::bulk_job_ended},
  };
}

}  // namespace

const std::vector<SignalDef>& signals_of(Edition edition) {
  static const std::vector<SignalDef> crm = all_signals();
  static const std::vector<SignalDef> bigin = [] {
    std::vector<SignalDef> signals = all_signals();
    std::erase_if(signals, [](const SignalDef& one) { return !one.is_in_bigin; });
    return signals;
  }();
  return edition == Edition::crm ? crm : bigin;
}

const SignalDef* find_signal(Edition edition, std::string_view name) {
  const std::vector<SignalDef>& signals = signals_of(edition);
  const auto found = std::find_if(signals.begin(), signals.end(),
                                  [&](const SignalDef& one) { return one.name == name; });
  return found == signals.end() ? nullptr : &*found;
}

std::set<std::string> signals_switched_off(db::Transaction& tx, OrgId org) {
  std::set<std::string> off;
  for (const db::Row& row :
       tx.rows("SELECT signal FROM crm_signals_off WHERE org_id = $1", {db::arg(org)}))
    off.insert(row.text(0));
  return off;
}

Result<void> switch_signals(db::Transaction& tx, const access::Actor& actor,
                            const std::map<std::string, bool>& wanted) {
  TRY(access::require_duty(actor, access::Duty::manage_organisation));
  const Edition edition = edition_of(*actor.catalogue);
  for (const auto& [name, is_on] : wanted) {
    if (!find_signal(edition, name))
      return invalid("signals", "not_found", "There is no signal of this name.");
  }
  const std::set<std::string> off = signals_switched_off(tx, actor.org);
  bool is_changed = false;
  for (const auto& [name, is_on] : wanted) {
    if (is_on != off.contains(name)) continue;
    tx.execute(is_on ? "DELETE FROM crm_signals_off WHERE org_id = $1 AND signal = $2"
                     : "INSERT INTO crm_signals_off (org_id, signal) VALUES ($1, $2) "
                       "ON CONFLICT DO NOTHING",
               {db::arg(actor.org), name});
    access::audit(tx, actor, is_on ? "signal_switched_on" : "signal_switched_off", name);
    is_changed = true;
  }
  if (is_changed) notifications::say_to_everybody(tx, actor);
  return {};
}

}  // namespace tandem::crm
