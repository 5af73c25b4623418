#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/native/call.h"
#include "operations/operations.h"

// Shapes of answers that several handlers give.

namespace tandem::api::native {

/// The answer of a write that gives JSON.
template <class Body>
Result<http::Response> written(Call& call, int status, Body&& body) {
  std::string json = TRY(
      call.database().write([&](db::Transaction& tx) -> Result<std::string> { return body(tx); }));
  return http::Response::json(status, std::move(json));
}

/// Removes what the path names: 204.
using RemoveById = Result<void> (*)(db::Transaction&, const access::Actor&, RecordId);
Result<http::Response> removed(Call& call, RemoveById remove);

/// {"<name>":[…]}
template <class List, class Show>
std::string listed(std::string_view name, const List& list, const Show& show) {
  JsonWriter json;
  json.begin_object().key(name).begin_array();
  for (const auto& one : list) json.raw(show(one));
  return json.end_array().end_object().take();
}

/// {"results":[{"id","ok"},{"id","ok":false,"error":{…}}]}: what became of each of many records.
std::string outcomes_json(const std::vector<operations::BulkOutcome>& outcomes);

}  // namespace tandem::api::native
