#include "tests/api/sales_portal.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_tokens.h"
#include "access/people.h"
#include "access/sessions.h"
#include "crm/organisation_setup.h"
#include "http/multipart.h"
#include "server/serve.h"
#include "tests/api/database.h"
#include "tests/support/folder_of_test.h"

namespace tandem::test {

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().field + ": " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string service_of(crm::Edition edition) {
  return edition == crm::Edition::crm ? "ZohoCRM" : "ZohoBigin";
}

SalesPortal::Seller add_seller(server::Program& program, const access::Actor& system,
                               const std::string& name, RecordId role) {
  SalesPortal::Seller seller;
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const std::string email = name + "@" + to_string(system.org) + ".example";
    const access::Person person =
        TRY(access::create_person(tx, {.email = email, .name = name, .password_hash = "none"}));
    seller.person = person.id;
    seller.agent = TRY(access::add_agent(tx, system, {person.id, role, {}})).id;
    const access::NewSession session = access::create_session(tx, person.id, "127.0.0.1", "test");
    seller.session_token = session.token;
    seller.csrf_token = session.session.csrf_token;
    return {};
  }));
  return seller;
}

std::vector<std::string> all_scopes(crm::Edition edition) {
  const std::string service = service_of(edition);
  return {service + ".modules.ALL", service + ".settings.ALL", service + ".users.ALL",
          service + ".org.ALL",     service + ".bulk.ALL",     service + ".notifications.ALL",
          service + ".coql.READ",   service + ".files.ALL"};
}

/// An access token of a self client of the seller's.
std::string token_of(server::Program& program, const access::Actor& system,
                     const SalesPortal::Seller& seller, const std::vector<std::string>& scopes) {
  access::Actor actor = system;
  actor.person = seller.person;
  actor.id = seller.agent;
  const auto made =
      must(program.database().write([&](db::Transaction& tx) -> Result<access::CreatedOAuthClient> {
        return access::create_oauth_client(tx, actor, {.name = "script"});
      }));
  const auto code =
      must(program.database().write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        return access::issue_self_code(tx, actor, made.client.id, scopes, 10);
      }));
  access::TokenQuery query;
  query.grant_type = "authorization_code";
  query.client_id = made.client.client_id;
  query.client_secret = made.secret;
  query.code = code.code;
  return must(access::grant_token(program.database(), query)).access_token;
}

}  // namespace

SalesPortal::Firm SalesPortal::make_firm(crm::Edition edition) {
  const records::Catalogue& catalogue = *program_->applications().find(crm::word(edition));
  const auto made =
      must(program_->database().write([&](db::Transaction& tx) -> Result<access::NewOrganisation> {
        return crm::create_sales_organisation(tx, catalogue, "Orchid Ltd", "en");
      }));
  Firm firm;
  firm.org = made.organisation.id;
  firm.agent_role = made.agent_role;
  const access::Actor system = access::system_actor(catalogue, firm.org, access::Path::system);
  firm.ada = add_seller(*program_, system, "ada", made.administrator_role);
  firm.ben = add_seller(*program_, system, "ben", made.agent_role);
  firm.ada.access_token = token_of(*program_, system, firm.ada, all_scopes(edition));
  firm.ben.access_token = token_of(*program_, system, firm.ben, all_scopes(edition));
  return firm;
}

SalesPortal::SalesPortal() : clock_(Instant{1'772'442'000'000}) {  // Monday 2026-03-02, 09:00 UTC
  std::string folder = (fast_folder() / "tandem-sales-XXXXXX").string();
  folder_ = mkdtemp(folder.data());
  server::Config config;
  config.data_folder = folder_;
  config.base_url = "http://sales.example";
  config.workers = 2;
  place_database(config, clock_);
  program_ = must(server::Program::open(config, clock_));
  crm_ = make_firm(crm::Edition::crm);
  bigin_ = make_firm(crm::Edition::bigin);
  services_ = std::make_unique<api::Services>(
      api::Services{.database = program_->database(),
                    .applications = program_->applications(),
                    .files = program_->files(),
                    .desk = program_->desk(),
                    .clock = clock_,
                    .base_url = config.base_url,
                    .secret_key = program_->secret_key(),
                    .wake = [] {},
                    .listen = [](const access::Actor&, int64_t,
                                 std::shared_ptr<http::EventStream>) -> Result<void> { return {}; },
                    .drop_listeners = [](PersonId) {}});
  server::add_faces(router_, *services_);
}

SalesPortal::~SalesPortal() {
  services_.reset();
  program_.reset();
  std::filesystem::remove_all(folder_);
}

std::string SalesPortal::token(crm::Edition edition, const std::vector<std::string>& scopes) {
  const records::Catalogue& catalogue = *program_->applications().find(crm::word(edition));
  const access::Actor system =
      access::system_actor(catalogue, firm(edition).org, access::Path::system);
  return token_of(*program_, system, firm(edition).ada, scopes);
}

Answer SalesPortal::call(crm::Edition edition, http::Method method, const std::string& address,
                         const std::string& body) {
  http::Request request;
  request.method = method;
  request.path = (edition == crm::Edition::crm ? "/crm/v8" : "/bigin/v2") + address;
  request.body = body;
  request.headers = {{"Authorization", "Zoho-oauthtoken " + firm(edition).ada.access_token}};
  return send(std::move(request));
}

Answer SalesPortal::native(const Seller& seller, http::Method method, const std::string& address,
                           const std::string& body) {
  Member member;
  member.session_token = seller.session_token;
  member.csrf_token = seller.csrf_token;
  return send(Portal::request_of(member, method, address, body));
}

std::string SalesPortal::face(crm::Edition edition, const Firm& firm, const std::string& rest) {
  return "/native/" + std::string(crm::word(edition)) + "/" + to_string(firm.org) + rest;
}

Answer SalesPortal::send(http::Request request) {
  const size_t question = request.path.find('?');
  if (question != std::string::npos) {
    request.raw_query = request.path.substr(question + 1);
    request.query = must(http::read_form(request.raw_query));
    request.path.resize(question);
  }
  request.received_at = clock_.now();
  request.deadline = request.received_at + minute_ms;
  request.peer_address = "127.0.0.1";
  Answer answer;
  answer.response = router_.answer(request);
  answer.status = answer.response.status;
  answer.body = answer.response.body;
  const Result<Json> json = json_from_text(answer.body);
  if (json) answer.json = *json;
  return answer;
}

std::string SalesPortal::made(crm::Edition edition, const std::string& module,
                              const std::string& item) {
  const Answer answer =
      call(edition, http::Method::post, "/" + module, "{\"data\":[" + item + "]}");
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.at("data.0.details.id");
}

}  // namespace tandem::test
