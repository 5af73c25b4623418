#pragma once

#include "api/native/call.h"

// Which customer has which product.

namespace tandem::api::native {

Result<http::Response> list_contact_products(Call& call);
Result<http::Response> add_contact_products(Call& call);
Result<http::Response> remove_contact_product(Call& call);
Result<http::Response> list_account_products(Call& call);
Result<http::Response> add_account_products(Call& call);
Result<http::Response> remove_account_product(Call& call);
/// The products that a ticket of a department may have, for choosing one: `department`, `q`.
Result<http::Response> list_ticket_products(Call& call);
/// `module` of the query says which customers: contacts or accounts.
Result<http::Response> list_product_customers(Call& call);

}  // namespace tandem::api::native
