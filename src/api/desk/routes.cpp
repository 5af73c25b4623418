#include "api/desk/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>

#include "access/actor_of.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "api/desk/activity_handlers.h"
#include "api/desk/call_budget.h"
#include "api/desk/conversation_handlers.h"
#include "api/desk/handlers.h"
#include "api/desk/layout_handlers.h"
#include "api/desk/product_handlers.h"
#include "api/desk/refusals.h"
#include "api/run_as.h"
#include "base/text.h"
#include "records/change_source.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method DEL = http::Method::del;

/// Organisations, agents and departments are basics, and settings too.
constexpr std::string_view reads_basics = "Desk.basic.READ Desk.settings.READ";
constexpr std::string_view reads_agents = "Desk.basic.READ Desk.settings.READ Desk.agents.READ";
constexpr std::string_view reads_departments =
    "Desk.basic.READ Desk.settings.READ Desk.departments.READ";

/// Tokens that were made for all of Desk's basics read products, too.
constexpr std::string_view reads_products = "Desk.products.READ Desk.basic.READ";

constexpr std::string_view writes_settings = "Desk.basic.UPDATE Desk.settings.UPDATE";

/// Tickets as a whole.
constexpr Route ticket_routes[] = {
    {GET, "/api/v1/tickets", list_tickets, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets", create_ticket, "Desk.tickets.CREATE", "tickets"},
    {GET, "/api/v1/tickets/search", search_module, "Desk.search.READ", "tickets"},
    {POST, "/api/v1/tickets/moveToTrash", move_to_trash, "Desk.tickets.DELETE", "tickets"},
    {POST, "/api/v1/tickets/updateMany", update_many, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/markSpam", mark_spam, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/deleteSpam", delete_spam, "Desk.tickets.DELETE", "tickets"},
    {POST, "/api/v1/tickets/emptySpam", empty_spam, "Desk.tickets.DELETE", "tickets"},
    {POST, "/api/v1/closeTickets", close_tickets, "Desk.tickets.UPDATE", "tickets"},
    {GET, "/api/v1/associatedTickets", list_associated_tickets, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/ticketsCount", count_tickets, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/ticketQueueView/count", count_tickets, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/ticketsCountByFieldValues", count_tickets_by_values, "Desk.tickets.READ",
     "tickets"},
    {GET, "/api/v1/tickets/agentsTicketsCount", count_tickets_of_agents, "Desk.tickets.READ",
     "tickets"},
    {GET, "/api/v1/customerHappiness", list_happiness, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}", read_one, "Desk.tickets.READ", "tickets"},
    {PATCH, "/api/v1/tickets/{id}", update_ticket, "Desk.tickets.UPDATE", "tickets"},
    {PUT, "/api/v1/tickets/{id}", update_ticket, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/move", move_ticket, "Desk.tickets.UPDATE", "tickets"},
    {GET, "/api/v1/tickets/{id}/metrics", show_metrics, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/history", show_history, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/merge", merge_tickets, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/threads/{thread}/split", split_ticket, "Desk.tickets.UPDATE",
     "tickets"},
    {GET, "/api/v1/tickets/{id}/tags", list_tags_of, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/associateTag", associate_tags, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/dissociateTag", dissociate_tags, "Desk.tickets.UPDATE", "tickets"},
    {GET, "/api/v1/tickets/{id}/followers", list_followers, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/addFollowers", add_followers, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/removeFollowers", remove_followers, "Desk.tickets.UPDATE",
     "tickets"},
    {GET, "/api/v1/ticketTags", list_tags_in_use, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tags/search", list_tags_in_use, "Desk.search.READ", "tickets"},
    {GET, "/api/v1/recentTicketTags", list_tags_in_use, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tags/{tag}/tickets", list_tickets_tagged, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/markAsRead", mark_as_read, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/markAsUnRead", mark_as_unread, "Desk.tickets.UPDATE", "tickets"},
    {GET, "/api/v1/tickets/{id}/resolution", show_resolution, "Desk.tickets.READ", "tickets"},
    {PATCH, "/api/v1/tickets/{id}/resolution", change_resolution, "Desk.tickets.UPDATE", "tickets"},
    {DEL, "/api/v1/tickets/{id}/resolution", remove_resolution, "Desk.tickets.DELETE", "tickets"},
    {GET, "/api/v1/tickets/{id}/resolutionHistory", list_resolutions, "Desk.tickets.READ",
     "tickets"},
    {GET, "/api/v1/dashboards/{figure}", show_figure, "Desk.tickets.READ", "tickets"},
};

/// What is said on a ticket, and its files.
constexpr Route conversation_routes[] = {
    {GET, "/api/v1/tickets/{id}/threads", list_threads, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/threads/{thread}", read_thread, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/threads/{thread}/originalContent", show_original,
     "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/latestThread", read_latest_thread, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/conversations", list_conversations, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/sendReply", send_reply, "Desk.tickets.UPDATE", "tickets"},
    {POST, "/api/v1/tickets/{id}/draftReply", add_draft, "Desk.tickets.UPDATE", "tickets"},
    {PATCH, "/api/v1/tickets/{id}/draftReply/{thread}", change_draft, "Desk.tickets.UPDATE",
     "tickets"},
    {DEL, "/api/v1/tickets/{id}/draftReply/{thread}", remove_draft, "Desk.tickets.DELETE",
     "tickets"},

    {GET, "/api/v1/tickets/{id}/comments", list_comments, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/comments", add_comment, "Desk.tickets.CREATE", "tickets"},
    {GET, "/api/v1/tickets/{id}/comments/{comment}", read_comment, "Desk.tickets.READ", "tickets"},
    {PATCH, "/api/v1/tickets/{id}/comments/{comment}", edit_comment, "Desk.tickets.UPDATE",
     "tickets"},
    {DEL, "/api/v1/tickets/{id}/comments/{comment}", remove_comment, "Desk.tickets.DELETE",
     "tickets"},
    {POST, "/api/v1/uploads", upload, "Desk.tickets.CREATE", ""},
    {GET, "/api/v1/tickets/{id}/attachments", list_attachments, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/attachments", add_attachment, "Desk.tickets.CREATE", "tickets"},
    {PATCH, "/api/v1/tickets/{id}/attachments/{attachment}", change_attachment,
     "Desk.tickets.UPDATE", "tickets"},
    {DEL, "/api/v1/tickets/{id}/attachments/{attachment}", remove_attachment, "Desk.tickets.DELETE",
     "tickets"},
    {GET, "/api/v1/tickets/{id}/attachments/{attachment}/content", show_attachment,
     "Desk.tickets.READ", "tickets"},
};

/// Worked time.
constexpr Route time_routes[] = {
    {GET, "/api/v1/tickets/{id}/timeEntry", list_time, "Desk.tickets.READ", "tickets"},
    {POST, "/api/v1/tickets/{id}/timeEntry", add_time, "Desk.tickets.CREATE", "tickets"},
    {GET, "/api/v1/tickets/{id}/timeEntrySummation", sum_time, "Desk.tickets.READ", "tickets"},
    {GET, "/api/v1/tickets/{id}/timeEntryByBillingType", list_time_by_billing, "Desk.tickets.READ",
     "tickets"},
    {GET, "/api/v1/tickets/{id}/timeEntry/{entry}", read_time, "Desk.tickets.READ", "tickets"},
    {PATCH, "/api/v1/tickets/{id}/timeEntry/{entry}", change_time, "Desk.tickets.UPDATE",
     "tickets"},
    {PUT, "/api/v1/tickets/{id}/timeEntry/{entry}", change_time, "Desk.tickets.UPDATE", "tickets"},
    {DEL, "/api/v1/tickets/{id}/timeEntry/{entry}", remove_time, "Desk.tickets.DELETE", "tickets"},
};

/// What is planned.
constexpr Route activity_routes[] = {
    {GET, "/api/v1/tickets/{id}/activities", list_activities_of_ticket, "Desk.tickets.READ",
     "tickets"},
    {GET, "/api/v1/tickets/{id}/tasks", list_activities_of_ticket,
     "Desk.tasks.READ Desk.activities.READ", "tasks"},
    {GET, "/api/v1/tickets/{id}/events", list_activities_of_ticket,
     "Desk.events.READ Desk.activities.READ", "appointments"},
    {GET, "/api/v1/tickets/{id}/calls", list_calls_of_ticket,
     "Desk.calls.READ Desk.activities.READ", "tickets"},
    {GET, "/api/v1/tasks", list_module, "Desk.tasks.READ Desk.activities.READ", "tasks"},
    {POST, "/api/v1/tasks", create_one, "Desk.tasks.CREATE Desk.activities.CREATE", "tasks"},
    {GET, "/api/v1/tasks/search", search_module, "Desk.search.READ", "tasks"},
    {POST, "/api/v1/tasks/moveToTrash", move_to_trash, "Desk.tasks.DELETE Desk.activities.DELETE",
     "tasks"},
    {GET, "/api/v1/tasks/{id}", read_one, "Desk.tasks.READ Desk.activities.READ", "tasks"},
    {PATCH, "/api/v1/tasks/{id}", update_one, "Desk.tasks.UPDATE Desk.activities.UPDATE", "tasks"},
    {GET, "/api/v1/tasks/{id}/history", show_history, "Desk.tasks.READ Desk.activities.READ",
     "tasks"},
    {GET, "/api/v1/events", list_module, "Desk.events.READ Desk.activities.READ", "appointments"},
    {POST, "/api/v1/events", create_one, "Desk.events.CREATE Desk.activities.CREATE",
     "appointments"},
    {GET, "/api/v1/events/search", search_module, "Desk.search.READ", "appointments"},
    {POST, "/api/v1/events/moveToTrash", move_to_trash, "Desk.events.DELETE Desk.activities.DELETE",
     "appointments"},
    {GET, "/api/v1/events/{id}", read_one, "Desk.events.READ Desk.activities.READ", "appointments"},
    {PATCH, "/api/v1/events/{id}", update_one, "Desk.events.UPDATE Desk.activities.UPDATE",
     "appointments"},
    {GET, "/api/v1/events/{id}/history", show_history, "Desk.events.READ Desk.activities.READ",
     "appointments"},
    {POST, "/api/v1/calls", add_call, "Desk.calls.CREATE Desk.activities.CREATE", "tickets"},
    {GET, "/api/v1/calls", list_calls, "Desk.calls.READ Desk.activities.READ", "threads"},
    {GET, "/api/v1/calls/search", search_calls, "Desk.search.READ", "threads"},
    {GET, "/api/v1/calls/{id}", read_call, "Desk.calls.READ Desk.activities.READ", "tickets"},
};

/// Contacts and accounts.
constexpr Route customer_routes[] = {
    {GET, "/api/v1/contacts", list_module, "Desk.contacts.READ", "contacts"},
    {POST, "/api/v1/contacts", create_one, "Desk.contacts.CREATE", "contacts"},
    {GET, "/api/v1/contacts/search", search_module, "Desk.search.READ", "contacts"},
    {POST, "/api/v1/contacts/moveToTrash", move_to_trash, "Desk.contacts.DELETE", "contacts"},
    {POST, "/api/v1/contacts/updateMany", update_many, "Desk.contacts.UPDATE", "contacts"},
    {GET, "/api/v1/contacts/contactsByIds", list_by_ids, "Desk.contacts.READ", "contacts"},
    {GET, "/api/v1/contacts/{id}", read_one, "Desk.contacts.READ", "contacts"},
    {PATCH, "/api/v1/contacts/{id}", update_one, "Desk.contacts.UPDATE", "contacts"},
    {POST, "/api/v1/contacts/{id}/merge", merge_contacts, "Desk.contacts.UPDATE", "contacts"},
    {GET, "/api/v1/contacts/{id}/tickets", list_tickets_of, "Desk.tickets.READ", "contacts"},
    {GET, "/api/v1/contacts/{id}/accounts", list_accounts_of, "Desk.contacts.READ", "contacts"},
    {GET, "/api/v1/contacts/{id}/history", show_history, "Desk.contacts.READ", "contacts"},
    {GET, "/api/v1/contacts/{id}/statistics", show_statistics, "Desk.contacts.READ", "contacts"},
    {GET, "/api/v1/contacts/{id}/products", list_products_of, reads_products, "contacts"},
    {POST, "/api/v1/contacts/{id}/associateProducts", associate_products, "Desk.contacts.UPDATE",
     "contacts"},
    {POST, "/api/v1/contacts/{id}/associateAccounts", associate_accounts, "Desk.contacts.UPDATE",
     "contacts"},

    {GET, "/api/v1/accounts", list_module, "Desk.contacts.READ", "accounts"},
    {POST, "/api/v1/accounts", create_one, "Desk.contacts.CREATE", "accounts"},
    {GET, "/api/v1/accounts/search", search_module, "Desk.search.READ", "accounts"},
    {POST, "/api/v1/accounts/moveToTrash", move_to_trash, "Desk.contacts.DELETE", "accounts"},
    {GET, "/api/v1/accounts/{id}", read_one, "Desk.contacts.READ", "accounts"},
    {PATCH, "/api/v1/accounts/{id}", update_one, "Desk.contacts.UPDATE", "accounts"},
    {GET, "/api/v1/accounts/{id}/contacts", list_contacts_of, "Desk.contacts.READ", "accounts"},
    {GET, "/api/v1/accounts/{id}/tickets", list_tickets_of, "Desk.tickets.READ", "accounts"},
    {GET, "/api/v1/accounts/{id}/history", show_history, "Desk.contacts.READ", "accounts"},
    {GET, "/api/v1/accounts/{id}/statistics", show_statistics, "Desk.contacts.READ", "accounts"},
    {GET, "/api/v1/accounts/{id}/products", list_products_of, reads_products, "accounts"},
    {POST, "/api/v1/accounts/{id}/associateProducts", associate_products, "Desk.contacts.UPDATE",
     "accounts"},
};

/// Products.
constexpr Route product_routes[] = {
    {GET, "/api/v1/products", list_module, reads_products, "products"},
    {POST, "/api/v1/products", create_one, "Desk.products.CREATE", "products"},
    {GET, "/api/v1/products/search", search_module, "Desk.search.READ", "products"},
    {POST, "/api/v1/products/moveToTrash", move_to_trash, "Desk.products.DELETE", "products"},
    {GET, "/api/v1/products/{id}", read_one, reads_products, "products"},
    {PATCH, "/api/v1/products/{id}", update_one, "Desk.products.UPDATE", "products"},
    {GET, "/api/v1/products/{id}/tickets", list_tickets_of, "Desk.tickets.READ", "products"},
    {GET, "/api/v1/products/{id}/contacts", list_contacts_with, "Desk.contacts.READ", "products"},
    {GET, "/api/v1/products/{id}/accounts", list_accounts_with, "Desk.contacts.READ", "products"},
    {GET, "/api/v1/products/{id}/history", show_history, reads_products, "products"},
};

/// Who and what the portal has, and search over all of it.
constexpr Route portal_routes[] = {
    {GET, "/api/v1/departments", list_module, reads_basics, "departments"},
    {POST, "/api/v1/departments", create_one, "Desk.basic.CREATE Desk.settings.CREATE",
     "departments"},
    {GET, "/api/v1/departments/count", count_departments, reads_departments, "departments"},
    {GET, "/api/v1/departmentsByIds", list_by_ids, reads_departments, "departments"},
    {GET, "/api/v1/departments/{id}", read_one, reads_departments, "departments"},
    {PATCH, "/api/v1/departments/{id}", update_one, "Desk.basic.UPDATE Desk.settings.UPDATE",
     "departments"},
    {GET, "/api/v1/departments/{id}/agents", list_agents_of, reads_departments, "departments"},
    {GET, "/api/v1/departments/checkExists", check_department_exists, reads_departments,
     "departments"},
    {POST, "/api/v1/departments/{id}/enable", enable_department, writes_settings, "departments"},
    {POST, "/api/v1/departments/{id}/disable", disable_department, writes_settings, "departments"},
    {POST, "/api/v1/departments/{id}/associateAgents", associate_agents, writes_settings,
     "departments"},
    {POST, "/api/v1/departments/{id}/dissociateAgents", dissociate_agents, writes_settings,
     "departments"},
    {GET, "/api/v1/departments/{id}/associableAgents", list_associable_agents, reads_departments,
     "departments"},
    {GET, "/api/v1/myDepartments", list_my_departments, reads_departments, "departments"},
    {GET, "/api/v1/departments/{id}/teams", list_teams, reads_departments, "departments"},
    {GET, "/api/v1/onlineAgents", list_online_agents, reads_basics, "agents"},
    {GET, "/api/v1/offlineAgents", list_offline_agents, reads_basics, "agents"},
    {GET, "/api/v1/agents", list_agents, reads_agents, "agents"},
    {GET, "/api/v1/agents/count", count_agents, reads_agents, "agents"},
    {GET, "/api/v1/agentsByIds", list_agents, reads_agents, "agents"},
    {GET, "/api/v1/agents/email/{email}", read_agent_by_email, reads_agents, "agents"},
    {GET, "/api/v1/agents/{id}", read_agent, reads_agents, "agents"},
    {POST, "/api/v1/agents", invite_agent, "Desk.basic.CREATE Desk.settings.CREATE", "agents"},
    {POST, "/api/v1/agents/activate", activate_agents, writes_settings, "agents"},
    {POST, "/api/v1/agents/reinvite", reinvite_agents, writes_settings, "agents"},
    {POST, "/api/v1/agents/deleteUnconfirmed", remove_unconfirmed_agents,
     "Desk.basic.DELETE Desk.settings.DELETE", "agents"},
    {PATCH, "/api/v1/agents/{id}", change_agent, writes_settings, "agents"},
    {POST, "/api/v1/agents/{id}/deactivate", deactivate_agent, writes_settings, "agents"},
    {GET, "/api/v1/myinfo", show_my_info, reads_agents, "agents"},
    {GET, "/api/v1/organizations", list_organizations, reads_basics, ""},
    {GET, "/api/v1/accessibleOrganizations", list_organizations, reads_basics, ""},
    {GET, "/api/v1/organizations/{id}", read_organization, reads_basics, ""},
    {GET, "/api/v1/views", list_views, "Desk.settings.READ Desk.tickets.READ", ""},
    {GET, "/api/v1/layouts", list_layouts, reads_basics, ""},
    {GET, "/api/v1/layouts/{id}", read_layout, reads_basics, ""},
    {GET, "/api/v1/organizationFields", list_fields, reads_basics, ""},
    {GET, "/api/v1/fields", list_fields, reads_basics, ""},
    {GET, "/api/v1/search", search_everything, "Desk.search.READ", ""},
    {GET, "/api/v1/webhooks", list_webhooks, "Desk.webhooks.READ Desk.settings.READ", ""},
    {POST, "/api/v1/webhooks", add_webhook, "Desk.webhooks.CREATE Desk.settings.CREATE", ""},
    {GET, "/api/v1/webhooks/{id}", read_webhook, "Desk.webhooks.READ Desk.settings.READ", ""},
    {PATCH, "/api/v1/webhooks/{id}", update_webhook, "Desk.webhooks.UPDATE Desk.settings.UPDATE",
     ""},
    {DEL, "/api/v1/webhooks/{id}", remove_webhook, "Desk.webhooks.DELETE Desk.settings.DELETE", ""},
};

/// Roles, and the settings that clients read.
constexpr Route setting_routes[] = {
    {GET, "/api/v1/roles", list_roles, reads_basics, ""},
    {GET, "/api/v1/roles/count", count_roles, reads_basics, ""},
    {GET, "/api/v1/rolesByIds", list_roles, reads_basics, ""},
    {GET, "/api/v1/personalRole", read_own_role, reads_basics, ""},
    {GET, "/api/v1/roles/{id}", read_role, reads_basics, ""},
    {GET, "/api/v1/roles/{id}/agents", list_agents_with_role, reads_basics, ""},
    {GET, "/api/v1/profiles", list_profiles, reads_basics, ""},
    {GET, "/api/v1/profiles/count", count_roles, reads_basics, ""},
    {GET, "/api/v1/myProfile", read_own_profile, reads_basics, ""},
    {GET, "/api/v1/myProfilePermissions", show_own_permissions, reads_basics, ""},
    {GET, "/api/v1/lightAgentProfile", read_light_profile, reads_basics, ""},
    {GET, "/api/v1/profiles/{id}", read_profile, reads_basics, ""},
    {GET, "/api/v1/profiles/{id}/agents", list_agents_with_role, reads_basics, ""},
    {GET, "/api/v1/businessHours", list_business_hours, "Desk.settings.READ", ""},
    {GET, "/api/v1/holidayList", list_holiday_lists, "Desk.settings.READ", ""},
    {GET, "/api/v1/supportEmailAddress", list_addresses, reads_basics, ""},
    {GET, "/api/v1/mailReplyAddress", list_addresses, reads_basics, ""},
    {GET, "/api/v1/channels", list_channels, reads_basics, ""},
    {GET, "/api/v1/templates", list_templates, reads_basics, ""},
    {GET, "/api/v1/organizationModules", list_modules, reads_basics, ""},
};

/// The portal a call names in its header or query; OrgId{} leaves it to the token. Who names two
/// different ones is told so, because nobody knows which of them was meant.
Result<OrgId> org_of(const http::Request& request) {
  const std::string in_query(request.query_value("orgId").value_or(""));
  std::string_view text = request.header("orgId");
  if (!text.empty() && !in_query.empty() && text != in_query) return org_mismatch();
  if (text.empty()) text = in_query;
  if (text.empty()) return OrgId{};
  const std::optional<int64_t> value = id_from_text(text);
  if (!value) return org_mismatch();
  return OrgId{*value};
}

/// One of the scopes, separated by a space, is enough.
bool is_in_scope(const access::OAuthToken& token, std::string_view scopes) {
  if (scopes.empty()) return true;
  const std::vector<std::string> wanted = split(scopes, ' ');
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
    return access::scope_allows(token.scopes, scope);
  });
}

/// Who the token stands for. A token whose person was disabled or removed is no token.
Result<access::Actor> actor_of(db::Transaction& tx, const access::OAuthToken& token, OrgId org,
                               const records::Catalogue& catalogue) {
  Result<access::Actor> actor = access::actor_of_token(tx, catalogue, token, org);
  if (!actor && actor.error().kind == RefusalKind::not_found)
    return unauthenticated("invalid_token", "The token's owner is no member any more.");
  return actor;
}

/// A program that hears of changes names itself, so that its own are not told to it.
Result<http::Response> run_as_source(access::Actor actor, const Route& route,
                                     const http::Request& request, Services& services,
                                     const records::ModuleDef* module) {
  const std::string_view source = request.header("sourceId");
  if (!source.empty() && !records::is_source_name(source)) {
    return invalid("sourceId", "too_long",
                   fmt::format("Shorten the header sourceId to {} characters.",
                               records::change_source_chars_max));
  }
  if (source.empty()) {
    Call call{request, services, std::move(actor), module};
    return route.handler(call);
  }
  const std::unique_ptr<db::Database> named = records::named_by(services.database, source);
  Services for_it{.database = *named,
                  .applications = services.applications,
                  .files = services.files,
                  .desk = services.desk,
                  .clock = services.clock,
                  .base_url = services.base_url,
                  .secret_key = services.secret_key,
                  .secure_cookies = services.secure_cookies,
                  .wake = services.wake,
                  .listen = services.listen,
                  .drop_listeners = services.drop_listeners};
  Call call{request, for_it, std::move(actor), module};
  return route.handler(call);
}

Result<http::Response> run(const Route& route, const http::Request& request, Services& services,
                           const access::OAuthToken& token, const records::ModuleDef* module) {
  if (!is_in_scope(token, route.scope)) return scope_mismatch();
  const OrgId org = TRY(org_of(request));
  const auto read_actor = [&](db::Transaction& tx) {
    return actor_of(tx, token, org, services.desk.catalogue);
  };
  return run_as(services.database, read_actor, [&](access::Actor actor) {
    actor.address = request.peer_address;
    return run_as_source(std::move(actor), route, request, services, module);
  });
}

/// Answers a call, and says with it how many more the program may make.
http::Response answer(const Route& route, const http::Request& request, Services& services,
                      CallBudgets& budgets) {
  const records::ModuleDef* module = services.desk.catalogue.find(route.module);
  const Result<access::OAuthToken> token = access::find_oauth_token(
      services.database, access::token_of_header(request.header("Authorization")));
  if (!token) return show_refusal(token.error(), module);
  const Instant now = services.clock.now();
  const CallBudget budget = budgets.take(*token, now);
  Result<http::Response> answer = budget.is_spent ? Result<http::Response>(budget_spent())
                                                  : run(route, request, services, *token, module);
  http::Response response = answer ? std::move(*answer) : show_refusal(answer.error(), module);
  show_budget(response, budget, now);
  return response;
}

/// What no route takes, in the dialect's words: 405 for a path that other methods know, else 404.
http::Response answer_the_rest(const http::Router& known, const http::Request& request) {
  const http::RouteMatch match = known.find(request.method, request.path);
  if (match.outcome == http::RouteOutcome::method_not_allowed) {
    return show_wrong_method(match.allowed);
  }
  return show_refusal(not_found("There is nothing at this address."), nullptr);
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> joined;
    for (const std::span<const Route> part : std::initializer_list<std::span<const Route>>{
             ticket_routes, conversation_routes, time_routes, activity_routes, customer_routes,
             product_routes, portal_routes, setting_routes}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

void add_routes(http::Router& router, Services& services) {
  // The same addresses without the tail that takes the rest, so that it can ask what they know.
  const auto known = std::make_shared<http::Router>();
  const auto budgets = std::make_shared<CallBudgets>();
  for (const Route& route : routes()) {
    const http::Handler handler = [&route, &services, budgets](const http::Request& request) {
      return answer(route, request, services, *budgets);
    };
    router.add({route.method, route.pattern, handler});
    known->add({route.method, route.pattern, handler});
  }
  for (const http::Method method : {GET, POST, PATCH, PUT, DEL, http::Method::options}) {
    router.add({method, "/api/v1/{path...}", [known](const http::Request& request) {
                  return answer_the_rest(*known, request);
                }});
  }
}

}  // namespace tandem::api::desk_dialect
