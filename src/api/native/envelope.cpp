#include "api/native/envelope.h"

#include <set>

namespace tandem::api::native {

namespace {

using records::FieldDef;
using records::FieldKind;

bool is_link(const FieldDef& field) {
  return field.kind == FieldKind::link || field.kind == FieldKind::user;
}

std::string linked_module(const FieldDef& field) {
  return field.kind == FieldKind::user ? "agents" : field.link_to;
}

void append_link(JsonWriter& json, const FieldDef& field, const records::Value& value,
                 const LinkNames& names) {
  if (value.is_null()) {
    json.null(field.name);
    return;
  }
  json.key(field.name).begin_object().id("id", value.number());
  const auto name = names.find({linked_module(field), value.number()});
  json.string("title", name == names.end() ? "" : name->second.title);
  if (name != names.end() && !name->second.email.empty()) json.string("email", name->second.email);
  json.end_object();
}

void append_field(JsonWriter& json, const FieldDef& field, const records::Value& value,
                  const LinkNames& names) {
  if (is_link(field)) {
    append_link(json, field, value, names);
  } else {
    json.key(field.name);
    records::append_value(json, field, value);
  }
}

bool is_hidden(const access::Actor& actor, const records::Record& record, const FieldDef& field) {
  return access::field_access(actor, record.shape->module().name, field) ==
         access::FieldAccess::hidden;
}

void append_read_only(JsonWriter& json, const access::Actor& actor, const records::Record& record) {
  json.key("read_only").begin_array();
  if (actor.role && !actor.is_administrator()) {
    const auto fields = actor.role->fields.find(record.shape->module().name);
    if (fields != actor.role->fields.end()) {
      for (const auto& [name, access] : fields->second) {
        if (access == access::FieldAccess::read) json.string(name);
      }
    }
  }
  json.end_array();
}

}  // namespace

LinkNames link_names(db::Transaction& tx, const access::Actor& actor,
                     const std::vector<const records::Record*>& shown) {
  LinkNames names;
  if (shown.empty()) return names;
  std::map<std::string, std::set<int64_t>> wanted;
  for (const records::Record* record : shown) {
    const std::vector<FieldDef>& fields = record->shape->fields();
    for (size_t index = 0; index < fields.size(); ++index) {
      if (is_link(fields[index]) && !record->values[index].is_null()) {
        wanted[linked_module(fields[index])].insert(record->values[index].number());
      }
    }
  }
  const records::Catalogue& catalogue = shown.front()->shape->catalogue();
  for (const auto& [module_name, ids] : wanted) {
    const records::ModuleDef* module = catalogue.find(module_name);
    if (!module) continue;
    const FieldDef* email = catalogue.plain_shape(*module)->find("email");
    const bool shows_email =
        email && access::field_access(actor, module_name, *email) != access::FieldAccess::hidden;
    for (records::LinkTitle& title :
         records::link_titles(tx, actor.org, *module, {ids.begin(), ids.end()})) {
      if (!shows_email) title.email.clear();
      names[{module_name, title.id.value}] = std::move(title);
    }
  }
  return names;
}

void append_record(JsonWriter& json, const access::Actor& actor, const records::Record& record,
                   const LinkNames& names, Instant now) {
  const records::Shape& shape = *record.shape;
  json.begin_object().id("id", record.id.value).number("revision", record.revision);
  json.string("module", shape.module().name).string("title", record.title);
  json.string("created_at", to_iso(record.created_at))
      .string("updated_at", to_iso(record.updated_at));
  if (record.deleted_at) {
    json.string("deleted_at", to_iso(*record.deleted_at)).id("deleted_by", record.deleted_by.value);
  }
  for (size_t index = 0; index < shape.own_field_count(); ++index) {
    const FieldDef& field = shape.fields()[index];
    if (!is_hidden(actor, record, field)) append_field(json, field, record.values[index], names);
  }
  for (const records::ComputedField& computed : shape.module().computed) {
    append_field(json, computed.field, computed.value(record, now), names);
  }
  json.key("custom").begin_object();
  for (size_t index = shape.own_field_count(); index < shape.fields().size(); ++index) {
    const FieldDef& field = shape.fields()[index];
    if (!is_hidden(actor, record, field)) append_field(json, field, record.values[index], names);
  }
  json.end_object();
  json.key("may").begin_array();
  for (const std::string& act : operations::may(actor, record)) json.string(act);
  json.end_array();
  append_read_only(json, actor, record);
  json.end_object();
}

std::string record_json(db::Transaction& tx, const access::Actor& actor,
                        const records::Record& record) {
  JsonWriter json;
  json.reserve(2'048);
  append_record(json, actor, record, link_names(tx, actor, {&record}), tx.now());
  return json.take();
}

std::string page_json(db::Transaction& tx, const access::Actor& actor, const records::Page& page,
                      const std::optional<records::Count>& count) {
  std::vector<const records::Record*> shown;
  for (const records::Record& record : page.records) shown.push_back(&record);
  const LinkNames names = link_names(tx, actor, shown);
  JsonWriter json;
  json.reserve(page.records.size() * 1'024 + 256);
  json.begin_object().key("records").begin_array();
  for (const records::Record& record : page.records)
    append_record(json, actor, record, names, tx.now());
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

void append_search_hit(JsonWriter& json, const records::Record& record) {
  const std::string& module = record.shape->module().name;
  json.begin_object().id("id", record.id.value).string("title", record.title);
  if (module == "tickets") {
    json.string("subtitle", "#" + std::to_string(record.get("number").number()));
    json.string("status", record.get("status").text());
  } else {
    json.string("subtitle", record.get(module == "contacts" ? "email" : "website").text());
  }
  json.end_object();
}

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

http::Response show_refusal(const Refusal& refusal) {
  JsonWriter json;
  json.begin_object().key("error");
  append_refusal(json, refusal);
  json.end_object();
  const bool is_malformed = refusal.code == "bad_json";
  const int status =
      refusal.kind == RefusalKind::invalid && !is_malformed ? 422 : http::status_of(refusal.kind);
  http::Response response = http::Response::json(status, json.take());
  if (refusal.kind == RefusalKind::busy) response.set_header("Retry-After", "1");
  return response;
}

}  // namespace tandem::api::native
