#include "api/native/routes.h"

#include "api/native/field_handlers.h"
#include "api/native/import_handlers.h"
#include "api/native/list_handlers.h"
#include "api/native/notification_handlers.h"
#include "api/native/record_handlers.h"
#include "api/native/settings_handlers.h"

namespace tandem::api::native {

namespace {

using access::Duty;

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method DEL = http::Method::del;

}  // namespace

const std::vector<OpenRoute>& open_routes() {
  static const std::vector<OpenRoute> routes{
      {GET, "/native/session", show_session, Needs::nobody},
      {POST, "/native/session", begin_session, Needs::nobody},
      {DEL, "/native/session", end_session, Needs::session},
      {POST, "/native/password/forgotten", ask_for_reset, Needs::nobody},
      {POST, "/native/password/reset", reset_password, Needs::nobody},
      {GET, "/native/invitations/{token}", show_invitation, Needs::nobody},
      {POST, "/native/invitations/{token}", accept_invitation, Needs::nobody},
      {PATCH, "/native/me", change_profile, Needs::session},
      {POST, "/native/me/password", change_password, Needs::session},
      {POST, "/native/me/totp", begin_totp, Needs::session},
      {PUT, "/native/me/totp", confirm_totp, Needs::session},
      {DEL, "/native/me/totp", remove_totp, Needs::session},
      {GET, "/native/me/sessions", list_sessions, Needs::session},
      {DEL, "/native/me/sessions/{id}", end_one_session, Needs::session},
  };
  return routes;
}

const std::vector<Route>& shared_routes() {
  static const std::vector<Route> routes{
      {GET, "/meta", show_meta, member},
      {GET, "/search", search_modules, by_record},
      {GET, "/recycle_bin", list_bin, by_record},
      {DEL, "/recycle_bin/{module}/{id}", purge_one, by_record},
      {POST, "/notifications/read", mark_all_read, member},
      {POST, "/notifications/{id}/read", mark_one_read, member},
      {GET, "/organisation", show_organisation, Duty::manage_organisation},
      {PATCH, "/organisation", change_organisation, Duty::manage_organisation},
      {GET, "/people", list_people, Duty::manage_people},
      {POST, "/people", invite_person, Duty::manage_people},
      {PATCH, "/people/{id}", change_person, Duty::manage_people},
      {POST, "/people/{id}/reinvite", reinvite_person, Duty::manage_people},
      {DEL, "/people/{id}/invitation", withdraw_invitation, Duty::manage_people},
      {GET, "/roles", list_roles, Duty::manage_people},
      {POST, "/roles", add_role, Duty::manage_people},
      {PATCH, "/roles/{id}", change_role, Duty::manage_people},
      {DEL, "/roles/{id}", remove_role, Duty::manage_people},
      {GET, "/fields/{module}", list_custom_fields, Duty::manage_fields},
      {POST, "/fields/{module}", add_custom_field, Duty::manage_fields},
      {PATCH, "/fields/{module}/{name}", change_custom_field, Duty::manage_fields},
      {DEL, "/fields/{module}/{name}", remove_custom_field, Duty::manage_fields},
      {GET, "/oauth_clients", list_oauth_clients, Duty::manage_api},
      {POST, "/oauth_clients", add_oauth_client, Duty::manage_api},
      {DEL, "/oauth_clients/{id}", remove_oauth_client, Duty::manage_api},
      {POST, "/oauth_clients/{id}/code", issue_oauth_code, Duty::manage_api},
      {GET, "/oauth_tokens", list_oauth_tokens, member},
      {DEL, "/oauth_tokens/{id}", remove_oauth_token, member},
      {GET, "/audit_log", show_audit_log, Duty::read_audit_log},
      {GET, "/imports", list_imports, by_record},
      {POST, "/imports", upload_import, by_record},
      {GET, "/imports/{id}", show_import, by_record},
      {PATCH, "/imports/{id}", change_import, by_record},
      {DEL, "/imports/{id}", remove_import, by_record},
      {POST, "/imports/{id}/check", check_import, by_record},
      {POST, "/imports/{id}/start", start_import, by_record},
      {POST, "/imports/{id}/stop", stop_import, by_record},
      {GET, "/imports/{id}/faults", list_import_faults, by_record},
      {GET, "/imports/{id}/reasons", list_import_reasons, by_record},
      {GET, "/imports/{id}/report", show_import_report, by_record},
      {POST, "/imports/{id}/report", write_import_report, by_record},
      {GET, "/{module}", list_module, by_record},
      {POST, "/{module}", create_in_module, by_record},
      {POST, "/{module}/bulk", bulk_change, by_record},
      {POST, "/{module}/export", export_list, by_record},
      {GET, "/{module}/{id}", read_one, by_record},
      {PATCH, "/{module}/{id}", update_one, by_record},
      {DEL, "/{module}/{id}", delete_one, by_record},
      {POST, "/{module}/{id}/restore", restore_one, by_record},
      {GET, "/{module}/{id}/history", show_history, by_record},
  };
  return routes;
}

}  // namespace tandem::api::native
