#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "crm/edition.h"
#include "db/database.h"

// Which signals there are. Settings, the answers of the API, the texts of the screens and the tests
// go through this one list; a new source of signals is a channel more in it. Manual, Signals.

namespace tandem::crm {

struct SignalDef {
  std::string channel = {};  // its part of the settings: "deals"
  std::string name = {};     // "deal_won"; the kind of what is told
  /// Fields of the record that the signal says something about. Whose role hides one of them is
  /// not shown it.
  std::vector<std::string> says = {};
  bool is_in_bigin = true;
};

namespace signal {
constexpr const char* record_assigned = "record_assigned";
constexpr const char* lead_converted = "lead_converted";
constexpr const char* mentioned = "mentioned";
constexpr const char* deal_stage_changed = "deal_stage_changed";
constexpr const char* deal_won = "deal_won";
constexpr const char* deal_lost = "deal_lost";
constexpr const char* reminded = "reminded";
constexpr const char* task_overdue = "task_overdue";
// Of no single record:
constexpr const char* records_assigned = "records_assigned";
constexpr const char* import_ended = "import_ended";
constexpr const char* bulk_job_ended = "bulk_job_ended";
}  // namespace signal

/// Those of an edition, channel by channel.
const std::vector<SignalDef>& signals_of(Edition edition);
/// Null when the edition has no such signal.
const SignalDef* find_signal(Edition edition, std::string_view name);

std::set<std::string> signals_switched_off(db::Transaction& tx, OrgId org);
/// Switches the named ones on or off, and leaves the others; open bells hear of it at once. A
/// signal that is off is neither told nor shown. Refuses: forbidden (manage_organisation), invalid
/// "not_found" (a name that is none; nothing is switched then). S244, S246, S250.
Result<void> switch_signals(db::Transaction& tx, const access::Actor& actor,
                            const std::map<std::string, bool>& wanted);

}  // namespace tandem::crm
