#include <fmt/format.h>

#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/views.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr size_t asked_ids_max = 100;

/// Which leads: converted=true, false (as usual) or both.
struct Asked {
  records::Filter filter = records::everything();
  operations::Reach reach = operations::Reach::listed;
};

Result<Asked> asked_for(const Call& call, Instant now) {
  Asked asked;
  records::Filter of_view = TRY(filter_of_view(call, now));
  std::vector<records::Filter> parts{std::move(of_view)};
  if (!call.query_text("ids").empty()) {
    const std::vector<RecordId> ids = TRY(call.query_ids("ids", asked_ids_max));
    std::vector<records::Value> values(ids.begin(), ids.end());
    parts.push_back(records::field("id").is_one_of(std::move(values)));
  }
  const std::string converted = ascii_lower(call.query_text("converted"));
  if (call.module->name == "leads" && (converted == "true" || converted == "both")) {
    asked.reach = operations::Reach::visible;
    if (converted == "true") parts.push_back(records::field("converted_at").is_not_empty());
  }
  if (const std::string_view since = call.request.header("If-Modified-Since"); !since.empty()) {
    const Result<Instant> at = instant_from_iso(since);
    if (!at) return invalid("If-Modified-Since", "wrong_type", "Give a moment as ISO 8601.");
    parts.push_back(records::field("updated_at").after(records::Value(*at)));
  }
  asked.filter = records::all_of(std::move(parts));
  return asked;
}

http::Response nothing_newer() {
  http::Response response;
  response.status = 304;
  return response;
}

}  // namespace

Result<http::Response> list_records(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    const Asked asked = TRY(asked_for(call, tx.now()));
    http::Response page = TRY(show_list(tx, call, words, asked.filter, asked.reach));
    const bool is_empty = page.status == 204;
    if (is_empty && !call.request.header("If-Modified-Since").empty()) return nothing_newer();
    return page;
  });
}

Result<http::Response> read_record(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    const records::Record record = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return show_records(tx, call, words, {record}, "");
  });
}

/// What lies in the recycle bin, newest first.
Result<http::Response> list_deleted(Call& call) {
  const PageWindow window = TRY(page_window(call));
  const std::string type = ascii_lower(call.query_text("type"));
  if (!type.empty() && type != "all" && type != "recycle" && type != "permanent")
    return invalid("type", "not_a_choice", "Ask for all, recycle or permanent.");
  if (type == "permanent") return http::Response::no_content();
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    query.bin = records::Bin::inside;
    query.limit = window.per_page;
    query.cursor = window.cursor;
    if (window.cursor.empty()) query.offset = window.offset();
    const records::Page page =
        TRY(operations::list_records(tx, call.actor, *call.module, std::move(query)));
    if (page.records.empty()) return http::Response::no_content();
    std::vector<int64_t> members;
    for (const records::Record& record : page.records) {
      members.push_back(record.deleted_by.value);
      members.push_back(record.created_by.value);
    }
    LinkNames names;
    names.look_up(tx, call.actor, "agents", std::move(members));
    JsonWriter json;
    json.begin_object().key("data").begin_array();
    for (const records::Record& record : page.records) {
      json.begin_object().id("id", record.id.value).string("display_name", record.title);
      json.string("type", "recycle").string("deleted_time", moment_text(*record.deleted_at));
      append_member(json, "deleted_by", names, record.deleted_by);
      append_member(json, "created_by", names, record.created_by);
      json.end_object();
    }
    json.end_array();
    json.raw("info", info_json({.per_page = window.per_page,
                                .page = window.page,
                                .count = page.records.size(),
                                .next_token = page.next_cursor,
                                .now = tx.now()}));
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace tandem::api::crm_dialect
