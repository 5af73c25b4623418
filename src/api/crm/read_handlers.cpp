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

Result<Asked> asked_for(db::Transaction& tx, const Call& call) {
  Asked asked;
  records::Filter of_view = TRY(filter_of_view(tx, call));
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
    const Asked asked = TRY(asked_for(tx, call));
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

}  // namespace tandem::api::crm_dialect
