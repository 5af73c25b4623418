#include "desk/views/custom_view_query.h"

#include <fmt/format.h>

#include <algorithm>

#include "desk/modules.h"
#include "desk/tickets/still_open.h"
#include "operations/visible.h"
#include "records/list_plan.h"
#include "records/newest_rows.h"

namespace tandem::desk {

using access::Actor;
using records::Filter;

namespace {

/// The types of the statuses that a condition lets through; empty when it is none on the status.
std::vector<records::Value> types_of_statuses(const records::Shape& shape,
                                              const Filter& condition) {
  const bool names_statuses = condition.kind == Filter::Kind::field &&
                              condition.field == "status" &&
                              (condition.comparison == records::Comparison::is ||
                               condition.comparison == records::Comparison::is_one_of);
  std::vector<records::Value> types;
  if (!names_statuses) return types;
  for (const records::ChoiceOption& status : shape.find("status")->choices) {
    const bool is_named = std::find(condition.values.begin(), condition.values.end(),
                                    records::Value(status.name)) != condition.values.end();
    const records::Value type(status.kind);
    if (is_named && std::find(types.begin(), types.end(), type) == types.end())
      types.push_back(type);
  }
  return types;
}

/// A ticket's type follows from its status, and the indexes of the lists lead with the type: saying
/// both lets an index serve what people ask by status.
Filter with_status_types(const records::Shape& shape, Filter filter) {
  std::vector<const Filter*> conditions;
  if (filter.kind == Filter::Kind::field) conditions.push_back(&filter);
  if (filter.kind == Filter::Kind::all_of) {
    for (const Filter& part : filter.parts) conditions.push_back(&part);
  }
  for (const Filter* condition : conditions) {
    std::vector<records::Value> types = types_of_statuses(shape, *condition);
    if (types.empty()) continue;
    Filter by_type = records::field("status_type").is_one_of(std::move(types));
    return records::all_of({std::move(by_type), std::move(filter)});
  }
  return filter;
}

bool may_ask_for_types(const Actor& actor) {
  const Filter types = records::field("status_type").is_not_empty();
  return operations::may_ask(actor, tickets_module(), types).has_value();
}

Filter listed_in_view(const Actor& actor, const ViewQuery& view) {
  return records::all_of({operations::listed_filter(actor, tickets_module()), view.filter});
}

/// Where no index leads with any of the conditions, all types of status are named: that changes
/// nothing and lets an index lead with the departments of the actor.
ViewQuery led_by_an_index(const Actor& actor, const records::Shape& shape, ViewQuery view,
                          const std::string& sort_field) {
  const auto has_lead = [&](const ViewQuery& query) {
    return !records::list_plans(shape, listed_in_view(actor, query), sort_field).empty();
  };
  if (has_lead(view) || !may_ask_for_types(actor)) return view;
  ViewQuery typed = view;
  std::vector<records::Value> types(still_open_types().begin(), still_open_types().end());
  types.emplace_back("closed");
  typed.filter = records::all_of(
      {records::field("status_type").is_one_of(std::move(types)), std::move(typed.filter)});
  return has_lead(typed) ? typed : view;
}

Result<Filter> conditions_of(db::Transaction& tx, const Actor& actor, const CustomView& view) {
  const Json json = TRY(json_from_text(view.filter_json));
  return view_conditions(tx, actor, json);
}

Refusal broken(const CustomView& view, const Refusal& fault) {
  return invalid(fault.field, "view_broken",
                 fmt::format("A condition of the view {} no longer holds: {} Change the view, or "
                             "choose another one.",
                             view.name, fault.message));
}

/// What was merged away is listed by no view.
ViewQuery of_conditions(Filter conditions) {
  Filter not_merged = records::field("merged_into").is_empty();
  return {.filter = records::all_of({std::move(conditions), std::move(not_merged)}),
          .is_custom = true};
}

Result<ViewQuery> query_of(db::Transaction& tx, const Actor& actor, const CustomView& view,
                           RecordId department) {
  Result<Filter> filter = conditions_of(tx, actor, view);
  if (!filter) return broken(view, filter.error());
  ViewQuery query = of_conditions(std::move(*filter));
  query.sort = view.sort;
  const std::string sorted = view.sort.substr(view.sort.starts_with('-') ? 1 : 0);
  const bool may_sort = operations::may_sort(actor, tickets_module(), {sorted, false}).has_value();
  if (!may_sort) query.sort.clear();
  if (department) {
    query.filter =
        records::all_of({std::move(query.filter), records::field("department").is(department)});
  }
  return query;
}

}  // namespace

Result<ViewQuery> view_asked_for(db::Transaction& tx, const Actor& actor, std::string_view view,
                                 RecordId department) {
  const std::optional<int64_t> id = id_from_text(view);
  if (!id) return view_query(tx, view, actor, department);
  const CustomView custom = TRY(find_custom_view(tx, actor, RecordId{*id}));
  return query_of(tx, actor, custom, department);
}

std::optional<Refusal> fault_of(db::Transaction& tx, const Actor& actor, const CustomView& view) {
  Result<Filter> filter = conditions_of(tx, actor, view);
  return filter ? std::nullopt : std::optional<Refusal>(broken(view, filter.error()));
}

Result<Filter> view_conditions(db::Transaction& tx, const Actor& actor, const Json& conditions) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  Filter filter = TRY(records::filter_from_json(conditions, *shape, {actor.id, tx.now()}));
  TRY(operations::may_ask(actor, tickets_module(), filter));
  return may_ask_for_types(actor) ? with_status_types(*shape, std::move(filter)) : filter;
}

Result<ViewQuery> view_of_conditions(db::Transaction& tx, const Actor& actor,
                                     const Json& conditions) {
  Filter filter = TRY(view_conditions(tx, actor, conditions));
  return of_conditions(std::move(filter));
}

Result<ViewQuery> column_of_view(db::Transaction& tx, const Actor& actor, ViewQuery view,
                                 const std::string& status) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  Filter of_status = records::field("status").is(status);
  TRY(operations::may_ask(actor, tickets_module(), of_status));
  TRY(operations::may_ask(actor, tickets_module(), view.filter));
  const auto& known = shape->find("status")->choices;
  const bool is_known = std::any_of(known.begin(), known.end(),
                                    [&](const auto& choice) { return choice.name == status; });
  if (!is_known) return invalid("status", "not_a_choice", "Choose a status that exists.");
  if (may_ask_for_types(actor)) of_status = with_status_types(*shape, std::move(of_status));
  view.filter = records::all_of({std::move(of_status), std::move(view.filter)});
  // What others share is reached by an index of its own, and by no custom view.
  view.is_custom = view.is_custom || view.reach == operations::Reach::listed;
  return view;
}

Result<records::Count> count_view(db::Transaction& tx, const Actor& actor, const ViewQuery& query) {
  const records::ModuleDef& tickets = tickets_module();
  if (!query.is_custom)
    return operations::count_records(tx, actor, tickets, query.filter, query.reach);
  TRY(access::require_right(actor, tickets, access::Right::read));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets);
  const std::string newest = "last_activity_at";
  const ViewQuery led = led_by_an_index(actor, *shape, query, newest);
  return records::count_newest(tx, actor.org, shape, listed_in_view(actor, led), newest,
                               view_tickets_examined_max);
}

Result<records::Page> list_view(db::Transaction& tx, const Actor& actor, const ViewQuery& view,
                                records::Query query) {
  const records::ModuleDef& tickets = tickets_module();
  if (!view.is_custom) {
    query.filter = view.filter;
    return operations::list_records(tx, actor, tickets, std::move(query), view.reach);
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets);
  const ViewQuery led = led_by_an_index(actor, *shape, view, query.sort.field);
  query.filter = listed_in_view(actor, led);
  const std::optional<records::Window> window =
      TRY(records::window_of(tx, actor.org, *shape, query, view_tickets_examined_max));
  query.filter = window ? records::all_of({window->filter, led.filter}) : led.filter;
  records::Page page =
      TRY(operations::list_records(tx, actor, tickets, std::move(query), view.reach));
  if (window && page.next_cursor.empty()) page.next_cursor = window->next_cursor;
  return page;
}

}  // namespace tandem::desk
