#include <gtest/gtest.h>

#include "tests/api/portal.h"

// The settings of service levels and business hours in the native API, and what a ticket shows of
// them. The clock stands on Monday 2026-03-02, 09:00 UTC.

namespace tandem::test {
namespace {

using http::Method;

constexpr const char* office_week =
    R"("week":{"monday":["13:00-17:00","09:00-12:00"],"friday":["09:00-17:00"]})";

class ServiceLevelSettings : public testing::Test {
 protected:
  Answer call(Method method, const std::string& rest, const std::string& body = "",
              const std::string& who = "administrator") {
    return portal_.native(ours_.members[who], method, Portal::desk(ours_, rest), body);
  }
  std::string refused(const std::string& rest, const std::string& body) {
    const Answer answer = call(Method::post, rest, body);
    EXPECT_GE(answer.status, 400);
    return answer.at("error.field") + ": " + answer.at("error.code");
  }
  std::string add_hours(const std::string& more = "") {
    const Answer answer = call(
        Method::post, "/business_hours",
        std::string(R"({"name":"Office","time_zone":"Europe/Berlin",)") + office_week + more + "}");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("id");
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
};

TEST_F(ServiceLevelSettings, BusinessHoursAreKeptAsTheyWereGiven) {
  const Answer list = call(Method::post, "/holiday_lists",
                           R"({"name":"Berlin","days":[{"on":"2026-12-25","name":"Christmas"},)"
                           R"({"on":"2026-05-01","name":"Labour Day"}]})");
  ASSERT_EQ(list.status, 201) << list.body;
  EXPECT_EQ(list.at("days.0.on"), "2026-05-01") << "in the order of the year";
  const std::string id = add_hours(R"(,"holiday_list":")" + list.at("id") +
                                   R"(","departments":[")" + to_string(ours_.support) + "\"]");
  const Answer all = call(Method::get, "/business_hours");
  EXPECT_EQ(all.at("business_hours.0.id"), id);
  EXPECT_EQ(all.at("business_hours.0.week.monday.0"), "09:00-12:00");
  EXPECT_EQ(all.at("business_hours.0.week.monday.1"), "13:00-17:00");
  EXPECT_EQ(all.at("business_hours.0.is_usual"), "true") << "the first ones are";
  EXPECT_EQ(all.at("business_hours.0.departments.0.id"), to_string(ours_.support));
  EXPECT_EQ(all.at("business_hours.0.holiday_list"), list.at("id"));
  EXPECT_EQ(call(Method::del, "/holiday_lists/" + list.at("id")).at("error.code"), "in_use");
  EXPECT_EQ(call(Method::del, "/business_hours/" + id).at("error.code"), "in_use");
  const Answer changed =
      call(Method::patch, "/business_hours/" + id, R"({"departments":[],"holiday_list":null})");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("name"), "Office") << "what is left out stays";
  EXPECT_EQ(call(Method::del, "/business_hours/" + id).status, 204);
  EXPECT_EQ(call(Method::del, "/holiday_lists/" + list.at("id")).status, 204);
}

TEST_F(ServiceLevelSettings, WhatNoOfficeCanKeepIsRefused) {
  EXPECT_EQ(refused("/business_hours", R"({"name":"Never","time_zone":"UTC"})"),
            "week: never_open");
  EXPECT_EQ(refused("/business_hours", R"({"name":"A","week":{"monday":["9-17"]}})"),
            "week: wrong_type");
  EXPECT_EQ(refused("/business_hours", R"({"name":"A","week":{"someday":["09:00-17:00"]}})"),
            "week: wrong_type");
  EXPECT_EQ(refused("/business_hours",
                    R"({"name":"A","time_zone":"Mars","week":{"monday":["09:00-17:00"]}})"),
            "time_zone: unknown_time_zone");
  EXPECT_EQ(
      refused("/business_hours", R"({"name":"A","week":{"monday":["09:00-17:00","16:00-18:00"]}})"),
      "week: overlap");
  EXPECT_EQ(refused("/holiday_lists", R"({"name":"A","days":[{"on":"2026-02-30","name":"x"}]})"),
            "days: not_a_date");
  EXPECT_EQ(refused("/holiday_lists", R"({"name":"A","days":[{"on":"2026-02-28","name":""}]})"),
            "days: required");
  EXPECT_EQ(refused("/service_levels", R"({"name":"A","targets":{"low":{"first":1}}})"),
            "targets: wrong_type");
  EXPECT_EQ(
      refused("/service_levels", R"({"name":"A","targets":{"low":{"resolution_minutes":0}}})"),
      "targets: out_of_range");
  EXPECT_EQ(refused("/service_levels", R"({"name":"A","counting":"sometimes"})"),
            "counting: not_a_choice");
  EXPECT_EQ(
      refused("/service_levels",
              R"({"name":"A","targets":{"low":{"resolution_minutes":5}},"levels":[{"x":1}]})"),
      "levels: wrong_type");
}

TEST_F(ServiceLevelSettings, ATicketShowsWhatIsPromised) {
  add_hours();
  const Answer policy = call(
      Method::post, "/service_levels",
      R"({"name":"Gold","conditions":{"field":"channel","is":"phone"},"targets":{"none":)"
      R"({"first_response_minutes":60,"resolution_minutes":240}},"levels":[{"target":"resolution",)"
      R"("after_minutes":-30,"sets_escalated":true}]})");
  ASSERT_EQ(policy.status, 201) << policy.body;
  EXPECT_EQ(policy.at("position"), "1");
  EXPECT_EQ(policy.at("levels.0.after_minutes"), "-30");
  EXPECT_EQ(policy.at("conditions.is"), "phone");
  const Answer ticket = call(
      Method::post, "/tickets",
      R"({"subject":"Router","channel":"phone","department":")" + to_string(ours_.support) + "\"}");
  EXPECT_EQ(ticket.at("service_level"), "Gold");
  EXPECT_EQ(ticket.at("first_response_due_at"), "2026-03-02T10:00:00.000Z");
  EXPECT_EQ(ticket.at("resolution_due_at"), "2026-03-02T14:00:00.000Z");
  EXPECT_EQ(ticket.at("due_at"), "2026-03-02T14:00:00.000Z");
  const Answer paused =
      call(Method::patch, "/tickets/" + ticket.at("id"), R"({"status":"on_hold"})");
  EXPECT_EQ(paused.at("due_at"), "null");
  EXPECT_EQ(paused.at("resolution_left_minutes"), "240");
  EXPECT_EQ(call(Method::patch, "/tickets/" + ticket.at("id"),
                 R"({"responded_at":"2026-03-02T09:00:00Z"})")
                .status,
            422)
      << "the program alone says so";
  EXPECT_EQ(call(Method::del, "/service_levels/" + policy.at("id")).status, 204);
}

TEST_F(ServiceLevelSettings, PoliciesAreAskedInTheirOrder) {
  const auto add = [&](const std::string& name, const std::string& more) {
    return call(Method::post, "/service_levels",
                R"({"name":")" + name + R"(","targets":{"none":{"resolution_minutes":60}})" + more +
                    "}")
        .at("id");
  };
  const std::string first = add("First", "");
  const std::string second = add("Second", "");
  EXPECT_EQ(call(Method::patch, "/service_levels/" + second, R"({"position":1})").status, 200);
  const Answer all = call(Method::get, "/service_levels");
  EXPECT_EQ(all.at("service_levels.0.name"), "Second");
  EXPECT_EQ(all.at("service_levels.1.id"), first);
}

TEST_F(ServiceLevelSettings, AgentsNeitherReadNorChangeThem) {
  for (const char* path : {"/business_hours", "/holiday_lists", "/service_levels"}) {
    EXPECT_EQ(call(Method::get, path, "", "agent").status, 403);
    EXPECT_EQ(call(Method::post, path, R"({"name":"Mine"})", "agent").status, 403);
    EXPECT_EQ(call(Method::patch, std::string(path) + "/4711", R"({"name":"Mine"})").status, 404);
    EXPECT_EQ(call(Method::del, std::string(path) + "/4711").status, 404);
  }
}

}  // namespace
}  // namespace tandem::test
