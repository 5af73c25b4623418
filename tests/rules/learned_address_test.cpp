#include <gtest/gtest.h>

#include "desk/modules.h"
#include "tests/support/office.h"

// Manual, Contacts and accounts 1.7.

namespace tandem::test {
namespace {

class LearnedAddress : public testing::Test {
 protected:
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId caller = office.contact("Silva", "");
  RecordId ticket = office.ticket(
      "Call", {{"contact", caller}, {"channel", "phone"}, {"cc", "chef@kunde.example"}});

  void answer(const std::vector<mail::Address>& to, desk::ReplyKind kind = desk::ReplyKind::reply) {
    const auto sent = office.reply(ana, ticket, {.kind = kind, .to = to, .html = "Try again."});
    ASSERT_TRUE(sent) << sent.error().message;
  }
  std::string address() { return office.read("contacts", caller).get("email").text(); }
  int64_t contacts() {
    return office.database->read(
        [&](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM contacts"); });
  }
};

TEST_F(LearnedAddress, AContactWithoutAnAddressLearnsTheOneThatItIsAnsweredAt) {
  answer({{"", "Maria@Kunde.example"}});
  EXPECT_EQ(address(), "maria@kunde.example");
  const desk::IntakeReport back = office.mail_in({.from = "Maria Silva <maria@kunde.example>"});
  EXPECT_EQ(office.read("tickets", back.ticket).get("contact").id(), caller);
  EXPECT_EQ(contacts(), 1);
  const auto history = office.database->read([&](db::Transaction& tx) {
    return operations::record_history(tx, ana, *office.catalogue.find("contacts"), caller, "", 10);
  });
  ASSERT_TRUE(history);
  EXPECT_EQ(history->entries.front().event, "address_learned");
  EXPECT_EQ(history->entries.front().detail_json.find('@'), std::string::npos)
      << "the address stands among the changes, which a role may not read";
  EXPECT_EQ(history->entries.front().author.kind, "system");
}

TEST_F(LearnedAddress, NobodysAddressIsTakenForTheContacts) {
  office.contact("Costa", "costa@kunde.example");
  for (const char* taken : {"costa@kunde.example", "support@firma.example", "chef@kunde.example"}) {
    answer({{"", taken}});
    EXPECT_EQ(address(), "") << taken;
  }
  const std::string colleague = office.read("agents", ana.id).get("email").text();
  ASSERT_FALSE(colleague.empty());
  answer({{"", colleague}});
  EXPECT_EQ(address(), "");
}

TEST_F(LearnedAddress, OnlyAnAnswerToOnePersonTeaches) {
  answer({{"", "one@kunde.example"}, {"", "two@kunde.example"}});
  answer({{"", "bank@partner.example"}}, desk::ReplyKind::forward);
  EXPECT_EQ(address(), "");
}

TEST_F(LearnedAddress, AContactThatHasAnAddressKeepsIt) {
  ASSERT_TRUE(office.change(ana, "contacts", caller, {{"secondary_email", "maria@home.example"}}));
  answer({{"", "maria@kunde.example"}});
  EXPECT_EQ(address(), "");
  EXPECT_EQ(office.read("contacts", caller).get("secondary_email").text(), "maria@home.example");
}

}  // namespace
}  // namespace tandem::test
