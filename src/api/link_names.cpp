#include "api/link_names.h"

#include <algorithm>

namespace tandem::api {

using records::FieldDef;
using records::FieldKind;

const std::string& linked_module(const FieldDef& field) {
  static const std::string agents = "agents";
  static const std::string none;
  if (field.kind == FieldKind::user) return agents;
  return field.kind == FieldKind::link ? field.link_to : none;
}

void LinkNames::look_up(db::Transaction& tx, const access::Actor& actor,
                        const std::string& module_name, std::vector<int64_t> ids) {
  const records::ModuleDef* module = actor.catalogue->find(module_name);
  if (!module) return;
  const FieldDef* email = actor.catalogue->plain_shape(*module)->find("email");
  const bool shows_email =
      email && access::field_access(actor, module_name, *email) != access::FieldAccess::hidden;
  OfModule found{module_name, records::link_titles(tx, actor.org, *module, std::move(ids))};
  for (records::LinkTitle& title : found.by_id) {
    if (!shows_email) title.email.clear();
  }
  std::sort(found.by_id.begin(), found.by_id.end(),
            [](const auto& a, const auto& b) { return a.id.value < b.id.value; });
  modules_.push_back(std::move(found));
}

const records::LinkTitle* LinkNames::find(std::string_view module, int64_t id) const {
  for (const OfModule& of_module : modules_) {
    if (of_module.module != module) continue;
    const auto at = std::lower_bound(
        of_module.by_id.begin(), of_module.by_id.end(), id,
        [](const records::LinkTitle& title, int64_t wanted) { return title.id.value < wanted; });
    return at != of_module.by_id.end() && at->id.value == id ? &*at : nullptr;
  }
  return nullptr;
}

}  // namespace tandem::api
