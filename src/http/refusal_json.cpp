#include "http/refusal_json.h"

namespace tandem::http {

void append_refusal(JsonWriter& json, const Refusal& refusal) {
  json.begin_object().string("kind", word(refusal.kind)).string("code", refusal.code);
  json.string("message", refusal.message);
  if (refusal.field.empty()) {
    json.null("field");
  } else {
    json.string("field", refusal.field);
  }
  json.key("faults").begin_array();
  for (const FieldFault& fault : refusal.faults) {
    json.begin_object()
        .string("field", fault.field)
        .string("code", fault.code)
        .string("message", fault.message);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace tandem::http
