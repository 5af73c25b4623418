#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Products by the native API and the Desk dialect.

namespace tandem::test {
namespace {

using http::Method;

class ProductsApi : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  const Member& ada_ = ours_.members["administrator"];
  const Member& agent_ = ours_.members["agent"];
  const std::string support_ = to_string(ours_.support);
  const std::string shipping_ = to_string(ours_.shipping);
  const std::string ticket_ = "/tickets/" + to_string(ours_.ticket);
  const std::string contact_ = "/contacts/" + to_string(ours_.contact);

  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  Answer dialect(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.dialect(ada_, method, rest, body);
  }
  std::string product(const std::string& name, const std::string& department) {
    const Answer made = native(ada_, Method::post, "/products",
                               R"({"name":")" + name + R"(","departments":[")" + department +
                                   R"("],"unit_price":"129.5"})");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("id");
  }
};

TEST_F(ProductsApi, TheNativeFaceSaysWhatIsReadOnlyAndForWhomAProductIs) {
  const std::string id = product("Aurora One", support_);
  const Answer shown = native(agent_, Method::get, "/products/" + id);
  EXPECT_EQ(shown.at("unit_price"), "129.50");
  EXPECT_EQ(shown.at("departments.0"), support_);
  EXPECT_EQ(native(agent_, Method::get, "/products/" + product("Crate", shipping_)).status, 404);
  EXPECT_EQ(native(agent_, Method::get, "/products?count=1").at("count"), "1");
  EXPECT_EQ(native(agent_, Method::get, "/search?q=aurora&module=products").at("groups.0.module"),
            "products");
  const Answer refused =
      native(ada_, Method::post, "/products", R"({"name":"No home","unit_price":"much"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.at("error.field"), "unit_price");
}

TEST_F(ProductsApi, AnAgentIsToldWhichDepartmentsTheyMayChoose) {  // S025; manual, Products 1.2
  const auto choosable = [&](const Member& member) {
    const Answer meta = native(member, Method::get, "/meta");
    std::map<std::string, bool> choices;
    const Json json = *json_from_text(meta.body);
    for (const Json& module : find(json, "modules")->as_array()) {
      if (text_of(module, "name") != "products") continue;
      for (const Json& field : find(module, "fields")->as_array()) {
        if (text_of(field, "name") != "departments") continue;
        for (const Json& choice : find(field, "choices")->as_array()) {
          choices[text_of(choice, "name")] = !find(choice, "may_choose");
        }
      }
    }
    return choices;
  };
  const std::map<std::string, bool> agents{{support_, true}, {shipping_, false}};
  EXPECT_EQ(choosable(agent_), agents);
  const std::map<std::string, bool> administrators{{support_, true}, {shipping_, true}};
  EXPECT_EQ(choosable(ada_), administrators);
  // What is not offered is refused.
  const Answer refused = native(agent_, Method::post, "/products",
                                R"({"name":"Crate","departments":[")" + shipping_ + R"("]})");
  EXPECT_EQ(refused.at("error.code"), "not_your_department") << refused.body;
}

TEST_F(ProductsApi, ATicketIsOfferedTheProductsThatItMayHave) {  // S026
  const std::string id = product("Aurora One", support_);
  product("Crate", shipping_);
  const std::string old = product("Aurora Zero", support_);
  native(ada_, Method::patch, "/products/" + old, R"({"is_active":false})");
  const Answer offered = native(ada_, Method::get, "/ticket_products?department=" + support_);
  EXPECT_EQ(offered.at("products.0.id"), id);
  EXPECT_EQ(offered.at("products.1.id"), "");
  const std::string words = "&q=aurora";
  EXPECT_EQ(native(agent_, Method::get, "/ticket_products?department=" + support_ + words)
                .at("products.0.title"),
            "Aurora One");
  EXPECT_EQ(
      native(agent_, Method::get, "/ticket_products?department=" + shipping_).at("products.0.id"),
      "");
  EXPECT_EQ(native(agent_, Method::get, "/ticket_products").status, 422);
}

TEST_F(ProductsApi, TheNativeFaceRelatesProductsAndCustomers) {
  const std::string id = product("Aurora One", support_);
  const std::string body = R"({"products":[")" + id + R"("]})";
  EXPECT_EQ(native(agent_, Method::post, contact_ + "/products", body).at("records.0.title"),
            "Aurora One");
  EXPECT_EQ(native(agent_, Method::get, "/products/" + id + "/customers?module=contacts")
                .at("records.0.id"),
            to_string(ours_.contact));
  EXPECT_EQ(native(agent_, Method::get, "/products/" + id + "/customers?module=tickets").status,
            422);
  EXPECT_EQ(native(agent_, Method::get, contact_ + "/history").at("entries.0.verb"),
            "product_added");
  EXPECT_EQ(native(agent_, Method::del, contact_ + "/products/" + id).status, 204);
  EXPECT_EQ(native(agent_, Method::del, contact_ + "/products/" + id).status, 404);
  EXPECT_EQ(native(agent_, Method::post, contact_ + "/products", R"({"products":[]})").status, 422);
}

TEST_F(ProductsApi, TheDialectMakesFindsChangesAndThrowsAway) {
  const Answer made = dialect(Method::post, "/products",
                              R"({"productName":"Aurora One","productCode":"A-1","unitPrice":129,)"
                              R"("productCategory":"Router","departmentIds":[")" +
                                  support_ + R"("],"description":"A router"})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.at("productName"), "Aurora One");
  EXPECT_EQ(made.at("unitPrice"), "129.00");
  EXPECT_EQ(made.at("departmentIds.0"), support_);
  EXPECT_EQ(made.at("isDeleted"), "false");
  const std::string path = "/products/" + made.at("id");
  EXPECT_EQ(dialect(Method::patch, path, R"({"manufacturer":"Aurora"})").at("manufacturer"),
            "Aurora");
  EXPECT_EQ(dialect(Method::get, "/products/search?productName=Aurora*").at("count"), "1");
  EXPECT_EQ(dialect(Method::get, "/products?departmentId=" + support_).at("data.0.productCode"),
            "A-1");
  EXPECT_EQ(dialect(Method::get, "/products?departmentId=" + shipping_).status, 204);
  const Answer refused = dialect(Method::post, "/products", R"({"productCode":"A-1"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("productName"), std::string::npos) << refused.body;
  EXPECT_EQ(dialect(Method::post, "/products/moveToTrash",
                    R"({"productIds":[")" + made.at("id") + R"("]})")
                .status,
            204);
  EXPECT_EQ(dialect(Method::get, path).status, 404);
}

TEST_F(ProductsApi, TheDialectPutsAProductOnATicketAndListsItsTickets) {  // S026
  const std::string id = product("Aurora One", support_);
  const std::string crate = product("Crate", shipping_);
  EXPECT_EQ(dialect(Method::patch, ticket_, R"({"productId":")" + id + R"("})").at("productId"),
            id);
  EXPECT_EQ(dialect(Method::get, ticket_ + "?include=products").at("product.productName"),
            "Aurora One");
  EXPECT_EQ(dialect(Method::get, "/products/" + id + "/tickets").at("data.0.id"),
            to_string(ours_.ticket));
  EXPECT_EQ(dialect(Method::get, "/tickets/search?productId=" + id).at("count"), "1");
  EXPECT_EQ(dialect(Method::get, "/tickets/search?productName=aurora*").at("count"), "1");
  const Answer refused = dialect(Method::patch, ticket_, R"({"productId":")" + crate + R"("})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("productId"), std::string::npos) << refused.body;
}

TEST_F(ProductsApi, TheDialectAssociatesProductsWithCustomers) {
  const std::string id = product("Aurora One", support_);
  const std::string account = "/accounts/" + to_string(ours_.account);
  const Answer given = dialect(Method::post, account + "/associateProducts",
                               R"({"ids":[")" + id + R"(","4711"],"associate":true})");
  EXPECT_EQ(given.at("results.0.success"), "true");
  EXPECT_EQ(given.at("results.1.success"), "false");
  EXPECT_EQ(dialect(Method::get, account + "/products").at("data.0.id"), id);
  EXPECT_EQ(dialect(Method::get, contact_ + "/products").status, 204);
  EXPECT_EQ(dialect(Method::get, "/products/" + id + "/accounts").at("data.0.id"),
            to_string(ours_.account));
  EXPECT_EQ(dialect(Method::post, account + "/associateProducts",
                    R"({"ids":[")" + id + R"("],"associate":false})")
                .at("results.0.success"),
            "true");
  EXPECT_EQ(dialect(Method::get, account + "/products").status, 204);
}

}  // namespace
}  // namespace tandem::test
