#pragma once

#include <string>

#include "access/actor.h"
#include "api/native/envelope.h"
#include "api/services.h"
#include "http/message.h"

namespace tandem::api::native {

struct Application;

/// One request of a signed-in person in one organisation, with what the route's row said.
struct Call {
  const http::Request& request;
  Services& services;
  access::Actor actor;
  const Application& application;              // of the organisation
  const records::ModuleDef* module = nullptr;  // of the path, when the route has {module}

  db::Database& database() const { return services.database; }
  /// The id in the path; refuses with not_found what is no id, as it would any id that is not
  /// there.
  Result<RecordId> id(std::string_view parameter = "id") const;
  /// The body as a JSON object. Refuses with invalid: bad_json, or no object.
  Result<JsonObject> body() const;
  /// A whole number of the query within bounds, or `absent`. Refuses with invalid naming it.
  Result<int> query_number(std::string_view name, int absent, int low, int high) const;
  std::string query_text(std::string_view name) const;
};

/// Refuses body keys that are not in `known`, so that a misspelt one is noticed.
Result<void> only_keys(const JsonObject& body, std::initializer_list<std::string_view> known);
/// Members of a body. Absent or null gives the empty value; the wrong type refuses with invalid
/// naming the key.
Result<std::string> body_text(const JsonObject& body, std::string_view key,
                              int64_t chars_max = 255);
Result<bool> body_flag(const JsonObject& body, std::string_view key, bool absent);
Result<std::vector<std::string>> body_texts(const JsonObject& body, std::string_view key,
                                            size_t count_max);
Result<std::vector<int64_t>> body_ids(const JsonObject& body, std::string_view key,
                                      size_t count_max);
/// A whole number from 0 to 1,000,000, or `absent`.
Result<int> body_number(const JsonObject& body, std::string_view key, int absent);
Result<RecordId> body_id(const JsonObject& body, std::string_view key);
/// `revision`: the state of the record that the sender saw; nothing when it is absent or null.
Result<std::optional<int64_t>> body_revision(const JsonObject& body);

/// A record as the sender saw it.
struct SeenRecord {
  RecordId id;
  std::optional<int64_t> revision = {};
};
/// A list of {id, revision}, of at most `count_max`. Refuses with invalid naming the key.
Result<std::vector<SeenRecord>> body_seen(const JsonObject& body, std::string_view key,
                                          size_t count_max);

/// The answer of a handler that may refuse.
template <class Handler>
http::Response answer(Handler&& handler) {
  Result<http::Response> response = handler();
  return response ? std::move(*response) : show_refusal(response.error());
}

}  // namespace tandem::api::native
