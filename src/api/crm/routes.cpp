#include "api/crm/routes.h"

#include <fmt/format.h>

#include <deque>
#include <memory>

#include "access/actor_of.h"
#include "access/oauth_scopes.h"
#include "access/oauth_tokens.h"
#include "api/crm/handlers.h"
#include "api/crm/refusals.h"
#include "api/run_as.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method DEL = http::Method::del;

/// "ZohoCRM.modules.leads.read" of a row and a request. Older words of a module need the scope of
/// its newer one.
std::string scope_of(const Route& route, Edition edition, const records::Catalogue& catalogue,
                     const http::Request& request) {
  std::string scope = fmt::format("{}.{}", service_word(edition), route.scope);
  constexpr std::string_view place = "{module}";
  const size_t at = scope.find(place);
  if (at == std::string::npos) return scope;
  const std::string_view word = request.param("module");
  const records::ModuleDef* module = module_of_word(catalogue, edition, word);
  return scope.replace(at, place.size(),
                       ascii_lower(module ? module_word(edition, *module) : word));
}

/// The words for refusals of the module, without the custom fields of the organisation.
http::Response in_words(const Refusal& refusal, const Call& call) {
  if (!call.module) return show_refusal(refusal, nullptr);
  const records::ShapeRef shape = call.actor.catalogue->plain_shape(*call.module);
  const ModuleWords words(call.edition, *shape);
  return show_refusal(refusal, &words);
}

http::Response run_as_actor(access::Actor actor, const Route& route, const http::Request& request,
                            Services& services, Edition edition, const std::string& base) {
  Call call{request, services, std::move(actor), edition, base, nullptr};
  call.actor.address = request.peer_address;
  if (const std::string_view word = request.param("module"); !word.empty()) {
    call.module = module_of_word(*call.actor.catalogue, edition, word);
    if (!call.module) return invalid_module();
  }
  Result<http::Response> answer = route.handler(call);
  return answer ? std::move(*answer) : in_words(answer.error(), call);
}

/// The organisation that a call names; OrgId{} leaves it to the token.
Result<OrgId> org_of(const http::Request& request) {
  const std::string_view text = request.header("X-CRM-ORG");
  if (text.empty()) return OrgId{};
  const std::optional<int64_t> id = id_from_text(trim(text));
  if (!id) return forbidden("org_mismatch", "This token belongs to another organisation.");
  return OrgId{*id};
}

http::Response run(const Route& route, const http::Request& request, Services& services,
                   Edition edition, const std::string& base) {
  const Result<access::OAuthToken> token = access::find_oauth_token(
      services.database, access::token_of_header(request.header("Authorization")));
  if (!token) return invalid_token();
  const records::Catalogue& catalogue = *services.applications.find(crm::word(edition));
  const bool is_in_scope =
      access::scope_allows(token->scopes, scope_of(route, edition, catalogue, request)) ||
      (!route.or_scope.empty() && access::scope_allows(token->scopes, route.or_scope));
  if (!is_in_scope) return scope_mismatch();
  const auto read_actor = [&](db::Transaction& tx) -> Result<access::Actor> {
    const OrgId org = TRY(org_of(request));
    Result<access::Actor> actor = access::actor_of_token(tx, catalogue, *token, org);
    if (!actor && actor.error().kind == RefusalKind::not_found)
      return unauthenticated("invalid_token", "The token is of no organisation of this kind.");
    return actor;
  };
  const Result<http::Response> answer =
      run_as(services.database, read_actor, [&](access::Actor actor) -> Result<http::Response> {
        return run_as_actor(std::move(actor), route, request, services, edition, base);
      });
  if (answer) return *answer;
  return answer.error().kind == RefusalKind::unauthenticated
             ? invalid_token()
             : show_refusal(answer.error(), nullptr);
}

bool is_offered(const Route& route, Edition edition) {
  if (route.offer == Offer::both) return true;
  return (route.offer == Offer::crm_only) == (edition == Edition::crm);
}

/// What contacts are in deals.
std::vector<Route> contact_role_routes() {
  return {
      {GET, "/{module}/roles", list_contact_roles, "modules.{module}.READ", Offer::crm_only},
      {POST, "/{module}/roles", create_contact_roles, "modules.{module}.CREATE", Offer::crm_only},
      {PUT, "/{module}/roles", update_contact_roles, "modules.{module}.UPDATE", Offer::crm_only},
      {DEL, "/{module}/roles", delete_contact_roles, "modules.{module}.DELETE", Offer::crm_only},
      {GET, "/{module}/roles/{id}", read_contact_role, "modules.{module}.READ", Offer::crm_only},
      {PUT, "/{module}/roles/{id}", update_contact_role, "modules.{module}.UPDATE",
       Offer::crm_only},
      {DEL, "/{module}/roles/{id}", delete_contact_role, "modules.{module}.DELETE",
       Offer::crm_only},
  };
}

/// What no route takes, in the dialect's words.
http::Response answer_the_rest(const http::Router& known, const http::Request& request) {
  const http::RouteMatch match = known.find(request.method, request.path);
  return match.outcome == http::RouteOutcome::method_not_allowed ? wrong_method() : invalid_url();
}

}  // namespace

namespace {

std::vector<Route> all_routes() {
  std::vector<Route> all{
      {GET, "/{module}", list_records, "modules.{module}.READ"},
      {POST, "/{module}", create_records, "modules.{module}.CREATE"},
      {PUT, "/{module}", update_records, "modules.{module}.UPDATE"},
      {DEL, "/{module}", delete_records, "modules.{module}.DELETE"},
      {POST, "/{module}/upsert", upsert_records, "modules.{module}.WRITE"},
      {GET, "/{module}/deleted", list_deleted, "modules.{module}.READ"},
      {GET, "/{module}/search", search_records, "modules.{module}.READ"},
      {GET, "/{module}/actions/count", count_records, "modules.{module}.READ"},
      {POST, "/coql", run_coql, "coql.READ"},
      {GET, "/settings/modules", list_modules, "settings.modules.READ"},
      {GET, "/settings/modules/{module}", read_module, "settings.modules.READ"},
      {GET, "/settings/fields", list_fields, "settings.fields.READ"},
      {GET, "/settings/layouts", list_layouts, "settings.layouts.READ"},
      {GET, "/settings/related_lists", list_related_lists, "settings.related_lists.READ"},
      {GET, "/settings/pipeline", list_pipelines, "settings.pipeline.READ"},
      {GET, "/settings/roles", list_roles, "settings.roles.READ"},
      {GET, "/settings/profiles", list_profiles, "settings.profiles.READ"},
      {GET, "/users", list_users, "users.READ"},
      {GET, "/users/{id}", read_user, "users.READ"},
      {GET, "/org", show_org, "org.READ"},
      {GET, "/{module}/{id}", read_record, "modules.{module}.READ"},
      {PUT, "/{module}/{id}", update_one, "modules.{module}.UPDATE"},
      {DEL, "/{module}/{id}", delete_one, "modules.{module}.DELETE"},
      {POST, "/{module}/{id}/actions/convert", convert_lead, "modules.{module}.CREATE",
       Offer::crm_only},
      {GET, "/settings/tags", list_tags, "settings.tags.READ"},
      {POST, "/settings/tags", create_tags, "settings.tags.CREATE"},
      {PUT, "/settings/tags", update_tags, "settings.tags.UPDATE"},
      {PUT, "/settings/tags/{id}", update_tag, "settings.tags.UPDATE"},
      {DEL, "/settings/tags/{id}", delete_tag, "settings.tags.DELETE"},
      {POST, "/settings/tags/{id}/actions/merge", merge_tag, "settings.tags.UPDATE"},
      {GET, "/settings/tags/{id}/actions/records_count", count_tagged, "settings.tags.READ"},
      {POST, "/{module}/actions/add_tags", add_record_tags, "modules.{module}.UPDATE"},
      {POST, "/{module}/actions/remove_tags", remove_record_tags, "modules.{module}.UPDATE"},
      {POST, "/{module}/{id}/actions/clone", clone_record, "modules.{module}.CREATE"},
      {POST, "/{module}/{id}/actions/add_tags", add_record_tags, "modules.{module}.UPDATE"},
      {POST, "/{module}/{id}/actions/remove_tags", remove_record_tags, "modules.{module}.UPDATE"},
      {POST, "/{module}/actions/mass_update", mass_update, "modules.{module}.UPDATE"},
      {POST, "/{module}/actions/change_owner", change_owners, "modules.{module}.UPDATE"},
      {POST, "/{module}/{id}/actions/change_owner", change_owner, "modules.{module}.UPDATE"},
      {POST, "/upload", upload_table, "bulk.CREATE", Offer::both, "ZohoFiles.files.CREATE"},
      {POST, "/files", upload_file, "files.CREATE", Offer::both, "ZohoFiles.files.CREATE"},
      {GET, "/files", download_file, "files.READ", Offer::both, "ZohoFiles.files.READ"},
      {GET, "/settings/custom_views", list_views, "settings.custom_views.READ"},
      {GET, "/settings/custom_views/{id}", read_view, "settings.custom_views.READ"},
      {GET, "/actions/watch", list_channels, "notifications.READ"},
      {POST, "/actions/watch", subscribe, "notifications.CREATE"},
      {PUT, "/actions/watch", replace_channels, "notifications.UPDATE"},
      {PATCH, "/actions/watch", change_channels, "notifications.UPDATE"},
      {DEL, "/actions/watch", unsubscribe, "notifications.DELETE"},
      {GET, "/{module}/{id}/__timeline", show_timeline, "modules.{module}.READ"},
      {GET, "/{module}/{id}/{list}", list_related, "modules.{module}.READ"},
      {POST, "/{module}/{id}/{list}", add_related, "modules.{module}.READ"},
      {PUT, "/{module}/{id}/{list}", link_related, "modules.{module}.READ"},
      {DEL, "/{module}/{id}/{list}", unlink_related, "modules.{module}.READ"},
      {GET, "/{module}/{id}/{list}/{related}", read_related, "modules.{module}.READ"},
      {PUT, "/{module}/{id}/{list}/{related}", link_one_related, "modules.{module}.READ"},
      {DEL, "/{module}/{id}/{list}/{related}", unlink_one_related, "modules.{module}.READ"},
  };
  const std::vector<Route> of_roles = contact_role_routes();
  all.insert(all.end(), of_roles.begin(), of_roles.end());
  return all;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = all_routes();
  return all;
}

const std::vector<Route>& bulk_routes() {
  static const std::vector<Route> all{
      {POST, "/read", start_bulk_read, "bulk.READ"},
      {GET, "/read/{id}", show_bulk_read, "bulk.READ"},
      {GET, "/read/{id}/result", download_bulk_read, "bulk.READ"},
      {POST, "/write", start_bulk_write, "bulk.CREATE"},
      {GET, "/write/{id}", show_bulk_write, "bulk.READ"},
      {GET, "/write/{id}/result", download_bulk_write, "bulk.READ"},
  };
  return all;
}

const std::vector<std::string_view>& versions(Edition edition) {
  static const std::vector<std::string_view> crm{"v2", "v2.1", "v3", "v4", "v5", "v6", "v7", "v8"};
  static const std::vector<std::string_view> bigin{"v1", "v2"};
  return edition == Edition::crm ? crm : bigin;
}

namespace {

/// Where the routes of an edition lie, below each of its versions.
struct Branch {
  Edition edition;
  std::string_view above;  // the version
  const std::vector<Route>& routes;
};

std::vector<Branch> branches() {
  return {{Edition::crm, "/crm/", routes()},
          {Edition::crm, "/crm/bulk/", bulk_routes()},
          {Edition::bigin, "/bigin/", routes()},
          {Edition::bigin, "/bigin/bulk/", bulk_routes()}};
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  // Patterns must outlive the router; these are made here, once per process.
  static std::deque<std::string> patterns;
  const auto known = std::make_shared<http::Router>();
  for (const auto& [edition, above, below] : branches()) {
    for (const std::string_view version : versions(edition)) {
      const std::string base = fmt::format("{}{}", above, version);
      for (const Route& route : below) {
        if (!is_offered(route, edition)) continue;
        patterns.push_back(base + std::string(route.pattern));
        const http::Handler handler = [&route, &services, edition = edition,
                                       base](const http::Request& request) {
          return run(route, request, services, edition, base);
        };
        router.add({route.method, patterns.back(), handler});
        known->add({route.method, patterns.back(), handler});
      }
    }
  }
  for (const Edition edition : {Edition::crm, Edition::bigin}) {
    patterns.push_back(fmt::format("/{}/{{path...}}", crm::word(edition)));
    for (const http::Method method : {GET, POST, PATCH, PUT, DEL}) {
      router.add({method, patterns.back(), [known](const http::Request& request) {
                    return answer_the_rest(*known, request);
                  }});
    }
  }
}

}  // namespace tandem::api::crm_dialect
