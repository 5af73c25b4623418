#include "access/actor.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_duplicates.h"
#include "desk/customers/contact_merging.h"
#include "desk/customers/person_name.h"
#include "desk/customers/phone_numbers.h"
#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using records::FieldKind;

records::Filter contacts_visible_to(const access::Actor& actor) {
  if (actor.kind != access::ActorKind::contact) return records::everything();
  return records::field("id").is(actor.id);
}

std::string name_of(const records::Record& contact) {
  return full_name(contact.get("first_name").text(), contact.get("last_name").text());
}

}  // namespace

const records::ModuleDef& contacts_module() {
  static const records::ModuleDef module{
      .name = "contacts",
      .label = "Contact",
      .label_plural = "Contacts",
      .fields =
          {
              {.name = "first_name", .label = "First name", .searchable = true, .max_chars = 120},
              {.name = "last_name",
               .label = "Last name",
               .required = true,
               .searchable = true,
               .sortable = true,
               .max_chars = 120},
              {.name = "email",
               .label = "E-mail",
               .kind = FieldKind::email,
               .unique = true,
               .searchable = true},
              {.name = "secondary_email",
               .label = "Secondary e-mail",
               .kind = FieldKind::email,
               .searchable = true},
              {.name = "other_emails",
               .label = "Further e-mails",
               .kind = FieldKind::tags,
               .searchable = true,
               .max_chars = 254},
              {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
              {.name = "mobile", .label = "Mobile", .kind = FieldKind::phone, .searchable = true},
              {.name = "other_phones",
               .label = "Further phones",
               .kind = FieldKind::tags,
               .searchable = true,
               .max_chars = 50},
              {.name = "job_title", .label = "Job title", .max_chars = 120},
              {.name = "account",
               .label = "Account",
               .kind = FieldKind::link,
               .link_to = "accounts"},
              {.name = "description",
               .label = "Description",
               .kind = FieldKind::long_text,
               .max_chars = 32'000},
              {.name = "street", .label = "Street"},
              {.name = "city", .label = "City", .max_chars = 120},
              {.name = "state", .label = "State", .max_chars = 120},
              {.name = "country", .label = "Country", .max_chars = 120},
              {.name = "zip", .label = "ZIP code", .max_chars = 30},
              // Written by merging alone: the contact that this one has become.
              operations::merged_into_field("contacts"),
          },
      .indexes = {{"account", "last_name"}, {"secondary_email"}},
      .title_of = name_of,
      .visible_to = contacts_visible_to,
      .act_rule = contact_act_rule,
      .acts = {{"merge", access::Right::update}},
      .before_save = {reach_is_comparable, addresses_are_free, operations::merged_stay_led},
      .after_save = {addresses_are_kept, numbers_are_findable, duplicates_are_noted,
                     products_are_forgotten, operations::merges_forget_the_purged},
  };
  return module;
}

}  // namespace tandem::desk
