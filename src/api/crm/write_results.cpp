#include "api/crm/write_results.h"

#include <fmt/format.h>

#include "api/crm/envelope.h"
#include "api/crm/refusals.h"

namespace tandem::api::crm_dialect {

WriteResults::WriteResults(const Call& call, const ModuleWords& words, std::string_view key)
    : call_(call), words_(words), key_(key) {
  json_.begin_object().key(key).begin_array();
}

void WriteResults::add_saved(db::Transaction& tx, const records::Record& record,
                             std::string_view message, const std::optional<Extra>& extra) {
  ++good_;
  LinkNames names;
  names.look_up(tx, call_.actor, "agents", {record.created_by.value, record.updated_by.value});
  json_.begin_object().string("code", "SUCCESS");
  if (extra) {
    json_.string("action", extra->action).key("duplicate_field");
    extra->duplicate_field.empty() ? json_.null() : json_.string(extra->duplicate_field);
  }
  json_.key("details").begin_object().id("id", record.id.value);
  json_.string("Created_Time", moment_text(record.created_at));
  json_.string("Modified_Time", moment_text(record.updated_at));
  append_member(json_, "Created_By", names, record.created_by);
  append_member(json_, "Modified_By", names, record.updated_by);
  json_.end_object().string("message", message).string("status", "success").end_object();
}

void WriteResults::add_done(RecordId id, std::string_view message) {
  add_details(JsonWriter().begin_object().id("id", id.value).end_object().take(), message);
}

void WriteResults::add_details(std::string_view details_json, std::string_view message) {
  ++good_;
  json_.begin_object().string("code", "SUCCESS").raw("details", details_json);
  json_.string("message", message).string("status", "success").end_object();
}

void WriteResults::add_refusal(const Refusal& refusal, size_t position) {
  ++bad_;
  append_refusal(json_, refusal, words_, fmt::format("$.{}[{}]", key_, position));
}

http::Response WriteResults::take(int status_when_good,
                                  const std::vector<std::pair<std::string, std::string>>& more) {
  const int status = good_ == 0 ? 400 : bad_ > 0 ? 207 : status_when_good;
  json_.end_array();
  for (const auto& [name, json] : more) json_.raw(name, json);
  return http::Response::json(status, json_.end_object().take());
}

Result<std::optional<RecordId>> id_of(const JsonObject& item) {
  const auto at = item.find("id");
  if (at == item.end() || at->value().is_null()) return std::optional<RecordId>();
  const std::optional<RecordId> id = id_in(at->value());
  if (!id) return invalid("id", "bad_id", "the id given seems to be invalid");
  return id;
}

}  // namespace tandem::api::crm_dialect
