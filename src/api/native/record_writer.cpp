#include "api/native/record_writer.h"

#include <algorithm>
#include <map>

#include "access/field_limits.h"

namespace tandem::api::native {

namespace {

using records::FieldDef;
using records::FieldKind;

/// The keys that every record has.
struct Keys {
  JsonKey id{"id"};
  JsonKey revision{"revision"};
  JsonKey module{"module"};
  JsonKey title{"title"};
  JsonKey email{"email"};
  JsonKey created_at{"created_at"};
  JsonKey updated_at{"updated_at"};
  JsonKey deleted_at{"deleted_at"};
  JsonKey deleted_by{"deleted_by"};
  JsonKey custom{"custom"};
  JsonKey may{"may"};
  JsonKey read_only{"read_only"};
};

const Keys& keys() {
  static const Keys all;
  return all;
}

/// The fields that the role reads but may not write, although others may.
std::vector<std::string> read_only_fields(const access::Actor& actor,
                                          const records::ModuleDef& module) {
  std::vector<std::string> names;
  for (const auto& [name, access] : access::field_limits(actor, module.name)) {
    if (access == access::FieldAccess::read) names.push_back(name);
  }
  return names;
}

std::string list_json(const std::vector<std::string>& names) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& name : names) json.string(name);
  return json.end_array().take();
}

}  // namespace

RecordWriter::RecordWriter(const access::Actor& actor, const records::ShapeRef& shape, Instant now,
                           Extent extent)
    : actor_(actor),
      shape_(*shape),
      now_(now),
      acts_(actor, shape->module()),
      read_only_(read_only_fields(actor, shape->module())),
      read_only_json_(list_json(read_only_)),
      synced_fields_(shape->index_of("synced_fields")) {
  const std::vector<FieldDef>& fields = shape_.fields();
  own_.reserve(shape_.own_field_count());
  for (size_t index = 0; index < fields.size(); ++index) {
    const FieldDef& field = fields[index];
    if (extent == Extent::row && field.kind == FieldKind::rich_text) continue;
    if (access::field_access(actor, shape_.module().name, field) == access::FieldAccess::hidden)
      continue;
    const std::string& linked = linked_module(field);
    (index < shape_.own_field_count() ? own_ : custom_)
        .push_back({&field, &shape_.keys()[index], index, linked.empty() ? nullptr : &linked});
  }
}

void RecordWriter::name_links(db::Transaction& tx,
                              const std::vector<const records::Record*>& shown) {
  std::map<std::string_view, std::vector<int64_t>> wanted;
  for (const std::vector<ShownField>* fields : {&own_, &custom_}) {
    for (const ShownField& field : *fields) {
      if (!field.linked_module) continue;
      std::vector<int64_t>& ids = wanted[*field.linked_module];
      for (const records::Record* record : shown) {
        const records::Value& value = record->values[field.index];
        if (!value.is_null()) ids.push_back(value.number());
      }
    }
  }
  for (auto& [module, ids] : wanted) {
    if (!ids.empty()) names_.look_up(tx, actor_, std::string(module), std::move(ids));
  }
}

void RecordWriter::append_link(JsonWriter& json, const ShownField& shown, int64_t id) const {
  const records::LinkTitle* named = names_.find(*shown.linked_module, id);
  json.begin_object().key(keys().id).id(id);
  json.key(keys().title).string(named ? named->title : "");
  if (named && !named->email.empty()) json.key(keys().email).string(named->email);
  json.end_object();
}

void RecordWriter::append_field(JsonWriter& json, const ShownField& shown,
                                const records::Value& value) const {
  json.key(*shown.key);
  if (shown.linked_module && !value.is_null()) {
    append_link(json, shown, value.number());
  } else {
    records::append_value(json, *shown.field, value);
  }
}

void RecordWriter::append(JsonWriter& json, const records::Record& record) const {
  const Keys& key = keys();
  json.begin_object().key(key.id).id(record.id.value);
  json.key(key.revision).number(record.revision);
  json.key(key.module).string(shape_.module().name);
  json.key(key.title).string(record.title);
  json.key(key.created_at).string(to_iso(record.created_at));
  json.key(key.updated_at).string(to_iso(record.updated_at));
  if (record.deleted_at) {
    json.key(key.deleted_at).string(to_iso(*record.deleted_at));
    json.key(key.deleted_by).id(record.deleted_by.value);
  }
  for (const ShownField& shown : own_) append_field(json, shown, record.values[shown.index]);
  const std::vector<records::ComputedField>& computed = shape_.module().computed;
  for (size_t at = 0; at < computed.size(); ++at) {
    json.key(shape_.keys()[shape_.fields().size() + at]);
    records::append_value(json, computed[at].field, computed[at].value(record, now_));
  }
  json.key(key.custom).begin_object();
  for (const ShownField& shown : custom_) append_field(json, shown, record.values[shown.index]);
  json.end_object();
  json.key(key.may).begin_array();
  for (const std::string_view act : acts_.on(record)) json.string(act);
  json.end_array();
  json.key(key.read_only);
  append_read_only(json, record);
  json.end_object();
}

void RecordWriter::append_read_only(JsonWriter& json, const records::Record& record) const {
  if (synced_fields_ < 0 || record.values[size_t(synced_fields_)].is_null()) {
    json.raw(read_only_json_);
    return;
  }
  std::vector<std::string> names = read_only_;
  for (const std::string& name : record.values[size_t(synced_fields_)].list()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  json.begin_array();
  for (const std::string& name : names) json.string(name);
  json.end_array();
}

}  // namespace tandem::api::native
