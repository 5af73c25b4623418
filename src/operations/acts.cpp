#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "operations/visible.h"

namespace tandem::operations {

namespace {

using access::Right;
using records::ActDef;

/// The acts that every module has.
const std::vector<ActDef>& general_acts() {
  static const std::vector<ActDef> acts{{"update", Right::update},
                                        {"delete", Right::delete_},
                                        {"restore", Right::restore},
                                        {"purge", Right::purge}};
  return acts;
}

constexpr size_t acts_outside_the_bin = 2;

bool is_written_elsewhere(const ModuleDef& module, std::string_view act) {
  return !module.generic_writes && (act == "update" || act == "delete" || act == "restore");
}

/// A word that neither the verbs nor the module know is our bug.
Right right_for(const ModuleDef& module, std::string_view act) {
  for (const std::vector<ActDef>* acts : {&general_acts(), &module.acts}) {
    const auto found = std::find_if(acts->begin(), acts->end(),
                                    [act](const ActDef& one) { return one.name == act; });
    if (found != acts->end()) return found->right;
  }
  throw std::logic_error(fmt::format("{} have no act {}", module.name, act));
}

}  // namespace

Result<void> require_act(const Actor& actor, const Record& record, std::string_view act) {
  const ModuleDef& module = record.shape->module();
  const Right right = right_for(module, act);
  if (actor.is_system()) return {};
  if (is_written_elsewhere(module, act)) {
    return forbidden("not_written_here",
                     fmt::format("{} are changed in the settings.", module.label_plural));
  }
  TRY(access::require_right(actor, module, right));
  if (module.act_rule) return module.act_rule(actor, record, act);
  return {};
}

AllowedActs::AllowedActs(const Actor& actor, const ModuleDef& module)
    : actor_(actor), module_(module) {
  const std::string& ruled_by = module.part_of.empty() ? module.name : module.part_of;
  const auto keep = [&](const ActDef& act, std::vector<std::string_view>& kept) {
    const bool is_allowed = actor.is_system() || (!is_written_elsewhere(module, act.name) &&
                                                  access::has_right(actor, ruled_by, act.right));
    if (is_allowed) kept.emplace_back(act.name);
  };
  const std::vector<ActDef>& general = general_acts();
  for (size_t at = 0; at < general.size(); ++at) {
    keep(general[at], at < acts_outside_the_bin ? outside_the_bin_ : in_the_bin_);
  }
  for (const ActDef& act : module.acts) keep(act, outside_the_bin_);
}

std::vector<std::string_view> AllowedActs::on(const Record& record) const {
  std::vector<std::string_view> allowed = record.deleted_at ? in_the_bin_ : outside_the_bin_;
  if (actor_.is_system() || !module_.act_rule) return allowed;
  std::erase_if(allowed, [&](std::string_view act) {
    return !module_.act_rule(actor_, record, act).has_value();
  });
  return allowed;
}

std::vector<std::string> may(const Actor& actor, const Record& record) {
  const std::vector<std::string_view> allowed =
      AllowedActs(actor, record.shape->module()).on(record);
  return {allowed.begin(), allowed.end()};
}

}  // namespace tandem::operations
