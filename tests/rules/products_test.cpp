#include "desk/products/products_module.h"

#include <gmock/gmock.h>

#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "records/custom_fields.h"
#include "tests/support/office.h"

// Manual, Products.

namespace tandem::test {
namespace {

using records::Changes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Ids = std::vector<std::string>;

class Products : public testing::Test {
 protected:
  Office office_;
  const access::Actor ada_ = office_.administrator();
  const access::Actor ana_ = office_.agent("ana", {"Support"});
  const access::Actor bob_ = office_.agent("bob", {"Billing"});
  const RecordId support_ = office_.department("Support");
  const RecordId billing_ = office_.department("Billing");

  RecordId product(const std::string& name, const Ids& departments, const Changes& more = {}) {
    Changes values{{"name", name}, {"departments", departments}};
    for (const auto& [field, value] : more) values.set(field, value);
    const Result<records::Record> made = office_.create(office_.program(), "products", values);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : RecordId{};
  }
  Ids of(std::initializer_list<RecordId> departments) {
    Ids ids;
    for (const RecordId id : departments) ids.push_back(to_string(id));
    return ids;
  }
  const records::ModuleDef& module(const char* name) { return *office_.catalogue.find(name); }
  Result<void> give(const access::Actor& actor, RecordId contact, std::vector<int64_t> products) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::give_products(tx, actor, module("contacts"), contact, products);
    });
  }
  Result<void> take(const access::Actor& actor, RecordId contact, RecordId product) {
    return office_.database->write([&](db::Transaction& tx) {
      return desk::take_product(tx, actor, module("contacts"), contact, product);
    });
  }
  std::vector<std::string> products_of(const access::Actor& actor, RecordId contact) {
    return office_.database->read([&](db::Transaction& tx) {
      const auto page = desk::products_of(tx, actor, module("contacts"), contact);
      std::vector<std::string> names;
      for (const records::Record& one : page->records) names.push_back(one.title);
      return names;
    });
  }
};

TEST_F(Products, StandInDeskWithTheirFieldsAndThoseOfTheCompany) {  // S025
  office_.database
      ->write([&](db::Transaction& tx) -> Result<void> {
        TRY(records::add_custom_field(
            tx, office_.org, office_.catalogue, desk::products_module(),
            {.name = "warranty", .label = "Warranty", .kind = records::FieldKind::number}));
        return {};
      })
      .value();
  const Result<records::Record> made = office_.create(ana_, "products",
                                                      {{"name", "Aurora One"},
                                                       {"code", "A-1"},
                                                       {"departments", of({support_})},
                                                       {"category", "Router"},
                                                       {"manufacturer", "Aurora"},
                                                       {"unit_price", int64_t{12'900}},
                                                       {"owner", ana_.id},
                                                       {"warranty", int64_t{24}}});
  ASSERT_TRUE(made) << made.error().message;
  const records::Record held = office_.read("products", made->id);
  EXPECT_EQ(held.title, "Aurora One");
  EXPECT_EQ(held.get("unit_price").number(), 12'900);
  EXPECT_EQ(held.get("warranty").number(), 24);
  EXPECT_TRUE(held.get("is_active").truth());
}

TEST_F(Products, EachIsEnabledForOneDepartmentOrMore) {  // S025
  EXPECT_EQ(code_of(office_.create(ada_, "products", {{"name", "Nowhere"}})), "required");
  EXPECT_EQ(code_of(office_.create(ada_, "products",
                                   {{"name", "Elsewhere"}, {"departments", Ids{"12345"}}})),
            "not_found");
  const RecordId both = product("Both", of({support_, billing_}));
  EXPECT_EQ(code_of(office_.change(ada_, "products", both, {{"departments", records::Value()}})),
            "required");
  ASSERT_TRUE(office_.change(ada_, "departments", billing_, {{"is_enabled", int64_t{0}}}));
  EXPECT_EQ(code_of(office_.create(ada_, "products",
                                   {{"name", "Late"}, {"departments", of({billing_})}})),
            "disabled");
  // What is enabled already stays.
  EXPECT_TRUE(office_.change(ada_, "products", both, {{"category", "Router"}}));
}

TEST_F(Products, ACodeIsGivenOnce) {
  product("One", of({support_}), {{"code", "A-1"}});
  EXPECT_EQ(
      code_of(office_.create(ada_, "products",
                             {{"name", "Two"}, {"code", "a-1"}, {"departments", of({support_})}})),
      "duplicate");
  product("No code", of({support_}));
  product("No code either", of({support_}));
}

TEST_F(Products, AgentsSeeThoseOfTheirDepartmentsInListReadAndSearch) {  // S025
  const RecordId ours = product("Aurora One", of({support_}));
  const RecordId theirs = product("Aurora Two", of({billing_}));
  const RecordId both = product("Aurora Three", of({support_, billing_}));
  EXPECT_THAT(office_.sees(ana_, "products"), ElementsAre(ours.value, both.value));
  EXPECT_THAT(office_.sees(bob_, "products"), ElementsAre(theirs.value, both.value));
  EXPECT_THAT(office_.sees(ada_, "products"), ElementsAre(ours.value, theirs.value, both.value));
  EXPECT_TRUE(office_.open(ana_, "products", ours));
  EXPECT_EQ(code_of(office_.open(ana_, "products", theirs)), "not_found");
  EXPECT_EQ(code_of(office_.change(ana_, "products", theirs, {{"category", "x"}})), "not_found");
  const auto found = office_.database->read([&](db::Transaction& tx) {
    return operations::search_records(tx, ana_, desk::products_module(), "aurora", 10);
  });
  EXPECT_EQ(found->size(), 2u);
  const RecordId contact = office_.contact("Silva", "maria@kunde.example");
  EXPECT_EQ(code_of(office_.open(office_.contact_actor(contact), "products", ours)),
            "right_missing");
}

TEST_F(Products, AgentsEnableThemForTheirOwnDepartmentsAlone) {
  EXPECT_EQ(code_of(office_.create(ana_, "products",
                                   {{"name", "Gift"}, {"departments", of({billing_})}})),
            "not_your_department");
  const RecordId both = product("Both", of({support_, billing_}));
  EXPECT_EQ(code_of(office_.change(ana_, "products", both, {{"departments", of({support_})}})),
            "not_your_department");
  EXPECT_TRUE(office_.change(ana_, "products", both, {{"departments", of({billing_})}}));
  EXPECT_EQ(code_of(office_.open(ana_, "products", both)), "not_found");
  EXPECT_TRUE(office_.change(ada_, "products", both, {{"departments", of({support_})}}));
}

TEST_F(Products, OneIsAssociatedWithATicketOfItsDepartment) {  // S026
  const RecordId ours = product("Aurora One", of({support_}));
  const RecordId theirs = product("Aurora Two", of({billing_}));
  const RecordId old = product("Aurora Zero", of({support_}), {{"is_active", int64_t{0}}});
  const RecordId ticket = office_.ticket("Router");
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"product", ours}}));
  EXPECT_EQ(office_.read("tickets", ticket).get("product").id(), ours);
  EXPECT_THAT(office_.sees(ana_, "tickets", records::field("product").is(ours)),
              ElementsAre(ticket.value));
  for (const access::Actor& actor : {ana_, ada_, office_.program()}) {
    EXPECT_EQ(code_of(office_.change(actor, "tickets", ticket, {{"product", theirs}})),
              "not_in_department");
    EXPECT_EQ(code_of(office_.change(actor, "tickets", ticket, {{"product", old}})), "inactive");
  }
  // What is not there is told no otherwise than what is not theirs.
  EXPECT_EQ(code_of(office_.change(ana_, "tickets", ticket, {{"product", int64_t{4711}}})),
            "not_in_department");
}

TEST_F(Products, ATicketKeepsItsProductWhateverBecomesOfEither) {  // S026
  const RecordId ours = product("Aurora One", of({support_, billing_}));
  const RecordId ticket = office_.ticket("Router", {{"product", ours}});
  ASSERT_TRUE(office_.change(ada_, "products", ours, {{"departments", of({billing_})}}));
  ASSERT_TRUE(office_.change(ada_, "products", ours, {{"is_active", int64_t{0}}}));
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"priority", "high"}}));
  EXPECT_EQ(office_.read("tickets", ticket).get("product").id(), ours);

  const RecordId local = product("Aurora Local", of({support_}));
  const RecordId moved = office_.ticket("Move", {{"product", local}});
  ASSERT_TRUE(office_.change(ada_, "tickets", moved, {{"department", billing_}}));
  EXPECT_EQ(office_.read("tickets", moved).get("product").id(), local);
  // Once it is taken away it cannot be given again there.
  ASSERT_TRUE(office_.change(ada_, "tickets", moved, {{"product", records::Value()}}));
  EXPECT_EQ(code_of(office_.change(ada_, "tickets", moved, {{"product", local}})),
            "not_in_department");
}

TEST_F(Products, PurgingOneLeavesNoTicketPointingToIt) {
  const RecordId one = product("Aurora One", of({support_}));
  const RecordId ticket = office_.ticket("Router", {{"product", one}});
  const RecordId contact = office_.contact("Silva", "maria@kunde.example");
  ASSERT_TRUE(give(ana_, contact, {one.value}));
  const auto turn = [&](auto verb) {
    return office_.database->write(
        [&](db::Transaction& tx) { return verb(tx, ada_, desk::products_module(), one); });
  };
  ASSERT_TRUE(turn(operations::delete_record));
  EXPECT_EQ(office_.read("tickets", ticket).get("product").id(), one);
  EXPECT_THAT(products_of(ana_, contact), IsEmpty());
  ASSERT_TRUE(turn(operations::restore_record));
  EXPECT_THAT(products_of(ana_, contact), ElementsAre("Aurora One"));
  ASSERT_TRUE(turn(operations::delete_record));
  ASSERT_TRUE(turn(operations::purge_record));
  EXPECT_TRUE(office_.read("tickets", ticket).get("product").is_null());
  EXPECT_THAT(products_of(ana_, contact), IsEmpty());
}

TEST_F(Products, ADepartmentThatProductsAreEnabledForIsNotDeleted) {
  const RecordId one = product("Aurora One", of({billing_}));
  const auto remove = [&] {
    return office_.database->write([&](db::Transaction& tx) {
      return operations::delete_record(tx, ada_, desk::departments_module(), billing_);
    });
  };
  EXPECT_EQ(code_of(remove()), "department_has_products");
  ASSERT_TRUE(office_.change(ada_, "products", one, {{"departments", of({support_})}}));
  EXPECT_TRUE(remove());
  EXPECT_EQ(code_of(office_.change(ada_, "products", one, {{"departments", of({billing_})}})),
            "not_found");
}

TEST_F(Products, WhatASyncKeepsIsChangedWhereItComesFrom) {  // S027
  const RecordId item = product("Aurora One", of({support_}), {{"code", "A-1"}});
  ASSERT_TRUE(office_.change(
      office_.program(), "products", item,
      {{"synced_from", "Inventory"}, {"synced_fields", Ids{"name", "code", "unit_price"}}}));
  EXPECT_EQ(code_of(office_.change(ada_, "products", item, {{"code", "A-2"}})), "kept_by_sync");
  EXPECT_EQ(code_of(office_.change(ada_, "products", item, {{"synced_from", "me"}})), "read_only");
  EXPECT_TRUE(office_.change(ada_, "products", item, {{"category", "Router"}}));
  EXPECT_TRUE(office_.change(office_.program(), "products", item, {{"code", "A-2"}}));
}

TEST_F(Products, ItIsKnownWhichCustomerHasWhich) {
  const RecordId one = product("Aurora One", of({support_}));
  const RecordId hidden = product("Aurora Two", of({billing_}));
  const RecordId contact = office_.contact("Silva", "maria@kunde.example");
  const RecordId other = office_.contact("Souza", "joao@kunde.example");
  ASSERT_TRUE(give(ana_, contact, {one.value}));
  ASSERT_TRUE(give(ana_, contact, {one.value}));  // twice is once
  ASSERT_TRUE(give(ada_, other, {one.value, hidden.value}));
  EXPECT_THAT(products_of(ana_, contact), ElementsAre("Aurora One"));
  EXPECT_THAT(products_of(ana_, other), ElementsAre("Aurora One"));
  EXPECT_THAT(products_of(ada_, other), ElementsAre("Aurora One", "Aurora Two"));
  const auto customers = office_.database->read([&](db::Transaction& tx) {
    return desk::customers_of(tx, ana_, module("contacts"), one, "", 1);
  });
  ASSERT_EQ(customers->records.size(), 1u);
  EXPECT_EQ(customers->records.front().id, contact);
  const auto rest = office_.database->read([&](db::Transaction& tx) {
    return desk::customers_of(tx, ana_, module("contacts"), one, customers->next_cursor, 1);
  });
  EXPECT_EQ(rest->records.front().id, other);

  EXPECT_EQ(code_of(give(ana_, contact, {hidden.value})), "not_found");
  EXPECT_EQ(code_of(give(ana_, contact, {})), "required");
  EXPECT_EQ(code_of(take(ana_, other, hidden)), "not_found");
  EXPECT_EQ(code_of(take(ada_, contact, hidden)), "not_found");
  EXPECT_EQ(code_of(give(office_.light_agent("lea", {"Support"}), contact, {one.value})),
            "right_missing");
  EXPECT_TRUE(take(ana_, contact, one));
  EXPECT_THAT(products_of(ana_, contact), IsEmpty());
}

TEST_F(Products, ChoicesFollowTheNamesOfTheDepartments) {
  const auto labels = [&] {
    return office_.database->read([&](db::Transaction& tx) {
      std::vector<std::string> names;
      const auto shape = office_.catalogue.shape(tx, office_.org, desk::products_module());
      for (const auto& choice : shape->find("departments")->choices) names.push_back(choice.label);
      return names;
    });
  };
  EXPECT_THAT(labels(), UnorderedElementsAre("Billing", "Support"));
  ASSERT_TRUE(office_.change(ada_, "departments", billing_, {{"name", "Invoices"}}));
  EXPECT_THAT(labels(), UnorderedElementsAre("Invoices", "Support"));
}

}  // namespace
}  // namespace tandem::test
