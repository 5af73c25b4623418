#include <fmt/format.h>

#include "operations/visible.h"

namespace tandem::operations {

namespace {

/// The role's right an act needs. Acts of modules that have no right of their own count as changes.
access::Right right_for(std::string_view act) {
  if (act == "update" || act == "close" || act == "reopen" || act == "change_status") {
    return act == "update" ? access::Right::update : access::Right::change_status;
  }
  if (act == "delete") return access::Right::delete_;
  return access::right_from_word(act).value_or(access::Right::update);
}

bool is_written_elsewhere(const ModuleDef& module, std::string_view act) {
  return !module.generic_writes && (act == "update" || act == "delete" || act == "restore");
}

/// The answer of require_act without a refusal in words, which would cost more than the question:
/// every record of a list is asked for every act.
bool is_allowed(const Actor& actor, const Record& record, std::string_view act) {
  const ModuleDef& module = record.shape->module();
  if (actor.is_system()) return true;
  if (is_written_elsewhere(module, act)) return false;
  const std::string& ruled_by = module.part_of.empty() ? module.name : module.part_of;
  if (!access::has_right(actor, ruled_by, right_for(act))) return false;
  return !module.act_rule || module.act_rule(actor, record, act).has_value();
}

}  // namespace

Result<void> require_act(const Actor& actor, const Record& record, std::string_view act) {
  const ModuleDef& module = record.shape->module();
  if (actor.is_system()) return {};
  if (is_written_elsewhere(module, act)) {
    return forbidden("not_written_here",
                     fmt::format("{} are changed in the settings.", module.label_plural));
  }
  TRY(access::require_right(actor, module, right_for(act)));
  if (module.act_rule) return module.act_rule(actor, record, act);
  return {};
}

std::vector<std::string> may(const Actor& actor, const Record& record) {
  std::vector<std::string> allowed;
  const auto add_if_allowed = [&](const std::string& act) {
    if (is_allowed(actor, record, act)) allowed.push_back(act);
  };
  if (record.deleted_at) {
    add_if_allowed("restore");
    add_if_allowed("purge");
    return allowed;
  }
  add_if_allowed("update");
  add_if_allowed("delete");
  for (const std::string& act : record.shape->module().acts) add_if_allowed(act);
  return allowed;
}

}  // namespace tandem::operations
