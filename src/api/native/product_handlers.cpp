#include "api/native/product_handlers.h"

#include "api/native/envelope.h"
#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "desk/products/products_module.h"

namespace tandem::api::native {

namespace {

constexpr int ticket_products_max = 20;
constexpr size_t search_bytes_max = 500;

Result<http::Response> list_products(Call& call, const records::ModuleDef& customers) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Page page = TRY(desk::products_of(tx, call.actor, customers, id));
    return http::Response::json(200, page_json(tx, call.actor, page, std::nullopt));
  });
}

/// {"products":[ids]}: answers what the customer has then.
Result<http::Response> add_products(Call& call, const records::ModuleDef& customers) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"products"}));
  const std::vector<int64_t> products =
      TRY(body_ids(body, "products", desk::products_per_customer_max));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(desk::give_products(tx, call.actor, customers, id, products));
    const records::Page page = TRY(desk::products_of(tx, call.actor, customers, id));
    return page_json(tx, call.actor, page, std::nullopt);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_product(Call& call, const records::ModuleDef& customers) {
  const RecordId id = TRY(call.id());
  const RecordId product = TRY(call.id("product"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::take_product(tx, call.actor, customers, id, product);
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace

Result<http::Response> list_contact_products(Call& call) {
  return list_products(call, desk::contacts_module());
}
Result<http::Response> add_contact_products(Call& call) {
  return add_products(call, desk::contacts_module());
}
Result<http::Response> remove_contact_product(Call& call) {
  return remove_product(call, desk::contacts_module());
}
Result<http::Response> list_account_products(Call& call) {
  return list_products(call, desk::accounts_module());
}
Result<http::Response> add_account_products(Call& call) {
  return add_products(call, desk::accounts_module());
}
Result<http::Response> remove_account_product(Call& call) {
  return remove_product(call, desk::accounts_module());
}

Result<http::Response> list_ticket_products(Call& call) {
  const std::string words = call.query_text("q");
  if (words.size() > search_bytes_max) {
    return invalid("q", "too_long", "Search for fewer words.");
  }
  const std::optional<int64_t> department = id_from_text(call.query_text("department"));
  if (!department) return invalid("department", "bad_id", "Give the id of a department.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<records::Record> found = TRY(desk::products_for_ticket(
        tx, call.actor, RecordId{*department}, words, ticket_products_max));
    JsonWriter json;
    json.begin_object().key("products").begin_array();
    for (const records::Record& product : found) append_search_hit(json, product);
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> list_product_customers(Call& call) {
  const RecordId id = TRY(call.id());
  const std::string module = call.query_text("module");
  if (module != "contacts" && module != "accounts") {
    return invalid("module", "unknown_module", "Ask for contacts or for accounts.");
  }
  const records::ModuleDef& customers =
      module == "contacts" ? desk::contacts_module() : desk::accounts_module();
  const int limit = TRY(call.query_number("limit", 50, 1, desk::customers_per_page_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Page page =
        TRY(desk::customers_of(tx, call.actor, customers, id, call.query_text("cursor"), limit));
    return http::Response::json(200, page_json(tx, call.actor, page, std::nullopt));
  });
}

}  // namespace tandem::api::native
