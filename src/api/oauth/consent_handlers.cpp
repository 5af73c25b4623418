#include "access/actor_of.h"
#include "access/oauth_scopes.h"
#include "access/organisations.h"
#include "api/oauth/handlers.h"
#include "api/page_words.h"
#include "base/text.h"
#include "http/multipart.h"

// The browser's part of OAuth. What is in doubt (the client, its address) is shown to the person
// and never followed; everything else is told to the client by sending the browser back to it.

namespace tandem::api::oauth {

namespace {

/// The cookie of the native API's sign-in.
constexpr std::string_view session_cookie = "tandem_session";

access::AuthorisationQuery query_of(const http::Pairs& parameters) {
  return {.response_type = parameter(parameters, "response_type"),
          .client_id = parameter(parameters, "client_id"),
          .redirect_uri = parameter(parameters, "redirect_uri"),
          .scope = parameter(parameters, "scope"),
          .access_type = parameter(parameters, "access_type"),
          .state = parameter(parameters, "state"),
          .code_challenge = parameter(parameters, "code_challenge"),
          .code_challenge_method = parameter(parameters, "code_challenge_method")};
}

http::Response send_back(const std::string& redirect_uri, const http::Pairs& parameters) {
  std::string location = redirect_uri;
  char joint = redirect_uri.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    location += joint + name + "=" + http::encode_percent(value);
    joint = '&';
  }
  return http::Response::redirect(std::move(location));
}

http::Response refuse_to_client(const access::AuthorisationQuery& query, const Refusal& refusal) {
  const std::string error =
      refusal.code == "invalid_response_type" ? "unsupported_response_type" : refusal.code;
  return send_back(query.redirect_uri, {{"error", error}, {"state", query.state}});
}

/// The language of who is signed in, else what the browser asks for: a mistake may come before
/// anybody has signed in.
std::string language_of(const http::Request& request, Services& services) {
  const Result<access::Session> session =
      access::find_session(services.database, request.cookie(session_cookie));
  const std::optional<access::Person> person = services.database.read([&](db::Transaction& tx) {
    return session ? access::find_person(tx, session->person) : std::nullopt;
  });
  return person ? person->locale : locale_asked(request.header("Accept-Language"));
}

http::Response show_problem(const http::Request& request, Services& services, int status,
                            const Refusal& refusal) {
  return problem_page(status, language_of(request, services), refusal);
}

http::Response refuse(const http::Request& request, Services& services,
                      const access::AuthorisationQuery& query, const Refusal& refusal) {
  if (refusal.code == "invalid_client" || refusal.code == "invalid_redirect_uri") {
    return show_problem(request, services, 400, refusal);
  }
  return refuse_to_client(query, refusal);
}

http::Response to_sign_in(const http::Request& request) {
  std::string back = "/oauth/v2/auth";
  if (!request.raw_query.empty()) back += "?" + request.raw_query;
  return http::Response::redirect("/signin?back=" + http::encode_percent(back));
}

/// What the person's decision is about.
struct Matter {
  access::Person person;
  access::Actor actor;
  std::string organisations;
};

/// Where the program will act: in the client's organisation, and in those of the person that are of
/// other applications which the scopes ask for.
std::string organisations_of(db::Transaction& tx, const access::Actor& actor,
                             const access::Authorisation& authorisation) {
  const auto own = access::find_organisation(tx, actor.org);
  std::vector<std::string> names;
  if (own) names.push_back(own->name);
  for (const access::Membership& membership : access::memberships_of(tx, actor.person)) {
    const access::Organisation& other = membership.organisation;
    const bool is_of_other_application = own && other.app != own->app;
    if (is_of_other_application && access::asks_for_application(authorisation.scopes, other.app))
      names.push_back(other.name);
  }
  return join(names, ", ");
}

Result<Matter> matter_of(db::Transaction& tx, Services& services, const http::Request& request,
                         const access::Session& session,
                         const access::Authorisation& authorisation) {
  const std::optional<access::Person> person = access::find_person(tx, session.person);
  if (!person) return not_found("There is no such person.");
  const OrgId org = authorisation.client.org;
  const records::Catalogue* catalogue = TRY(services.applications.of(tx, org));
  Result<access::Actor> actor =
      access::actor_of(tx, *catalogue, session.person, org, access::Path::ui);
  if (!actor) {
    return forbidden("not_a_member",
                     "You are no member of the organisation that this program is for.");
  }
  actor->address = request.peer_address;
  std::string organisations = organisations_of(tx, *actor, authorisation);
  return Matter{*person, std::move(*actor), std::move(organisations)};
}

Result<access::Authorisation> check(Services& services, const access::AuthorisationQuery& query) {
  return services.database.read(
      [&](db::Transaction& tx) { return access::check_authorisation(tx, query); });
}

}  // namespace

http::Response show_consent(const http::Request& request, Services& services) {
  const access::AuthorisationQuery query = query_of(request.query);
  const Result<access::Authorisation> authorisation = check(services, query);
  if (!authorisation) return refuse(request, services, query, authorisation.error());
  const Result<access::Session> session =
      access::find_session(services.database, request.cookie(session_cookie));
  if (!session) return to_sign_in(request);
  const Result<Matter> matter = services.database.read([&](db::Transaction& tx) {
    return matter_of(tx, services, request, *session, *authorisation);
  });
  if (!matter) return show_problem(request, services, 403, matter.error());
  return consent_page({*authorisation, matter->person, matter->organisations, *session, query});
}

http::Response decide_consent(const http::Request& request, Services& services) {
  const Result<http::Pairs> form = http::read_form(request.body);
  if (!form) return http::Response::refusal(form.error());
  const access::AuthorisationQuery query = query_of(*form);
  const Result<access::Session> session =
      access::find_session(services.database, request.cookie(session_cookie));
  if (!session) return show_problem(request, services, 401, session.error());
  if (request.header("Sec-Fetch-Site") == "cross-site" ||
      !access::csrf_matches(*session, parameter(*form, "csrf_token"))) {
    return show_problem(request, services, 403,
                        forbidden("csrf", "Open the program's page again and retry."));
  }
  const Result<access::Authorisation> authorisation = check(services, query);
  if (!authorisation) return refuse(request, services, query, authorisation.error());
  if (parameter(*form, "decision") != "accept") {
    return send_back(query.redirect_uri, {{"error", "access_denied"}, {"state", query.state}});
  }
  const Result<access::IssuedCode> code =
      services.database.write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        const Matter matter = TRY(matter_of(tx, services, request, *session, *authorisation));
        return access::authorise(tx, matter.actor, *authorisation);
      });
  if (!code) return show_problem(request, services, 403, code.error());
  return send_back(query.redirect_uri, {{"code", code->code},
                                        {"location", "us"},
                                        {"accounts-server", services.base_url},
                                        {"state", query.state}});
}

}  // namespace tandem::api::oauth
