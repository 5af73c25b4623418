#include "desk/layouts/layouts.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "desk/channels/channel_intake.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"
#include "records/custom_fields.h"
#include "tests/support/office.h"

// Manual, Layouts.

namespace tandem::test {
namespace {

using records::Changes;
using testing::ElementsAre;
using testing::Not;

class Layouts : public testing::Test {
 protected:
  Office office_;
  const access::Actor ada_ = office_.administrator();
  const access::Actor ana_ = office_.agent("ana", {"Support", "Billing"});
  const RecordId support_ = office_.department("Support");
  const RecordId billing_ = office_.department("Billing");

  void SetUp() override {
    office_.database
        ->write([&](db::Transaction& tx) -> Result<void> {
          TRY(records::add_custom_field(tx, office_.org, office_.catalogue,
                                        *office_.catalogue.find("tickets"),
                                        {.name = "serial", .label = "Serial number"}));
          return {};
        })
        .value();
  }
  Result<desk::Layout> save(const std::string& json, RecordId department) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::save_layout(tx, ada_, department, json_from_text(json)->as_object());
    });
  }
  desk::Layout layout(const access::Actor& actor, RecordId department) {
    return office_.database->read(
        [&](db::Transaction& tx) { return *desk::read_layout(tx, actor, department); });
  }
  Result<records::Record> ticket(const access::Actor& actor, const Changes& more) {
    Changes values{{"subject", "Router"}, {"department", support_}};
    for (const auto& [field, value] : more) values.set(field, value);
    return office_.create(actor, "tickets", values);
  }
  static std::vector<std::string> names(const desk::Layout& layout) {
    std::vector<std::string> all;
    for (const auto& section : layout.sections) {
      for (const auto& field : section.fields) all.push_back(field.name);
    }
    return all;
  }

  const std::string support_layout_ = R"({"sections":[
    {"label":"Request","fields":[{"name":"subject"},{"name":"department"},{"name":"channel"},
      {"name":"category","required":"always"},{"name":"status"}]},
    {"label":"Device","fields":[{"name":"serial","required":"to_close"},{"name":"priority"}]}],
    "defaults":{"priority":"high","serial":null}})";
};

TEST_F(Layouts, ADepartmentWithoutItsOwnHasEveryFieldThatPeopleWrite) {
  const desk::Layout usual = layout(ana_, support_);
  EXPECT_FALSE(usual.is_own);
  EXPECT_THAT(names(usual), testing::IsSupersetOf({"subject", "priority", "product", "serial"}));
  EXPECT_THAT(names(usual), Not(testing::Contains("closed_at")));
}

TEST_F(Layouts, EachDepartmentHasItsOwnFieldsInItsOwnOrder) {
  ASSERT_TRUE(save(support_layout_, support_));
  EXPECT_THAT(
      names(layout(ana_, support_)),
      ElementsAre("subject", "department", "channel", "category", "status", "serial", "priority"));
  EXPECT_EQ(layout(ana_, support_).sections.back().label, "Device");
  EXPECT_FALSE(layout(ana_, billing_).is_own);
}

TEST_F(Layouts, AgentsGiveWhatIsRequiredWhenTheyMakeATicket) {
  ASSERT_TRUE(save(support_layout_, support_));
  EXPECT_EQ(code_of(ticket(ana_, {})), "required");
  EXPECT_EQ(ticket(ana_, {}).error().field, "category");
  const auto made = ticket(ana_, {{"category", "Line"}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(code_of(office_.change(ana_, "tickets", made->id, {{"category", records::Value()}})),
            "required");
  EXPECT_TRUE(ticket(ana_, {{"department", billing_}}));
}

TEST_F(Layouts, WhatComesInByItselfIsNotAsked) {
  ASSERT_TRUE(save(support_layout_, support_));
  const desk::IntakeReport report = office_.mail_in({});
  ASSERT_TRUE(report.ticket);
  EXPECT_EQ(office_.read("tickets", report.ticket).get("priority").text(), "high");
  // Other fields of it can be changed before that one is filled in.
  EXPECT_TRUE(office_.change(ana_, "tickets", report.ticket, {{"priority", "low"}}));
}

TEST_F(Layouts, ClosingAsksForWhatIsStillMissing) {
  ASSERT_TRUE(save(support_layout_, support_));
  const auto made = ticket(ana_, {{"category", "Line"}});
  EXPECT_EQ(code_of(office_.change(ana_, "tickets", made->id, {{"status", "closed"}})),
            "required_to_close");
  EXPECT_TRUE(office_.change(ana_, "tickets", made->id, {{"status", "closed"}, {"serial", "A17"}}));
  const desk::IntakeReport report = office_.mail_in({});
  const auto refused = office_.change(ana_, "tickets", report.ticket, {{"status", "closed"}});
  EXPECT_EQ(refused.error().faults.size(), 2u);
  EXPECT_TRUE(office_.change(office_.program(), "tickets", report.ticket, {{"status", "closed"}}));
}

TEST_F(Layouts, DefaultsFillWhatIsLeftEmpty) {
  ASSERT_TRUE(save(support_layout_, support_));
  EXPECT_EQ(ticket(ana_, {{"category", "Line"}})->get("priority").text(), "high");
  EXPECT_EQ(ticket(ana_, {{"category", "Line"}, {"priority", "low"}})->get("priority").text(),
            "low");
}

TEST_F(Layouts, AMoveAsksAgainWhenTheTicketIsClosed) {
  ASSERT_TRUE(save(support_layout_, support_));
  const auto made = ticket(ana_, {{"department", billing_}});
  ASSERT_TRUE(office_.change(ana_, "tickets", made->id, {{"department", support_}}));
  EXPECT_EQ(code_of(office_.change(ana_, "tickets", made->id, {{"status", "closed"}})),
            "required_to_close");
}

TEST_F(Layouts, AFieldThatTheRoleDoesNotWriteIsNotAskedOfIt) {
  ASSERT_TRUE(save(support_layout_, support_));
  access::Actor reader = ana_;
  access::Role role = *ana_.role;
  role.kind = access::RoleKind::custom;
  role.fields["tickets"]["category"] = access::FieldAccess::read;
  role.fields["tickets"]["serial"] = access::FieldAccess::hidden;
  reader.role = std::make_shared<const access::Role>(role);
  const auto made = ticket(reader, {});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(office_.change(reader, "tickets", made->id, {{"status", "closed"}}));
  EXPECT_THAT(names(layout(reader, support_)), Not(testing::Contains("serial")));
}

TEST_F(Layouts, MergingAndSplittingAskForNothing) {
  const RecordId first = office_.mail_in({.subject = "Router"}).ticket;
  const RecordId second = office_.mail_in({.subject = "Router again"}).ticket;
  ASSERT_TRUE(office_.reply(ana_, first, {.html = "Another matter"}));
  ASSERT_TRUE(save(support_layout_, support_));
  const auto threads =
      office_.sees(office_.program(), "threads", records::field("ticket").is(first));
  const auto split = office_.database->write([&](db::Transaction& tx) {
    return desk::split_ticket(tx, ana_, {.ticket = first, .thread = RecordId{threads.back()}});
  });
  ASSERT_TRUE(split) << split.error().message;
  const auto merged = office_.database->write([&](db::Transaction& tx) {
    return desk::merge_tickets(tx, ana_, {.id = first}, {{.id = second}});
  });
  EXPECT_TRUE(merged) << merged.error().message;
}

// Manual, Custom fields 1.3 and Layouts 2.2.
TEST_F(Layouts, ARequiredFieldOfOnesOwnIsAskedOfPeopleAndStopsNothingThatComesIn) {
  for (const char* module : {"tickets", "contacts"}) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return records::add_custom_field(tx, office_.org, office_.catalogue,
                                       *office_.catalogue.find(module),
                                       {.name = "site", .label = "Site", .required = true});
    }));
  }
  EXPECT_EQ(ticket(ana_, {}).error().field, "site");
  EXPECT_EQ(office_.create(ana_, "contacts", {{"last_name", "Silva"}}).error().field, "site");
  const auto made = ticket(ana_, {{"site", "Bonn"}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(code_of(office_.change(ana_, "tickets", made->id, {{"site", records::Value()}})),
            "required");
  const RecordId mailed = office_.mail_in({}).ticket;  // from an unknown sender
  ASSERT_TRUE(mailed);
  desk::ChannelMessage said;
  said.org = office_.org;
  said.channel = "chat";
  said.key = "one";
  said.department = support_;
  said.who = {.name = "Rui", .email = "rui@kunde.example", .phone = ""};
  said.subject = "Router";
  said.text = "It is off";
  const auto called = office_.database->write(
      [&](db::Transaction& tx) { return desk::take_in_message(tx, *office_.desk, said); });
  ASSERT_TRUE(called) << called.error().message;
  ASSERT_TRUE(office_.reply(ana_, mailed, {.html = "Another matter"}));
  const auto threads =
      office_.sees(office_.program(), "threads", records::field("ticket").is(mailed));
  const auto split = office_.database->write([&](db::Transaction& tx) {
    return desk::split_ticket(tx, ana_, {.ticket = mailed, .thread = RecordId{threads.back()}});
  });
  EXPECT_TRUE(split) << split.error().message;
}

TEST_F(Layouts, BadOnesAreRefused) {
  const auto with = [&](const std::string& fields, const std::string& defaults = "{}") {
    return code_of(save(R"({"sections":[{"fields":[{"name":"subject"},{"name":"department"})" +
                            fields + R"(]}],"defaults":)" + defaults + "}",
                        support_));
  };
  EXPECT_EQ(with(R"(,{"name":"priority"})"), "");
  EXPECT_EQ(with(R"(,{"name":"colour"})"), "unknown_field");
  EXPECT_EQ(with(R"(,{"name":"subject"})"), "duplicate");
  EXPECT_EQ(with(R"(,{"name":"closed_at"})"), "read_only");
  EXPECT_EQ(with(R"(,{"name":"priority","required":"often"})"), "not_a_choice");
  EXPECT_EQ(with("", R"({"priority":"high"})"), "unknown_field");
  EXPECT_EQ(with(R"(,{"name":"priority"})", R"({"priority":"soon"})"), "not_a_choice");
  EXPECT_EQ(with(R"(,{"name":"owner"})", R"({"owner":"1"})"), "not_possible");
  EXPECT_EQ(code_of(save(R"({"sections":[{"fields":[{"name":"department"}]}]})", support_)),
            "required");
  EXPECT_EQ(code_of(save(R"({"sections":[]})", support_)), "required");
  EXPECT_EQ(code_of(save(support_layout_, RecordId{4711})), "not_found");
}

TEST_F(Layouts, TheyFollowTheFieldsThatThereAre) {
  ASSERT_TRUE(save(support_layout_, support_));
  office_.database
      ->write([&](db::Transaction& tx) -> Result<void> {
        const records::ModuleDef& tickets = *office_.catalogue.find("tickets");
        TRY(records::remove_custom_field(tx, office_.org, tickets, "serial"));
        TRY(records::add_custom_field(tx, office_.org, office_.catalogue, tickets,
                                      {.name = "site", .label = "Site", .required = true}));
        TRY(records::add_custom_field(tx, office_.org, office_.catalogue, tickets,
                                      {.name = "floor", .label = "Floor"}));
        return {};
      })
      .value();
  EXPECT_THAT(names(layout(ana_, support_)), ElementsAre("subject", "department", "channel",
                                                         "category", "status", "priority", "site"));
}

TEST_F(Layouts, OnlyWhoLooksAfterFieldsChangesThem) {
  ASSERT_TRUE(save(support_layout_, support_));
  EXPECT_EQ(code_of(office_.database->write([&](db::Transaction& tx) {
              return desk::save_layout(tx, ana_, support_,
                                       json_from_text(support_layout_)->as_object());
            })),
            "duty_missing");
  EXPECT_EQ(code_of(office_.database->write(
                [&](db::Transaction& tx) { return desk::remove_layout(tx, ana_, support_); })),
            "duty_missing");
  EXPECT_TRUE(layout(ana_, support_).is_own);
}

TEST_F(Layouts, RemovingOneGivesTheUsualOneBack) {
  ASSERT_TRUE(save(support_layout_, support_));
  const auto remove = [&] {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::remove_layout(tx, ada_, support_); });
  };
  EXPECT_TRUE(remove());
  EXPECT_EQ(code_of(remove()), "not_found");
  EXPECT_TRUE(ticket(ana_, {}));
}

}  // namespace
}  // namespace tandem::test
