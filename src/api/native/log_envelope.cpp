#include "api/native/log_envelope.h"

#include <set>

namespace tandem::api::native {

namespace {

int64_t linked_id(const Json& value) {
  return value.is_string() ? id_from_text(value.as_string()).value_or(0) : 0;
}

}  // namespace

ShownLog::ShownLog(db::Transaction& tx, const access::Actor& actor,
                   const std::vector<const records::LogEntry*>& entries) {
  std::map<std::string, std::set<int64_t>> wanted;
  for (const records::LogEntry* entry : entries) {
    if (entry->event == "joined" || entry->event == "parted") {
      const Json detail = json_from_text(entry->detail_json).value_or(Json(JsonObject()));
      const Other other{text_of(detail, "list"), text_of(detail, "module"), text_of(detail, "said"),
                        id_from_text(text_of(detail, "id")).value_or(0)};
      if (access::has_right(actor, other.module, access::Right::read))
        wanted[other.module].insert(other.id);
      others_[entry->id] = other;
    }
    const records::ModuleDef* module = actor.catalogue->find(entry->module);
    const Result<Json> changes =
        json_from_text(entry->changes_json.empty() ? "{}" : entry->changes_json);
    if (!module || !changes || !changes->is_object()) continue;
    if (!shape_ || &shape_->module() != module)
      shape_ = actor.catalogue->shape(tx, actor.org, *module);
    for (const auto& pair : changes->as_object()) {
      const records::FieldDef* field = shape_->find(pair.key());
      if (!field || !pair.value().is_array() || pair.value().as_array().size() != 2) continue;
      const JsonArray& values = pair.value().as_array();
      changes_[entry->id].push_back({field, values[0], values[1]});
      const std::string& linked = linked_module(*field);
      if (linked.empty()) continue;
      for (const Json& value : values) {
        if (const int64_t id = linked_id(value)) wanted[linked].insert(id);
      }
    }
  }
  for (const auto& [module, ids] : wanted) {
    names_.look_up(tx, actor, module, {ids.begin(), ids.end()});
  }
}

bool ShownLog::is_empty_event(const records::LogEntry& entry) const {
  if (entry.event != "updated") return false;
  const auto changes = changes_.find(entry.id);
  if (changes == changes_.end()) return true;
  for (const Change& change : changes->second) {
    if (change.field->written_by == records::WrittenBy::person) return false;
  }
  return true;
}

void ShownLog::append(JsonWriter& json, const records::LogEntry& entry) const {
  json.begin_object();
  append_tail(json, entry, true);
}

void ShownLog::append_event(JsonWriter& json, const records::LogEntry& entry) const {
  json.begin_object().string("type", "event");
  append_tail(json, entry, false);
}

void ShownLog::append_tail(JsonWriter& json, const records::LogEntry& entry,
                           bool with_derived) const {
  json.id("id", entry.id).string("at", to_iso(entry.at)).string("verb", entry.event);
  json.key("author")
      .begin_object()
      .id("id", entry.author.id.value)
      .string("name", entry.author.name);
  json.string("kind", entry.author.kind).end_object().string("path", entry.author.path);
  json.key("changes").begin_array();
  if (const auto changes = changes_.find(entry.id); changes != changes_.end()) {
    for (const Change& change : changes->second) {
      if (!with_derived && change.field->written_by == records::WrittenBy::system) continue;
      json.begin_object().string("field", change.field->name).key("from");
      append_value(json, change, change.from);
      json.key("to");
      append_value(json, change, change.to);
      json.end_object();
    }
  }
  json.end_array().key("detail");
  append_detail(json, entry);
  json.end_object();
}

void ShownLog::append_detail(JsonWriter& json, const records::LogEntry& entry) const {
  const auto at = others_.find(entry.id);
  if (at == others_.end()) {
    json.raw(entry.detail_json.empty() ? "{}" : entry.detail_json);
    return;
  }
  const Other& other = at->second;
  const records::LinkTitle* name = names_.find(other.module, other.id);
  json.begin_object().string("list", other.list).string("module", other.module);
  json.id("id", other.id).string("title", name ? name->title : "").key("said");
  other.said.empty() ? json.null() : json.string(other.said);
  json.end_object();
}

void ShownLog::append_value(JsonWriter& json, const Change& change, const Json& value) const {
  const std::string& linked = linked_module(*change.field);
  const int64_t id = linked.empty() ? 0 : linked_id(value);
  if (id == 0) {
    json.value(value);
    return;
  }
  const records::LinkTitle* name = names_.find(linked, id);
  json.begin_object().id("id", id).string("title", name ? name->title : "").end_object();
}

}  // namespace tandem::api::native
