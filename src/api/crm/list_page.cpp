#include "api/crm/envelope.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

/// sort_by and sort_order. Refuses with invalid what can't be sorted by.
Result<records::Sort> sort_of(const Call& call, const ModuleWords& words) {
  records::Sort sort{"id", ascii_lower(call.query_text("sort_order")) != "asc"};
  const std::string name = call.query_text("sort_by");
  if (name.empty()) return sort;
  sort.field = words.field_of(name);
  const records::FieldDef* field = words.shape().find(sort.field);
  const bool is_system =
      !field && !sort.field.empty() && sort.field != "created_by" && sort.field != "updated_by";
  if (is_system || (field && field->sortable)) return sort;
  return invalid("sort_by", "not_a_choice", "Sort by id, Created_Time or Modified_Time.");
}

}  // namespace

Result<ListedPage> read_list(db::Transaction& tx, const Call& call, const ModuleWords& words,
                             records::Filter filter, operations::Reach reach) {
  const PageWindow window = TRY(page_window(call));
  records::Query query;
  query.filter = std::move(filter);
  query.sort = TRY(sort_of(call, words));
  query.limit = window.per_page;
  query.cursor = window.cursor;
  if (window.cursor.empty()) query.offset = window.offset();
  const records::Sort sort = query.sort;
  records::Page page =
      TRY(operations::list_records(tx, call.actor, *call.module, std::move(query), reach));
  std::string info = info_json({.per_page = window.per_page,
                                .page = window.page,
                                .count = page.records.size(),
                                .sort_by = words.api_name_of(sort.field),
                                .descending = sort.descending,
                                .next_token = page.next_cursor,
                                .now = tx.now()});
  return ListedPage{std::move(page), std::move(info)};
}

Result<http::Response> show_list(db::Transaction& tx, const Call& call, const ModuleWords& words,
                                 records::Filter filter, operations::Reach reach) {
  const ListedPage listed = TRY(read_list(tx, call, words, std::move(filter), reach));
  return show_records(tx, call, words, listed.page.records, listed.info);
}

}  // namespace tandem::api::crm_dialect
