#include "access/actor_of.h"
#include "access/organisations.h"
#include "api/oauth/handlers.h"
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

http::Response refuse(const access::AuthorisationQuery& query, const Refusal& refusal) {
  if (refusal.code == "invalid_client" || refusal.code == "invalid_redirect_uri") {
    return problem_page(400, "en", refusal);
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
  std::string organisation;
};

Result<Matter> matter_of(db::Transaction& tx, Services& services, const http::Request& request,
                         const access::Session& session,
                         const access::Authorisation& authorisation) {
  const std::optional<access::Person> person = access::find_person(tx, session.person);
  if (!person) return not_found("There is no such person.");
  Result<access::Actor> actor = access::actor_of(tx, services.catalogue, session.person,
                                                 authorisation.client.org, access::Path::ui);
  if (!actor) {
    return forbidden("not_a_member",
                     "You are no member of the organisation that this program is for.");
  }
  actor->address = request.peer_address;
  const auto organisation = access::find_organisation(tx, authorisation.client.org);
  return Matter{*person, std::move(*actor), organisation ? organisation->name : ""};
}

Result<access::Authorisation> check(Services& services, const access::AuthorisationQuery& query) {
  return services.database.read(
      [&](db::Transaction& tx) { return access::check_authorisation(tx, query); });
}

}  // namespace

http::Response show_consent(const http::Request& request, Services& services) {
  const access::AuthorisationQuery query = query_of(request.query);
  const Result<access::Authorisation> authorisation = check(services, query);
  if (!authorisation) return refuse(query, authorisation.error());
  const Result<access::Session> session =
      access::find_session(services.database, request.cookie(session_cookie));
  if (!session) return to_sign_in(request);
  const Result<Matter> matter = services.database.read([&](db::Transaction& tx) {
    return matter_of(tx, services, request, *session, *authorisation);
  });
  if (!matter) return problem_page(403, "en", matter.error());
  return consent_page({*authorisation, matter->person, matter->organisation, *session, query});
}

http::Response decide_consent(const http::Request& request, Services& services) {
  const Result<http::Pairs> form = http::read_form(request.body);
  if (!form) return http::Response::refusal(form.error());
  const access::AuthorisationQuery query = query_of(*form);
  const Result<access::Session> session =
      access::find_session(services.database, request.cookie(session_cookie));
  if (!session) return http::Response::refusal(session.error());
  if (request.header("Sec-Fetch-Site") == "cross-site" ||
      !access::csrf_matches(*session, parameter(*form, "csrf_token"))) {
    return problem_page(403, "en", forbidden("csrf", "Open the program's page again and retry."));
  }
  const Result<access::Authorisation> authorisation = check(services, query);
  if (!authorisation) return refuse(query, authorisation.error());
  if (parameter(*form, "decision") != "accept") {
    return send_back(query.redirect_uri, {{"error", "access_denied"}, {"state", query.state}});
  }
  const Result<access::IssuedCode> code =
      services.database.write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        const Matter matter = TRY(matter_of(tx, services, request, *session, *authorisation));
        return access::authorise(tx, matter.actor, *authorisation);
      });
  if (!code) return problem_page(403, "en", code.error());
  return send_back(query.redirect_uri, {{"code", code->code},
                                        {"location", "us"},
                                        {"accounts-server", services.base_url},
                                        {"state", query.state}});
}

}  // namespace tandem::api::oauth
