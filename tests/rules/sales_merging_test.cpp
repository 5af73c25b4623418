#include "access/roles.h"
#include "crm/joins.h"
#include "crm/leads/lead_conversion.h"
#include "crm/merging/alike.h"
#include "crm/merging/merging.h"
#include "operations/joins.h"
#include "tests/rules/sales_office.h"

// Records of the sales side that are one, and what may be one. Manual, Duplicates.

namespace tandem::test {
namespace {

using crm::Edition;
using operations::MergeRequest;
using records::Value;

class SalesMerging : public testing::TestWithParam<Edition> {
 protected:
  SalesOffice office_{GetParam()};
  RecordId firm_ = office_.create(office_.ada, "accounts", {{"name", "Kunde Ltd"}})->id;
  RecordId maria_ = contact({{"first_name", "Maria"}, {"last_name", "Silva"}});
  RecordId twin_ = contact({{"first_name", "M."},
                            {"last_name", "Silva"},
                            {"email", "maria@kunde.example"},
                            {"account", Value(firm_)}});

  RecordId contact(const records::Changes& values) {
    return office_.create(office_.ada, "contacts", values)->id;
  }
  const records::ModuleDef& contacts() { return office_.module("contacts"); }
  Result<records::Record> merge(const access::Actor& actor, const MergeRequest& request,
                                const std::string& module = "contacts") {
    return office_.database->write([&](db::Transaction& tx) {
      return crm::merge_records(tx, actor, office_.module(module), request);
    });
  }
  Result<records::Record> undo(RecordId target, const std::string& module = "contacts") {
    return office_.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      const auto merges =
          TRY(operations::merges_into(tx, office_.ada, office_.module(module), target));
      if (merges.empty()) return not_found("There is no merge.");
      return crm::undo_merge(tx, office_.ada, office_.module(module), target, merges[0].id);
    });
  }
  std::string newest_event(RecordId id) {
    return office_.database
        ->read([&](db::Transaction& tx) {
          return operations::record_history(tx, office_.ada, contacts(), id, "", 1);
        })
        ->entries.at(0)
        .event;
  }
  access::Actor narrow(const std::string& rights, const std::string& fields = "{}") {
    const RecordId role = *office_.database->write([&](db::Transaction& tx) -> Result<RecordId> {
      const Json json = TRY(json_from_text(R"({"name":"Narrow","rights":)" + rights +
                                           R"(,"fields":)" + fields + "}"));
      const access::RoleDraft draft = TRY(access::role_draft_from_json(tx, office_.ada, json));
      const access::Role made = TRY(access::create_role(tx, office_.ada, draft));
      return made.id;
    });
    return office_.member("Noa", role);
  }
  std::vector<std::string> alike(const access::Actor& actor, const std::string& module,
                                 const records::Changes& values) {
    const auto found = office_.database->read([&](db::Transaction& tx) {
      return crm::records_alike(tx, actor, office_.module(module), values);
    });
    std::vector<std::string> said;
    if (!found) ADD_FAILURE() << found.error().message;
    if (found)
      for (const crm::Alike& one : *found) said.push_back(one.reason + " " + one.record.title);
    return said;
  }
  bool is_joined(const records::JoinSide& side, RecordId of, RecordId other) {
    return office_.database->read([&](db::Transaction& tx) {
      return records::said_of(tx, office_.org, side, {of, other}).has_value();
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesMerging, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesMerging, WhatBelongsToTheOthersGoesToTheTargetAndComesBack) {
  const auto note =
      office_.create(office_.ada, "notes", {{"content", "Blue."}, {"contact", Value(twin_)}});
  const auto task =
      office_.create(office_.ada, "tasks", {{"subject", "Call"}, {"contact", Value(twin_)}});
  const auto deal = office_.create(
      office_.ada, "deals",
      {{"name", "Vans"}, {"closes_on", Value(int64_t{20'600})}, {"contact", Value(twin_)}});
  const auto merged = merge(office_.ada, {.target = {maria_}, .others = {{twin_}}});
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(merged->get("first_name").text(), "Maria") << "the target's stays";
  EXPECT_EQ(merged->get("email").text(), "maria@kunde.example") << "what it lacks is filled";
  EXPECT_EQ(merged->get("account").id(), firm_);
  EXPECT_EQ(office_.read("contacts", twin_).get("merged_into").id(), maria_);
  EXPECT_TRUE(office_.read("contacts", twin_).deleted_at.has_value());
  for (const auto& [module, id] :
       {std::pair("notes", note->id), {"tasks", task->id}, {"deals", deal->id}})
    EXPECT_EQ(office_.read(module, id).get("contact").id(), maria_) << module;
  EXPECT_EQ(newest_event(maria_), "records_merged");
  EXPECT_EQ(newest_event(twin_), "record_merged_into");

  const auto apart = undo(maria_);
  ASSERT_TRUE(apart) << apart.error().message;
  EXPECT_TRUE(apart->get("email").is_null());
  EXPECT_FALSE(office_.read("contacts", twin_).deleted_at.has_value());
  EXPECT_TRUE(office_.read("contacts", twin_).get("merged_into").is_null());
  for (const auto& [module, id] :
       {std::pair("notes", note->id), {"tasks", task->id}, {"deals", deal->id}})
    EXPECT_EQ(office_.read(module, id).get("contact").id(), twin_) << module;
}

TEST_P(SalesMerging, WhoseValueStaysIsChosenFieldByField) {
  const auto merged = merge(office_.ada, {.target = {maria_},
                                          .others = {{twin_}},
                                          .winners = {{"first_name", twin_}, {"email", maria_}}});
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(merged->get("first_name").text(), "M.");
  EXPECT_TRUE(merged->get("email").is_null()) << "nothing is a choice, too";
}

TEST_P(SalesMerging, TagsAreThoseOfAll) {
  using Tags = std::vector<std::string>;
  ASSERT_TRUE(office_.change(office_.ada, "contacts", maria_, {{"tags", Value(Tags{"fair"})}}));
  ASSERT_TRUE(
      office_.change(office_.ada, "contacts", twin_, {{"tags", Value(Tags{"Fair", "vip"})}}));
  const auto merged = merge(office_.ada, {.target = {maria_}, .others = {{twin_}}});
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->get("tags").list(), (Tags{"fair", "vip"}));
  ASSERT_TRUE(undo(maria_));
  EXPECT_EQ(office_.read("contacts", maria_).get("tags").list(), Tags{"fair"});
}

TEST_P(SalesMerging, WhatTheyAreJoinedWithIsTheTargetsAndComesBack) {
  const RecordId lamp = office_.create(office_.ada, "products", {{"name", "Lamp"}})->id;
  const RecordId both = office_.create(office_.ada, "products", {{"name", "Desk"}})->id;
  const records::JoinSide products = *crm::find_join(*office_.catalogue, contacts(), "products");
  for (const auto& [one, product] : {std::pair(twin_, lamp), {twin_, both}, {maria_, both}}) {
    ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
      return operations::join_records(tx, office_.ada, products, {one, product});
    }));
  }
  ASSERT_TRUE(merge(office_.ada, {.target = {maria_}, .others = {{twin_}}}));
  EXPECT_TRUE(is_joined(products, maria_, lamp));
  EXPECT_FALSE(is_joined(products, twin_, lamp));
  ASSERT_TRUE(undo(maria_));
  EXPECT_FALSE(is_joined(products, maria_, lamp));
  EXPECT_TRUE(is_joined(products, maria_, both)) << "it had that one before";
  EXPECT_TRUE(is_joined(products, twin_, lamp));
  EXPECT_TRUE(is_joined(products, twin_, both));
}

TEST_P(SalesMerging, AccountsAreMergedWithTheirContactsAndDeals) {
  const RecordId other = office_.create(office_.ada, "accounts", {{"name", "Kunde"}})->id;
  ASSERT_TRUE(merge(office_.ada, {.target = {other}, .others = {{firm_}}}, "accounts"));
  EXPECT_EQ(office_.read("contacts", twin_).get("account").id(), other);
  ASSERT_TRUE(undo(other, "accounts"));
  EXPECT_EQ(office_.read("contacts", twin_).get("account").id(), firm_);
}

TEST_P(SalesMerging, MergingTakesTheRightsToChangeAndToDelete) {
  const access::Actor noa = narrow(R"({"contacts":["read","update"]})");
  const auto refused = merge(noa, {.target = {maria_}, .others = {{twin_}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  EXPECT_FALSE(office_.read("contacts", twin_).deleted_at.has_value());
}

TEST_P(SalesMerging, AHiddenFieldIsNeitherShownNorChosenNorLost) {
  const access::Actor noa =
      narrow(R"({"contacts":["read","update","delete"]})", R"({"contacts":{"email":"hidden"}})");
  const MergeRequest request{.target = {maria_}, .others = {{twin_}}};
  const auto plan = office_.database->read(
      [&](db::Transaction& tx) { return crm::preview_merge(tx, noa, contacts(), request); });
  ASSERT_TRUE(plan) << plan.error().message;
  for (const operations::FieldChoice& choice : plan->choices)
    EXPECT_NE(choice.field->name, "email");
  MergeRequest chosen = request;
  chosen.winners = {{"email", maria_}};
  const auto refused = merge(noa, chosen);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown_field");
  const auto merged = merge(noa, request);
  ASSERT_TRUE(merged);
  EXPECT_TRUE(merged->get("email").is_null());
  EXPECT_EQ(office_.read("contacts", maria_).get("email").text(), "maria@kunde.example");
}

TEST_P(SalesMerging, AMergedRecordComesBackOnlyByUndoingAndOnlyOnce) {
  ASSERT_TRUE(merge(office_.ada, {.target = {maria_}, .others = {{twin_}}}));
  const auto restored = office_.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office_.ada, contacts(), twin_);
  });
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, "contact_merged");
  ASSERT_TRUE(undo(maria_));
  EXPECT_FALSE(undo(maria_));
}

TEST_P(SalesMerging, AMonthLaterItIsTooLate) {
  ASSERT_TRUE(merge(office_.ada, {.target = {maria_}, .others = {{twin_}}}));
  const RecordId id = office_.database
                          ->read([&](db::Transaction& tx) {
                            return operations::merges_into(tx, office_.ada, contacts(), maria_);
                          })
                          ->at(0)
                          .id;
  office_.clock.advance_ms((operations::merge_undo_days + 1) * day_ms);
  const auto late = office_.database->write([&](db::Transaction& tx) {
    return crm::undo_merge(tx, office_.ada, contacts(), maria_, id);
  });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "too_late");
}

TEST_P(SalesMerging, WhatMakesNoSenseIsRefused) {
  const auto code = [&](const MergeRequest& request, const std::string& module = "contacts") {
    const auto refused = merge(office_.ada, request, module);
    return refused ? std::string("merged") : refused.error().code;
  };
  EXPECT_EQ(code({.target = {maria_}, .others = {}}), "required");
  EXPECT_EQ(code({.target = {maria_}, .others = {{maria_}}}), "duplicate");
  EXPECT_EQ(code({.target = {maria_}, .others = {{twin_, 99}}}), "stale");
  EXPECT_EQ(code({.target = {maria_}, .others = {{twin_}}, .winners = {{"email", firm_}}}),
            "not_a_choice");
  const auto products = merge(office_.ada, {.target = {maria_}, .others = {{twin_}}}, "products");
  ASSERT_FALSE(products);
  EXPECT_EQ(products.error().kind, RefusalKind::not_found);
}

TEST_P(SalesMerging, WhoeverTypesAnAddressANumberOrANameHearsWhoHasItAlready) {
  contact({{"last_name", "Mori"}, {"phone", "+49 30 1234567"}});
  using Said = std::vector<std::string>;
  EXPECT_EQ(alike(office_.ada, "contacts", {{"email", "Maria@Kunde.example"}}),
            Said{"email M. Silva"});
  EXPECT_EQ(alike(office_.ada, "contacts", {{"phone", "030 1234567"}}), Said{"phone Mori"});
  EXPECT_EQ(alike(office_.ada, "contacts", {{"first_name", "maria"}, {"last_name", "SILVA"}}),
            Said{"name Maria Silva"});
  EXPECT_EQ(alike(office_.ada, "accounts", {{"name", "kunde ltd"}}), Said{"name Kunde Ltd"});
  EXPECT_EQ(alike(office_.ada, "contacts", {{"last_name", "Silva"}}), Said{})
      << "a family name alone says nothing";
  EXPECT_EQ(alike(office_.ada, "contacts", {{"phone", "12"}}), Said{});
}

TEST_P(SalesMerging, NobodyHearsOfAFieldOrAModuleThatTheirRoleDoesNotShow) {
  const access::Actor noa =
      narrow(R"({"contacts":["read"]})", R"({"contacts":{"email":"hidden"}})");
  EXPECT_TRUE(alike(noa, "contacts", {{"email", "maria@kunde.example"}}).empty());
  const auto refused = office_.database->read([&](db::Transaction& tx) {
    return crm::records_alike(tx, noa, office_.module("accounts"), {{"name", "Kunde Ltd"}});
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
}

struct LeadMerging : testing::Test {
  SalesOffice office{Edition::crm};
  RecordId lead(const std::string& first) {
    return office
        .create(office.ada, "leads",
                {{"first_name", first}, {"last_name", "Silva"}, {"company", "Kunde Ltd"}})
        ->id;
  }
};

TEST_F(LeadMerging, ALeadTakesCampaignsAlongAndAConvertedOneIsNotMerged) {
  const RecordId fair = office.create(office.ada, "campaigns", {{"name", "Fair"}})->id;
  const RecordId target = lead("Maria");
  const RecordId other = lead("M.");
  const RecordId third = lead("Mary");
  const records::JoinSide campaigns =
      *crm::find_join(*office.catalogue, office.module("leads"), "campaigns");
  const auto merge = [&](RecordId one) {
    return office.database->write([&](db::Transaction& tx) {
      return crm::merge_records(tx, office.ada, office.module("leads"),
                                {.target = {target}, .others = {{one}}});
    });
  };
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return operations::join_records(tx, office.ada, campaigns, {other, fair}, Value("responded"));
  }));
  ASSERT_TRUE(merge(other));
  EXPECT_EQ(office.database->read([&](db::Transaction& tx) {
    return records::said_of(tx, office.org, campaigns, {target, fair});
  }),
            "responded");
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return crm::convert_lead(tx, office.ada, third, {}); }));
  const auto refused = merge(third);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "already_converted");
}

TEST_F(LeadMerging, AContactThatReportsToItsTwinReportsToNobodyUntilItIsUndone) {
  const RecordId twin = office.create(office.ada, "contacts", {{"last_name", "Mori"}})->id;
  const RecordId kenji =
      office.create(office.ada, "contacts", {{"last_name", "Mori"}, {"reports_to", Value(twin)}})
          ->id;
  const auto merged = office.database->write([&](db::Transaction& tx) {
    return crm::merge_records(tx, office.ada, office.module("contacts"),
                              {.target = {kenji}, .others = {{twin}}});
  });
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_TRUE(merged->get("reports_to").is_null());
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<records::Record> {
    const auto merges =
        TRY(operations::merges_into(tx, office.ada, office.module("contacts"), kenji));
    return crm::undo_merge(tx, office.ada, office.module("contacts"), kenji, merges.at(0).id);
  }));
  EXPECT_EQ(office.read("contacts", kenji).get("reports_to").id(), twin);
}

}  // namespace
}  // namespace tandem::test
