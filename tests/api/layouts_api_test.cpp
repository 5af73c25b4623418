#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Layouts by the native API and the Desk dialect.

namespace tandem::test {
namespace {

using http::Method;

class LayoutsApi : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  const Member& ada_ = ours_.members["administrator"];
  const Member& agent_ = ours_.members["agent"];
  const std::string support_ = to_string(ours_.support);
  const std::string path_ = "/layouts/" + support_;

  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  Answer save() {
    return native(ada_, Method::put, path_,
                  R"({"sections":[{"label":"Request","fields":[{"name":"subject"},)"
                  R"({"name":"department"},{"name":"contact"},)"
                  R"({"name":"category","required":"always"},)"
                  R"({"name":"resolution","required":"to_close"}]}],"defaults":{}})");
  }
};

TEST_F(LayoutsApi, WhoLooksAfterFieldsMakesThemAndEveryAgentReadsThem) {
  EXPECT_EQ(native(agent_, Method::get, path_).at("is_own"), "false");
  ASSERT_EQ(save().status, 200) << save().body;
  const Answer read = native(agent_, Method::get, path_);
  EXPECT_EQ(read.at("is_own"), "true");
  EXPECT_EQ(read.at("sections.0.label"), "Request");
  EXPECT_EQ(read.at("sections.0.fields.3.required"), "always");
  EXPECT_EQ(native(ada_, Method::get, "/layouts").at("departments.0"), support_);
  EXPECT_EQ(native(agent_, Method::put, path_, R"({"sections":[]})").status, 403);
  const Answer refused = native(ada_, Method::put, path_, R"({"sections":[]})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.at("error.field"), "sections");
  EXPECT_EQ(native(ada_, Method::del, path_).status, 204);
  EXPECT_EQ(native(ada_, Method::del, path_).status, 404);
}

TEST_F(LayoutsApi, BothFacesAskForWhatIsRequired) {
  save();
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const Answer made = native(agent_, Method::post, "/tickets",
                             R"({"subject":"No category","department":")" + support_ + "\"}");
  EXPECT_EQ(made.status, 422);
  EXPECT_EQ(made.at("error.field"), "category");
  const Answer dialect_made =
      portal_.dialect(agent_, Method::post, "/tickets",
                      R"({"subject":"No category","departmentId":")" + support_ +
                          R"(","contactId":")" + to_string(ours_.contact) + "\"}");
  EXPECT_EQ(dialect_made.status, 422);
  EXPECT_NE(dialect_made.body.find("/category"), std::string::npos) << dialect_made.body;
  const Answer closed = native(agent_, Method::post, ticket + "/close");
  EXPECT_EQ(closed.status, 422);
  EXPECT_EQ(closed.at("error.faults.1.code"), "required_to_close");
  EXPECT_EQ(portal_
                .dialect(agent_, Method::patch, ticket,
                         R"({"category":"Line","resolution":"Mended","status":"Closed"})")
                .status,
            200);
}

TEST_F(LayoutsApi, TheDialectShowsLayoutsAndFields) {
  save();
  const Answer list =
      portal_.dialect(agent_, Method::get, "/layouts?module=tickets&departmentId=" + support_);
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(list.at("data.0.sections.0.fields.0.apiName"), "subject");
  EXPECT_EQ(list.at("data.0.sections.0.fields.3.isMandatory"), "true");
  const std::string id = list.at("data.0.id");
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/layouts/" + id).at("isDefaultLayout"), "false");
  EXPECT_EQ(
      portal_.dialect(agent_, Method::get, "/tickets/" + to_string(ours_.ticket)).at("layoutId"),
      id);
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/layouts/4711").status, 404);
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/layouts?module=products").at("data.0.id"), "3");
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/layouts/3").at("module"), "products");
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/organizationFields?module=tickets")
                .at("data.0.displayLabel"),
            "Subject");
  EXPECT_EQ(portal_.dialect(agent_, Method::get, "/fields?module=secrets").status, 422);
}

}  // namespace
}  // namespace tandem::test
