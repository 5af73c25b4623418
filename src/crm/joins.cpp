#include "crm/joins.h"

#include <fmt/format.h>

#include "crm/deals/contact_roles.h"
#include "crm/organisation_setup.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;
using records::JoinDef;
using records::JoinSide;

/// Which roles there are is said by each organisation (OwnSide); without them none is taken.
FieldDef role_field() {
  return {.name = "contact_role", .label = "Contact role", .kind = FieldKind::choice};
}

FieldDef member_status_field() {
  return {.name = "member_status",
          .label = "Member status",
          .kind = FieldKind::choice,
          .choices = {{"planned", "Planned"},
                      {"invited", "Invited"},
                      {"sent", "Sent"},
                      {"received", "Received"},
                      {"opened", "Opened"},
                      {"responded", "Responded"},
                      {"bounced", "Bounced"},
                      {"opted_out", "Opted Out"}},
          .default_value = "planned"};
}

JoinDef products_of(const std::string& module, const std::string& label) {
  return {.holder = module,
          .name = "products",
          .label = "Products",
          .held = "products",
          .name_there = module,
          .label_there = label};
}

JoinDef campaigns_of(const std::string& module, const std::string& label) {
  return {.holder = module,
          .name = "campaigns",
          .label = "Campaigns",
          .held = "campaigns",
          .name_there = module,
          .label_there = label,
          .said = member_status_field()};
}

std::vector<JoinDef> crm_joins() {
  return {{.holder = "deals",
           .name = "contact_roles",
           .label = "Contact roles",
           .held = "contacts",
           .name_there = "contact_roles",
           .label_there = "Roles in deals",
           .said = role_field()},
          products_of("deals", "Deals"),
          products_of("leads", "Leads"),
          products_of("contacts", "Contacts"),
          products_of("accounts", "Accounts"),
          campaigns_of("leads", "Leads"),
          campaigns_of("contacts", "Contacts")};
}

std::vector<JoinDef> bigin_joins() {
  return {{.holder = "deals",
           .name = "contacts",
           .label = "Secondary contacts",
           .held = "contacts",
           .name_there = "secondary_deals",
           .label_there = "Deals as secondary contact"},
          products_of("deals", "Deals"),
          products_of("contacts", "Contacts"),
          products_of("accounts", "Companies")};
}

}  // namespace

const std::vector<JoinDef>& joins(Edition edition) {
  static const std::vector<JoinDef> crm = crm_joins();
  static const std::vector<JoinDef> bigin = bigin_joins();
  return edition == Edition::crm ? crm : bigin;
}

std::vector<JoinSide> joins_of(const records::Catalogue& catalogue,
                               const records::ModuleDef& module) {
  std::vector<JoinSide> sides;
  for (const JoinDef& join : joins(edition_of(catalogue)))
    if (join.holder == module.name)
      sides.push_back({&module, catalogue.find(join.held), &join, false});
  for (const JoinDef& join : joins(edition_of(catalogue)))
    if (join.held == module.name)
      sides.push_back({&module, catalogue.find(join.holder), &join, true});
  return sides;
}

std::optional<JoinSide> find_join(const records::Catalogue& catalogue,
                                  const records::ModuleDef& module, std::string_view list) {
  for (const JoinSide& side : joins_of(catalogue, module))
    if (side.name() == list) return side;
  return std::nullopt;
}

OwnSide::OwnSide(db::Transaction& tx, OrgId org, const JoinSide& side)
    : join_(*side.join), side_(side) {
  if (side.key() == contact_roles_key) join_.said.choices = contact_role_choices(tx, org);
  side_.join = &join_;
}

Result<void> move_joined(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                         const Placed& from, const Placed& to) {
  for (const JoinSide& side : joins_of(catalogue, from.module)) {
    const std::optional<JoinSide> there = find_join(catalogue, to.module, side.name());
    const bool is_of_both = there && there->listed == side.listed && there->is_held == side.is_held;
    if (!is_of_both) continue;
    records::move_pairs(tx, org, side, from.id, *there, to.id);
    const bool fits =
        there->is_held || records::count_held(tx, org, *there, to.id) <= records::held_records_max;
    if (fits) continue;
    return conflict("too_much_joined", fmt::format("Together they have more than {} in {}; take "
                                                   "some of them away first.",
                                                   records::held_records_max, there->label()));
  }
  return {};
}

}  // namespace tandem::crm
