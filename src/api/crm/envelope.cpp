#include "api/crm/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "api/crm/metadata.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldKind;
using records::Record;
using records::Value;

constexpr size_t fields_asked_max = 50;
constexpr int64_t token_lifetime_ms = day_ms;

/// "12:05" of 725 seconds.
std::string duration_text(int64_t seconds) {
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

std::string label_of(const records::FieldDef& field, const std::string& name) {
  for (const records::ChoiceOption& option : field.choices)
    if (option.name == name) return option.label;
  return name;
}

}  // namespace

RecordWriter::RecordWriter(const Call& call, const ModuleWords& words,
                           const std::vector<std::string>& fields)
    : call_(call), words_(words) {
  for (const std::string& name : fields) asked_.push_back(ascii_lower(name));
  for (const FieldWord& word : words.fields()) {
    const bool is_hidden = access::field_access(call.actor, words.shape().module().name,
                                                *word.field) == access::FieldAccess::hidden;
    if (!is_hidden && is_asked(word.api_name)) shown_.push_back(&word);
  }
  for (HeldField& field : held_fields(call, words.shape().module()))
    if (is_asked(field.api_name)) held_fields_.push_back(std::move(field));
}

bool RecordWriter::is_asked(std::string_view api_name) const {
  return asked_.empty() ||
         std::find(asked_.begin(), asked_.end(), ascii_lower(api_name)) != asked_.end();
}

void RecordWriter::name_links(db::Transaction& tx, const std::vector<Record>& shown) {
  std::map<std::string, std::vector<int64_t>> wanted;
  const auto want = [&](const records::FieldDef& field, const Value& value) {
    const std::string& module = linked_module(field);
    if (!module.empty() && !value.is_null()) wanted[module].push_back(value.number());
  };
  for (const Record& record : shown) {
    for (const FieldWord* word : shown_) want(*word->field, record.values[word->index]);
    if (words_.relation()) {
      for (const std::string& name : words_.relation()->fields)
        want(*words_.shape().find(name), record.get(name));
    }
    for (const RecordId member : {record.created_by, record.updated_by})
      if (member) wanted["agents"].push_back(member.value);
  }
  const bool shows_tags = std::any_of(
      shown_.begin(), shown_.end(), [](const FieldWord* word) { return word->form == Form::tags; });
  if (shows_tags) tags_.look_up(tx, call_.actor, words_.shape().module());
  for (auto& [module, ids] : wanted) names_.look_up(tx, call_.actor, module, std::move(ids));
  look_up_held(tx, shown);
}

void RecordWriter::look_up_held(db::Transaction& tx, const std::vector<Record>& shown) {
  std::vector<RecordId> holders;
  for (const Record& record : shown) holders.push_back(record.id);
  for (const HeldField& field : held_fields_) {
    Result<std::vector<operations::Held>> held =
        operations::list_held(tx, call_.actor, field.side, holders);
    held_.push_back(held ? std::move(*held) : std::vector<operations::Held>());
  }
}

void RecordWriter::append_held_fields(JsonWriter& json, const Record& record) const {
  for (size_t at = 0; at < held_.size(); ++at) {
    std::vector<const Record*> own;
    for (const operations::Held& held : held_[at])
      if (held.holder == record.id) own.push_back(&held.record);
    append_held(json, held_fields_[at], own);
  }
}

void RecordWriter::append_lookup(JsonWriter& json, const std::string& module, int64_t id,
                                 bool shows_email) const {
  const records::LinkTitle* named = names_.find(module, id);
  json.begin_object().string("name", named ? named->title : "").id("id", id);
  if (shows_email) json.string("email", named ? named->email : "");
  json.end_object();
}

void RecordWriter::append_value(JsonWriter& json, const FieldWord& word, const Value& value) const {
  const bool is_list =
      word.form == Form::tags || word.form == Form::labels || word.form == Form::addresses;
  if (value.is_null() && word.form == Form::flag) {
    json.boolean(false);
  } else if (value.is_null() && !is_list) {
    json.null();
  } else {
    switch (word.form) {
      case Form::number: json.number(value.number()); break;
      case Form::real: json.raw(records::value_to_text(*word.field, value)); break;
      case Form::flag: json.boolean(value.truth()); break;
      case Form::day: json.string(day_to_iso(value.number())); break;
      case Form::moment: json.string(moment_text(value.instant())); break;
      case Form::label: json.string(label_of(*word.field, value.text())); break;
      case Form::duration: json.string(duration_text(value.number())); break;
      case Form::lookups: json.null(); break;  // shown by append_held_fields
      case Form::lookup: append_lookup(json, word.field->link_to, value.number(), false); break;
      case Form::person: append_lookup(json, "agents", value.number(), true); break;
      case Form::name: {
        const records::LinkTitle* named = names_.find(word.field->link_to, value.number());
        json.string(named ? named->title : "");
        break;
      }
      case Form::labels:
        json.begin_array();
        for (const std::string& name : value.list()) json.string(label_of(*word.field, name));
        json.end_array();
        break;
      case Form::tags: tags_.append(json, value.list()); break;
      case Form::addresses:
        json.begin_array();
        for (const std::string& address : value.list()) {
          json.begin_object().string("type", "email").string("participant", address);
          json.end_object();
        }
        json.end_array();
        break;
      case Form::text: json.string(records::value_to_text(*word.field, value)); break;
    }
  }
}

void RecordWriter::append_relation(JsonWriter& json, const Record& record) const {
  const std::optional<Relation>& relation = words_.relation();
  if (!relation || !is_asked(relation->api_name)) return;
  append_relation_as(json, relation->api_name, record);
  for (const std::string& name : relation->fields) {
    if (record.get(name).is_null()) continue;
    const std::string& module = words_.shape().find(name)->link_to;
    json.string(relation->module_key,
                module_word(words_.edition(), *call_.actor.catalogue->find(module)));
    return;
  }
}

void RecordWriter::append_relation_as(JsonWriter& json, std::string_view key,
                                      const Record& record) const {
  json.key(key);
  for (const std::string& name : words_.relation()->fields) {
    const Value& value = record.get(name);
    if (value.is_null()) continue;
    const std::string& module = words_.shape().find(name)->link_to;
    const records::LinkTitle* named = names_.find(module, value.number());
    json.begin_object();
    if (words_.relation()->api_name == "Parent_Id") {
      json.key("module");
      append_module_name(json, call_, *call_.actor.catalogue->find(module));
    }
    json.string("name", named ? named->title : "").id("id", value.number()).end_object();
    return;
  }
  json.null();
}

namespace {

void append_note(JsonWriter& json) {
  json.boolean("$is_shared_to_client", false).boolean("$voice_note", false);
  json.null("$size").null("$attachments").string("$sharing_permission", "full_access");
}

/// Files have an id of their own in the real service; here it is that of the attachment.
void append_attachment(JsonWriter& json, const Record& record) {
  const bool is_link = !record.get("url").is_null();
  json.string("$type", is_link ? "Link URL" : "Attachment");
  json.number("$attachment_type", is_link ? 4 : 1).id("$file_id", record.id.value);
  json.string("$sharing_permission", "full_access");
}

}  // namespace

/// What every record has. False when it is none of that.
bool RecordWriter::append_system_value(JsonWriter& json, std::string_view key,
                                       std::string_view api_name, const Record& record) const {
  const std::string_view name = system_field_of(api_name);
  if (name == "title") {
    json.string(key, record.title);
  } else if (name == "created_at") {
    json.string(key, moment_text(record.created_at));
  } else if (name == "updated_at") {
    json.string(key, moment_text(record.updated_at));
  } else if (name == "created_by") {
    append_member(json, key, names_, record.created_by);
  } else if (name == "updated_by") {
    append_member(json, key, names_, record.updated_by);
  } else if (name == "id") {
    json.id(key, record.id.value);
  } else {
    return false;
  }
  return true;
}

void RecordWriter::append_field(JsonWriter& json, std::string_view key, const std::string& api_name,
                                const Record& record) const {
  const FieldWord* word = words_.find(api_name);
  const bool is_shown = std::find(shown_.begin(), shown_.end(), word) != shown_.end();
  if (word && is_shown) {
    json.key(key);
    append_value(json, *word, record.values[word->index]);
  } else if (!word && words_.relation() && words_.relation()->api_name == api_name) {
    append_relation_as(json, key, record);
  } else if (word || !append_system_value(json, key, api_name, record)) {
    json.null(key);
  }
}

void RecordWriter::append_system(JsonWriter& json, const Record& record) const {
  const bool has_full_name = words_.shape().find("last_name") != nullptr;
  constexpr std::string_view names[] = {"Full_Name",          "Created_Time", "Modified_Time",
                                        "Last_Activity_Time", "Created_By",   "Modified_By"};
  for (const std::string_view name : names) {
    if (is_asked(name) && (name != "Full_Name" || has_full_name))
      append_system_value(json, name, name, record);
  }
  if (!asked_.empty()) return;
  if (const Value* converted =
          words_.shape().find("converted_at") ? &record.get("converted_at") : nullptr)
    json.boolean("$converted", !converted->is_null());
  const std::string& module = words_.shape().module().name;
  if (module == "notes") append_note(json);
  if (module == "attachments") append_attachment(json, record);
  json.boolean("$approved", true).boolean("$editable", true).boolean("$in_merge", false);
  json.string("$state", "save").boolean("Locked__s", false);
  json.string("Record_Status__s", "Available");
}

void RecordWriter::append(JsonWriter& json, const Record& record) const {
  json.begin_object();
  append_members(json, record);
  json.end_object();
}

void RecordWriter::append_members(JsonWriter& json, const Record& record) const {
  json.id("id", record.id.value);
  for (const FieldWord* word : shown_) {
    json.key(word->api_name);
    append_value(json, *word, record.values[word->index]);
  }
  append_held_fields(json, record);
  append_relation(json, record);
  append_system(json, record);
}

void append_member(JsonWriter& json, std::string_view key, const LinkNames& names,
                   RecordId member) {
  json.key(key);
  if (!member) {
    json.null();
    return;
  }
  const records::LinkTitle* named = names.find("agents", member.value);
  json.begin_object().string("name", named ? named->title : "").id("id", member.value);
  json.end_object();
}

Result<std::vector<std::string>> fields_asked_for(const Call& call) {
  std::vector<std::string> names;
  const std::string text = call.query_text("fields");
  if (text.empty() || ascii_lower(text) == "all") return names;
  for (const std::string& part : split(text, ','))
    if (!trim(part).empty()) names.emplace_back(trim(part));
  if (names.size() > fields_asked_max)
    return invalid("fields", "too_many", fmt::format("Ask for at most {}.", fields_asked_max));
  return names;
}

Result<http::Response> show_records(db::Transaction& tx, const Call& call, const ModuleWords& words,
                                    const std::vector<Record>& records, const std::string& info) {
  const std::vector<std::string> fields = TRY(fields_asked_for(call));
  if (records.empty()) return http::Response::no_content();
  RecordWriter writer(call, words, fields);
  writer.name_links(tx, records);
  JsonWriter json;
  json.begin_object().key("data").begin_array();
  for (const Record& record : records) writer.append(json, record);
  json.end_array();
  if (!info.empty()) json.raw("info", info);
  return http::Response::json(200, json.end_object().take());
}

std::string info_json(const PageInfo& info) {
  JsonWriter json;
  json.begin_object().number("per_page", info.per_page).number("count", int64_t(info.count));
  json.number("page", info.page).string("sort_by", info.sort_by);
  json.string("sort_order", info.descending ? "desc" : "asc");
  json.boolean("more_records", !info.next_token.empty());
  if (info.next_token.empty()) {
    json.null("next_page_token").null("previous_page_token").null("page_token_expiry");
  } else {
    json.string("next_page_token", info.next_token).null("previous_page_token");
    json.string("page_token_expiry", moment_text(info.now + token_lifetime_ms));
  }
  return json.end_object().take();
}

}  // namespace tandem::api::crm_dialect
