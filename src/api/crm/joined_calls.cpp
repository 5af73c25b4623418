#include "api/crm/joined_calls.h"

#include "api/crm/envelope.h"
#include "api/crm/write_results.h"

namespace tandem::api::crm_dialect {

namespace {

using records::Record;

/// {"data":[…]} of records with what is said of each and the record of the path.
Result<http::Response> show_pairs(db::Transaction& tx, const Call& inner, const ModuleWords& words,
                                  const RelatedList& list, RecordId parent,
                                  const ListedPage& listed) {
  const std::vector<std::string> fields = TRY(fields_asked_for(inner));
  const std::vector<Record>& shown = listed.page.records;
  if (shown.empty()) return http::Response::no_content();
  std::vector<RecordId> ids;
  for (const Record& record : shown) ids.push_back(record.id);
  const std::map<int64_t, std::string> said =
      records::said_of_all(tx, inner.actor.org, *list.side, parent, ids);
  const std::string word = said_word(*list.side);
  RecordWriter writer(inner, words, fields);
  writer.name_links(tx, shown);
  const bool says = !word.empty() && writer.is_asked(word);
  const crm::OwnSide own(tx, inner.actor.org, *list.side);
  JsonWriter json;
  json.begin_object().key("data").begin_array();
  for (const Record& record : shown) {
    json.begin_object();
    writer.append_members(json, record);
    if (says) {
      json.key(word);
      const auto at = said.find(record.id.value);
      append_said(json, own.side(), at == said.end() ? "" : at->second);
    }
    json.end_object();
  }
  json.end_array();
  if (!listed.info.empty()) json.raw("info", listed.info);
  return http::Response::json(200, json.end_object().take());
}

}  // namespace

Result<http::Response> show_joined(Call& call, const RelatedList& list, RecordId parent) {
  const Call inner = call.about(*list.module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, parent));
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    const ListedPage listed = TRY(read_list(
        tx, inner, words, records::joined_with(*list.side, parent), operations::Reach::visible));
    return show_pairs(tx, inner, words, list, parent, listed);
  });
}

Result<http::Response> show_one_joined(Call& call, const RelatedList& list,
                                       const records::Pair& pair) {
  const Call inner = call.about(*list.module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    ListedPage one;
    one.page.records.resize(1);
    one.page.records.front() = TRY(operations::read_joined(tx, call.actor, *list.side, pair));
    return show_pairs(tx, inner, words, list, pair.of, one);
  });
}

Result<http::Response> join_items(Call& call, const RelatedList& list, RecordId parent,
                                  const JsonArray& items) {
  Call inner = call.about(*list.module);
  return for_each_item(
      inner, items, 200,
      [&](db::Transaction& tx, const ModuleWords&, const JsonObject& item,
          WriteResults& results) -> Result<void> {
        const std::optional<RecordId> id = TRY(id_of(item));
        if (!id) return invalid("id", "required", "required field not found");
        const crm::OwnSide own(tx, call.actor.org, *list.side);
        const operations::Said said = TRY(said_in_item(own.side(), item));
        TRY(operations::join_records(tx, call.actor, own.side(), {parent, *id}, said));
        results.add_done(*id, "relation added");
        return {};
      });
}

Result<http::Response> part_ids(Call& call, const RelatedList& list, RecordId parent,
                                const std::vector<RecordId>& ids) {
  Call inner = call.about(*list.module);
  return for_each_id(inner, ids, "relation removed", [&](db::Transaction& tx, RecordId id) {
    return operations::part_records(tx, call.actor, *list.side, {parent, id});
  });
}

}  // namespace tandem::api::crm_dialect
