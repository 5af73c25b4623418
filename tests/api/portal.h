#pragma once

#include <map>
#include <memory>
#include <string>

#include "api/services.h"
#include "base/json.h"
#include "http/router.h"
#include "server/program.h"

namespace tandem::test {

/// What came back: status and body, read as JSON when it is JSON.
struct Answer {
  int status = 0;
  std::string body;
  Json json;
  http::Response response;

  /// The text or number at a path such as "data.0.subject"; "" when there is none.
  std::string at(std::string_view path) const;
};

/// One person of one portal, with a session and a token.
struct Member {
  std::string role;  // administrator, agent, light_agent
  RecordId agent;
  PersonId person;
  std::string session_token;
  std::string csrf_token;
  std::string access_token;
};

/// A portal with two departments, a member of each role in the first one, and one record of each
/// kind.
struct Company {
  OrgId org;
  RecordId support;   // department
  RecordId shipping;  // department without members but the administrator
  std::map<std::string, Member> members;
  RecordId contact;
  RecordId account;
  RecordId ticket;           // of support
  RecordId shipping_ticket;  // of shipping
  RecordId thread;
  RecordId comment;
  RecordId attachment;
  RecordId mailbox;
  RecordId oauth_client;
  std::string secret_word;  // stands in every text of the portal's records, and nowhere else
};

/// The whole program over an empty database with two portals, spoken to without sockets. The
/// database is SQLite, or PostgreSQL when TANDEM_TEST_DATABASE is "postgres". The clock stands
/// still.
class Portal {
 public:
  Portal();
  ~Portal();

  Company& ours() { return ours_; }
  Company& theirs() { return theirs_; }
  server::Program& program() { return *program_; }
  StoppedClock& clock() { return clock_; }

  /// A call of the native API below /native/desk/{org} of `office`, as the member. `body` is JSON
  /// or "".
  Answer native(const Member& member, http::Method method, const std::string& address,
                const std::string& body = "");
  /// The same call, not yet made.
  static http::Request request_of(const Member& member, http::Method method,
                                  const std::string& address, const std::string& body = "");
  /// The address inside an office: "/native/desk/{org}" + rest.
  static std::string desk(const Company& office, const std::string& rest);
  /// A call of the Desk dialect, with the member's token.
  Answer dialect(const Member& member, http::Method method, const std::string& address,
                 const std::string& body = "");
  /// Any request.
  Answer send(http::Request request);

 private:
  std::string folder_;
  StoppedClock clock_;
  std::unique_ptr<server::Program> program_;
  std::unique_ptr<api::Services> services_;
  http::Router router_;
  Company ours_;
  Company theirs_;
};

}  // namespace tandem::test
