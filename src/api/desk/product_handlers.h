#pragma once

#include "api/desk/call.h"

// Which customer has which product, in the Desk dialect. Products themselves go by the handlers of
// every module.

namespace tandem::api::desk_dialect {

Result<http::Response> list_products_of(Call& call);
Result<http::Response> associate_products(Call& call);
/// Contacts or accounts that have a product.
Result<http::Response> list_contacts_with(Call& call);
Result<http::Response> list_accounts_with(Call& call);

}  // namespace tandem::api::desk_dialect
