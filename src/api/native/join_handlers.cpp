#include "api/native/answers.h"
#include "api/native/sales_handlers.h"
#include "crm/joins.h"
#include "operations/joins.h"

namespace tandem::api::native {

namespace {

constexpr int page_rows_max = 200;
constexpr int page_rows_usual = 50;

Result<records::JoinSide> side_of(const Call& call) {
  const std::optional<records::JoinSide> side =
      crm::find_join(*call.actor.catalogue, *call.module, call.request.param("list"));
  if (!side) return not_found("There is no such list of these records.");
  return *side;
}

Result<records::Pair> pair_of(const Call& call) {
  records::Pair pair;
  pair.of = TRY(call.id());
  pair.listed = TRY(call.id("other"));
  return pair;
}

/// Newest first, unless the query says otherwise.
records::Sort sort_of(const Call& call) {
  const std::string text = call.query_text("sort");
  if (text.empty()) return {};
  const bool descending = text.starts_with('-');
  return {descending ? text.substr(1) : text, descending};
}

/// {"<id>":"decision_maker"} of those of whom something is said.
std::string said_json(db::Transaction& tx, const Call& call, const records::JoinSide& side,
                      RecordId of, const records::Page& page) {
  std::vector<RecordId> listed;
  for (const records::Record& record : page.records) listed.push_back(record.id);
  JsonWriter json;
  json.begin_object();
  for (const auto& [id, said] : records::said_of_all(tx, call.actor.org, side, of, listed))
    if (!said.empty()) json.string(std::to_string(id), said);
  return json.end_object().take();
}

}  // namespace

Result<http::Response> list_joined(Call& call) {
  const records::JoinSide side = TRY(side_of(call));
  const RecordId of = TRY(call.id());
  records::Query query;
  query.sort = sort_of(call);
  query.cursor = call.query_text("cursor");
  query.limit = TRY(call.query_number("limit", page_rows_usual, 1, page_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Page page =
        TRY(operations::list_joined(tx, call.actor, side, of, std::move(query)));
    std::string json = page_json(tx, call.actor, page, std::nullopt);
    json.pop_back();
    json += ",\"said\":" + said_json(tx, call, side, of, page) + "}";
    return http::Response::json(200, std::move(json));
  });
}

Result<http::Response> join_one(Call& call) {
  const records::JoinSide side = TRY(side_of(call));
  const records::Pair pair = TRY(pair_of(call));
  JsonObject body;
  if (!call.request.body.empty()) body = TRY(call.body());
  TRY(only_keys(body, {"said"}));
  operations::Said said;
  if (const auto at = body.find("said"); at != body.end()) {
    const std::string text = TRY(body_text(body, "said"));
    said = text.empty() ? records::Value() : records::Value(text);
  }
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    const crm::OwnSide own(tx, call.actor.org, side);
    return operations::join_records(tx, call.actor, own.side(), pair, said);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> part_one(Call& call) {
  const records::JoinSide side = TRY(side_of(call));
  const records::Pair pair = TRY(pair_of(call));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return operations::part_records(tx, call.actor, side, pair);
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace tandem::api::native
