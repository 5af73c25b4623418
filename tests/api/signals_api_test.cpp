#include <gtest/gtest.h>

#include "access/actor_of.h"
#include "access/sessions.h"
#include "crm/bulk/bulk_jobs.h"
#include "tests/api/sales_portal.h"

// Signals of CRM and Bigin by the native API: docs/api/native.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;
using test::SalesPortal;

struct SignalsApi : testing::TestWithParam<Edition> {
  SalesPortal portal;
  SalesPortal::Firm& firm = portal.firm(GetParam());

  Answer ask(const SalesPortal::Seller& seller, Method method, const std::string& rest,
             const std::string& body = "") {
    return portal.native(seller, method, SalesPortal::face(GetParam(), firm, rest), body);
  }
  Answer told(const SalesPortal::Seller& seller, const std::string& query = "") {
    const Answer answer = ask(seller, Method::get, "/notifications" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer;
  }
  /// A contact of Ada's making that is given to Ben.
  std::string contact_for_ben(const std::string& name) {
    const Answer made =
        ask(firm.ada, Method::post, "/contacts",
            R"({"last_name":")" + name + R"(","phone":"+351 21","email":"s@x.example","owner":")" +
                to_string(firm.ben.agent) + "\"}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("id");
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SignalsApi, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SignalsApi, ASignalSaysWhatHappenedAndWhatToDoAboutIt) {
  const std::string contact = contact_for_ben("Silva");
  const Answer answer = told(firm.ben);
  EXPECT_EQ(answer.at("unread_count"), "1");
  EXPECT_EQ(answer.at("notifications.0.kind"), "record_assigned");
  EXPECT_EQ(answer.at("notifications.0.by.name"), "ada");
  EXPECT_EQ(answer.at("notifications.0.record.module"), "contacts");
  EXPECT_EQ(answer.at("notifications.0.record.id"), contact);
  EXPECT_EQ(answer.at("notifications.0.record.title"), "Silva");
  EXPECT_EQ(answer.at("notifications.0.person.phone"), "+351 21");
  EXPECT_EQ(answer.at("notifications.0.person.email"), "s@x.example");
  EXPECT_EQ(answer.at("notifications.0.may_complete"), "false");
  EXPECT_EQ(told(firm.ada).at("unread_count"), "0");
  EXPECT_EQ(ask(firm.ben, Method::get, "/notifications?limit=0").status, 422);
}

TEST_P(SignalsApi, RecordsGivenAwayAtOnceAreOneSignalInBothApis) {
  const auto own_contact = [&](const std::string& name) {
    const Answer made =
        ask(firm.ada, Method::post, "/contacts", R"({"last_name":")" + name + R"("})");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("id");
  };
  const auto both = [&] {
    return '"' + own_contact("Silva") + R"(",")" + own_contact("Sato") + '"';
  };
  const std::string ben = to_string(firm.ben.agent);
  const Answer given = ask(firm.ada, Method::post, "/contacts/bulk",
                           R"({"ids":[)" + both() + R"(],"changes":{"owner":")" + ben + R"("}})");
  ASSERT_EQ(given.status, 200) << given.body;
  const Answer by_program =
      portal.call(GetParam(), Method::post, "/Contacts/actions/change_owner",
                  R"({"ids":[)" + both() + R"(],"owner":{"id":")" + ben + R"("}})");
  ASSERT_EQ(by_program.status, 200) << by_program.body;
  const Answer in_mass =
      portal.call(GetParam(), Method::post, "/Contacts/actions/mass_update",
                  R"({"ids":[)" + both() + R"(],"data":[{"Owner":")" + ben + R"("}]})");
  ASSERT_EQ(in_mass.status, 200) << in_mass.body;
  const Answer answer = told(firm.ben);
  EXPECT_EQ(answer.at("unread_count"), "1") << answer.body;
  EXPECT_EQ(answer.at("notifications.0.kind"), "records_assigned");
  EXPECT_EQ(answer.at("notifications.0.by.name"), "ada");
  EXPECT_EQ(answer.at("notifications.0.record"), "null");
  EXPECT_EQ(answer.at("notifications.0.work.module"), "contacts");
  EXPECT_EQ(answer.at("notifications.0.work.count"), "6");
  EXPECT_EQ(answer.at("notifications.0.work.has_report"), "false");
}

TEST_P(SignalsApi, TheReportOfABulkJobIsForWhoAskedForIt) {
  const crm::Bulk bulk{.database = portal.program().database(),
                       .files = portal.program().files(),
                       .applications = portal.program().applications()};
  contact_for_ben("Silva");
  http::Request request;
  request.method = Method::post;
  request.path = GetParam() == Edition::crm ? "/crm/bulk/v8/read" : "/bigin/bulk/v2/read";
  request.body = R"({"query":{"module":{"api_name":"Contacts"}}})";
  request.headers.emplace_back("Authorization", "Zoho-oauthtoken " + firm.ada.access_token);
  const std::string job = portal.send(std::move(request)).at("data.0.details.id");
  const std::string report = "/bulk_jobs/" + job + "/report";
  EXPECT_EQ(ask(firm.ada, Method::get, report).status, 409) << "it has not ended";
  crm::run_bulk_job(bulk, {.org = firm.org, .payload_json = R"({"job":")" + job + R"("})"});
  const Answer signal = told(firm.ada);
  EXPECT_EQ(signal.at("notifications.0.kind"), "bulk_job_ended") << signal.body;
  EXPECT_EQ(signal.at("notifications.0.work.id"), job);
  EXPECT_EQ(signal.at("notifications.0.work.is_read"), "true");
  EXPECT_EQ(signal.at("notifications.0.work.count"), "1");
  EXPECT_EQ(signal.at("notifications.0.work.has_report"), "true");
  const Answer file = ask(firm.ada, Method::get, report);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body.substr(0, 2), "PK");
  EXPECT_EQ(ask(firm.ben, Method::get, report).status, 404);
}

TEST_P(SignalsApi, WhatOneReadsStaysUnreadForOthers) {
  contact_for_ben("Silva");
  contact_for_ben("Sato");
  const Answer answer = told(firm.ben);
  const std::string newest = answer.at("notifications.0.id");
  const std::string older = answer.at("notifications.1.id");
  EXPECT_EQ(ask(firm.ada, Method::post, "/notifications/" + newest + "/read").status, 404);
  EXPECT_EQ(ask(firm.ben, Method::post, "/notifications/" + newest + "/read").status, 204);
  EXPECT_EQ(told(firm.ben).at("unread_count"), "1");
  const std::string up_to = R"({"up_to":")" + older + "\"}";
  EXPECT_EQ(ask(firm.ada, Method::post, "/notifications/read", up_to).status, 204);
  EXPECT_EQ(told(firm.ben).at("unread_count"), "1");
  EXPECT_EQ(ask(firm.ben, Method::post, "/notifications/read", up_to).status, 204);
  EXPECT_EQ(told(firm.ben).at("unread_count"), "0");
}

TEST_P(SignalsApi, EachSignalHasASwitchThatAnAdministratorTurns) {
  const Answer all = ask(firm.ada, Method::get, "/signals");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("signals.0.channel"), "records");
  EXPECT_EQ(all.at("signals.0.name"), "record_assigned");
  EXPECT_EQ(all.at("signals.0.is_on"), "true");
  const Answer off =
      ask(firm.ada, Method::put, "/signals", R"({"signals":{"record_assigned":false}})");
  ASSERT_EQ(off.status, 200) << off.body;
  EXPECT_EQ(off.at("signals.0.is_on"), "false");
  EXPECT_EQ(off.at("signals.1.is_on"), "true");
  contact_for_ben("Silva");
  EXPECT_EQ(told(firm.ben).at("unread_count"), "0");
  const Answer log = ask(firm.ada, Method::get, "/audit_log");
  EXPECT_EQ(log.at("entries.0.what"), "signal_switched_off") << log.body;
  EXPECT_EQ(log.at("entries.0.detail"), "record_assigned");
}

TEST_P(SignalsApi, OthersNeitherReadNorTurnTheSwitches) {
  EXPECT_EQ(ask(firm.ben, Method::get, "/signals").status, 403);
  EXPECT_EQ(ask(firm.ben, Method::put, "/signals", R"({"signals":{"deal_won":false}})").status,
            403);
  EXPECT_EQ(ask(firm.ada, Method::get, "/signals").at("signals.1.is_on"), "true");
}

TEST_P(SignalsApi, ASwitchThatIsNoneIsRefusedAndNothingIsSwitched) {
  for (const char* body :
       {"{}", R"({"signals":[]})", R"({"signals":{"deal_won":"no"}})", R"({"others":{}})",
        R"({"signals":{"record_assigned":false,"floods":true}})"}) {
    EXPECT_EQ(ask(firm.ada, Method::put, "/signals", body).status, 422) << body;
  }
  EXPECT_EQ(ask(firm.ada, Method::get, "/signals").body.find("false"), std::string::npos);
}

}  // namespace

}  // namespace tandem
