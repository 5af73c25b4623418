#include <map>

#include "api/crm/handlers.h"
#include "api/crm/metadata.h"
#include "api/link_names.h"

// What happened to a record, newest first.

namespace tandem::api::crm_dialect {

namespace {

using records::LogEntry;
using records::Value;

std::string_view action_of(const LogEntry& entry) {
  if (entry.event == "created") return "added";
  if (entry.event == "joined") return "linked";
  if (entry.event == "parted") return "unlinked";
  return entry.event;
}

/// The other record of an entry that tells of a pair, when the role reads its module.
struct OtherRecord {
  const records::ModuleDef* module = nullptr;
  int64_t id = 0;
};

OtherRecord other_of(const Call& call, const LogEntry& entry) {
  if (entry.event != "joined" && entry.event != "parted") return {};
  const Result<Json> detail = json_from_text(entry.detail_json);
  if (!detail || !detail->is_object()) return {};
  const records::ModuleDef* module = call.actor.catalogue->find(text_of(*detail, "module"));
  const std::optional<int64_t> id = id_from_text(text_of(*detail, "id"));
  if (!module || !id || !access::has_right(call.actor, module->name, access::Right::read))
    return {};
  return {module, *id};
}

std::string_view source_of(const LogEntry& entry) {
  if (entry.author.path == "ui") return "crm_ui";
  return entry.author.path == "api" ? "crm_api" : std::string_view(entry.author.path);
}

/// One field of an entry, before and after.
struct FieldChange {
  const records::FieldDef* field = nullptr;
  Value before = {};
  Value after = {};
};

/// A value that the field does not take any more is left out.
Value value_of(const records::FieldDef& field, const Json& json) {
  if (json.is_null()) return {};
  Result<Value> value = records::value_from_json(field, json);
  return value ? std::move(*value) : Value();
}

std::vector<FieldChange> changes_of(const records::Shape& shape, const LogEntry& entry) {
  std::vector<FieldChange> changes;
  const Result<Json> json = json_from_text(entry.changes_json);
  if (!json || !json->is_object()) return changes;
  for (const auto& member : json->get_object()) {
    const records::FieldDef* field = shape.find(member.key());
    const bool is_pair = member.value().is_array() && member.value().get_array().size() == 2;
    if (!field || !is_pair) continue;
    const JsonArray& pair = member.value().get_array();
    changes.push_back({field, value_of(*field, pair[0]), value_of(*field, pair[1])});
  }
  return changes;
}

class Timeline {
 public:
  Timeline(db::Transaction& tx, const Call& call, const records::Record& record)
      : tx_(tx), call_(call), record_(record), words_(call.words(tx, shape_)) {}

  void look_up(const std::vector<LogEntry>& entries) {
    std::map<std::string, std::vector<int64_t>> wanted;
    for (const LogEntry& entry : entries) {
      std::vector<FieldChange> changes = changes_of(*shape_, entry);
      const OtherRecord other = other_of(call_, entry);
      if (other.module) wanted[other.module->name].push_back(other.id);
      for (const FieldChange& change : changes) {
        const std::string& module = linked_module(*change.field);
        if (module.empty()) continue;
        for (const Value& value : {change.before, change.after})
          if (!value.is_null()) wanted[module].push_back(value.number());
      }
      changes_.push_back(std::move(changes));
    }
    for (auto& [module, ids] : wanted) names_.look_up(tx_, call_.actor, module, std::move(ids));
  }

  void append(JsonWriter& json, const LogEntry& entry, size_t position) const {
    json.begin_object().id("id", entry.id).string("audited_time", moment_text(entry.at));
    json.string("action", action_of(entry)).string("source", source_of(entry)).null("type");
    json.null("extension").null("automation_details").key("related_record");
    append_other(json, other_of(call_, entry));
    json.key("done_by").begin_object().string("name", entry.author.name);
    json.id("id", entry.author.id.value).end_object();
    json.key("record").begin_object().id("id", record_.id.value).string("name", record_.title);
    json.key("module");
    append_module_name(json, call_, *call_.module);
    json.end_object().key("field_history").begin_array();
    for (const FieldChange& change : changes_[position]) append_change(json, change);
    json.end_array().end_object();
  }

 private:
  void append_other(JsonWriter& json, const OtherRecord& other) const {
    if (!other.module) {
      json.null();
      return;
    }
    const records::LinkTitle* named = names_.find(other.module->name, other.id);
    json.begin_object().id("id", other.id).string("name", named ? named->title : "");
    json.key("module");
    append_module_name(json, call_, *other.module);
    json.end_object();
  }

  void append_change(JsonWriter& json, const FieldChange& change) const {
    const std::string name = words_.api_name_of(change.field->name);
    const FieldWord* word = words_.find(name);
    json.begin_object().string("api_name", name).string("field_label", change.field->label);
    json.string("data_type", word ? data_type_of(*change.field, word->form) : "lookup");
    json.id("id", field_id(*call_.module, *change.field)).boolean("enable_colour_code", false);
    json.key("pick_list_values").begin_array().end_array().key("_value").begin_object();
    append_value(json, "old", *change.field, change.before);
    append_value(json, "new", *change.field, change.after);
    json.end_object().end_object();
  }

  void append_value(JsonWriter& json, std::string_view key, const records::FieldDef& field,
                    const Value& value) const {
    if (value.is_null()) {
      json.null(key);
      return;
    }
    const std::string& module = linked_module(field);
    if (!module.empty()) {
      const records::LinkTitle* named = names_.find(module, value.number());
      json.string(key, named ? named->title : "");
    } else if (field.kind == records::FieldKind::instant) {
      json.string(key, moment_text(value.instant()));
    } else {
      json.string(key, label_of(field, records::value_to_text(field, value)));
    }
  }

  static std::string label_of(const records::FieldDef& field, const std::string& text) {
    for (const records::ChoiceOption& option : field.choices)
      if (option.name == text) return option.label;
    return text;
  }

  db::Transaction& tx_;
  const Call& call_;
  const records::Record& record_;
  records::ShapeRef shape_;
  const ModuleWords words_;
  LinkNames names_;
  std::vector<std::vector<FieldChange>> changes_;
};

/// The page of the log that the window asks for: by its cursor, or so many pages on.
Result<records::LogPage> page_of(db::Transaction& tx, const Call& call, RecordId id,
                                 const PageWindow& window) {
  std::string cursor = window.cursor;
  for (int page = 1;; ++page) {
    records::LogPage read =
        TRY(operations::record_history(tx, call.actor, *call.module, id, cursor, window.per_page));
    if (!window.cursor.empty() || page >= window.page) return read;
    if (read.next_cursor.empty()) return records::LogPage{};
    cursor = read.next_cursor;
  }
}

}  // namespace

Result<http::Response> show_timeline(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record record = TRY(operations::read_record(tx, call.actor, *call.module, id));
    const records::LogPage page = TRY(page_of(tx, call, id, window));
    if (page.entries.empty()) return http::Response::no_content();
    Timeline timeline(tx, call, record);
    timeline.look_up(page.entries);
    JsonWriter json;
    json.begin_object().key("__timeline").begin_array();
    for (size_t at = 0; at < page.entries.size(); ++at) timeline.append(json, page.entries[at], at);
    json.end_array().key("info").begin_object().number("per_page", window.per_page);
    json.number("count", int64_t(page.entries.size())).number("page", window.page);
    json.boolean("more_records", !page.next_cursor.empty()).null("previous_page_token");
    page.next_cursor.empty() ? json.null("next_page_token")
                             : json.string("next_page_token", page.next_cursor);
    return http::Response::json(200, json.end_object().end_object().take());
  });
}

}  // namespace tandem::api::crm_dialect
