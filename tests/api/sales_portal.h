#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crm/edition.h"
#include "tests/api/portal.h"

namespace tandem::test {

/// The whole program with a CRM and a Bigin organisation, spoken to without sockets. The database
/// is SQLite, or PostgreSQL when TANDEM_TEST_DATABASE is "postgres". The clock stands still.
class SalesPortal {
 public:
  SalesPortal();
  ~SalesPortal();

  /// A person of the sales side: Ada, the administrator, or Ben.
  struct Seller {
    PersonId person;
    RecordId agent;
    std::string access_token;
    std::string session_token;
    std::string csrf_token;
  };
  struct Firm {
    OrgId org;
    RecordId agent_role;
    Seller ada;
    Seller ben;
  };
  Firm& firm(crm::Edition edition) { return edition == crm::Edition::crm ? crm_ : bigin_; }
  /// One more firm, a stranger to the first one.
  Firm add_firm(crm::Edition edition) { return make_firm(edition); }
  server::Program& program() { return *program_; }
  StoppedClock& clock() { return clock_; }
  api::Services& services() { return *services_; }

  /// A token of Ada's for these scopes alone.
  std::string token(crm::Edition edition, const std::vector<std::string>& scopes);
  /// A call of Ada's below /crm/v8 or /bigin/v2.
  Answer call(crm::Edition edition, http::Method method, const std::string& address,
              const std::string& body = "");
  /// A call of the native API by the seller, at the whole address.
  Answer native(const Seller& seller, http::Method method, const std::string& address,
                const std::string& body = "");
  /// "/native/crm/{org}" or "/native/bigin/{org}" of the firm, and the rest.
  static std::string face(crm::Edition edition, const Firm& firm, const std::string& rest);
  Answer send(http::Request request);
  /// The id of what `POST /{module}` made of the item; a test fails when it was refused.
  std::string made(crm::Edition edition, const std::string& module, const std::string& item);

 private:
  Firm make_firm(crm::Edition edition);

  std::string folder_;
  StoppedClock clock_;
  std::unique_ptr<server::Program> program_;
  std::unique_ptr<api::Services> services_;
  http::Router router_;
  Firm crm_;
  Firm bigin_;
};

}  // namespace tandem::test
