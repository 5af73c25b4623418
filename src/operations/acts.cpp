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

}  // namespace

Result<void> require_act(const Actor& actor, const Record& record, std::string_view act) {
  const ModuleDef& module = record.shape->module();
  if (actor.is_system()) return {};
  if (!module.generic_writes && (act == "update" || act == "delete" || act == "restore")) {
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
    if (require_act(actor, record, act)) allowed.push_back(act);
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
