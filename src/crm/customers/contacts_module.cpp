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

std::string name_of(const records::Record& contact) {
  return full_name(contact.get("first_name").text(), contact.get("last_name").text());
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
      link_field("account", "Account", "accounts"),
      {.name = "job_title", .label = "Title", .max_chars = 120},
      {.name = "department", .label = "Department", .max_chars = 120},
      {.name = "email", .label = "E-mail", .kind = FieldKind::email, .searchable = true},
      {.name = "secondary_email",
       .label = "Secondary e-mail",
       .kind = FieldKind::email,
       .searchable = true},
      {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
      {.name = "mobile", .label = "Mobile", .kind = FieldKind::phone, .searchable = true},
      {.name = "home_phone", .label = "Home phone", .kind = FieldKind::phone},
      {.name = "other_phone", .label = "Other phone", .kind = FieldKind::phone},
      {.name = "fax", .label = "Fax", .kind = FieldKind::phone},
      {.name = "date_of_birth", .label = "Date of birth", .kind = FieldKind::date},
      lead_source_field(),
      link_field("reports_to", "Reports to", "contacts"),
      {.name = "email_opt_out", .label = "E-mail opt-out", .kind = FieldKind::boolean},
  };
}

records::ModuleDef crm_contacts() {
  return {
      .name = "contacts",
      .label = "Contact",
      .label_plural = "Contacts",
      .table = "crm_contacts",
      .fields = joined({person_fields(),
                        address_fields("mailing", "Mailing"),
                        address_fields("other", "Other"),
                        working_fields(),
                        {operations::merged_into_field("contacts")}}),
      .indexes = {{"email"},
                  {"secondary_email"},
                  {"account", "last_name"},
                  {"owner", "created_at"}},
      .title_of = name_of,
      .visible_to = visible_to_members,
      .act_rule = merged_act_rule,
      .acts = {{"merge", access::Right::update}},
      .before_save = {it_has_an_owner, operations::merged_stay_led, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it,
                     operations::merges_forget_the_purged},
  };
}

records::ModuleDef bigin_contacts() {
  records::ModuleDef module = with_fields(
      crm_contacts(),
      {"first_name", "last_name", "account", "job_title", "email", "phone", "mobile", "home_phone",
       "email_opt_out", "mailing_street", "mailing_city", "mailing_state", "mailing_zip",
       "mailing_country", "owner", "tags", "description", "merged_into"});
  for (FieldDef& field : module.fields)
    if (field.name == "account") field.label = "Company";
  return module;
}

}  // namespace

const records::ModuleDef& contacts_module(Edition edition) {
  static const records::ModuleDef crm = crm_contacts();
  static const records::ModuleDef bigin = bigin_contacts();
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
