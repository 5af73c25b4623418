#include "desk/products/product_customers.h"

#include <fmt/format.h>

#include <algorithm>

#include "desk/products/products_module.h"
#include "desk/rows.h"
#include "operations/visible.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::ModuleDef;
using records::Record;

std::vector<int64_t> product_ids(db::Transaction& tx, OrgId org, const ModuleDef& customers,
                                 RecordId customer) {
  std::vector<int64_t> ids;
  for (const db::Row& row :
       tx.rows("SELECT product_id FROM product_customers "
               "WHERE org_id = $1 AND module = $2 AND customer_id = $3 "
               "ORDER BY product_id LIMIT $4",
               {org.value, customers.name, customer.value, int64_t(products_per_customer_max)})) {
    ids.push_back(row.integer(0));
  }
  return ids;
}

records::Filter with_ids(const std::vector<int64_t>& ids) {
  return ids.empty() ? records::nothing()
                     : records::field("id").is_one_of({ids.begin(), ids.end()});
}

/// The customer, when the actor may change it.
Result<Record> customer_to_change(db::Transaction& tx, const Actor& actor,
                                  const ModuleDef& customers, RecordId customer) {
  TRY(access::require_right(actor, customers, access::Right::read));
  Record found =
      TRY(operations::find_visible(tx, actor, customers, customer, records::Bin::outside));
  TRY(operations::require_act(actor, found, "update"));
  return found;
}

/// One line of the customer's history for each product.
Result<Record> note_in_history(db::Transaction& tx, const Actor& actor, const Record& customer,
                               const char* event, const Record& product) {
  JsonWriter detail;
  // Not its name: the customer is seen by agents who do not see the product.
  detail.begin_object().id("product", product.id.value).end_object();
  return change_row(tx, actor, customer, {}, {event, detail.take()});
}

}  // namespace

Result<records::Page> products_of(db::Transaction& tx, const Actor& actor,
                                  const ModuleDef& customers, RecordId customer) {
  TRY(operations::read_record(tx, actor, customers, customer, records::Bin::either));
  records::Query query;
  query.filter = with_ids(product_ids(tx, actor.org, customers, customer));
  query.sort = {"title", false};
  query.limit = int(products_per_customer_max);
  return operations::list_records(tx, actor, products_module(), std::move(query));
}

Result<void> give_products(db::Transaction& tx, const Actor& actor, const ModuleDef& customers,
                           RecordId customer, const std::vector<int64_t>& products) {
  Record found = TRY(customer_to_change(tx, actor, customers, customer));
  if (products.empty()) {
    return invalid("products", "required", "Choose at least one product.");
  }
  TRY(access::require_right(actor, products_module(), access::Right::read));
  std::vector<int64_t> held = product_ids(tx, actor.org, customers, customer);
  for (const int64_t id : products) {
    if (std::find(held.begin(), held.end(), id) != held.end()) continue;
    const Result<Record> product =
        operations::find_visible(tx, actor, products_module(), RecordId{id}, records::Bin::outside);
    if (!product) return invalid("products", "not_found", "Choose products that exist.");
    held.push_back(id);
    if (held.size() > products_per_customer_max) {
      return invalid("products", "too_many",
                     fmt::format("A customer has at most {} products.", products_per_customer_max));
    }
    tx.execute(
        "INSERT INTO product_customers "
        "(org_id, module, customer_id, product_id, added_at, added_by) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        {actor.org.value, customers.name, customer.value, id, tx.now().ms, db::arg(actor.id)});
    found = TRY(note_in_history(tx, actor, found, "product_added", *product));
  }
  return {};
}

Result<void> take_product(db::Transaction& tx, const Actor& actor, const ModuleDef& customers,
                          RecordId customer, RecordId product) {
  const Record found = TRY(customer_to_change(tx, actor, customers, customer));
  TRY(access::require_right(actor, products_module(), access::Right::read));
  const Record taken =
      TRY(operations::find_visible(tx, actor, products_module(), product, records::Bin::either));
  const int64_t gone = tx.execute(
      "DELETE FROM product_customers "
      "WHERE org_id = $1 AND module = $2 AND customer_id = $3 AND product_id = $4",
      {actor.org.value, customers.name, customer.value, product.value});
  if (gone == 0) return not_found("The customer does not have this product.");
  TRY(note_in_history(tx, actor, found, "product_removed", taken));
  return {};
}

Result<records::Page> customers_of(db::Transaction& tx, const Actor& actor,
                                   const ModuleDef& customers, RecordId product,
                                   const std::string& cursor, int limit) {
  TRY(operations::read_record(tx, actor, products_module(), product, records::Bin::either));
  const std::optional<int64_t> after = cursor.empty() ? 0 : id_from_text(cursor);
  if (!after) return invalid("cursor", "bad_cursor", "Ask again from the first page.");
  std::vector<int64_t> ids;
  for (const db::Row& row :
       tx.rows("SELECT customer_id FROM product_customers WHERE org_id = $1 AND product_id = $2 "
               "AND module = $3 AND customer_id > $4 ORDER BY customer_id LIMIT $5",
               {actor.org.value, product.value, customers.name, *after,
                int64_t(std::min(limit, customers_per_page_max))})) {
    ids.push_back(row.integer(0));
  }
  records::Query query;
  query.filter = with_ids(ids);
  query.sort = {"id", false};
  query.limit = customers_per_page_max;
  records::Page page = TRY(operations::list_records(tx, actor, customers, std::move(query)));
  page.next_cursor = int(ids.size()) < limit ? "" : std::to_string(ids.back());
  return page;
}

void forget_product(db::Transaction& tx, OrgId org, RecordId product) {
  tx.execute("DELETE FROM product_customers WHERE org_id = $1 AND product_id = $2",
             {org.value, product.value});
}

Result<void> products_are_forgotten(records::Change& customer) {
  if (customer.verb != records::Verb::purged) return {};
  customer.tx.execute(
      "DELETE FROM product_customers WHERE org_id = $1 AND module = $2 AND customer_id = $3",
      {customer.org.value, customer.before.shape->module().name, customer.before.id.value});
  return {};
}

}  // namespace tandem::desk
