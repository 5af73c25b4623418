#include "api/native/envelope.h"

#include "api/native/record_writer.h"
#include "http/refusal_json.h"

namespace tandem::api::native {

/// Most records take less, so that the text grows without being copied.
constexpr size_t record_bytes = 2'048;

std::string record_json(db::Transaction& tx, const access::Actor& actor,
                        const records::Record& record) {
  RecordWriter writer(actor, record.shape, tx.now(), Extent::whole);
  writer.name_links(tx, {&record});
  JsonWriter json;
  json.reserve(record_bytes);
  writer.append(json, record);
  return json.take();
}

std::string page_json(db::Transaction& tx, const access::Actor& actor, const records::Page& page,
                      const std::optional<records::Count>& count) {
  std::vector<const records::Record*> shown;
  for (const records::Record& record : page.records) shown.push_back(&record);
  RecordWriter writer(actor, page.shape, tx.now(), Extent::row);
  writer.name_links(tx, shown);
  JsonWriter json;
  json.reserve(page.records.size() * record_bytes + 256);
  json.begin_object().key("records").begin_array();
  for (const records::Record& record : page.records) writer.append(json, record);
  json.end_array();
  append_cursor(json, "next_cursor", page.next_cursor);
  if (count) json.number("count", count->value).boolean("count_is_exact", count->is_exact);
  json.end_object();
  return json.take();
}

void append_cursor(JsonWriter& json, std::string_view key, const std::string& cursor) {
  if (cursor.empty()) {
    json.null(key);
  } else {
    json.string(key, cursor);
  }
}

void append_moment(JsonWriter& json, std::string_view key, const std::optional<Instant>& at) {
  if (at) {
    json.string(key, to_iso(*at));
  } else {
    json.null(key);
  }
}

void append_refusal(JsonWriter& json, const Refusal& refusal) {
  http::append_refusal(json, refusal);
}

http::Response show_refusal(const Refusal& refusal) {
  http::Response response = http::Response::refusal(refusal);
  if (refusal.kind == RefusalKind::invalid && refusal.code != "bad_json") response.status = 422;
  return response;
}

}  // namespace tandem::api::native
