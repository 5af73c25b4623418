#include "api/desk/routes.h"

#include "access/actor_of.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "api/desk/handlers.h"
#include "api/desk/refusals.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method DEL = http::Method::del;

/// The portal a call names in its header or query; OrgId{} leaves it to the token.
Result<OrgId> org_of(const http::Request& request) {
  std::string_view text = request.header("orgId");
  if (text.empty()) text = request.query_value("orgId").value_or("");
  if (text.empty()) return OrgId{};
  const std::optional<int64_t> value = id_from_text(text);
  if (!value) return org_mismatch();
  return OrgId{*value};
}

Result<http::Response> run(const Route& route, const http::Request& request, Services& services,
                           const records::ModuleDef* module) {
  const access::OAuthToken token = TRY(access::find_oauth_token(
      services.database, access::token_of_header(request.header("Authorization"))));
  if (!route.scope.empty() && !access::scope_allows(token.scopes, route.scope))
    return scope_mismatch();
  const OrgId org = TRY(org_of(request));
  Call call{request, services, {}, module};
  call.actor = TRY(services.database.read([&](db::Transaction& tx) -> Result<access::Actor> {
    return access::actor_of_token(tx, services.catalogue, token, org);
  }));
  call.actor.address = request.peer_address;
  return route.handler(call);
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table{
      {GET, "/api/v1/tickets", list_tickets, "Desk.tickets.READ", "tickets"},
      {POST, "/api/v1/tickets", create_ticket, "Desk.tickets.CREATE", "tickets"},
      {GET, "/api/v1/tickets/search", search_module, "Desk.search.READ", "tickets"},
      {POST, "/api/v1/tickets/moveToTrash", move_to_trash, "Desk.tickets.DELETE", "tickets"},
      {POST, "/api/v1/tickets/updateMany", update_many_tickets, "Desk.tickets.UPDATE", "tickets"},
      {POST, "/api/v1/closeTickets", close_tickets, "Desk.tickets.UPDATE", "tickets"},
      {GET, "/api/v1/ticketsCount", count_tickets, "Desk.tickets.READ", "tickets"},
      {GET, "/api/v1/tickets/{id}", read_one, "Desk.tickets.READ", "tickets"},
      {PATCH, "/api/v1/tickets/{id}", update_one, "Desk.tickets.UPDATE", "tickets"},
      {PUT, "/api/v1/tickets/{id}", update_one, "Desk.tickets.UPDATE", "tickets"},
      {POST, "/api/v1/tickets/{id}/move", move_ticket, "Desk.tickets.UPDATE", "tickets"},
      {GET, "/api/v1/tickets/{id}/history", show_history, "Desk.tickets.READ", "tickets"},

      {GET, "/api/v1/tickets/{id}/threads", list_threads, "Desk.tickets.READ", "tickets"},
      {GET, "/api/v1/tickets/{id}/threads/{thread}", read_thread, "Desk.tickets.READ", "tickets"},
      {GET, "/api/v1/tickets/{id}/threads/{thread}/originalContent", show_original,
       "Desk.tickets.READ", "tickets"},
      {GET, "/api/v1/tickets/{id}/latestThread", read_latest_thread, "Desk.tickets.READ",
       "tickets"},
      {GET, "/api/v1/tickets/{id}/conversations", list_conversations, "Desk.tickets.READ",
       "tickets"},
      {POST, "/api/v1/tickets/{id}/sendReply", send_reply, "Desk.tickets.UPDATE", "tickets"},

      {GET, "/api/v1/tickets/{id}/comments", list_comments, "Desk.tickets.READ", "tickets"},
      {POST, "/api/v1/tickets/{id}/comments", add_comment, "Desk.tickets.CREATE", "tickets"},
      {GET, "/api/v1/tickets/{id}/comments/{comment}", read_comment, "Desk.tickets.READ",
       "tickets"},
      {PATCH, "/api/v1/tickets/{id}/comments/{comment}", edit_comment, "Desk.tickets.UPDATE",
       "tickets"},
      {DEL, "/api/v1/tickets/{id}/comments/{comment}", remove_comment, "Desk.tickets.DELETE",
       "tickets"},
      {POST, "/api/v1/uploads", upload, "Desk.tickets.CREATE", ""},
      {GET, "/api/v1/tickets/{id}/attachments", list_attachments, "Desk.tickets.READ", "tickets"},
      {POST, "/api/v1/tickets/{id}/attachments", add_attachment, "Desk.tickets.CREATE", "tickets"},
      {GET, "/api/v1/tickets/{id}/attachments/{attachment}/content", show_attachment,
       "Desk.tickets.READ", "tickets"},

      {GET, "/api/v1/contacts", list_module, "Desk.contacts.READ", "contacts"},
      {POST, "/api/v1/contacts", create_one, "Desk.contacts.CREATE", "contacts"},
      {GET, "/api/v1/contacts/search", search_module, "Desk.search.READ", "contacts"},
      {POST, "/api/v1/contacts/moveToTrash", move_to_trash, "Desk.contacts.DELETE", "contacts"},
      {GET, "/api/v1/contacts/{id}", read_one, "Desk.contacts.READ", "contacts"},
      {PATCH, "/api/v1/contacts/{id}", update_one, "Desk.contacts.UPDATE", "contacts"},
      {GET, "/api/v1/contacts/{id}/tickets", list_tickets_of, "Desk.tickets.READ", "contacts"},
      {GET, "/api/v1/contacts/{id}/history", show_history, "Desk.contacts.READ", "contacts"},

      {GET, "/api/v1/accounts", list_module, "Desk.contacts.READ", "accounts"},
      {POST, "/api/v1/accounts", create_one, "Desk.contacts.CREATE", "accounts"},
      {GET, "/api/v1/accounts/search", search_module, "Desk.search.READ", "accounts"},
      {POST, "/api/v1/accounts/moveToTrash", move_to_trash, "Desk.contacts.DELETE", "accounts"},
      {GET, "/api/v1/accounts/{id}", read_one, "Desk.contacts.READ", "accounts"},
      {PATCH, "/api/v1/accounts/{id}", update_one, "Desk.contacts.UPDATE", "accounts"},
      {GET, "/api/v1/accounts/{id}/contacts", list_contacts_of, "Desk.contacts.READ", "accounts"},
      {GET, "/api/v1/accounts/{id}/tickets", list_tickets_of, "Desk.tickets.READ", "accounts"},
      {GET, "/api/v1/accounts/{id}/history", show_history, "Desk.contacts.READ", "accounts"},

      {GET, "/api/v1/departments", list_module, "Desk.basic.READ", "departments"},
      {POST, "/api/v1/departments", create_one, "Desk.basic.CREATE", "departments"},
      {GET, "/api/v1/departments/count", count_departments, "Desk.basic.READ", "departments"},
      {GET, "/api/v1/departments/{id}", read_one, "Desk.basic.READ", "departments"},
      {PATCH, "/api/v1/departments/{id}", update_one, "Desk.basic.UPDATE", "departments"},
      {GET, "/api/v1/myDepartments", list_my_departments, "Desk.basic.READ", "departments"},
      {GET, "/api/v1/agents", list_agents, "Desk.basic.READ", "agents"},
      {GET, "/api/v1/agents/count", count_agents, "Desk.basic.READ", "agents"},
      {GET, "/api/v1/agents/{id}", read_agent, "Desk.basic.READ", "agents"},
      {GET, "/api/v1/myinfo", show_my_info, "Desk.basic.READ", "agents"},
      {GET, "/api/v1/organizations", list_organizations, "Desk.basic.READ", ""},
      {GET, "/api/v1/organizations/{id}", read_organization, "Desk.basic.READ", ""},
      {GET, "/api/v1/search", search_everything, "Desk.search.READ", ""},
  };
  return table;
}

void add_routes(http::Router& router, Services& services) {
  for (const Route& route : routes()) {
    const records::ModuleDef* module = services.catalogue.find(route.module);
    router.add(
        {route.method, route.pattern, [&route, &services, module](const http::Request& request) {
           Result<http::Response> answer = run(route, request, services, module);
           return answer ? std::move(*answer) : show_refusal(answer.error(), module);
         }});
  }
  // What is no address of the dialect answers in its words too.
  for (const http::Method method : {GET, POST, PATCH, PUT, DEL}) {
    router.add({method, "/api/v1/{path...}", [](const http::Request&) {
                  return show_refusal(not_found("There is nothing at this address."), nullptr);
                }});
  }
}

}  // namespace tandem::api::desk_dialect
