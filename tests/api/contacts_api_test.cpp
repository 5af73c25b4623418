#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Addresses, merging and spam of contacts, as programs meet them.

namespace tandem::test {
namespace {

using http::Method;

class ContactsApi : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
  Member& administrator_ = ours_.members["administrator"];

  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  std::string new_contact(const std::string& name, const std::string& email) {
    return native(agent_, Method::post, "/contacts",
                  R"({"last_name":")" + name + R"(","email":")" + email + R"("})")
        .at("id");
  }
};

TEST_F(ContactsApi, FurtherAddressesAreAListAndATakenOneNamesItsContact) {
  const std::string id = new_contact("Abe", "abe@kunde.example");
  const Answer changed =
      native(agent_, Method::patch, "/contacts/" + id,
             R"({"other_emails":["Abe@Home.example"],"other_phones":["+81 3 1234 5678"]})");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("other_emails.0"), "abe@home.example");
  EXPECT_EQ(changed.at("other_phones.0"), "+81 3 1234 5678");
  const Answer refused = native(agent_, Method::post, "/contacts",
                                R"({"last_name":"Two","email":"ABE@home.example"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.at("error.code"), "address_taken");
  EXPECT_EQ(refused.at("error.field"), "email");
  EXPECT_NE(refused.at("error.message").find("Abe"), std::string::npos);
}

TEST_F(ContactsApi, SecondaryContactsOfATicketAreTheCopiedPeople) {
  const std::string id = new_contact("Abe", "abe@kunde.example");
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const Answer copied = portal_.dialect(administrator_, Method::patch, ticket,
                                        R"({"secondaryContacts":[")" + id + R"("]})");
  EXPECT_EQ(copied.status, 200) << copied.body;
  EXPECT_EQ(copied.at("secondaryContacts.0"), id);
  EXPECT_EQ(native(agent_, Method::get, ticket).at("cc"), "abe@kunde.example");
  EXPECT_EQ(portal_.dialect(administrator_, Method::patch, ticket, R"({"secondaryContacts":["1"]})")
                .status,
            422);
  const Answer none =
      portal_.dialect(administrator_, Method::patch, ticket, R"({"secondaryContacts":[]})");
  EXPECT_EQ(none.at("secondaryContacts.0"), "");
}

}  // namespace
}  // namespace tandem::test
