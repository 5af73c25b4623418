#include "desk/products/products_module.h"

#include <fmt/format.h>

#include <algorithm>

#include "desk/departments.h"
#include "desk/products/product_customers.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using records::Change;
using records::FieldKind;
using records::Verb;
using records::WrittenBy;

constexpr int words_found_max = 100;

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Refusal not_of_your_department() {
  return invalid("departments", "not_your_department",
                 "Enable the product for departments of your own, and leave the others as they "
                 "are.");
}

Result<void> takes_products(const Change& product, const std::string& department) {
  const RecordId id{id_from_text(department).value_or(0)};
  switch (department_state(product.tx, product.org, id)) {
    case DepartmentState::enabled: return {};
    case DepartmentState::disabled:
      return invalid("departments", "disabled", "Choose departments that are enabled.");
    case DepartmentState::missing: break;
  }
  return invalid("departments", "not_found", "Choose departments that exist.");
}

/// Nobody gives away what they do not see.
Result<void> the_departments_are_ones_own(Change& product) {
  if (product.verb != Verb::created && product.verb != Verb::updated) return {};
  if (!product.changes("departments")) return {};
  const access::Actor& actor = product.actor;
  const Names held = product.is_new() ? Names() : product.before.get("departments").list();
  const Names wanted = product.get("departments").list();
  const auto may_change = [&](const std::string& department) {
    return may_enable_products_for(actor, RecordId{id_from_text(department).value_or(0)});
  };
  for (const std::string& department : wanted) {
    if (has(held, department)) continue;
    TRY(takes_products(product, department));
    if (!may_change(department)) return not_of_your_department();
  }
  for (const std::string& department : held) {
    if (!has(wanted, department) && !may_change(department)) return not_of_your_department();
  }
  return {};
}

/// Manual, Products 4.1: what a sync keeps is changed where it comes from.
Result<void> what_a_sync_keeps_stays(Change& product) {
  if (product.verb != Verb::updated || product.actor.is_system()) return {};
  std::vector<FieldFault> faults;
  for (const std::string& name : product.before.get("synced_fields").list()) {
    const records::FieldDef* field = product.proposed.shape->find(name);
    if (!field || !product.changes(name)) continue;
    faults.push_back({name, "kept_by_sync",
                      fmt::format("{} is kept by {}; change it there.", field->label,
                                  product.before.get("synced_from").text())});
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

Result<void> the_price_is_not_negative(Change& product) {
  if (!product.changes("unit_price") || product.get("unit_price").number() >= 0) return {};
  return invalid("unit_price", "out_of_range", "Give a price of 0 or more.");
}

Result<void> customers_lose_what_is_gone(Change& product) {
  if (product.verb == Verb::purged) forget_product(product.tx, product.org, product.before.id);
  return {};
}

std::vector<records::FieldDef> product_fields() {
  return {
      {.name = "name",
       .label = "Product name",
       .required = true,
       .searchable = true,
       .sortable = true},
      {.name = "code",
       .label = "Product code",
       .unique = true,
       .searchable = true,
       .sortable = true,
       .max_chars = 100},
      // Ids as choices, so that each is known by the name of its department.
      {.name = "departments",
       .label = "Departments",
       .kind = FieldKind::multi_choice,
       .required = true,
       .link_to = "departments"},
      {.name = "category", .label = "Category", .searchable = true, .max_chars = 120},
      {.name = "manufacturer", .label = "Manufacturer", .searchable = true, .max_chars = 120},
      {.name = "vendor", .label = "Vendor", .max_chars = 120},
      {.name = "unit_price", .label = "Unit price", .kind = FieldKind::money},
      {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
      {.name = "is_active",
       .label = "Active",
       .kind = FieldKind::boolean,
       .default_value = int64_t{1}},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 32'000},
      // Written by a sync alone: where the product comes from, and which fields are kept there.
      {.name = "synced_from", .label = "Synced from", .written_by = WrittenBy::system},
      {.name = "synced_fields",
       .label = "Synced fields",
       .kind = FieldKind::tags,
       .written_by = WrittenBy::system},
  };
}

}  // namespace

records::Filter products_visible_to(const access::Actor& actor) {
  if (actor.is_system() || actor.is_administrator()) return records::everything();
  if (!actor.is_agent() || actor.department_ids.empty()) return records::nothing();
  std::vector<records::Value> departments;
  for (const int64_t id : actor.department_ids) departments.emplace_back(std::to_string(id));
  return records::field("departments").is_one_of(std::move(departments));
}

bool may_enable_products_for(const access::Actor& actor, RecordId department) {
  return actor.is_system() || actor.is_administrator() || actor.in_department(department);
}

Result<void> the_product_is_of_the_department(Change& ticket) {
  const RecordId product = ticket.get("product").id();
  if (!product || !ticket.changes("product")) return {};
  const std::optional<db::Row> row = ticket.tx.row(
      "SELECT is_active FROM products WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL "
      "AND departments LIKE $3",
      {ticket.org.value, product.value,
       fmt::format("%\"{}\"%", ticket.get("department").number())});
  // One answer for what is not there and for what is not theirs, so that nothing is told of it.
  if (!row) {
    return invalid("product", "not_in_department",
                   "Choose a product that is enabled for the department of the ticket.");
  }
  if (!row->is_null(0) && row->integer(0) == 0) {
    return invalid("product", "inactive", "Choose a product that is active.");
  }
  return {};
}

Result<std::vector<records::Record>> products_for_ticket(db::Transaction& tx,
                                                         const access::Actor& actor,
                                                         RecordId department,
                                                         std::string_view words, int limit) {
  records::Query query;
  std::vector<records::Filter> parts{
      records::field("departments").is(records::Value(to_string(department))),
      records::field("is_active").is(int64_t{1})};
  if (!words.empty()) {
    const auto found =
        TRY(operations::search_records(tx, actor, products_module(), words, words_found_max));
    std::vector<records::Value> ids;
    for (const records::Record& one : found) ids.emplace_back(one.id);
    parts.push_back(ids.empty() ? records::nothing()
                                : records::field("id").is_one_of(std::move(ids)));
  }
  query.filter = records::all_of(std::move(parts));
  query.sort = {"title", false};
  query.limit = limit;
  records::Page page = TRY(operations::list_records(tx, actor, products_module(), query));
  return std::move(page.records);
}

Result<void> no_product_needs_the_department(db::Transaction& tx, OrgId org, RecordId department) {
  const std::string named = fmt::format("%\"{}\"%", department.value);
  if (tx.row("SELECT 1 FROM products WHERE org_id = $1 AND departments LIKE $2 LIMIT 1",
             {org.value, named})) {
    return conflict("department_has_products",
                    "Take this department from its products first, also those in the recycle bin, "
                    "or disable it.");
  }
  return {};
}

const records::ModuleDef& products_module() {
  static const records::ModuleDef module{
      .name = "products",
      .label = "Product",
      .label_plural = "Products",
      .fields = product_fields(),
      .visible_to = products_visible_to,
      .before_save = {what_a_sync_keeps_stays, the_price_is_not_negative,
                      the_departments_are_ones_own},
      .after_save = {customers_lose_what_is_gone},
  };
  return module;
}

}  // namespace tandem::desk
