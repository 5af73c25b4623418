#include "crm/common_fields.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"
#include "crm/tags/tags.h"
#include "operations/merging.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

FieldDef type_field() {
  return {.name = "account_type",
          .label = "Account type",
          .kind = FieldKind::choice,
          .choices = {{"analyst", "Analyst"},
                      {"competitor", "Competitor"},
                      {"customer", "Customer"},
                      {"distributor", "Distributor"},
                      {"integrator", "Integrator"},
                      {"investor", "Investor"},
                      {"partner", "Partner"},
                      {"press", "Press"},
                      {"prospect", "Prospect"},
                      {"reseller", "Reseller"},
                      {"supplier", "Supplier"},
                      {"vendor", "Vendor"},
                      {"other", "Other"}}};
}

FieldDef ownership_field() {
  return {.name = "ownership",
          .label = "Ownership",
          .kind = FieldKind::choice,
          .choices = {{"private", "Private"},
                      {"public", "Public"},
                      {"partnership", "Partnership"},
                      {"subsidiary", "Subsidiary"},
                      {"government", "Government"},
                      {"other", "Other"}}};
}

std::vector<FieldDef> firm_fields() {
  return {
      {.name = "name",
       .label = "Account name",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 200},
      {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
      {.name = "fax", .label = "Fax", .kind = FieldKind::phone},
      {.name = "website", .label = "Website", .kind = FieldKind::url, .searchable = true},
      {.name = "account_number", .label = "Account number", .searchable = true, .max_chars = 40},
      type_field(),
      industry_field(),
      ownership_field(),
      rating_field(),
      {.name = "annual_revenue", .label = "Annual revenue", .kind = FieldKind::money},
      {.name = "employees", .label = "Employees", .kind = FieldKind::number},
      {.name = "sic_code", .label = "SIC code", .kind = FieldKind::number},
      {.name = "ticker_symbol", .label = "Ticker symbol", .max_chars = 30},
      link_field("parent_account", "Parent account", "accounts"),
  };
}

records::ModuleDef crm_accounts() {
  return {
      .name = "accounts",
      .label = "Account",
      .label_plural = "Accounts",
      .table = "crm_accounts",
      .fields = joined({firm_fields(),
                        address_fields("billing", "Billing"),
                        address_fields("shipping", "Shipping"),
                        working_fields(),
                        {operations::merged_into_field("accounts")}}),
      .indexes = {{"owner", "created_at"}},
      .visible_to = visible_to_members,
      .act_rule = merged_act_rule,
      .acts = {{"merge", access::Right::update}},
      .before_save = {it_has_an_owner, operations::merged_stay_led, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it,
                     operations::merges_forget_the_purged},
  };
}

records::ModuleDef bigin_accounts() {
  records::ModuleDef module =
      with_fields(crm_accounts(), {"name", "phone", "website", "billing_street", "billing_city",
                                   "billing_state", "billing_zip", "billing_country", "owner",
                                   "tags", "description", "merged_into"});
  module.label = "Company";
  module.label_plural = "Companies";
  module.fields.front().label = "Company name";
  return module;
}

}  // namespace

const records::ModuleDef& accounts_module(Edition edition) {
  static const records::ModuleDef crm = crm_accounts();
  static const records::ModuleDef bigin = bigin_accounts();
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
