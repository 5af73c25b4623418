#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

class CustomFields : public OnBothDatabases {
 protected:
  Shop shop{GetParam()};

  std::string add_code(FieldDef field) {
    return code_of(shop.add_field(orders_module(), std::move(field)));
  }
  Result<FieldDef> change(const FieldDef& field) {
    return shop.database->write([&](db::Transaction& tx) -> Result<FieldDef> {
      return change_custom_field(tx, shop.org, shop.catalogue, orders_module(), field);
    });
  }
  Result<void> remove(const std::string& name) {
    return shop.database->write([&](db::Transaction& tx) -> Result<void> {
      return remove_custom_field(tx, shop.org, orders_module(), name);
    });
  }
};
TANDEM_ON_BOTH_DATABASES(CustomFields);

TEST_P(CustomFields, AreFieldsLikeAnyOther) {
  const FieldDef made =
      shop.add_field(orders_module(), {.label = "Serial no.", .searchable = true}).value();
  EXPECT_EQ(made.name, "serial_no");
  const Record order = shop.add(orders_module(), {{"subject", "a"}, {"serial_no", "X\"1' 日本"}});
  EXPECT_EQ(shop.find(orders_module(), order.id)->get("serial_no").text(), "X\"1' 日本");
  EXPECT_EQ(shop.search(orders_module(), "日本").size(), 1u);
  EXPECT_EQ(shop.walk(orders_module(), {.filter = field("serial_no").starts_with("x\"")}).size(),
            1u);
  EXPECT_EQ(shop.history(order)[0].changes_json,
            R"({"subject":[null,"a"],"number":[null,1],"serial_no":[null,"X\"1' 日本"]})");
  const Record later = shop.update(order, {{"subject", "b"}}).value();
  EXPECT_EQ(shop.find(orders_module(), order.id)->get("serial_no").text(), "X\"1' 日本");
  shop.update(later, {{"serial_no", Value()}}).value();
  EXPECT_TRUE(shop.find(orders_module(), order.id)->get("serial_no").is_null());
}

TEST_P(CustomFields, OfOneOrganisationAreNotThereForAnother) {
  shop.add_field(orders_module(), {.label = "Colour"}).value();
  EXPECT_NE(shop.shape(orders_module())->find("colour"), nullptr);
  const ShapeRef other = shop.database->read([&](db::Transaction& tx) {
    return shop.catalogue.shape(tx, shop.other_org, orders_module());
  });
  EXPECT_EQ(other->find("colour"), nullptr);
  EXPECT_EQ(shop.catalogue.plain_shape(orders_module())->find("colour"), nullptr);
}

TEST_P(CustomFields, NamesComeFromLabelsAndAreNeverTakenTwice) {
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "Colour"})->name, "colour");
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "colour!"})->name, "colour_2");
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "色"})->name, "field");
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "数"})->name, "field_2");
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "2nd"})->name, "field_2nd");
  EXPECT_EQ(shop.add_field(orders_module(), {.label = "Created at"})->name, "created_at_2");
  EXPECT_EQ(add_code({.name = "subject", .label = "S"}), "duplicate");
  EXPECT_EQ(add_code({.name = "colour", .label = "C"}), "duplicate");
  ASSERT_TRUE(remove("colour"));
  EXPECT_EQ(add_code({.name = "colour", .label = "C"}), "duplicate");
}

TEST_P(CustomFields, WhatMakesNoSenseIsRefused) {
  EXPECT_EQ(add_code({.label = " "}), "required");
  EXPECT_EQ(add_code({.label = std::string(101, 'x')}), "too_long");
  EXPECT_EQ(add_code({.name = "Bad name", .label = "x"}), "bad_name");
  EXPECT_EQ(add_code({.name = "a'; --", .label = "x"}), "bad_name");
  EXPECT_EQ(add_code({.name = "org_id", .label = "x"}), "bad_name");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::auto_number}), "not_a_choice");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::choice}), "wrong_count");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::link, .link_to = "ghosts"}), "not_a_choice");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::decimal, .scale = 7}), "out_of_range");
  EXPECT_EQ(add_code({.label = "x", .max_chars = 0}), "out_of_range");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::long_text, .unique = true}), "not_possible");
  EXPECT_EQ(add_code({.label = "x", .kind = FieldKind::number, .default_value = "many"}),
            "not_a_number");
  EXPECT_EQ(code_of(remove("ghost")), "not_found");
}

TEST_P(CustomFields, ChoicesGetNamesAndCanBeChanged) {
  FieldDef made = shop.add_field(orders_module(), {.label = "Size",
                                                   .kind = FieldKind::choice,
                                                   .choices = {{"", "Very big"}, {"", "大"}}})
                      .value();
  EXPECT_EQ(made.choices[0].name, "very_big");
  EXPECT_EQ(made.choices[1].name, "choice");
  const Record order = shop.add(orders_module(), {{"size", "choice"}});
  made.choices = {{"very_big", "Huge"}, {"choice", "大"}};
  ASSERT_TRUE(change(made));
  EXPECT_EQ(shop.shape(orders_module())->find("size")->choices[0].label, "Huge");
  made.choices = {{"very_big", "Huge"}};
  EXPECT_EQ(code_of(change(made)), "choice_in_use");
  ASSERT_TRUE(shop.update(order, {{"size", "very_big"}}));
  ASSERT_TRUE(change(made));
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"size", "choice"}})), "not_a_choice");
  made.kind = FieldKind::text;
  EXPECT_EQ(code_of(change(made)), "cannot_change");
}

TEST_P(CustomFields, AChoiceThatRecordsHoldStaysUntilTheyHaveAnother) {
  FieldDef made = shop.add_field(orders_module(), {.label = "Colours",
                                                   .kind = FieldKind::multi_choice,
                                                   .choices = {{"", "Red"}, {"", "Blue"}}})
                      .value();
  const Record first = shop.add(orders_module(), {{"colours", std::vector<std::string>{"red"}}});
  shop.add(orders_module(), {{"colours", std::vector<std::string>{"red", "blue"}}});
  const Record binned = shop.turn(first, Verb::deleted).value();
  made.choices = {{"blue", "Blue"}};
  const Result<FieldDef> refused = change(made);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::conflict);
  EXPECT_EQ(refused.error().field, "choices");
  EXPECT_NE(refused.error().message.find("(Red) is held by 2 of the orders"), std::string::npos)
      << refused.error().message;
  made.choices = {{"green", "Green"}, {"blue", "Blue"}, {"red", "Rouge"}};
  EXPECT_EQ(code_of(change(made)), "ok") << "new ones, another order and other labels";
}

TEST_P(CustomFields, AFaultOfTheDefaultNamesTheDefault) {
  const Result<FieldDef> refused = shop.add_field(
      orders_module(), {.label = "Pieces", .kind = FieldKind::number, .default_value = "many"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "default");
}

TEST_P(CustomFields, UniqueOnesKeepRecordsApart) {
  FieldDef made = shop.add_field(orders_module(), {.label = "Serial", .unique = true}).value();
  const Record first = shop.add(orders_module(), {{"serial", "a-1"}});
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"serial", "A-1"}})), "duplicate");
  const Record second = shop.add(orders_module(), {{"serial", "a-2"}});
  EXPECT_EQ(code_of(shop.update(second, {{"serial", "a-1"}})), "duplicate");
  const Record binned = shop.turn(first, Verb::deleted).value();
  EXPECT_EQ(code_of(shop.update(second, {{"serial", "a-1"}})), "ok");
  EXPECT_EQ(code_of(shop.turn(binned, Verb::restored)), "duplicate");
  made.unique = false;
  ASSERT_TRUE(change(made));
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"serial", "a-1"}})), "ok");
  made.unique = true;
  EXPECT_EQ(code_of(change(made)), "cannot_change");
}

TEST_P(CustomFields, ARemovedFieldIsGoneFromFormsAndFilters) {
  shop.add_field(orders_module(), {.label = "Colour"}).value();
  const Record order = shop.add(orders_module(), {{"colour", "red"}});
  ASSERT_TRUE(remove("colour"));
  EXPECT_EQ(shop.shape(orders_module())->find("colour"), nullptr);
  EXPECT_TRUE(shop.find(orders_module(), order.id));
  EXPECT_EQ(code_of(shop.list(orders_module(), {.filter = field("colour").is("red")})),
            "unknown_field");
}

TEST_P(CustomFields, AChangeThatIsRolledBackLeavesNoShapeBehind) {
  const auto refused = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(add_custom_field(tx, shop.org, shop.catalogue, orders_module(), {.label = "Ghost"}));
    EXPECT_NE(shop.catalogue.shape(tx, shop.org, orders_module())->find("ghost"), nullptr);
    return invalid("", "no", "no");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(shop.shape(orders_module())->find("ghost"), nullptr);
  shop.add_field(orders_module(), {.label = "Real"}).value();
  EXPECT_EQ(shop.shape(orders_module())->find("ghost"), nullptr);
  EXPECT_NE(shop.shape(orders_module())->find("real"), nullptr);
}

TEST_P(CustomFields, AnOrganisationMayHaveItsOwnChoicesOfAField) {
  const auto done = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    tx.execute(
        "INSERT INTO choice_options (org_id, module, field, name, label, kind, position) VALUES "
        "($1, 'orders', 'state', 'open', 'Open', 'open', 1), "
        "($1, 'orders', 'state', 'waiting', 'Waiting', 'on_hold', 2)",
        {shop.org.value});
    renew_shapes(tx, shop.org);
    return {};
  });
  ASSERT_TRUE(done);
  const FieldDef* state = shop.shape(orders_module())->find("state");
  ASSERT_EQ(state->choices.size(), 2u);
  EXPECT_EQ(state->choices[1].kind, "on_hold");
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"state", "waiting"}})), "ok");
  EXPECT_EQ(code_of(shop.create(orders_module(), {{"state", "closed"}})), "not_a_choice");
}

}  // namespace
}  // namespace tandem::records
