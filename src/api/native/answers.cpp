#include "api/native/answers.h"

namespace tandem::api::native {

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
