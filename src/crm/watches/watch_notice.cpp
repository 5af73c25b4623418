#include "crm/watches/watch_notice.h"

namespace tandem::crm {

std::string notice_to_text(const Notice& notice) {
  JsonWriter json;
  json.begin_object().string("operation", word(notice.operation)).key("records").begin_array();
  for (const ToldRecord& record : notice.records) {
    json.begin_object().id("id", record.id.value).key("fields").value(record.fields);
    json.end_object();
  }
  return json.end_array().end_object().take();
}

Notice notice_from_text(const std::string& text) {
  Notice notice;
  const Result<Json> json = json_from_text(text);
  if (!json) return notice;
  notice.operation = operation_from_word(text_of(*json, "operation")).value_or(Operation::update);
  const Json* records = find(*json, "records");
  if (!records || !records->is_array()) return notice;
  for (const Json& one : records->as_array()) {
    ToldRecord record{.id = {id_from_text(text_of(one, "id")).value_or(0)}};
    const Json* fields = find(one, "fields");
    if (fields && fields->is_object()) record.fields = fields->as_object();
    notice.records.push_back(std::move(record));
  }
  return notice;
}

}  // namespace tandem::crm
