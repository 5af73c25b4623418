#include "crm/views/views.h"

#include <fmt/format.h>

#include <algorithm>

namespace tandem::crm {

namespace {

using records::Filter;

constexpr int64_t recent_ms = 7 * day_ms;

bool has_owner(const records::ModuleDef& module) {
  return std::any_of(module.fields.begin(), module.fields.end(),
                     [](const records::FieldDef& field) { return field.name == "owner"; });
}

Result<Filter> filter_of(db::Transaction& tx, const records::ModuleDef& module,
                         std::string_view name, const access::Actor& actor) {
  if (name == "all") return records::everything();
  if (name == "mine" && has_owner(module)) return records::field("owner").is(actor.id);
  const Instant since = tx.now() - recent_ms;
  if (name == "recently_created") return records::field("created_at").at_least(since);
  if (name == "recently_changed") return records::field("updated_at").at_least(since);
  return not_found(fmt::format("There is no view {}; choose one of the list.", name));
}

Result<views::ViewQuery> ready_query(db::Transaction& tx, const records::ModuleDef& module,
                                     std::string_view name, const access::Actor& actor,
                                     RecordId /*department*/) {
  Filter filter = TRY(filter_of(tx, module, name, actor));
  return views::ViewQuery{.filter = std::move(filter)};
}

}  // namespace

views::ViewedModule viewed_module(const records::ModuleDef& module) {
  const std::string& label = module.label_plural;
  views::ViewedModule viewed{.module = module, .ready_query = ready_query};
  viewed.ready.push_back({"all", "All " + label});
  if (has_owner(module)) viewed.ready.push_back({"mine", "My " + label});
  viewed.ready.push_back({"recently_created", "Recently Created " + label});
  viewed.ready.push_back({"recently_changed", "Recently Modified " + label});
  return viewed;
}

}  // namespace tandem::crm
