#include "api/native/event_handlers.h"
#include "api/native/routes.h"
#include "api/native/sales_handlers.h"
#include "api/native/view_handlers.h"

namespace tandem::api::native {

namespace {

using access::Duty;

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method DEL = http::Method::del;

/// What both editions answer, and these.
std::vector<Route> sales_routes(std::initializer_list<Route> more) {
  std::vector<Route> routes{
      {GET, "/changes", open_events, member},
      {GET, "/notifications", list_signals, by_record},
      {GET, "/signals", show_signal_switches, Duty::manage_organisation},
      {PUT, "/signals", switch_signals, Duty::manage_organisation},
      {GET, "/bulk_jobs/{id}/report", show_bulk_report, by_record},
      {GET, "/deals/board", show_deals_board, by_record},
      {POST, "/deals/shared_stages", show_shared_stages, by_record},
      {POST, "/pipelines/{id}/stages", add_stage_to_pipeline, Duty::manage_fields},
      {POST, "/pipelines/{id}/stages/{stage}/retire", retire_stage_of_pipeline,
       Duty::manage_fields},
      {GET, "/{module}/figures", show_figures, by_record},
      {GET, "/{module}/views", show_views, by_record},
      {POST, "/{module}/views", add_view, by_record},
      {GET, "/{module}/views/counts", count_some_views, by_record},
      {POST, "/{module}/views/count", count_conditions, by_record},
      {PUT, "/{module}/views/order", order_views, by_record},
      {PATCH, "/{module}/views/{id}", change_view, by_record},
      {DEL, "/{module}/views/{id}", remove_view, by_record},
      {POST, "/{module}/views/{id}/restore", restore_view, by_record},
      {POST, "/{module}/duplicates", find_duplicates, by_record},
      {GET, "/{module}/{id}/duplicates", list_duplicates_of_record, by_record},
      {POST, "/{module}/{id}/merge", merge_records, by_record},
      {POST, "/{module}/{id}/merge/preview", preview_record_merge, by_record},
      {GET, "/{module}/{id}/merges", list_record_merges, by_record},
      {POST, "/{module}/{id}/merges/{merge}/undo", undo_record_merge, by_record},
      {POST, "/{module}/{id}/attachments", attach_file, by_record},
      {POST, "/{module}/{id}/links", attach_link, by_record},
      {GET, "/{module}/{id}/attachments/{attachment}", show_attached_file, by_record},
      {DEL, "/{module}/{id}/attachments/{attachment}", remove_attached, by_record},
      {GET, "/{module}/{id}/joined/{list}", list_joined, by_record},
      {PUT, "/{module}/{id}/joined/{list}/{other}", join_one, by_record},
      {DEL, "/{module}/{id}/joined/{list}/{other}", part_one, by_record},
  };
  routes.insert(routes.end(), more);
  return routes;
}

}  // namespace

const std::vector<Route>& crm_routes() {
  static const std::vector<Route> routes = sales_routes(
      {{POST, "/leads/{id}/convert", convert_lead, by_record},
       {GET, "/contact_roles", list_contact_roles, Duty::manage_fields},
       {POST, "/contact_roles", add_contact_role, Duty::manage_fields},
       {PATCH, "/contact_roles/{id}", change_contact_role, Duty::manage_fields},
       {POST, "/contact_roles/{id}/retire", retire_contact_role, Duty::manage_fields}});
  return routes;
}

const std::vector<Route>& bigin_routes() {
  static const std::vector<Route> routes = sales_routes({});
  return routes;
}

}  // namespace tandem::api::native
