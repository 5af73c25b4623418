#include "api/desk/product_handlers.h"

#include <algorithm>

#include "api/desk/handlers.h"
#include "api/desk/refusals.h"
#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "desk/products/products_module.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr size_t products_per_call_max = 100;
constexpr int products_usual = 25;
constexpr int pages_walked_max = 60;

/// A part of a list that is whole in memory.
void keep_window(records::Page& page, const PageWindow& window) {
  std::vector<records::Record>& records = page.records;
  const size_t first = std::min(records.size(), size_t(window.offset));
  const size_t last = std::min(records.size(), first + size_t(window.limit));
  records.erase(records.begin() + ptrdiff_t(last), records.end());
  records.erase(records.begin(), records.begin() + ptrdiff_t(first));
}

/// The dialect counts rows and ours goes on from the last one, so that pages before it are walked.
Result<records::Page> customers_from(db::Transaction& tx, const Call& call,
                                     const records::ModuleDef& customers, RecordId product,
                                     PageWindow window) {
  records::Page all;
  std::string cursor;
  const size_t wanted = size_t(window.offset) + size_t(window.limit);
  for (int page = 0; page < pages_walked_max; ++page) {
    records::Page part = TRY(desk::customers_of(tx, call.actor, customers, product, cursor,
                                                desk::customers_per_page_max));
    for (records::Record& one : part.records) all.records.push_back(std::move(one));
    cursor = part.next_cursor;
    if (cursor.empty() || all.records.size() >= wanted) break;
  }
  keep_window(all, window);
  return all;
}

Result<http::Response> list_customers(Call& call, const records::ModuleDef& customers) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, products_usual, int(products_per_call_max)));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Page page = TRY(customers_from(tx, call, customers, id, window));
    return show_page(tx, call, page);
  });
}

void append_outcome(JsonWriter& json, RecordId product, const Result<void>& done) {
  json.begin_object().id("id", product.value).boolean("success", done.has_value());
  if (done) {
    json.null("errors");
  } else {
    json.key("errors").begin_object().string("errorCode", error_code(done.error()));
    json.string("message", done.error().message).end_object();
  }
  json.end_object();
}

}  // namespace

Result<http::Response> list_products_of(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, products_usual, int(products_per_call_max)));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Page page = TRY(desk::products_of(tx, call.actor, *call.module, id));
    keep_window(page, window);
    return show_page(tx, call, page);
  });
}

/// {"ids":[…],"associate":true}: each product stands for itself.
Result<http::Response> associate_products(Call& call) {
  const RecordId customer = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const char* key = body.contains("productIds") ? "productIds" : "ids";
  const std::vector<RecordId> products = TRY(ids_of(body, key, products_per_call_max));
  const bool gives = !body.contains("associate") || flag_member(body, "associate");
  const std::string json =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
        TRY(operations::read_record(tx, call.actor, *call.module, customer));
        JsonWriter results;
        results.begin_object().key("results").begin_array();
        for (const RecordId product : products) {
          append_outcome(results, product, tx.attempt([&] {
            return gives ? desk::give_products(tx, call.actor, *call.module, customer,
                                               {product.value})
                         : desk::take_product(tx, call.actor, *call.module, customer, product);
          }));
        }
        return results.end_array().end_object().take();
      }));
  call.services.wake();
  return http::Response::json(200, json);
}

Result<http::Response> list_contacts_with(Call& call) {
  return list_customers(call, desk::contacts_module());
}

Result<http::Response> list_accounts_with(Call& call) {
  return list_customers(call, desk::accounts_module());
}

}  // namespace tandem::api::desk_dialect
