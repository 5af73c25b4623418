#include "api/native/record_handlers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/native/answers.h"
#include "api/native/application.h"
#include "api/native/list_query.h"
#include "api/native/log_envelope.h"
#include "api/native/search_hits.h"
#include "operations/missing_values.h"

namespace tandem::api::native {

namespace {

constexpr int page_rows_max = 200;
constexpr int page_rows_usual = 50;

/// Whether the answer shall say how many there are.
Result<bool> wants_count(const Call& call) {
  const std::string text = call.query_text("count");
  if (text.empty() || text == "0") return false;
  if (text == "1") return true;
  return invalid("count", "not_a_choice", "Send count=1 to have the records counted.");
}

http::Response saved(Call& call, std::string json, int status) {
  call.services.wake();
  return http::Response::json(status, std::move(json));
}

Result<http::Response> turn_one(
    Call& call, Result<records::Record> (*act)(db::Transaction&, const access::Actor&,
                                               const records::ModuleDef&, RecordId)) {
  const RecordId id = TRY(call.id());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record record = TRY(act(tx, call.actor, *call.module, id));
    return record_json(tx, call.actor, record);
  }));
  return saved(call, std::move(json), 200);
}

/// What a new record lacks is told along with what is wrong with it.
Result<records::Changes> values_of_new(const records::Shape& shape, const JsonObject& body) {
  Result<records::Changes> values = records::changes_from_json(shape, body);
  if (values) return values;
  const Json* custom = body.if_contains("custom");
  std::vector<FieldFault> faults = operations::faults_of(values.error());
  operations::add_missing_values(
      shape,
      [&](const records::FieldDef& field) {
        return body.contains(field.name) ||
               (custom && custom->is_object() && custom->as_object().contains(field.name));
      },
      faults);
  return invalid(std::move(faults));
}

}  // namespace

Result<http::Response> list_module(Call& call) {
  const int limit = TRY(call.query_number("limit", page_rows_usual, 1, page_rows_max));
  const bool is_counted = TRY(wants_count(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const views::ViewQuery asked = TRY(list_asked_for(tx, call));
    records::Query query;
    query.sort = sort_asked_for(call, asked);
    query.cursor = call.query_text("cursor");
    query.limit = limit;
    std::optional<records::Count> count;
    if (is_counted) {
      count = TRY(count_of_list(tx, call, asked));
    }
    const records::Page page = TRY(page_of_list(tx, call, asked, std::move(query)));
    return http::Response::json(200, page_json(tx, call.actor, page, count));
  });
}

Result<http::Response> create_in_module(Call& call) {
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const records::Changes changes = TRY(values_of_new(*shape, body));
    const records::Record record =
        TRY(operations::create_record(tx, call.actor, *call.module, changes));
    return record_json(tx, call.actor, record);
  }));
  return saved(call, std::move(json), 201);
}

Result<http::Response> read_one(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record record =
        TRY(operations::read_record(tx, call.actor, *call.module, id, records::Bin::either));
    return http::Response::json(200, record_json(tx, call.actor, record));
  });
}

Result<http::Response> update_one(Call& call) {
  const RecordId id = TRY(call.id());
  JsonObject body = TRY(call.body());
  const std::optional<int64_t> seen_revision = TRY(body_revision(body));
  body.erase("revision");
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const records::Changes changes = TRY(records::changes_from_json(*shape, body));
    const records::Record record =
        TRY(operations::update_record(tx, call.actor, *call.module, id, changes, seen_revision));
    return record_json(tx, call.actor, record);
  }));
  return saved(call, std::move(json), 200);
}

Result<http::Response> delete_one(Call& call) {
  TRY(turn_one(call, operations::delete_record));
  return http::Response::no_content();
}

Result<http::Response> restore_one(Call& call) {
  return turn_one(call, operations::restore_record);
}

Result<http::Response> bulk_change(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"ids", "changes", "delete"}));
  const std::vector<int64_t> numbers = TRY(body_ids(body, "ids", size_t(db::bulk_rows_max)));
  if (numbers.empty()) return invalid("ids", "required", "Give the ids of the records to change.");
  std::vector<RecordId> ids;
  for (const int64_t number : numbers) ids.push_back(RecordId{number});
  const bool is_delete = TRY(body_flag(body, "delete", false));
  const auto changes_json = body.find("changes");
  if (is_delete == (changes_json != body.end())) {
    return invalid("changes", "required", "Send either changes, or delete as true.");
  }
  const auto outcomes = TRY(call.database().write(
      [&](db::Transaction& tx) -> Result<std::vector<operations::BulkOutcome>> {
        if (is_delete) return operations::bulk_delete(tx, call.actor, *call.module, ids);
        if (!changes_json->value().is_object())
          return invalid("changes", "wrong_type", "Send changes as an object.");
        const records::ShapeRef shape =
            call.actor.catalogue->shape(tx, call.actor.org, *call.module);
        const records::Changes changes =
            TRY(records::changes_from_json(*shape, changes_json->value().as_object()));
        return operations::bulk_update(tx, call.actor, *call.module, ids, changes);
      },
      db::Priority::person));
  return saved(call, outcomes_json(outcomes), 200);
}

Result<http::Response> show_history(Call& call) {
  const RecordId id = TRY(call.id());
  const int limit = TRY(call.query_number("limit", page_rows_usual, 1, page_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::LogPage page = TRY(operations::record_history(tx, call.actor, *call.module, id,
                                                                 call.query_text("cursor"), limit));
    std::vector<const records::LogEntry*> entries;
    for (const records::LogEntry& entry : page.entries) entries.push_back(&entry);
    const ShownLog log(tx, call.actor, entries);
    JsonWriter json;
    json.begin_object().key("entries").begin_array();
    for (const records::LogEntry& entry : page.entries) log.append(json, entry);
    json.end_array();
    append_cursor(json, "next_cursor", page.next_cursor);
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> list_bin(Call& call) {
  const records::ModuleDef* module = call.actor.catalogue->find(call.query_text("module"));
  if (!module || !module->part_of.empty())
    return invalid("module", "unknown_module", "Name the module whose recycle bin to show.");
  const int limit = TRY(call.query_number("limit", page_rows_usual, 1, page_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    query.bin = records::Bin::inside;
    query.cursor = call.query_text("cursor");
    query.limit = limit;
    const records::Page page =
        TRY(operations::list_records(tx, call.actor, *module, std::move(query)));
    return http::Response::json(200, page_json(tx, call.actor, page, std::nullopt));
  });
}

Result<http::Response> purge_one(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return operations::purge_record(tx, call.actor, *call.module, id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> search_modules(Call& call) {
  const std::string text = call.query_text("q");
  const std::string only = call.query_text("module");
  if (text.empty()) return invalid("q", "required", "Give the words to search for.");
  if (text.size() > search_bytes_max) return too_many_words("q");
  const std::vector<std::string_view>& searched = call.application.searched;
  if (!only.empty() && std::find(searched.begin(), searched.end(), only) == searched.end()) {
    return invalid("module", "unknown_module",
                   fmt::format("Search in one of {}.", fmt::join(searched, ", ")));
  }
  const int shown_max = only.empty() ? 8 : page_rows_usual;
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("groups").begin_array();
    for (const std::string_view name : searched) {
      const records::ModuleDef* module = call.actor.catalogue->find(name);
      if (!module || (!only.empty() && only != name) ||
          !access::has_right(call.actor, name, access::Right::read)) {
        continue;
      }
      const auto found =
          TRY(search_one_module(tx, call, *module, text, shown_max + 1, operations::Reach::listed));
      json.begin_object().string("module", name).key("records").begin_array();
      for (size_t index = 0; index < found.size() && index < size_t(shown_max); ++index) {
        append_search_hit(json, found[index], text);
      }
      json.end_array().boolean("more", found.size() > size_t(shown_max)).end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
