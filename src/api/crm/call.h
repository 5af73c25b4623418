#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "api/crm/words.h"
#include "api/services.h"
#include "http/message.h"
#include "operations/operations.h"

namespace tandem::api::crm_dialect {

/// One call of a program that acts for a person, in the organisation of its token.
struct Call {
  const http::Request& request;
  Services& services;
  access::Actor actor;
  Edition edition;
  std::string base;                            // "/crm/v8"
  const records::ModuleDef* module = nullptr;  // of the path, when the route has {module}

  db::Database& database() const { return services.database; }
  /// The id in the path. Refuses with not_found what is no id.
  Result<RecordId> id(std::string_view parameter = "id") const;
  /// The body as an object, whatever its content type says; {} when there is none. Refuses with
  /// invalid "bad_json".
  Result<JsonObject> body() const;
  /// The array `key` of the body, objects alone. Refuses with invalid: required, wrong_type,
  /// too_many.
  Result<JsonArray> items(std::string_view key, size_t count_max) const;
  std::string query_text(std::string_view name) const;
  /// Refuses with invalid naming it: required, bad_id, too_many.
  Result<std::vector<RecordId>> query_ids(std::string_view name, size_t count_max) const;
  /// The same of a list in a body: ["5", 6].
  Result<std::vector<RecordId>> ids_of(const JsonObject& body, std::string_view key,
                                       size_t count_max) const;
  ModuleWords words(db::Transaction& tx, records::ShapeRef& shape) const;
  /// The same call about another module, such as the one of a related list.
  Call about(const records::ModuleDef& other) const;
  /// Refuses with forbidden "scope_missing" a token that may not do this with the records of a
  /// module that the address does not name. `operation`: READ, CREATE, UPDATE, DELETE.
  Result<void> require_scope(const records::ModuleDef& other, std::string_view operation) const;
};

/// The id that a member of a body names: "5", 5 or {"id":"5"}; nothing when it names none.
std::optional<RecordId> id_in(const Json& json);

constexpr size_t records_per_call_max = 100;
constexpr int page_rows_max = 200;
/// Beyond these rows a list goes on by page_token alone.
constexpr int64_t numbered_rows_max = 2'000;

/// `page`, `per_page` and `page_token` of the query.
struct PageWindow {
  int page = 1;
  int per_page = page_rows_max;
  std::string cursor = {};
  int64_t offset() const { return int64_t{page - 1} * per_page; }
};
Result<PageWindow> page_window(const Call& call);

}  // namespace tandem::api::crm_dialect
