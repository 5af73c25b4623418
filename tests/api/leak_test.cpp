#include <gtest/gtest.h>

#include "api/desk/routes.h"
#include "api/native/routes.h"
#include "tests/api/portal.h"

// Every route of every face × ids of another portal × every role. Generated from the route tables,
// so that a new address is tried the day it is added.

namespace tandem::test {
namespace {

/// The id of the foreign portal that fits a parameter of a pattern; a ticket's where nothing fits
/// better.
std::string foreign_id(const Company& theirs, std::string_view pattern,
                       std::string_view parameter) {
  if (parameter == "thread") return to_string(theirs.thread);
  if (parameter == "comment") return to_string(theirs.comment);
  if (parameter == "attachment") return to_string(theirs.attachment);
  if (pattern.find("/attachments/{id}") != std::string_view::npos)
    return to_string(theirs.attachment);
  if (pattern.find("contacts/{id}") != std::string_view::npos) return to_string(theirs.contact);
  if (pattern.find("accounts/{id}") != std::string_view::npos) return to_string(theirs.account);
  if (pattern.find("departments/{id}") != std::string_view::npos) return to_string(theirs.support);
  if (pattern.find("agents/{id}") != std::string_view::npos ||
      pattern.find("/people/{id}") != std::string_view::npos) {
    return to_string(theirs.members.at("agent").agent);
  }
  if (pattern.find("/mailboxes/{id}") != std::string_view::npos) return to_string(theirs.mailbox);
  if (pattern.find("/oauth_clients/{id}") != std::string_view::npos)
    return to_string(theirs.oauth_client);
  if (pattern.find("/organizations/{id}") != std::string_view::npos) return to_string(theirs.org);
  return to_string(theirs.ticket);
}

/// The pattern with its parameters replaced: ids by foreign ones, the rest by words.
std::string fill(const Company& theirs, std::string_view pattern) {
  std::string path;
  for (size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '{') {
      path += pattern[at++];
      continue;
    }
    const size_t end = pattern.find('}', at);
    const std::string_view name = pattern.substr(at + 1, end - at - 1);
    if (name == "module") {
      path += "tickets";
    } else if (name == "name") {
      path += "open";
    } else {
      path += foreign_id(theirs, pattern, name);
    }
    at = end + 1;
  }
  return path;
}

bool has_parameter(std::string_view pattern) {
  return pattern.find("{id}") != std::string_view::npos;
}

/// A body that names foreign records wherever a body may.
std::string foreign_body(const Company& theirs) {
  const std::string ticket = to_string(theirs.ticket);
  const std::string department = to_string(theirs.support);
  return R"({"subject":"s","department":")" + department + R"(","departmentId":")" + department +
         R"(","contact":")" + to_string(theirs.contact) + R"(","contactId":")" +
         to_string(theirs.contact) + R"(","ids":[")" + ticket + R"("],"ticketIds":[")" + ticket +
         R"("],"contactIds":[")" + to_string(theirs.contact) + R"("],"accountIds":[")" +
         to_string(theirs.account) + R"("],"attachment_ids":[")" + to_string(theirs.attachment) +
         R"("]})";
}

void expect_no_leak(const Answer& answer, const Company& theirs, const std::string& what) {
  EXPECT_EQ(answer.body.find(theirs.secret_word), std::string::npos)
      << what << " shows " << answer.body;
}

class Leaks : public testing::Test {
 protected:
  Portal portal_;
};

TEST_F(Leaks, NoNativeAddressShowsOrTouchesAnotherPortalsRecords) {
  for (const api::native::Route& route : api::native::routes_of(api::native::desk_application())) {
    for (const auto& [role, member] : portal_.ours().members) {
      const std::string path = fill(portal_.theirs(), route.pattern);
      const std::string what = role + " " + std::string(http::word(route.method)) + " " + path;
      for (const std::string& body : {std::string("{}"), foreign_body(portal_.theirs())}) {
        const Answer answer =
            portal_.native(member, route.method, Portal::desk(portal_.ours(), path), body);
        expect_no_leak(answer, portal_.theirs(), what);
        if (has_parameter(route.pattern)) {
          EXPECT_TRUE(answer.status == 404 || answer.status == 403 || answer.status == 422 ||
                      answer.status == 400)
              << what << " answers " << answer.status << " " << answer.body;
        }
      }
    }
  }
}

TEST_F(Leaks, NoNativeAddressOfAnotherPortalIsThere) {
  for (const api::native::Route& route : api::native::routes_of(api::native::desk_application())) {
    for (const auto& [role, member] : portal_.ours().members) {
      const std::string path = fill(portal_.theirs(), route.pattern);
      const Answer answer =
          portal_.native(member, route.method, Portal::desk(portal_.theirs(), path), "{}");
      EXPECT_EQ(answer.status, 404) << role << " " << path << " " << answer.body;
      expect_no_leak(answer, portal_.theirs(), path);
    }
  }
}

TEST_F(Leaks, NoAddressOfTheDeskDialectShowsOrTouchesAnotherPortalsRecords) {
  for (const api::desk_dialect::Route& route : api::desk_dialect::routes()) {
    for (const auto& [role, member] : portal_.ours().members) {
      const std::string path =
          fill(portal_.theirs(), route.pattern).substr(std::string_view("/api/v1").size());
      const std::string what = role + " " + std::string(http::word(route.method)) + " " + path;
      for (const std::string& body : {std::string("{\"x\":1}"), foreign_body(portal_.theirs())}) {
        const Answer answer = portal_.dialect(member, route.method, path, body);
        expect_no_leak(answer, portal_.theirs(), what);
        if (has_parameter(route.pattern)) {
          EXPECT_TRUE(answer.status == 404 || answer.status == 403 || answer.status == 422)
              << what << " answers " << answer.status << " " << answer.body;
        }
      }
    }
  }
}

TEST_F(Leaks, ATokenActsInItsOwnPortalAlone) {
  http::Request request;
  request.path = "/api/v1/tickets";
  request.headers = {
      {"Authorization", "Bearer " + portal_.ours().members["administrator"].access_token},
      {"orgId", to_string(portal_.theirs().org)}};
  const Answer answer = portal_.send(std::move(request));
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.at("errorCode"), "OAUTH_ORG_MISMATCH");
}

TEST_F(Leaks, ACallThatNamesTwoPortalsIsRefused) {
  const auto asked = [&](OrgId header, OrgId query) {
    http::Request request;
    request.path = "/api/v1/myinfo";
    request.query = {{"orgId", to_string(query)}};
    request.headers = {
        {"Authorization", "Bearer " + portal_.ours().members["administrator"].access_token},
        {"orgId", to_string(header)}};
    return portal_.send(std::move(request));
  };
  const OrgId ours = portal_.ours().org;
  const OrgId theirs = portal_.theirs().org;
  EXPECT_EQ(asked(ours, ours).status, 200);
  EXPECT_EQ(asked(ours, theirs).at("errorCode"), "OAUTH_ORG_MISMATCH");
  EXPECT_EQ(asked(theirs, ours).at("errorCode"), "OAUTH_ORG_MISMATCH");
}

TEST_F(Leaks, WhatAnotherPortalHoldsIsUnchangedAfterAllOfThis) {
  const Company& theirs = portal_.theirs();
  const Member& administrator = theirs.members.at("administrator");
  const Answer before =
      portal_.native(administrator, http::Method::get, Portal::desk(theirs, "/tickets?count=1"));
  for (const api::native::Route& route : api::native::routes_of(api::native::desk_application())) {
    if (route.method == http::Method::get) continue;
    portal_.native(portal_.ours().members["administrator"], route.method,
                   Portal::desk(portal_.ours(), fill(theirs, route.pattern)), foreign_body(theirs));
  }
  const Answer after =
      portal_.native(administrator, http::Method::get, Portal::desk(theirs, "/tickets?count=1"));
  EXPECT_EQ(before.body, after.body);
  EXPECT_EQ(before.at("count"), "2");
}

TEST_F(Leaks, AnAgentDoesNotSeeTicketsOfDepartmentsThatAreNotTheirs) {  // S005
  Company& ours = portal_.ours();
  for (const char* role : {"agent", "light_agent"}) {
    const std::string ticket = "/tickets/" + to_string(ours.shipping_ticket);
    EXPECT_EQ(
        portal_.native(ours.members[role], http::Method::get, Portal::desk(ours, ticket)).status,
        404);
    EXPECT_EQ(portal_.dialect(ours.members[role], http::Method::get, ticket).status, 404);
    const Answer list = portal_.native(ours.members[role], http::Method::get,
                                       Portal::desk(ours, "/tickets?count=1"));
    EXPECT_EQ(list.at("count"), "1");
    EXPECT_EQ(list.body.find("pallet"), std::string::npos);
  }
  const Answer all = portal_.native(ours.members["administrator"], http::Method::get,
                                    Portal::desk(ours, "/tickets?count=1"));
  EXPECT_EQ(all.at("count"), "2");
}

}  // namespace
}  // namespace tandem::test
