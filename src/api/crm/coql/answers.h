#pragma once

#include "api/crm/call.h"
#include "api/crm/coql/coql.h"

// What a query answers: {"data":[…],"info":{"count","more_records"}}, or 204. The call is about the
// module of the query. Refuse with invalid, naming the column as it was written: "invalid_column",
// "unsupported_clause", "too_many_rows" and as filter_of.

namespace tandem::api::crm_dialect::coql {

/// A row for each record, always with its id.
Result<http::Response> answer_rows(db::Transaction& tx, const Call& call, const Query& query);
/// A row for each group, with figures.
Result<http::Response> answer_groups(db::Transaction& tx, const Call& call, const Query& query);

}  // namespace tandem::api::crm_dialect::coql
