#include "crm/deals/contact_roles.h"

#include <gmock/gmock.h>

#include "crm/joins.h"
#include "operations/joins.h"
#include "tests/rules/sales_office.h"

// Contact roles that an organisation makes of its own. Manual, Deals 4.5.

namespace tandem::crm {
namespace {

using records::Value;
using testing::ElementsAre;

struct ContactRoles : testing::Test {
  test::SalesOffice office{Edition::crm};
  RecordId deal =
      office
          .create(office.ada, "deals", {{"name", "Lamps"}, {"closes_on", Value(int64_t{20'600})}})
          ->id;
  RecordId maria = office.create(office.ada, "contacts", {{"last_name", "Silva"}})->id;

  template <class Act>
  auto write(Act act) {
    return office.database->write(act);
  }
  Result<ContactRole> add(const access::Actor& actor, const ContactRoleWords& words) {
    return write([&](db::Transaction& tx) { return add_contact_role(tx, actor, words); });
  }
  Result<ContactRole> change(RecordId id, const ContactRoleWords& words) {
    return write(
        [&](db::Transaction& tx) { return change_contact_role(tx, office.ada, id, words); });
  }
  Result<RoleRetirement> retire(const access::Actor& actor, const RetiredRole& retired) {
    return write([&](db::Transaction& tx) { return retire_contact_role(tx, actor, retired); });
  }
  std::vector<ContactRole> roles() {
    return office.database->read(
        [&](db::Transaction& tx) { return list_contact_roles(tx, office.org); });
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const ContactRole& role : roles()) names.push_back(role.name);
    return names;
  }
  RecordId named(const std::string& name) {
    for (const ContactRole& role : roles())
      if (role.name == name) return role.id;
    ADD_FAILURE() << "there is no role " << name;
    return {};
  }
  records::JoinSide side() {
    return *find_join(*office.catalogue, office.module("deals"), "contact_roles");
  }
  Result<void> join(RecordId contact, const std::string& said) {
    return write([&](db::Transaction& tx) {
      const OwnSide own(tx, office.org, side());
      return operations::join_records(tx, office.ada, own.side(), {deal, contact}, Value(said));
    });
  }
  std::string said(RecordId contact) {
    return office.database
        ->read([&](db::Transaction& tx) {
          return records::said_of(tx, office.org, side(), {deal, contact});
        })
        .value_or("not joined");
  }
};

TEST_F(ContactRoles, AnOrganisationBeginsWithEightAndMakesItsOwnOfThem) {
  EXPECT_THAT(names(),
              ElementsAre("Decision Maker", "Developer/Evaluator", "Economic Decision Maker",
                          "Executive Sponsor", "Influencer", "Purchasing", "End User", "Other"));
  ASSERT_TRUE(add(office.ada, {.name = "  Works council "}));
  EXPECT_EQ(names().back(), "Works council");
  ASSERT_TRUE(change(named("Other"), {.name = "Somebody else"}));
  EXPECT_EQ(names().at(7), "Somebody else");
}

TEST_F(ContactRoles, ARoleStandsWhereItIsPutAndTheOthersMakeWay) {
  ASSERT_TRUE(add(office.ada, {.name = "Works council", .place = 2}));
  EXPECT_EQ(names().at(0), "Decision Maker");
  EXPECT_EQ(names().at(1), "Works council");
  EXPECT_EQ(names().at(2), "Developer/Evaluator");
  ASSERT_TRUE(change(named("Works council"), {.place = 1}));
  EXPECT_EQ(names().at(0), "Works council");
  ASSERT_TRUE(change(named("Works council"), {.place = 500}));
  EXPECT_EQ(names().back(), "Works council") << "beyond the last one is the end";
  const auto refused = change(named("Works council"), {.place = 0});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "sequence_number");
}

TEST_F(ContactRoles, AContactHasARoleOfTheOrganisationsOwnInADeal) {
  const ContactRole council = *add(office.ada, {.name = "Works council"});
  ASSERT_TRUE(join(maria, said_of_role(council.id)));
  EXPECT_EQ(said(maria), to_string(council.id));
  ASSERT_TRUE(change(council.id, {.name = "Council"}));
  EXPECT_EQ(said(maria), to_string(council.id)) << "another name is the same role";
  ASSERT_TRUE(join(maria, "Council")) << "by its name";
}

TEST_F(ContactRoles, ANameIsThereOnceWhateverItsCapitals) {
  for (const char* name : {"DECISION maker", "Decision Maker"}) {
    const auto refused = add(office.ada, {.name = name});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, "duplicate");
  }
  EXPECT_EQ(change(named("Other"), {.name = "influencer"}).error().code, "duplicate");
  ASSERT_TRUE(change(named("Other"), {.name = "OTHER"})) << "its own name in other letters";
}

TEST_F(ContactRoles, ANameIsGivenAndNotTooLong) {
  EXPECT_EQ(add(office.ada, {.name = "   "}).error().code, "required");
  EXPECT_EQ(add(office.ada, {}).error().code, "required");
  EXPECT_EQ(add(office.ada, {.name = std::string(101, 'x')}).error().code, "too_long");
  EXPECT_TRUE(add(office.ada, {.name = std::string(100, 'x')}));
}

TEST_F(ContactRoles, ThereAreAHundredAtMost) {
  for (int64_t made = 8; made < contact_roles_max; ++made)
    ASSERT_TRUE(add(office.ada, {.name = "Role " + std::to_string(made)}));
  EXPECT_EQ(add(office.ada, {.name = "One more"}).error().code, "too_many");
}

TEST_F(ContactRoles, ADeletedRoleGivesItsContactsAnotherOrNone) {
  const RecordId kenji = office.create(office.ada, "contacts", {{"last_name", "Mori"}})->id;
  const ContactRole council = *add(office.ada, {.name = "Works council"});
  ASSERT_TRUE(join(maria, "influencer"));
  ASSERT_TRUE(join(kenji, "purchasing"));
  const auto first = retire(office.ada, {.role = named("Influencer"), .target = council.id});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->exchanged, 1);
  EXPECT_TRUE(first->is_done);
  EXPECT_EQ(said(maria), to_string(council.id));
  EXPECT_EQ(said(kenji), "purchasing") << "other roles stay";
  ASSERT_TRUE(retire(office.ada, {.role = council.id}));
  EXPECT_EQ(said(maria), "") << "still in the deal, without a role";
  EXPECT_EQ(names().size(), 7U);
  EXPECT_EQ(join(maria, "influencer").error().code, "not_a_choice") << "it is gone";
}

TEST_F(ContactRoles, WhatIsNotThereIsNeitherDeletedNorTakenInstead) {
  EXPECT_EQ(retire(office.ada, {.role = deal}).error().kind, RefusalKind::not_found);
  EXPECT_EQ(change(deal, {.name = "x"}).error().kind, RefusalKind::not_found);
  const RecordId other = named("Other");
  for (const RecordId target : {other, deal}) {
    const auto refused = retire(office.ada, {.role = other, .target = target});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "target");
  }
  EXPECT_EQ(names().size(), 8U);
}

TEST_F(ContactRoles, OnlyWhoManagesFieldsChangesThem) {
  const access::Actor ben = office.member("Ben", office.made.agent_role);
  EXPECT_EQ(add(ben, {.name = "Works council"}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(retire(ben, {.role = named("Other")}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(names().size(), 8U);
}

TEST(ContactRolesOfBigin, ThereAreNone) {
  test::SalesOffice office{Edition::bigin};
  EXPECT_TRUE(
      office.database->read([&](db::Transaction& tx) { return list_contact_roles(tx, office.org); })
          .empty());
}

}  // namespace
}  // namespace tandem::crm
