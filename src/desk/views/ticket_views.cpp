#include "desk/views/ticket_views.h"

#include <algorithm>

#include "desk/modules.h"
#include "desk/tickets/still_open.h"
#include "desk/views/views.h"
#include "operations/visible.h"
#include "records/list_plan.h"

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

Filter with_types_where_asked(const Actor& actor, const records::Shape& shape, Filter filter) {
  return may_ask_for_types(actor) ? with_status_types(shape, std::move(filter)) : filter;
}

Filter listed_in_view(const Actor& actor, const ViewQuery& view) {
  return records::all_of({operations::listed_filter(actor, tickets_module()), view.filter});
}

/// Where no index leads with any of the conditions, all types of status are named: that changes
/// nothing and lets an index lead with the departments of the actor.
ViewQuery led_by_types(const Actor& actor, const records::Shape& shape, ViewQuery view,
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

Result<ViewQuery> ready_query(db::Transaction& tx, const records::ModuleDef& /*tickets*/,
                              std::string_view name, const Actor& actor, RecordId department) {
  return view_query(tx, name, actor, department);
}

views::ViewedModule tickets_as_viewed() {
  views::ViewedModule viewed{.module = tickets_module(), .ready_query = ready_query};
  for (const std::string& name : view_names()) viewed.ready.push_back({name, view_label(name)});
  viewed.newest_by = "last_activity_at";
  viewed.departments = &departments_module();
  // What was merged away is listed by no view.
  viewed.listed = records::field("merged_into").is_empty();
  viewed.indexed = with_types_where_asked;
  viewed.led = led_by_types;
  return viewed;
}

}  // namespace

const views::ViewedModule& viewed_tickets() {
  static const views::ViewedModule viewed = tickets_as_viewed();
  return viewed;
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
  of_status = with_types_where_asked(actor, *shape, std::move(of_status));
  view.filter = records::all_of({std::move(of_status), std::move(view.filter)});
  // What others share is reached by an index of its own, and by no custom view.
  view.is_custom = view.is_custom || view.reach == operations::Reach::listed;
  return view;
}

}  // namespace tandem::desk
