#include "api/native/comfort_handlers.h"
#include "base/text.h"
#include "desk/tickets/ticket_tags.h"

namespace tandem::api::native {

namespace {

constexpr int64_t tag_words_chars_max = 60;

}  // namespace

Result<http::Response> list_tags_in_use(Call& call) {
  const std::string words = call.query_text("q");
  if (count_chars(words) > tag_words_chars_max)
    return invalid("q", "too_long", "Give at most 60 characters of the tag.");
  const std::string text = call.query_text("department");
  const std::optional<int64_t> department = text.empty() ? 0 : id_from_text(text);
  if (!department) return invalid("department", "bad_id", "Give the id of a department.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("tags").begin_array();
    for (const std::string& tag : desk::tags_in_use(tx, call.actor, words, RecordId{*department})) {
      json.string(tag);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
