#include "api/native/answers.h"

namespace tandem::api::native {

Result<http::Response> removed(Call& call, RemoveById remove) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write(
      [&](db::Transaction& tx) -> Result<void> { return remove(tx, call.actor, id); }));
  return http::Response::no_content();
}

std::string outcomes_json(const std::vector<operations::BulkOutcome>& outcomes) {
  JsonWriter json;
  json.begin_object().key("results").begin_array();
  for (const operations::BulkOutcome& outcome : outcomes) {
    json.begin_object().id("id", outcome.id.value).boolean("ok", !outcome.refusal);
    if (outcome.refusal) {
      json.key("error");
      append_refusal(json, *outcome.refusal);
    }
    json.end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace tandem::api::native
