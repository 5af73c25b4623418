#include "crm/common_fields.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"
#include "crm/tags/tags.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

FieldDef category_field() {
  return {.name = "category",
          .label = "Product category",
          .kind = FieldKind::choice,
          .choices = {{"hardware", "Hardware"},
                      {"software", "Software"},
                      {"service", "Service"},
                      {"crm_applications", "CRM Applications"},
                      {"other", "Other"}}};
}

std::vector<FieldDef> product_fields() {
  return {
      {.name = "name",
       .label = "Product name",
       .required = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 200},
      {.name = "code",
       .label = "Product code",
       .searchable = true,
       .sortable = true,
       .max_chars = 100},
      {.name = "is_active",
       .label = "Active",
       .kind = FieldKind::boolean,
       .default_value = int64_t{1}},
      category_field(),
      {.name = "manufacturer", .label = "Manufacturer", .searchable = true, .max_chars = 120},
      {.name = "vendor", .label = "Vendor", .max_chars = 120},
      {.name = "unit_price", .label = "Unit price", .kind = FieldKind::money},
      {.name = "is_taxable", .label = "Taxable", .kind = FieldKind::boolean},
      {.name = "usage_unit", .label = "Usage unit", .max_chars = 60},
      {.name = "quantity_in_stock", .label = "Quantity in stock", .kind = FieldKind::decimal},
      {.name = "quantity_ordered", .label = "Quantity ordered", .kind = FieldKind::decimal},
      {.name = "reorder_level", .label = "Reorder level", .kind = FieldKind::decimal},
  };
}

records::ModuleDef crm_products() {
  return {
      .name = "products",
      .label = "Product",
      .label_plural = "Products",
      .table = "crm_products",
      .fields = joined({product_fields(), working_fields()}),
      .visible_to = visible_to_members,
      .before_save = {it_has_an_owner, its_notes_and_files_go_along},
      .after_save = {its_tags_are_known, its_people_hear_of_it},
  };
}

}  // namespace

const records::ModuleDef& products_module(Edition edition) {
  static const records::ModuleDef crm = crm_products();
  static const records::ModuleDef bigin = with_fields(
      crm_products(),
      {"name", "code", "category", "is_active", "unit_price", "owner", "tags", "description"});
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
