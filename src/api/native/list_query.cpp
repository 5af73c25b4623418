#include "api/native/list_query.h"

#include <fmt/format.h>

#include "api/native/application.h"
#include "base/text.h"
#include "desk/tickets/ticket_search.h"
#include "desk/views/due_order.h"
#include "desk/views/ticket_views.h"
#include "views/custom_view_query.h"

namespace tandem::api::native {

Refusal too_many_words(const char* field) {
  return invalid(field, "too_long",
                 fmt::format("Search for at most {} characters.", search_bytes_max));
}

Result<std::vector<records::Record>> search_one_module(db::Transaction& tx, const Call& call,
                                                       const records::ModuleDef& module,
                                                       std::string_view text, int limit,
                                                       operations::Reach reach) {
  if (module.name == "tickets") return desk::search_tickets(tx, call.actor, text, limit, reach);
  return operations::search_records(tx, call.actor, module, text, limit, reach);
}

namespace {

constexpr int words_found_max = 100;

/// The records that the words of the query find, as a condition.
Result<records::Filter> found_by_words(db::Transaction& tx, const Call& call,
                                       const std::string& text, operations::Reach reach) {
  if (text.size() > search_bytes_max) return too_many_words("words");
  const auto found = TRY(search_one_module(tx, call, *call.module, text, words_found_max, reach));
  std::vector<records::Value> ids;
  for (const records::Record& record : found) ids.emplace_back(record.id);
  return ids.empty() ? records::nothing() : records::field("id").is_one_of(std::move(ids));
}

constexpr size_t asked_ids_max = 100;

/// Those of the ids that the query names, "5,7,9", as a condition.
Result<records::Filter> among_ids(std::string_view text) {
  const std::vector<std::string> words = split(text, ',');
  if (words.size() > asked_ids_max) return invalid("ids", "too_many", "Ask for 100 ids at most.");
  std::vector<records::Value> ids;
  for (const std::string& word : words) {
    const std::optional<int64_t> id = id_from_text(word);
    if (!id) return invalid("ids", "bad_id", "Give ids with commas between them.");
    ids.emplace_back(RecordId{*id});
  }
  return records::field("id").is_one_of(std::move(ids));
}

/// Refuses as filter_from_json does, and knows how to ask for what is overdue.
Result<records::Filter> filter_of_text(db::Transaction& tx, const Call& call,
                                       const std::string& text) {
  const Json json = TRY(json_from_text(text));
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  Result<records::Filter> asked =
      records::filter_from_json(json, *shape, {call.actor.id, tx.now()});
  if (asked || asked.error().field != "is_overdue") return asked;
  return invalid("is_overdue", asked.error().code,
                 "Whether a ticket is overdue is worked out when it is shown; ask for "
                 "view=overdue, or for a due_at before \"now\".");
}

}  // namespace

Result<views::ViewQuery> list_asked_for(db::Transaction& tx, const Call& call) {
  views::ViewQuery query = TRY(call.application.view_asked_for(tx, call));
  std::vector<records::Filter> parts{std::move(query.filter)};
  if (const std::string text = call.query_text("words"); !text.empty()) {
    records::Filter found = TRY(found_by_words(tx, call, text, query.reach));
    parts.push_back(std::move(found));
  }
  if (const std::string text = call.query_text("ids"); !text.empty()) {
    records::Filter asked = TRY(among_ids(text));
    parts.push_back(std::move(asked));
  }
  if (const std::string text = call.query_text("filter"); !text.empty()) {
    records::Filter asked = TRY(filter_of_text(tx, call, text));
    parts.push_back(std::move(asked));
    // Its conditions are anybody's choice, as those of a custom view are, and cost no more.
    query.is_custom = query.is_custom ||
                      (call.module->name == "tickets" && query.reach == operations::Reach::listed);
  }
  query.filter = records::all_of(std::move(parts));
  const std::string status = call.query_text("status");
  if (status.empty()) return query;
  if (call.module->name != "tickets")
    return invalid("status", "unknown_field", "Only tickets stand on a board; ask for /tickets.");
  return desk::column_of_view(tx, call.actor, std::move(query), status);
}

Result<records::Count> count_of_list(db::Transaction& tx, const Call& call,
                                     const views::ViewQuery& asked) {
  if (asked.is_custom)
    return views::count_view(tx, call.actor, call.application.viewed_module(*call.module), asked);
  return operations::count_records(tx, call.actor, *call.module, asked.filter, asked.reach);
}

Result<records::Page> page_of_list(db::Transaction& tx, const Call& call,
                                   const views::ViewQuery& asked, records::Query query) {
  if (asked.is_custom)
    return views::list_view(tx, call.actor, call.application.viewed_module(*call.module), asked,
                            std::move(query));
  query.filter = asked.filter;
  if (desk::closed_come_last(*call.module, query)) {
    return desk::list_by_due(tx, call.actor, query, asked.reach);
  }
  return operations::list_records(tx, call.actor, *call.module, std::move(query), asked.reach);
}

/// As asked for, or in the order of the view, or with what is most urgent first.
records::Sort sort_asked_for(const Call& call, const views::ViewQuery& view) {
  std::string text = call.query_text("sort");
  if (text.empty()) text = view.sort;
  if (text.empty()) text = call.application.usual_sort(*call.module);
  const bool descending = text.starts_with('-');
  return records::Sort{descending ? text.substr(1) : text, descending};
}

}  // namespace tandem::api::native
