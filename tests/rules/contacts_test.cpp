#include <gmock/gmock.h>

#include "desk/customers/contact_addresses.h"
#include "desk/customers/contacts.h"
#include "desk/customers/phone_numbers.h"
#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

// Manual, Contacts and accounts 1: the addresses and telephones of a contact.

namespace tandem::test {
namespace {

using records::Value;
using testing::ElementsAre;
using testing::HasSubstr;

using Texts = std::vector<std::string>;

class ContactReach : public testing::Test {
 protected:
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId maria = office.contact("Silva", "maria@kunde.example");

  Result<records::Record> further(RecordId contact, const Texts& addresses) {
    return office.change(ana, "contacts", contact, {{"other_emails", Value(addresses)}});
  }
  int64_t by_address(const std::string& address) {
    return office.database->read([&](db::Transaction& tx) -> int64_t {
      const auto found = desk::find_contact_by_address(tx, office.org, address);
      return found ? found->id.value : 0;
    });
  }
  int64_t by_phone(const std::string& number) {
    return office.database->read([&](db::Transaction& tx) -> int64_t {
      const auto found = desk::find_contact_by_phone(tx, office.org, number);
      return found ? found->id.value : 0;
    });
  }
  std::vector<records::Record> search(const std::string& words) {
    return office.database->read([&](db::Transaction& tx) {
      return *operations::search_records(tx, ana, *office.catalogue.find("contacts"), words, 10);
    });
  }
};

TEST_F(ContactReach, AContactIsFoundByEveryAddressAndKeepsThemInSmallLetters) {  // S024
  ASSERT_TRUE(further(maria, {"Maria@Home.example", "m.silva@club.example", "MARIA@home.example",
                              "maria@kunde.example"}));
  EXPECT_THAT(office.read("contacts", maria).get("other_emails").list(),
              ElementsAre("m.silva@club.example", "maria@home.example"));
  for (const char* address : {"maria@kunde.example", "MARIA@HOME.example", "m.silva@club.example"})
    EXPECT_EQ(by_address(address), maria.value) << address;
  EXPECT_EQ(search("club").size(), 1U);
  ASSERT_TRUE(office.change(ana, "contacts", maria, {{"other_emails", Value()}}));
  EXPECT_EQ(by_address("maria@home.example"), 0);
}

TEST_F(ContactReach, AMailFromAnyAddressIsFromTheContactAndAnsweredThere) {  // S024
  ASSERT_TRUE(further(maria, {"maria@home.example"}));
  const desk::IntakeReport report = office.mail_in({.from = "Maria <maria@home.example>"});
  const records::Record ticket = office.read("tickets", report.ticket);
  EXPECT_EQ(ticket.get("contact").id(), maria);
  EXPECT_EQ(ticket.get("email").text(), "maria@home.example");
  ASSERT_TRUE(office.reply(ana, report.ticket, {.html = "Try again."}));
  const auto mails = office.outbox();
  ASSERT_FALSE(mails.empty());
  ASSERT_EQ(mails.back().to.size(), 1U);
  EXPECT_EQ(mails.back().to[0].address, "maria@home.example");
}

TEST_F(ContactReach, AnAddressBelongsToOneContactAndTheRefusalNamesWhose) {
  ASSERT_TRUE(office.change(ana, "contacts", maria, {{"secondary_email", "two@kunde.example"}}));
  ASSERT_TRUE(further(maria, {"three@kunde.example"}));
  const RecordId joao = office.contact("Costa", "joao@kunde.example");
  for (const char* address : {"maria@kunde.example", "Two@kunde.example", "three@kunde.example"}) {
    const std::vector<std::pair<std::string, Value>> ways{
        {"email", address}, {"secondary_email", address}, {"other_emails", Value(Texts{address})}};
    for (const auto& [field, value] : ways) {
      const auto refused = office.change(ana, "contacts", joao, {{field, value}});
      ASSERT_EQ(code_of(refused), "address_taken") << address << " as " << field;
      EXPECT_EQ(refused.error().field, field);
      EXPECT_THAT(refused.error().message, HasSubstr("Silva"));
    }
    EXPECT_EQ(code_of(office.create(ana, "contacts", {{"last_name", "New"}, {"email", address}})),
              "address_taken");
  }
}

TEST_F(ContactReach, WhatIsInTheBinHoldsNoAddressAndComesBackOnlyWhenItIsStillFree) {
  ASSERT_TRUE(further(maria, {"maria@home.example"}));
  const access::Actor ada = office.administrator();
  const auto turned = [&](auto verb) {
    return office.database->write([&](db::Transaction& tx) {
      return verb(tx, ada, *office.catalogue.find("contacts"), maria);
    });
  };
  ASSERT_TRUE(turned(operations::delete_record));
  EXPECT_EQ(by_address("maria@home.example"), 0);
  const RecordId other = office.contact("Costa", "maria@home.example");
  EXPECT_EQ(code_of(turned(operations::restore_record)), "address_taken");
  ASSERT_TRUE(office.change(ana, "contacts", other, {{"email", "costa@home.example"}}));
  ASSERT_TRUE(turned(operations::restore_record));
  EXPECT_EQ(by_address("maria@home.example"), maria.value);
}

TEST_F(ContactReach, BadAndTooManyAddressesAndTelephonesAreRefused) {
  EXPECT_EQ(code_of(further(maria, {"no address"})), "not_an_email");
  Texts many;
  for (int i = 0; i < 21; ++i) many.push_back("m" + std::to_string(i) + "@kunde.example");
  EXPECT_EQ(code_of(further(maria, many)), "too_many");
  EXPECT_EQ(code_of(office.change(ana, "contacts", maria, {{"other_phones", Value(Texts{"x"})}})),
            "not_a_phone");
}

TEST_F(ContactReach, ACallerIsFoundByAnyTelephone) {
  ASSERT_TRUE(office.change(
      ana, "contacts", maria,
      {{"phone", "+49 30 1234567"}, {"other_phones", Value(Texts{"+49 171 7654321"})}}));
  EXPECT_EQ(by_phone("0171 7654321"), maria.value);
  EXPECT_EQ(by_phone("+49301234567"), maria.value);
  EXPECT_EQ(search("7654321").size(), 1U);
  ASSERT_TRUE(office.change(ana, "contacts", maria, {{"other_phones", Value()}}));
  EXPECT_EQ(by_phone("0171 7654321"), 0);
}

TEST_F(ContactReach, NoRestrictedShareForwardsToAnyAddressOfTheRequester) {  // S050
  const RecordId billing = office.department("Billing");
  const access::Actor ben = office.agent("ben", {"Billing"});
  const RecordId ticket = office.mail_in({}).ticket;
  ASSERT_TRUE(further(maria, {"maria@home.example"}));
  ASSERT_TRUE(further(maria, {"maria@now.example"}));
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, ana, ticket, {{billing, desk::TicketAccess::restricted}});
  }));
  const auto forward_to = [&](const std::string& address) {
    return code_of(office.reply(
        ben, ticket, {.kind = desk::ReplyKind::forward, .to = {{"", address}}, .html = "See"}));
  };
  for (const char* address :
       {"maria@kunde.example", "maria@now.example", "Maria+x@NOW.example", "maria@home.example"}) {
    EXPECT_EQ(forward_to(address), "not_to_the_requester") << address;
  }
  EXPECT_EQ(forward_to("bank@partner.example"), "");
}

}  // namespace
}  // namespace tandem::test
