#include "access/actor.h"
#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using records::FieldKind;

records::Filter accounts_visible_to(const access::Actor& actor) {
  return actor.kind == access::ActorKind::contact ? records::nothing() : records::everything();
}

}  // namespace

const records::ModuleDef& accounts_module() {
  static const records::ModuleDef module{
      .name = "accounts",
      .label = "Account",
      .label_plural = "Accounts",
      .fields =
          {
              {.name = "name",
               .label = "Account name",
               .required = true,
               .searchable = true,
               .sortable = true},
              {.name = "website", .label = "Website", .kind = FieldKind::url},
              {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
              {.name = "fax", .label = "Fax", .kind = FieldKind::phone},
              {.name = "industry", .label = "Industry", .max_chars = 120},
              {.name = "description",
               .label = "Description",
               .kind = FieldKind::long_text,
               .max_chars = 32'000},
              {.name = "street", .label = "Street"},
              {.name = "city", .label = "City", .max_chars = 120},
              {.name = "state", .label = "State", .max_chars = 120},
              {.name = "country", .label = "Country", .max_chars = 120},
              {.name = "zip", .label = "ZIP code", .max_chars = 30},
              {.name = "code", .label = "Code", .searchable = true, .max_chars = 60},
          },
      .visible_to = accounts_visible_to,
      .after_save = {products_are_forgotten},
  };
  return module;
}

}  // namespace tandem::desk
