#include "desk/conversation/signatures.h"

#include <gmock/gmock.h>

#include "desk/sharing/ticket_sharing.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class Signatures : public testing::Test {
 protected:
  Result<std::string> sign(const access::Actor& actor, const std::string& html) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::save_own_signature(tx, actor, html); });
  }
  Result<std::string> sign_for(RecordId department, const access::Actor& actor,
                               const std::string& html) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::save_department_signature(tx, actor, department, html);
    });
  }
  std::string begins_with(const access::Actor& actor) {
    const auto html = office_.database->read(
        [&](db::Transaction& tx) { return desk::signature_on(tx, actor, ticket_); });
    return html ? *html : html.error().code;
  }

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("Ana", {"Support"});
  access::Actor ben_ = office_.agent("Ben", {"Support"});
  RecordId support_ = office_.department("Support");
  RecordId ticket_ = office_.mail_in({}).ticket;
};

TEST_F(Signatures, AMailBeginsWithTheAgentsOwnSignature) {  // manual, Signatures 1.1
  ASSERT_TRUE(sign(ana_, "<p>Ana from Support</p>"));
  EXPECT_EQ(begins_with(ana_), "<p>Ana from Support</p>");
  EXPECT_EQ(begins_with(ben_), "");
}

TEST_F(Signatures, WhoHasNoneSignsAsTheDepartmentOfTheTicket) {  // manual, Signatures 1.2
  const RecordId billing = office_.department("Billing");
  ASSERT_TRUE(sign_for(support_, ada_, "<p>The Support team</p>"));
  ASSERT_TRUE(sign_for(billing, ada_, "<p>The Billing team</p>"));
  EXPECT_EQ(begins_with(ben_), "<p>The Support team</p>");
  ASSERT_TRUE(sign(ana_, "<p>Ana</p>"));
  EXPECT_EQ(begins_with(ana_), "<p>Ana</p>");
  const access::Actor cleo = office_.agent("Cleo", {"Billing"});
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, ada_, ticket_, {{billing, desk::TicketAccess::full}});
  }));
  EXPECT_EQ(begins_with(cleo), "<p>The Support team</p>");
}

TEST_F(Signatures, PlaceholdersAreFilledInForEachTicket) {  // manual, Signatures 1.3
  ASSERT_TRUE(sign_for(support_, ada_,
                       "<p>{agent.name}, {department.name}, #{ticket.number} &amp; co</p>"));
  const std::string number =
      std::to_string(office_.read("tickets", ticket_).get("number").number());
  EXPECT_EQ(begins_with(ben_), "<p>Ben, Support, #" + number + " &amp; co</p>");
  EXPECT_EQ(code_of(sign(ana_, "<p>{agent.salary}</p>")), "unknown_placeholder");
}

TEST_F(Signatures, WhatCouldRunIsTakenOut) {  // manual, Signatures 1.4
  const auto kept = sign(ana_, "<p onclick=\"x()\">Ana<script>steal()</script></p>");
  ASSERT_TRUE(kept);
  EXPECT_THAT(*kept, HasSubstr("Ana"));
  EXPECT_THAT(*kept, Not(HasSubstr("onclick")));
  EXPECT_THAT(*kept, Not(HasSubstr("steal")));
}

TEST_F(Signatures, AnEmptyTextRemovesTheSignature) {  // manual, Signatures 1.4
  ASSERT_TRUE(sign_for(support_, ada_, "<p>The Support team</p>"));
  ASSERT_TRUE(sign(ana_, "<p>Ana</p>"));
  EXPECT_EQ(sign(ana_, "<p> </p>").value(), "");
  EXPECT_EQ(begins_with(ana_), "<p>The Support team</p>");
}

TEST_F(Signatures, ASignatureHasAtMostTwentyKilobytes) {  // manual, Signatures 1.4
  EXPECT_EQ(code_of(sign(ana_, std::string(desk::signature_html_bytes_max, 'x'))), "");
  EXPECT_EQ(code_of(sign(ana_, std::string(desk::signature_html_bytes_max + 1, 'x'))),
            "text_too_long");
}

TEST_F(Signatures, OnlyWhoManagesDepartmentsSignsForOne) {  // manual, Signatures 1.2
  EXPECT_EQ(code_of(sign_for(support_, ana_, "<p>x</p>")), "duty_missing");
  EXPECT_EQ(code_of(sign_for(ticket_, ada_, "<p>x</p>")), "not_found");
  EXPECT_EQ(code_of(sign(office_.contact_actor(office_.contact("Kim", "kim@x.example")), "x")),
            "agents_only");
}

TEST_F(Signatures, WhoDoesNotSeeTheTicketReadsNothingOfIt) {  // S051
  ASSERT_TRUE(sign(ana_, "<p>{ticket.subject}</p>"));
  const access::Actor cleo = office_.agent("Cleo", {"Billing"});
  EXPECT_EQ(begins_with(cleo), "not_found");
}

TEST_F(Signatures, NothingIsAddedToAMailThatLeavesWithoutIt) {  // manual, Signatures 2.4
  ASSERT_TRUE(sign(ana_, "<p>Ana from Support</p>"));
  ASSERT_TRUE(office_.reply(ana_, ticket_, {.html = "<p>Try again</p>"}));
  EXPECT_THAT(office_.outbox().at(0).text, Not(HasSubstr("Ana from Support")));
}

TEST_F(Signatures, ADepartmentThatIsGoneForGoodLeavesNone) {
  const RecordId sales =
      office_.create(office_.program(), "departments", {{"name", "Sales"}}).value().id;
  ASSERT_TRUE(sign_for(sales, ada_, "<p>The Sales team</p>"));
  const records::ModuleDef& departments = *office_.catalogue.find("departments");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(operations::delete_record(tx, ada_, departments, sales));
    return operations::purge_record(tx, ada_, departments, sales);
  }));
  EXPECT_EQ(office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM signatures WHERE org_id = $1", {office_.org.value});
  }),
            0);
}

}  // namespace
}  // namespace tandem::test
