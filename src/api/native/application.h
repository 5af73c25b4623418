#pragma once

#include <string_view>
#include <vector>

#include "api/native/call.h"
#include "views/viewed_module.h"

// What the applications of the suite show in ways of their own. All else is said once, over the
// modules of whichever application the organisation belongs to.

namespace tandem::api::native {

struct Route;

struct Application {
  std::string_view name;  // as organisations.app and the addresses spell it
  /// What only this one answers, beside shared_routes().
  const std::vector<Route>& (*own_routes)();
  std::vector<std::string_view> modules;   // that meta tells of, in the order of its menus
  std::vector<std::string_view> searched;  // in the order in which hits are shown
  /// What meta says beside organisation, me, modules and agents: more of `me`, and more of all.
  void (*append_to_me)(JsonWriter&, const Call&);
  Result<void> (*append_to_meta)(JsonWriter&, db::Transaction&, const Call&);
  /// What `view` and `department` of the query ask for. Refuses what it has no views for.
  Result<views::ViewQuery> (*view_asked_for)(db::Transaction&, const Call&);
  /// The views of one of its modules that has views.
  views::ViewedModule (*viewed_module)(const records::ModuleDef&);
  /// Of a list that nobody gave an order: "-created_at".
  std::string_view (*usual_sort)(const records::ModuleDef&);
  /// Whether the actor may give a field this choice, or take it away. Null: each that is there.
  bool (*may_choose)(const access::Actor&, const records::ModuleDef&, const records::FieldDef&,
                     const records::ChoiceOption&) = nullptr;
  /// What a custom field may link to: records whose title is no secret to whoever works here.
  std::vector<std::string_view> link_targets;
};

const Application& desk_application();
const Application& crm_application();
const Application& bigin_application();
/// All of them.
std::vector<const Application*> applications();

}  // namespace tandem::api::native
