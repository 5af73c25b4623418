#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/store.h"

// Which customer has which product. A customer is a record of contacts or of accounts; who may
// change a customer may say what they have. Manual, Products 3.

namespace tandem::desk {

constexpr size_t products_per_customer_max = 200;
constexpr int customers_per_page_max = 100;

/// Products of a customer, as far as the actor sees them, by name. Refuses: not_found, forbidden.
Result<records::Page> products_of(db::Transaction& tx, const access::Actor& actor,
                                  const records::ModuleDef& customers, RecordId customer);

/// Notes that the customer has these products. Those that are noted already stay. Refuses:
/// not_found, forbidden, invalid (`products`: none, unknown or unseen, more than 200 in all).
Result<void> give_products(db::Transaction& tx, const access::Actor& actor,
                           const records::ModuleDef& customers, RecordId customer,
                           const std::vector<int64_t>& products);

/// Takes back the note. Refuses with not_found what the customer does not have.
Result<void> take_product(db::Transaction& tx, const access::Actor& actor,
                          const records::ModuleDef& customers, RecordId customer, RecordId product);

/// Customers of a product, in the order in which they came to be; `cursor` is "" at first and
/// Page::next_cursor after that. Refuses: not_found, forbidden, invalid.
Result<records::Page> customers_of(db::Transaction& tx, const access::Actor& actor,
                                   const records::ModuleDef& customers, RecordId product,
                                   const std::string& cursor, int limit);

/// What is purged leaves no note behind.
void forget_product(db::Transaction& tx, OrgId org, RecordId product);
/// A rule of contacts and accounts.
Result<void> products_are_forgotten(records::Change& customer);

}  // namespace tandem::desk
