#include "api/native/search_hits.h"

#include "api/native/envelope.h"
#include "base/text.h"
#include "records/fields/field_kind.h"
#include "records/search/excerpt.h"

namespace tandem::api::native {

namespace {

/// What tells records of one title apart, by module.
constexpr std::pair<std::string_view, const char*> subtitles[]{
    {"contacts", "email"},  {"accounts", "website"},    {"products", "code"}, {"leads", "company"},
    {"deals", "closes_on"}, {"campaigns", "starts_on"}, {"tasks", "due_on"},
};

std::string subtitle_of(const records::Record& record) {
  const std::string& module = record.shape->module().name;
  if (module == "tickets") return "#" + std::to_string(record.get("number").number());
  for (const auto& [name, field] : subtitles) {
    if (module != name) continue;
    const records::FieldDef& shown = *record.shape->find(field);
    const records::Value& value = record.get(field);
    return value.is_null() ? "" : records::kind_of(shown).to_text(shown, value);
  }
  return "";
}

void append_parts(JsonWriter& json, const std::vector<records::ExcerptPart>& parts) {
  json.begin_array();
  for (const records::ExcerptPart& part : parts) {
    json.begin_object().string("text", part.text).boolean("is_match", part.is_match).end_object();
  }
  json.end_array();
}

/// What stands in the title or is a mere number says nothing more when it is said again.
void append_excerpt(JsonWriter& json, const records::Record& record, std::string_view words) {
  const std::vector<records::FieldDef>& fields = record.shape->fields();
  for (size_t index = 0; index < fields.size(); ++index) {
    const records::FieldDef& field = fields[index];
    const bool is_shown = field.searchable && field.kind != records::FieldKind::auto_number;
    if (!is_shown || record.values[index].is_null()) continue;
    const std::string text = records::value_to_text(field, record.values[index]);
    if (record.title.find(text) != std::string::npos) continue;
    const std::vector<records::ExcerptPart> parts = records::excerpt_of(text, words);
    if (parts.empty()) continue;
    json.key("excerpt").begin_object().string("field", field.name).key("parts");
    append_parts(json, parts);
    json.end_object();
    return;
  }
}

}  // namespace

void append_search_hit(JsonWriter& json, const records::Record& record) {
  append_search_hit(json, record, "");
}

void append_search_hit(JsonWriter& json, const records::Record& record, std::string_view words) {
  json.begin_object().id("id", record.id.value).string("title", record.title);
  json.string("subtitle", subtitle_of(record));
  if (record.shape->module().name == "tickets") json.string("status", record.get("status").text());
  if (!words.empty()) {
    const std::vector<records::ExcerptPart> title =
        records::excerpt_of(record.title, words, count_chars(record.title));
    if (!title.empty()) append_parts(json.key("title_parts"), title);
    append_excerpt(json, record, words);
  }
  json.end_object();
}

}  // namespace tandem::api::native
