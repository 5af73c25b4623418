#include "base/names.h"
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
using records::WrittenBy;

std::string name_of(const records::Record& lead) {
  return full_name(lead.get("first_name").text(), lead.get("last_name").text());
}

/// What has become a contact stands in no list; it is still read by its id.
records::Filter leads_listed_to(const access::Actor& actor) {
  if (actor.kind == access::ActorKind::contact) return records::nothing();
  return records::field("converted_at").is_empty();
}

FieldDef status_field() {
  return {.name = "lead_status",
          .label = "Lead status",
          .kind = FieldKind::choice,
          .choices = {{"attempted_to_contact", "Attempted to Contact"},
                      {"contact_in_future", "Contact in Future"},
                      {"contacted", "Contacted"},
                      {"junk_lead", "Junk Lead"},
                      {"lost_lead", "Lost Lead"},
                      {"not_contacted", "Not Contacted"},
                      {"pre_qualified", "Pre-Qualified"},
                      {"not_qualified", "Not Qualified"}}};
}

std::vector<FieldDef> person_fields() {
  return {
      salutation_field(),
      {.name = "first_name", .label = "First name", .searchable = true, .max_chars = 120},
      {.name = "last_name",
       .label = "Last name",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 120},
      {.name = "company",
       .label = "Company",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 200},
      {.name = "designation", .label = "Title", .max_chars = 120},
      {.name = "email", .label = "E-mail", .kind = FieldKind::email, .searchable = true},
      {.name = "secondary_email",
       .label = "Secondary e-mail",
       .kind = FieldKind::email,
       .searchable = true},
      {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
      {.name = "mobile", .label = "Mobile", .kind = FieldKind::phone, .searchable = true},
      {.name = "fax", .label = "Fax", .kind = FieldKind::phone},
      {.name = "website", .label = "Website", .kind = FieldKind::url},
  };
}

std::vector<FieldDef> sales_fields() {
  return {
      lead_source_field(),
      status_field(),
      industry_field(),
      rating_field(),
      {.name = "annual_revenue", .label = "Annual revenue", .kind = FieldKind::money},
      {.name = "employees", .label = "Employees", .kind = FieldKind::number},
      {.name = "email_opt_out", .label = "E-mail opt-out", .kind = FieldKind::boolean},
  };
}

/// Written by lead conversion alone.
std::vector<FieldDef> conversion_fields() {
  std::vector<FieldDef> fields{
      {.name = "converted_at", .label = "Converted", .kind = FieldKind::instant},
      link_field("converted_contact", "Converted contact", "contacts"),
      link_field("converted_account", "Converted account", "accounts"),
      link_field("converted_deal", "Converted deal", "deals"),
  };
  for (FieldDef& field : fields) field.written_by = WrittenBy::system;
  return fields;
}

}  // namespace

const records::ModuleDef& leads_module() {
  static const records::ModuleDef module{
      .name = "leads",
      .label = "Lead",
      .label_plural = "Leads",
      .table = "crm_leads",
      .fields = joined({person_fields(),
                        sales_fields(),
                        address_fields("", ""),
                        working_fields(),
                        conversion_fields(),
                        {operations::merged_into_field("leads")}}),
      .indexes = {{"email"},
                  {"secondary_email"},
                  {"lead_status", "created_at"},
                  {"owner", "created_at"}},
      .title_of = name_of,
      .visible_to = visible_to_members,
      .listed_to = leads_listed_to,
      .act_rule = merged_act_rule,
      .acts = {{"convert", access::Right::update}, {"merge", access::Right::update}},
      .before_save = {it_has_an_owner, operations::merged_stay_led, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it,
                     operations::merges_forget_the_purged},
  };
  return module;
}

}  // namespace tandem::crm
