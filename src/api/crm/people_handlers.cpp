#include "access/agents.h"
#include "access/currency.h"
#include "access/organisations.h"
#include "access/people.h"
#include "access/roles.h"
#include "api/crm/handlers.h"
#include "api/crm/metadata.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

/// The role of the dialect, which says who stands above whom; here all stand side by side.
constexpr std::string_view role_name = "Member";

struct SplitName {
  std::string first;
  std::string last;
};
/// The last word is the last name.
SplitName split_name(const std::string& name) {
  const size_t space = name.rfind(' ');
  if (space == std::string::npos) return {"", name};
  return {name.substr(0, space), name.substr(space + 1)};
}

void append_user(JsonWriter& json, const access::Agent& agent) {
  const SplitName name = split_name(agent.name);
  json.begin_object().id("id", agent.id.value).string("full_name", agent.name);
  name.first.empty() ? json.null("first_name") : json.string("first_name", name.first);
  json.string("last_name", name.last).string("email", agent.email);
  agent.person ? json.id("zuid", agent.person.value) : json.null("zuid");
  json.string("status", agent.status == access::AgentStatus::disabled ? "disabled" : "active");
  json.boolean("confirm", agent.status != access::AgentStatus::invited);
  json.key("role").begin_object().string("name", role_name).id("id", id_of_name("role"));
  json.end_object().key("profile").begin_object().string("name", agent.role_name);
  json.id("id", agent.role_id.value).end_object();
  json.null("Reporting_To").null("mobile").null("phone").string("time_zone", "UTC");
  json.string("language", "en_US").string("locale", "en_US").string("country_locale", "en_US");
  json.end_object();
}

bool is_asked(const access::Agent& agent, const std::string& type, const access::Actor& actor) {
  const bool is_active = agent.status == access::AgentStatus::active;
  const bool is_administrator = agent.role_kind == access::RoleKind::administrator;
  if (type == "currentuser") return agent.id == actor.id;
  if (type == "activeusers" || type == "activeconfirmedusers") return is_active;
  if (type == "deactiveusers" || type == "deletedusers")
    return agent.status == access::AgentStatus::disabled;
  if (type == "notconfirmedusers") return agent.status == access::AgentStatus::invited;
  if (type == "confirmedusers") return agent.status != access::AgentStatus::invited;
  if (type == "adminusers") return is_administrator;
  if (type == "activeconfirmedadmins") return is_administrator && is_active;
  return true;
}

}  // namespace

Result<http::Response> list_users(Call& call) {
  const PageWindow window = TRY(page_window(call));
  const std::string type = ascii_lower(call.query_text("type"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("users").begin_array();
    int64_t row = 0;
    int64_t shown = 0;
    for (const access::Agent& agent : access::list_agents(tx, call.actor.org)) {
      if (!is_asked(agent, type, call.actor)) continue;
      const int64_t at = row++;
      if (at < window.offset() || shown >= window.per_page) continue;
      append_user(json, agent);
      ++shown;
    }
    if (shown == 0) return http::Response::no_content();
    json.end_array().key("info").begin_object().number("per_page", window.per_page);
    json.number("count", shown).number("page", window.page);
    json.boolean("more_records", row > window.offset() + shown).end_object();
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> read_user(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Agent> agent = access::find_agent(tx, call.actor.org, id);
    if (!agent) return not_found("the id given seems to be invalid");
    JsonWriter json;
    json.begin_object().key("users").begin_array();
    append_user(json, *agent);
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> show_org(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Organisation> organisation =
        access::find_organisation(tx, call.actor.org);
    if (!organisation) return not_found("There is no such organisation.");
    JsonWriter json;
    json.begin_object().key("org").begin_array().begin_object();
    json.id("id", organisation->id.value).id("zgid", organisation->id.value);
    json.string("company_name", organisation->name).string("primary_email", call.actor.email);
    json.id("primary_zuid", call.actor.person.value).string("time_zone", "UTC");
    json.string("domain_name", "org" + to_string(organisation->id));
    const std::string currency = access::currency_of(tx, organisation->id);
    json.boolean("mc_status", false).null("currency_symbol").null("currency_locale");
    for (const char* name : {"currency", "iso_code"})
      currency.empty() ? json.null(name) : json.string(name, currency);
    json.null("country_code").null("phone");
    json.key("license_details").begin_object().boolean("paid", true);
    json.string("paid_type", "enterprise").number("users_license_purchased", 10'000);
    json.end_object().end_object().end_array();
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> list_roles(Call&) {
  JsonWriter json;
  json.begin_object().key("roles").begin_array().begin_object();
  json.id("id", id_of_name("role")).string("name", role_name).string("display_label", role_name);
  json.string("description", "Every member of the organisation.").null("reporting_to");
  json.null("forecast_manager").boolean("share_with_peers", true).boolean("admin_user", false);
  return http::Response::json(200, json.end_object().end_array().end_object().take());
}

/// What we call roles; who may not manage people sees their own.
Result<http::Response> list_profiles(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("profiles").begin_array();
    int shown = 0;
    for (const access::Role& role : access::list_roles(tx, call.actor.org)) {
      const bool is_own = call.actor.role && role.id == call.actor.role->id;
      if (!is_own && !access::has_duty(call.actor, access::Duty::manage_people)) continue;
      const bool is_custom = role.kind == access::RoleKind::custom;
      json.begin_object().id("id", role.id.value).string("name", role.name);
      json.string("display_label", role.name).null("description").string("type", "normal_profile");
      json.boolean("custom", is_custom).boolean("category", is_custom);
      json.boolean("default", role.kind == access::RoleKind::agent);
      json.key("permissions_details").begin_array().end_array();
      json.key("sections").begin_array().end_array().end_object();
      ++shown;
    }
    if (shown == 0) return http::Response::no_content();
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

}  // namespace tandem::api::crm_dialect
