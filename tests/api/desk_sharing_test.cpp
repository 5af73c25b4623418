#include <gtest/gtest.h>

#include "tests/api/portal.h"

namespace tandem::test {
namespace {

using http::Method;

class DeskSharing : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  const Member& parent_ = ours_.members["administrator"];
  const Member& child_ = ours_.members["agent"];
  const std::string path_ = "/tickets/" + to_string(ours_.shipping_ticket);
  const std::string support_ = to_string(ours_.support);

  static std::string sharing(const std::string& id, const std::string& type) {
    return R"({"sharedDepartments":[{"id":")" + id + R"(","type":")" + type + R"("}]})";
  }
};

TEST_F(DeskSharing, ATicketIsSharedChangedAndTakenBack) {  // S038, S041, S067
  const Answer shared =
      portal_.dialect(parent_, Method::patch, path_, sharing(support_, "READ_ONLY"));
  ASSERT_EQ(shared.status, 200) << shared.body;
  EXPECT_EQ(shared.at("sharedDepartments.0.id"), support_);
  EXPECT_EQ(shared.at("sharedDepartments.0.name"), "orchid support");
  EXPECT_EQ(shared.at("sharedDepartments.0.type"), "READ_ONLY");
  EXPECT_EQ(shared.at("sharedCount"), "1");
  EXPECT_EQ(portal_.dialect(child_, Method::get, path_).at("id"), to_string(ours_.shipping_ticket));
  EXPECT_EQ(portal_.dialect(child_, Method::patch, path_, R"({"priority":"High"})").status, 403);
  EXPECT_EQ(portal_.dialect(parent_, Method::patch, path_, sharing(support_, "READ_WRITE"))
                .at("sharedDepartments.0.type"),
            "READ_WRITE");
  EXPECT_EQ(portal_.dialect(child_, Method::patch, path_, R"({"priority":"High"})").status, 200);
  EXPECT_EQ(portal_.dialect(parent_, Method::patch, path_, R"({"sharedDepartments":[]})")
                .at("sharedCount"),
            "0");
  EXPECT_EQ(portal_.dialect(child_, Method::get, path_).status, 404);
  const Answer history = portal_.dialect(parent_, Method::get, path_ + "/history");
  EXPECT_EQ(history.at("data.0.eventName"), "TicketShareRevoked");
  EXPECT_EQ(history.at("data.2.eventName"), "TicketShareModeUpdated");
  EXPECT_EQ(history.at("data.3.eventName"), "TicketShared");
}

TEST_F(DeskSharing, ANewTicketIsSharedAtOnce) {
  const Answer made = portal_.dialect(
      parent_, Method::post, "/tickets",
      R"({"subject":"Lost","departmentId":")" + to_string(ours_.shipping) + R"(","contactId":")" +
          to_string(ours_.contact) + R"(",)" + sharing(support_, "READ_ONLY").substr(1));
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("sharedDepartments.0.id"), support_);
}

TEST_F(DeskSharing, SharedTicketsStandInTheirOwnListAlone) {  // S061, S062
  portal_.dialect(parent_, Method::patch, path_, sharing(support_, "READ_ONLY"));
  const std::string id = to_string(ours_.shipping_ticket);
  for (const std::string& list :
       {std::string("/tickets"), std::string("/tickets?viewId=1"),
        std::string("/associatedTickets"), std::string("/tickets/search?_all=pallet"),
        "/contacts/" + to_string(ours_.contact) + "/tickets"}) {
    EXPECT_EQ(portal_.dialect(child_, Method::get, list).body.find("\"" + id + "\""),
              std::string::npos)
        << list;
  }
  for (const std::string& list :
       {std::string("/associatedTickets?isShared=true"),
        "/associatedTickets?isShared=true&sharedDepartmentId=" + support_,
        std::string("/tickets?viewId=9"), "/tickets?viewId=9&departmentId=" + support_}) {
    EXPECT_EQ(portal_.dialect(child_, Method::get, list).at("data.0.id"), id) << list;
  }
}

TEST_F(DeskSharing, WhatDoesNotFitIsNamed) {
  const auto field_of = [&](const std::string& body) {
    const Answer answer = portal_.dialect(parent_, Method::patch, path_, body);
    EXPECT_EQ(answer.status, 422) << answer.body;
    return answer.at("errors.0.fieldName");
  };
  EXPECT_EQ(field_of(sharing(support_, "FULL_ACCESS")), "/sharedDepartments/0/type");
  EXPECT_EQ(field_of(sharing("x", "READ_ONLY")), "/sharedDepartments/0/id");
  EXPECT_EQ(field_of(sharing(to_string(ours_.shipping), "READ_ONLY")), "/sharedDepartments");
  EXPECT_EQ(field_of(R"({"sharedDepartments":"all"})"), "/sharedDepartments");
}

TEST_F(DeskSharing, AChildSendsAWholeTicketBackButSharesNothing) {  // S056, S058
  portal_.dialect(parent_, Method::patch, path_, sharing(support_, "READ_WRITE"));
  EXPECT_EQ(portal_
                .dialect(child_, Method::patch, path_,
                         R"({"priority":"High",)" + sharing(support_, "READ_WRITE").substr(1))
                .status,
            200);
  EXPECT_EQ(portal_.dialect(child_, Method::patch, path_, sharing(support_, "READ_ONLY")).status,
            403);
  EXPECT_EQ(portal_.dialect(child_, Method::patch, path_, R"({"sharedDepartments":[]})").status,
            403);
}

}  // namespace
}  // namespace tandem::test
