#include "api/crm/watch_payload.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/crm/envelope.h"
#include "api/crm/routes.h"
#include "crm/organisation_setup.h"
#include "http/multipart.h"

namespace tandem::api::crm_dialect {

namespace {

using crm::Notice;
using crm::ToldRecord;

std::set<std::string, std::less<>> shown_fields(const records::Shape& shape) {
  std::set<std::string, std::less<>> names;
  const ModuleWords words(crm::edition_of(shape.catalogue()), shape);
  for (const FieldWord& word : words.fields()) names.insert(word.field->name);
  if (words.relation())
    names.insert(words.relation()->fields.begin(), words.relation()->fields.end());
  return names;
}

/// The names of the fields as receivers know them, each once.
std::vector<std::string> api_names(const ModuleWords& words, const ToldRecord& told) {
  std::vector<std::string> names;
  for (const auto& pair : told.fields) {
    std::string name = words.api_name_of(std::string_view(pair.key()));
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

/// What came with the address that is called.
void append_query(JsonWriter& json, const std::string& url) {
  json.key("query_params").begin_object();
  const size_t question = url.find('?');
  const Result<http::Pairs> query =
      http::read_form(question == std::string::npos ? "" : url.substr(question + 1));
  std::set<std::string> named;
  if (query) {
    for (const auto& [name, value] : *query)
      if (named.insert(name).second) json.string(name, value);
  }
  json.end_object();
}

/// An update says which fields changed; what was made or deleted changed as a whole.
void append_fields(JsonWriter& json, const ModuleWords& words, const Notice& notice) {
  json.key("affected_fields").begin_array();
  for (const ToldRecord& told : notice.records) {
    if (notice.operation != crm::Operation::update || told.fields.empty()) continue;
    json.begin_object().key(to_string(told.id)).begin_array();
    for (const std::string& name : api_names(words, told)) json.string(name);
    json.end_array().end_object();
  }
  json.end_array();
}

/// The record as far as it was told.
records::Record record_of(const records::ShapeRef& shape, const ToldRecord& told) {
  records::Record record;
  record.shape = shape;
  record.id = told.id;
  record.values.resize(shape->fields().size());
  for (const auto& pair : told.fields) {
    const records::FieldDef* field = shape->find(std::string_view(pair.key()));
    if (!field) continue;
    const Result<records::Value> value = records::value_from_json(*field, pair.value());
    record.set(field->name, value ? *value : records::Value());
  }
  return record;
}

void append_values(JsonWriter& json, db::Transaction& tx, const Call& call,
                   const ModuleWords& words, const records::ShapeRef& shape, const Notice& notice) {
  std::vector<records::Record> records;
  for (const ToldRecord& told : notice.records) records.push_back(record_of(shape, told));
  RecordWriter writer(call, words, {});
  writer.name_links(tx, records);
  json.key("affected_values").begin_array();
  for (size_t at = 0; at < records.size(); ++at) {
    const std::vector<std::string> names = api_names(words, notice.records[at]);
    if (names.empty()) continue;
    json.begin_object().id("record_id", records[at].id.value).key("values").begin_object();
    for (const std::string& name : names) writer.append_field(json, name, name, records[at]);
    json.end_object().end_object();
  }
  json.end_array();
}

std::string body_of(db::Transaction& tx, Services& services, const access::Actor& owner,
                    const crm::Watch& watch, const Notice& notice) {
  const Edition edition = crm::edition_of(*owner.catalogue);
  const std::string base = fmt::format("/{}/{}", crm::word(edition), versions(edition).back());
  const http::Request nobody_asked;
  const Call call{nobody_asked, services, owner,
                  edition,      base,     owner.catalogue->find(watch.module)};
  records::ShapeRef shape;
  const ModuleWords words = call.words(tx, shape);
  JsonWriter json;
  json.begin_object().number("server_time", tx.now().ms);
  append_query(json, watch.url);
  json.string("module", module_word(edition, *call.module));
  json.string("resource_uri", resource_uri(services, base, edition, *call.module));
  json.key("ids").begin_array();
  for (const ToldRecord& told : notice.records) json.id(told.id.value);
  json.end_array();
  append_fields(json, words, notice);
  json.string("operation", crm::word(notice.operation)).id("channel_id", watch.channel);
  watch.token.empty() ? json.null("token") : json.string("token", watch.token);
  if (watch.gives_values) append_values(json, tx, call, words, shape, notice);
  return json.end_object().take();
}

}  // namespace

crm::WatchFace watch_face(Services& services) {
  return {.shown_fields = shown_fields,
          .write = [&services](db::Transaction& tx, const access::Actor& owner,
                               const crm::Watch& watch, const Notice& notice) {
            return body_of(tx, services, owner, watch, notice);
          }};
}

std::string resource_uri(const Services& services, const std::string& base, Edition edition,
                         const records::ModuleDef& module) {
  return fmt::format("{}{}/{}", services.base_url, base, module_word(edition, module));
}

}  // namespace tandem::api::crm_dialect
