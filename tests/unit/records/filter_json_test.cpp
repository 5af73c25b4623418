#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

struct Case {
  const char* json;
  const char* expected;  // ok, or the code of the refusal
};

const Case cases[] = {
    {R"({})", "ok"},
    {R"({"field":"state","is":"open"})", "ok"},
    {R"({"field":"state","is":"Open"})", "ok"},
    {R"({"field":"state","is":null})", "ok"},
    {R"({"field":"state","is":"lost"})", "not_a_choice"},
    {R"({"field":"state","contains":"o"})", "unknown_comparison"},
    {R"({"field":"state","is_one_of":["open","closed",null]})", "ok"},
    {R"({"field":"state","is_one_of":"open"})", "wrong_value"},
    {R"({"field":"state","is_one_of":[]})", "ok"},
    {R"({"field":"tags","contains":"red"})", "ok"},
    {R"({"field":"tags","is_one_of":["red","blue"]})", "ok"},
    {R"({"field":"tags","contains":"lost"})", "not_a_choice"},
    {R"({"field":"owner","is":"me"})", "ok"},
    {R"({"field":"company","is":"me"})", "not_an_id"},
    {R"({"field":"company","is":"4711"})", "ok"},
    {R"({"field":"due_at","before":"now"})", "ok"},
    {R"({"field":"due_on","at_least":"now"})", "ok"},
    {R"({"field":"subject","is":"now"})", "ok"},
    {R"({"field":"due_at","before":null})", "wrong_value"},
    {R"({"field":"due_at","before":"soon"})", "not_an_instant"},
    {R"({"field":"due_at","between":["now"]})", "wrong_value"},
    {R"({"field":"due_at","between":["now",null]})", "wrong_value"},
    {R"({"field":"due_at","between":["2026-01-01T00:00:00Z","now"]})", "ok"},
    {R"({"field":"price","at_most":"19.99"})", "ok"},
    {R"({"field":"price","at_most":19.99})", "ok"},
    {R"({"field":"price","at_most":"19.999"})", "not_a_number"},
    {R"({"field":"is_paid","is":true})", "ok"},
    {R"({"field":"is_paid","is":"true"})", "ok"},
    {R"({"field":"note","is_empty":true})", "ok"},
    {R"({"field":"note","is_empty":1})", "wrong_value"},
    {R"({"field":"subject","is":12})", "wrong_value"},
    {R"({"field":"subject","contains":""})", "wrong_value"},
    {R"({"field":"id","is_one_of":["1","2"]})", "ok"},
    {R"({"field":"created_at","after":"2026-01-01T00:00:00Z"})", "ok"},
    {R"({"field":"colour","is":"red"})", "unknown_field"},
    {R"({"field":"subject","matches":"x"})", "unknown_comparison"},
    {R"({"field":"subject","is":"a","contains":"b"})", "bad_filter"},
    {R"({"field":"subject"})", "bad_filter"},
    {R"({"field":1,"is":"a"})", "bad_filter"},
    {R"({"all_of":[{"field":"subject","is":"a"},{"none_of":[{"field":"pieces","is":1}]}]})", "ok"},
    {R"({"all_of":[],"any_of":[]})", "bad_filter"},
    {R"({"all_of":{"field":"subject"}})", "bad_filter"},
    {R"({"some_of":[]})", "bad_filter"},
    {R"([])", "bad_filter"},
    {R"("x")", "bad_filter"},
};

class FilterJson : public OnBothDatabases {};
TANDEM_ON_BOTH_DATABASES(FilterJson);

TEST_P(FilterJson, ReadsWhatTheDocumentSaysAndRefusesTheRest) {
  Shop shop(GetParam());
  const ShapeRef shape = shop.shape(orders_module());
  for (const Case& one : cases) {
    const Result<Filter> filter =
        filter_from_json(json_from_text(one.json).value(), *shape, {{77}, shop.clock.now()});
    EXPECT_EQ(code_of(filter), one.expected) << one.json;
    if (!filter) continue;
    EXPECT_EQ(code_of(shop.list(orders_module(), {.filter = *filter})), "ok") << one.json;
  }
}

TEST(FilterLimits, DepthConditionsAndValuesAreBounded) {
  Catalogue catalogue;
  catalogue.add(orders_module());
  const ShapeRef shape = catalogue.plain_shape(orders_module());
  const auto code = [&](const std::string& json) {
    return code_of(filter_from_json(json_from_text(json).value(), *shape, {}));
  };
  const std::string leaf = R"({"field":"pieces","is":1})";
  const auto nested = [&](int depth) {
    std::string json = leaf;
    for (int level = 1; level < depth; ++level) json = R"({"all_of":[)" + json + "]}";
    return json;
  };
  EXPECT_EQ(code(nested(filter_depth_max)), "ok");
  EXPECT_EQ(code(nested(filter_depth_max + 1)), "bad_filter");
  const auto wide = [](const std::string& part, int count) {
    std::string json;
    for (int number = 0; number < count; ++number) json += (number ? "," : "") + part;
    return json;
  };
  EXPECT_EQ(code(R"({"any_of":[)" + wide(leaf, filter_leaves_max) + "]}"), "ok");
  EXPECT_EQ(code(R"({"any_of":[)" + wide(leaf, filter_leaves_max + 1) + "]}"), "bad_filter");
  EXPECT_EQ(code(R"({"field":"pieces","is_one_of":[)" + wide("1", filter_values_max + 1) + "]}"),
            "too_many");
}

TEST(FilterWordsTest, MeAndNowStandForTheActorAndTheMoment) {
  Catalogue catalogue;
  catalogue.add(orders_module());
  const ShapeRef shape = catalogue.plain_shape(orders_module());
  const auto value = [&](const char* json) {
    return filter_from_json(json_from_text(json).value(), *shape, {{77}, {3 * day_ms + 5}})
        ->values.at(0)
        .number();
  };
  EXPECT_EQ(value(R"({"field":"owner","is":"me"})"), 77);
  EXPECT_EQ(value(R"({"field":"due_at","before":"now"})"), 3 * day_ms + 5);
  EXPECT_EQ(value(R"({"field":"due_on","is":"now"})"), 3);
}

}  // namespace
}  // namespace tandem::records
