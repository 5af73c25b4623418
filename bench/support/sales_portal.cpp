#include "bench/support/sales_portal.h"

#include <fmt/format.h>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/sessions.h"
#include "crm/edition.h"

namespace tandem::bench {

namespace {

constexpr size_t contacts_sampled = 2'000;
constexpr int64_t code_minutes = 10;

std::string token_of(server::Program& program, const SalesPortal& portal) {
  const records::Catalogue& catalogue = *program.applications().find(crm::word(crm::Edition::crm));
  access::Actor actor = access::system_actor(catalogue, portal.org, access::Path::system);
  actor.person = portal.person;
  actor.id = portal.seller;
  access::TokenQuery query;
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::CreatedOAuthClient made =
        TRY(access::create_oauth_client(tx, actor, {.name = "measurement"}));
    query.client_id = made.client.client_id;
    query.client_secret = made.secret;
    query.code =
        TRY(access::issue_self_code(tx, actor, made.client.id,
                                    {"ZohoCRM.modules.ALL", "ZohoCRM.coql.READ"}, code_minutes))
            .code;
    return {};
  }));
  query.grant_type = "authorization_code";
  return must(access::grant_token(program.database(), query)).access_token;
}

}  // namespace

std::string sales_folder_of(int64_t contacts) {
  return fmt::format("build/bench/sales-{}", contacts);
}

std::string contact_email(int64_t number) { return fmt::format("buyer{}@firm.example", number); }

SalesPortal find_sales_portal(server::Program& program) {
  return program.database().read([&](db::Transaction& tx) {
    SalesPortal portal;
    portal.org = access::all_organisations(tx).at(0).id;
    const access::Agent seller = access::list_agents(tx, portal.org).at(0);
    portal.seller = seller.id;
    portal.person = seller.person;
    portal.pipelines = crm::list_pipelines(tx, portal.org);
    return portal;
  });
}

SalesCaller::SalesCaller(server::Program& program) : portal_(find_sales_portal(program)) {
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::NewSession made =
        access::create_session(tx, portal_.person, "127.0.0.1", "measurement");
    session_headers_ = "Host: desk.example\r\nCookie: tandem_session=" + made.token;
    return {};
  }));
  token_headers_ =
      "Host: desk.example\r\nAuthorization: Zoho-oauthtoken " + token_of(program, portal_);
}

std::string SalesCaller::get(const std::string& path) const {
  return fmt::format("GET /native/crm/{}{} HTTP/1.1\r\n{}\r\n\r\n", portal_.org.value, path,
                     session_headers_);
}

std::string SalesCaller::dialect_get(const std::string& path) const {
  return fmt::format("GET /crm/v8{} HTTP/1.1\r\n{}\r\n\r\n", path, token_headers_);
}

std::string SalesCaller::dialect_post(const std::string& path, const std::string& json) const {
  return fmt::format(
      "POST /crm/v8{} HTTP/1.1\r\n{}\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      path, token_headers_, json.size(), json);
}

std::vector<int64_t> some_contacts(server::Program& program, const SalesCaller& caller,
                                   int64_t contacts) {
  Draw draw(11);
  std::vector<int64_t> ids;
  program.database().read([&](db::Transaction& tx) {
    while (ids.size() < contacts_sampled) {
      const auto row =
          tx.row("SELECT id FROM crm_contacts WHERE org_id = $1 AND email = $2",
                 {caller.portal().org.value, contact_email(draw.between(0, contacts - 1))});
      if (row) ids.push_back(row->integer(0));
    }
  });
  return ids;
}

}  // namespace tandem::bench
