#pragma once

#include "access/actor.h"
#include "api/services.h"
#include "http/message.h"
#include "operations/operations.h"

namespace tandem::api::desk_dialect {

/// One call of a program that acts for a person, in the portal of its token.
struct Call {
  const http::Request& request;
  Services& services;
  access::Actor actor;
  const records::ModuleDef* module =
      nullptr;  // what the address is about; names fields in refusals

  db::Database& database() const { return services.database; }
  /// The id in the path; refuses with not_found what is no id.
  Result<RecordId> id(std::string_view parameter = "id") const;
  /// The body as an object, whatever its content type says. Refuses: bad_json, empty_payload.
  Result<JsonObject> body() const;
  std::string query_text(std::string_view name) const;
  /// Ids of a comma list in the query. Refuses with invalid.
  Result<std::vector<records::Value>> query_ids(std::string_view name, size_t count_max) const;
};

/// `from` and `limit` of the query. `from` 0 and 1 both mean the first row, so that no client loses
/// one.
struct PageWindow {
  int64_t offset = 0;
  int limit = 25;
};
Result<PageWindow> page_window(const Call& call, int limit_usual, int limit_max);

/// Ids of a body member. Refuses with invalid naming it: none, too many, no ids.
Result<std::vector<RecordId>> ids_of(const JsonObject& body, std::string_view key,
                                     size_t count_max);
/// The same for a member that may be absent or empty.
Result<std::vector<int64_t>> some_ids_of(const JsonObject& body, std::string_view key,
                                         size_t count_max);
/// An id of a body member, as text or as a number; nothing when it is none.
std::optional<RecordId> id_member(const JsonObject& body, std::string_view key);
std::string text_member(const JsonObject& body, std::string_view key);
bool flag_member(const JsonObject& body, std::string_view key);

/// operations::list_records, whose refusals name the dialect's parameters.
Result<records::Page> list_page(db::Transaction& tx, const Call& call,
                                const records::ModuleDef& module, records::Query query,
                                operations::Reach reach = operations::Reach::listed);

/// {"data":[…]} or 204 when there is nothing.
http::Response show_list(const std::vector<std::string>& items);
/// {"data":[…],"count":n} of a search, or 204.
http::Response show_found(const std::vector<std::string>& items, int64_t count);

}  // namespace tandem::api::desk_dialect
