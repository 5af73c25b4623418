#include "views/custom_view_query.h"

#include <fmt/format.h>

#include "operations/visible.h"
#include "records/newest_rows.h"

namespace tandem::views {

using access::Actor;
using records::Filter;

namespace {

Filter listed_in_view(const Actor& actor, const ViewedModule& viewed, const ViewQuery& view) {
  return records::all_of({operations::listed_filter(actor, viewed.module), view.filter});
}

ViewQuery led_by_an_index(const Actor& actor, const ViewedModule& viewed,
                          const records::Shape& shape, const ViewQuery& view,
                          const std::string& sort_field) {
  return viewed.led ? viewed.led(actor, shape, view, sort_field) : view;
}

Result<Filter> conditions_of(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                             const CustomView& view) {
  const Json json = TRY(json_from_text(view.filter_json));
  return view_conditions(tx, actor, viewed, json);
}

Refusal broken(const CustomView& view, const Refusal& fault) {
  return invalid(fault.field, "view_broken",
                 fmt::format("A condition of the view {} no longer holds: {} Change the view, or "
                             "choose another one.",
                             view.name, fault.message));
}

ViewQuery of_conditions(const ViewedModule& viewed, Filter conditions) {
  return {.filter = records::all_of({std::move(conditions), viewed.listed}), .is_custom = true};
}

Result<ViewQuery> query_of(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                           const CustomView& view, RecordId department) {
  Result<Filter> filter = conditions_of(tx, actor, viewed, view);
  if (!filter) return broken(view, filter.error());
  ViewQuery query = of_conditions(viewed, std::move(*filter));
  query.sort = view.sort;
  const std::string sorted = view.sort.substr(view.sort.starts_with('-') ? 1 : 0);
  if (!operations::may_sort(actor, viewed.module, {sorted, false})) query.sort.clear();
  if (department) {
    query.filter =
        records::all_of({std::move(query.filter), records::field("department").is(department)});
  }
  return query;
}

}  // namespace

Result<ViewQuery> view_asked_for(db::Transaction& tx, const Actor& actor,
                                 const ViewedModule& viewed, std::string_view view,
                                 RecordId department) {
  const std::optional<int64_t> id = id_from_text(view);
  if (!id) return viewed.ready_query(tx, viewed.module, view, actor, department);
  const CustomView custom = TRY(find_custom_view(tx, actor, viewed, RecordId{*id}));
  return query_of(tx, actor, viewed, custom, department);
}

std::optional<Refusal> fault_of(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                                const CustomView& view) {
  Result<Filter> filter = conditions_of(tx, actor, viewed, view);
  return filter ? std::nullopt : std::optional<Refusal>(broken(view, filter.error()));
}

Result<Filter> view_conditions(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                               const Json& conditions) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, viewed.module);
  Filter filter = TRY(records::filter_from_json(conditions, *shape, {actor.id, tx.now()}));
  TRY(operations::may_ask(actor, viewed.module, filter));
  return viewed.indexed ? viewed.indexed(actor, *shape, std::move(filter)) : filter;
}

Result<ViewQuery> view_of_conditions(db::Transaction& tx, const Actor& actor,
                                     const ViewedModule& viewed, const Json& conditions) {
  Filter filter = TRY(view_conditions(tx, actor, viewed, conditions));
  return of_conditions(viewed, std::move(filter));
}

Result<records::Count> count_view(db::Transaction& tx, const Actor& actor,
                                  const ViewedModule& viewed, const ViewQuery& query) {
  if (!query.is_custom)
    return operations::count_records(tx, actor, viewed.module, query.filter, query.reach);
  TRY(access::require_right(actor, viewed.module, access::Right::read));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, viewed.module);
  const ViewQuery led = led_by_an_index(actor, viewed, *shape, query, viewed.newest_by);
  return records::count_newest(tx, actor.org, shape, listed_in_view(actor, viewed, led),
                               viewed.newest_by, view_rows_examined_max);
}

Result<records::Page> list_view(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                                const ViewQuery& view, records::Query query) {
  if (!view.is_custom) {
    query.filter = view.filter;
    return operations::list_records(tx, actor, viewed.module, std::move(query), view.reach);
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, viewed.module);
  const ViewQuery led = led_by_an_index(actor, viewed, *shape, view, query.sort.field);
  query.filter = listed_in_view(actor, viewed, led);
  const std::optional<records::Window> window =
      TRY(records::window_of(tx, actor.org, *shape, query, view_rows_examined_max));
  query.filter = window ? records::all_of({window->filter, led.filter}) : led.filter;
  records::Page page =
      TRY(operations::list_records(tx, actor, viewed.module, std::move(query), view.reach));
  if (window && page.next_cursor.empty()) page.next_cursor = window->next_cursor;
  return page;
}

Result<std::vector<ViewCount>> count_ready_views(db::Transaction& tx, const Actor& actor,
                                                 const ViewedModule& viewed, RecordId department) {
  std::vector<ViewCount> counts;
  for (const ReadyView& ready : viewed.ready) {
    const Result<ViewQuery> query =
        viewed.ready_query(tx, viewed.module, ready.name, actor, department);
    if (!query && query.error().kind == RefusalKind::not_found) continue;
    if (!query) return query.error();
    const Result<records::Count> count =
        operations::count_records(tx, actor, viewed.module, query->filter, query->reach);
    // A view that asks about a field hidden from the role is none of theirs.
    if (!count && count.error().code == "unknown_field") continue;
    if (!count) return count.error();
    counts.push_back({ready.name, ready.label, *count});
  }
  return counts;
}

}  // namespace tandem::views
