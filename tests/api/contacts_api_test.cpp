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

TEST_F(ContactsApi, ContactsAreMergedAfterAPreviewAndTakenApart) {
  const std::string one = new_contact("Abe", "abe@kunde.example");
  const std::string two = new_contact("Abe Two", "abe@home.example");
  const std::string address = "/contacts/" + one;
  const std::string others = R"("contacts":[{"id":")" + two + R"("}])";
  const Answer preview =
      native(administrator_, Method::post, address + "/merge/preview", "{" + others + "}");
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.at("target.title"), "Abe");
  EXPECT_EQ(preview.at("contacts.0.title"), "Abe Two");
  EXPECT_EQ(preview.at("fields.0.name"), "last_name");
  EXPECT_EQ(preview.at("fields.0.winner"), one);
  EXPECT_EQ(preview.at("fields.0.values.1.text"), "Abe Two");
  EXPECT_EQ(preview.at("other_emails.0"), "abe@home.example");
  const Answer merged = native(administrator_, Method::post, address + "/merge",
                               "{" + others + R"(,"winners":{"last_name":")" + two + R"("}})");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.at("title"), "Abe Two");
  EXPECT_EQ(native(agent_, Method::get, "/contacts/" + two).at("merged_into.id"), one);
  const Answer merges = native(administrator_, Method::get, address + "/merges");
  EXPECT_EQ(merges.at("merges.0.contacts.0.id"), two);
  const Answer undone = native(administrator_, Method::post,
                               address + "/merges/" + merges.at("merges.0.id") + "/undo");
  EXPECT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(undone.at("title"), "Abe");
  EXPECT_EQ(native(agent_, Method::get, "/contacts/" + two).at("email"), "abe@home.example");
}

TEST_F(ContactsApi, TheDialectMergesWithTheValuesOfASource) {
  const std::string one = new_contact("Abe", "abe@kunde.example");
  const std::string two = new_contact("Abe Two", "abe@home.example");
  const Answer merged =
      portal_.dialect(administrator_, Method::post, "/contacts/" + one + "/merge",
                      R"({"ids":[")" + two + R"("],"source":{"lastName":")" + two + R"("}})");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.at("id"), one);
  EXPECT_EQ(merged.at("lastName"), "Abe Two");
}

TEST_F(ContactsApi, PossibleDuplicatesAreListedAndDismissed) {
  const std::string one = new_contact("Abe", "abe@kunde.example");
  const std::string two = new_contact("Bea", "bea@home.example");
  for (const std::string& id : {one, two})
    native(agent_, Method::patch, "/contacts/" + id, R"({"phone":"+81 3 7777 5678"})");
  EXPECT_EQ(
      native(agent_, Method::get, "/contacts/" + one + "/duplicates").at("duplicates.0.contact.id"),
      two);
  EXPECT_EQ(native(agent_, Method::get, "/contact_duplicates").at("pairs.0.reason"), "phone");
  EXPECT_EQ(native(agent_, Method::post, "/contacts/" + one + "/duplicates/dismiss",
                   R"({"other":")" + two + R"("})")
                .status,
            204);
  EXPECT_EQ(native(agent_, Method::get, "/contact_duplicates").at("pairs.0.reason"), "");
  EXPECT_EQ(native(agent_, Method::get, "/contact_duplicates?cursor=x").status, 422);
}

}  // namespace
}  // namespace tandem::test
