#include <algorithm>

#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/search_conditions.h"
#include "api/desk/search_scopes.h"
#include "base/text.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int search_rows_usual = 10;
constexpr int search_rows_max = 100;

struct Found {
  std::vector<records::Record> records;
  int64_t count = 0;
};

/// With words, the search index answers and the conditions choose among its newest hits; without,
/// the filter alone.
Result<Found> find_in(db::Transaction& tx, const Call& call, const PageWindow& window) {
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  std::vector<records::Filter> parts = TRY(search_conditions(call, *shape));
  std::string words = call.query_text("_all");
  if (words == "true") words.clear();
  std::erase(words, '*');
  if (!words.empty()) {
    const auto hits =
        TRY(operations::search_records(tx, call.actor, *call.module, words, search_rows_max));
    std::vector<records::Value> ids;
    for (const records::Record& hit : hits) ids.emplace_back(hit.id);
    parts.push_back(records::field("id").is_one_of(std::move(ids)));
  }
  records::Query query;
  query.filter = records::all_of(std::move(parts));
  query.sort = TRY(sort_of(call, {"id", true}));
  query.offset = window.offset;
  query.limit = window.limit;
  Found found;
  const records::Count count =
      TRY(operations::count_records(tx, call.actor, *call.module, query.filter));
  found.count = count.value;
  records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
  found.records = std::move(page.records);
  return found;
}

}  // namespace

Result<http::Response> search_module(Call& call) {
  const PageWindow window = TRY(page_window(call, search_rows_usual, search_rows_max));
  TRY(check_fields(call));
  TRY(require_read_scope(call.actor, call.module->name));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const Found found = TRY(find_in(tx, call, window));
    if (found.records.empty()) return http::Response::no_content();
    return show_found(records_json(tx, call, found.records), found.count);
  });
}

Result<http::Response> search_everything(Call& call) {
  const std::string words = call.query_text("searchStr");
  if (trim(words).empty()) return invalid("searchStr", "required", "Give the words to search for.");
  const std::string only = call.query_text("module");
  const PageWindow window = TRY(page_window(call, search_rows_usual, search_rows_max));
  TRY(check_fields(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> items;
    for (const std::string_view name : {"tickets", "contacts", "accounts", "products"}) {
      if (!only.empty() && only != name) continue;
      if (only == name) TRY(require_read_scope(call.actor, name));
      if (!has_read_scope(call.actor, name)) continue;
      // Who may not read one module still finds what the others hold.
      if (only.empty() && !access::has_right(call.actor, name, access::Right::read)) continue;
      const std::vector<records::Record> hits = TRY(operations::search_records(
          tx, call.actor, *call.actor.catalogue->find(name), words, search_rows_max));
      for (std::string& json : records_json(tx, call, hits)) items.push_back(std::move(json));
    }
    const size_t first = std::min(items.size(), size_t(window.offset));
    const size_t last = std::min(items.size(), first + size_t(window.limit));
    const int64_t count = int64_t(items.size());
    return show_found({items.begin() + ptrdiff_t(first), items.begin() + ptrdiff_t(last)}, count);
  });
}

}  // namespace tandem::api::desk_dialect
