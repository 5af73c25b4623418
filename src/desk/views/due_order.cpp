#include "desk/views/due_order.h"

#include <algorithm>
#include <string>

#include "desk/modules.h"
#include "desk/tickets/still_open.h"

namespace tandem::desk {

namespace {

using records::Filter;
using records::Query;

/// Before the cursor of the second list, which may be at its beginning.
constexpr std::string_view closed_mark = "closed.";

bool asks_for_status(const Filter& filter) {
  if (filter.kind == Filter::Kind::field)
    return filter.field == "status" || filter.field == "status_type";
  if (filter.kind == Filter::Kind::linked) return false;
  return std::any_of(filter.parts.begin(), filter.parts.end(), asks_for_status);
}

Query with_types(const Query& query, std::vector<records::Value> types) {
  Query part = query;
  part.filter =
      records::all_of({query.filter, records::field("status_type").is_one_of(std::move(types))});
  return part;
}

}  // namespace

bool closed_come_last(const records::ModuleDef& module, const Query& query) {
  return module.name == tickets_module().name && query.sort.field == "due_at" &&
         query.offset == 0 && !asks_for_status(query.filter);
}

Result<records::Page> list_by_due(db::Transaction& tx, const access::Actor& actor,
                                  const Query& query, operations::Reach reach) {
  records::Page page;
  Query closed = with_types(query, {"closed"});
  closed.cursor.clear();
  if (query.cursor.starts_with(closed_mark)) {
    closed.cursor = query.cursor.substr(closed_mark.size());
  } else {
    const std::vector<std::string>& open = still_open_types();
    page = TRY(operations::list_records(tx, actor, tickets_module(),
                                        with_types(query, {open.begin(), open.end()}), reach));
    if (!page.next_cursor.empty()) return page;
    closed.limit = query.limit - int(page.records.size());
    if (closed.limit == 0) {
      page.next_cursor = closed_mark;
      return page;
    }
  }
  records::Page rest =
      TRY(operations::list_records(tx, actor, tickets_module(), std::move(closed), reach));
  page.shape = rest.shape;
  std::move(rest.records.begin(), rest.records.end(), std::back_inserter(page.records));
  page.next_cursor =
      rest.next_cursor.empty() ? std::string() : std::string(closed_mark) + rest.next_cursor;
  return page;
}

}  // namespace tandem::desk
