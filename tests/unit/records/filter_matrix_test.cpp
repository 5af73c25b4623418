#include <algorithm>
#include <random>

#include "base/text.h"
#include "records/filter_compile.h"
#include "records/filter_meets.h"
#include "tests/unit/records/shop.h"

// Every comparison of every kind of field over generated rows; an oracle in C++ says which rows are
// meant. Own columns and custom fields, and both databases, must agree with it.

namespace tandem::records {
namespace {

constexpr int row_count = 200;

/// Few different values each, so that comparisons hit, and a quarter without one.
Value sample_value(const FieldDef& field, std::mt19937& random) {
  const auto number = [&](int below) { return int64_t(random() % unsigned(below)); };
  if (number(4) == 0) return Value();
  static const std::vector<std::string> texts{"Ärger",       "ärger",  "100%",  "a_b",
                                              "back\\slash", "Zoë",    "axb",   "ALPHA",
                                              "alpha beta",  "日本語", "O'Neil"};
  static const std::vector<std::string> colours{"red", "green", "blue"};
  static const std::vector<std::string> states{"open", "on_hold", "closed"};
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::rich_text: return Value(texts[size_t(number(int(texts.size())))]);
    case FieldKind::email: return Value(std::string("p") + std::to_string(number(5)) + "@x_y.com");
    case FieldKind::phone: return Value("+49 " + std::to_string(number(5)));
    case FieldKind::url: return Value("https://x.com/" + std::to_string(number(5)));
    case FieldKind::boolean: return Value(number(2));
    case FieldKind::choice: return Value(states[size_t(number(3))]);
    case FieldKind::tags:
    case FieldKind::multi_choice: {
      std::vector<std::string> chosen;
      for (const std::string& colour : colours)
        if (number(2) == 0) chosen.push_back(colour);
      return chosen.empty() ? Value() : Value(chosen);
    }
    case FieldKind::number:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::date:
    case FieldKind::instant: return Value(number(7) - 3);
    case FieldKind::link:
    case FieldKind::user:
    case FieldKind::auto_number: return Value(number(5) + 1);
  }
  return Value();
}

/// The last `count` characters of text without combining marks.
std::string last_chars(const std::string& text, int64_t count) {
  const int64_t before = std::max<int64_t>(count_chars(text) - count, 0);
  return text.substr(first_chars(text, before).size());
}

bool holds(const Value& value, const Value& wanted) {
  if (wanted.is_null()) return value.is_null();
  if (!value.is_list()) return value == wanted;
  const auto& list = value.list();
  return std::find(list.begin(), list.end(), wanted.text()) != list.end();
}

bool meets(const Value& value, const Filter& filter) {
  const auto any = [&] {
    return std::any_of(filter.values.begin(), filter.values.end(),
                       [&](const Value& wanted) { return holds(value, wanted); });
  };
  const auto lower = [](const Value& text) { return ascii_lower(text.text()); };
  const bool has = !value.is_null();
  switch (filter.comparison) {
    case Comparison::is:
    case Comparison::is_one_of: return any();
    case Comparison::is_not:
    case Comparison::is_none_of: return !any();
    case Comparison::contains:
      if (value.is_list()) return any();
      return has && lower(value).find(lower(filter.values[0])) != std::string::npos;
    case Comparison::starts_with: return has && lower(value).starts_with(lower(filter.values[0]));
    case Comparison::ends_with: return has && lower(value).ends_with(lower(filter.values[0]));
    case Comparison::is_empty: return !has;
    case Comparison::is_not_empty: return has;
    case Comparison::before: return has && value.number() < filter.values[0].number();
    case Comparison::after: return has && value.number() > filter.values[0].number();
    case Comparison::at_least: return has && value.number() >= filter.values[0].number();
    case Comparison::at_most: return has && value.number() <= filter.values[0].number();
    case Comparison::between:
      return has && value.number() >= filter.values[0].number() &&
             value.number() <= filter.values[1].number();
  }
  return false;
}

/// A value to compare with: of the same kind, one choice of several.
Value wanted_value(const FieldDef& field, std::mt19937& random) {
  Value value = sample_value(field, random);
  while (value.is_null()) value = sample_value(field, random);
  return value.is_list() ? Value(value.list().front()) : value;
}

Filter sample_filter(const FieldDef& field, Comparison comparison, std::mt19937& random) {
  Filter filter;
  filter.kind = Filter::Kind::field;
  filter.field = field.name;
  filter.comparison = comparison;
  size_t count = 1;
  if (comparison == Comparison::is_empty || comparison == Comparison::is_not_empty) count = 0;
  if (comparison == Comparison::between) count = 2;
  if (comparison == Comparison::is_one_of || comparison == Comparison::is_none_of)
    count = random() % 4;
  for (size_t at = 0; at < count; ++at) filter.values.push_back(wanted_value(field, random));
  const bool is_text_search = comparison == Comparison::contains ||
                              comparison == Comparison::starts_with ||
                              comparison == Comparison::ends_with;
  if (is_text_search && kind_of(field).holding == Holding::text) {
    const std::string text = filter.values[0].text();
    const int64_t length = int64_t(random() % 3) + 1;
    filter.values[0] = comparison == Comparison::ends_with ? Value(last_chars(text, length))
                                                           : Value(first_chars(text, length));
  }
  const bool may_be_null = comparison == Comparison::is || comparison == Comparison::is_not ||
                           comparison == Comparison::is_one_of ||
                           comparison == Comparison::is_none_of;
  if (may_be_null && !filter.values.empty() && random() % 5 == 0) filter.values[0] = Value();
  return filter;
}

using Rows = std::vector<Record>;

/// Rows go straight into the table: links and numbers here need not exist elsewhere.
Rows fill(Shop& shop, const ShapeRef& shape, std::mt19937& random) {
  Rows rows;
  const auto done = shop.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int row = 0; row < row_count; ++row) {
      Record record;
      record.shape = shape;
      record.values.resize(shape->fields().size());
      for (size_t index = 0; index < shape->fields().size(); ++index) {
        const FieldDef& field = shape->fields()[index];
        const bool is_given = field.unique || field.kind == FieldKind::link;
        if (!is_given) record.values[index] = sample_value(field, random);
      }
      Change change{tx, shop.org, shop.actor, Verb::created, {}, std::move(record)};
      Record stored = TRY(store(change, shop.author));
      rows.push_back(std::move(stored));
    }
    return {};
  });
  EXPECT_TRUE(done) << done.error().message;
  return rows;
}

std::vector<int64_t> meant(const Rows& rows, const FieldDef& field, const Filter& filter) {
  std::vector<int64_t> ids;
  for (const Record& row : rows)
    if (meets(row.get(field.name), filter)) ids.push_back(row.id.value);
  return ids;
}

std::vector<int64_t> met_in_memory(const Rows& rows, const Filter& filter) {
  std::vector<int64_t> ids;
  for (const Record& row : rows)
    if (meets(row, filter)) ids.push_back(row.id.value);
  return ids;
}

class FilterMatrix : public OnBothDatabases {};
TANDEM_ON_BOTH_DATABASES(FilterMatrix);

TEST_P(FilterMatrix, EveryComparisonOfEveryKindFindsTheRowsThatAreMeant) {
  Shop shop(GetParam());
  for (const FieldKind kind :
       {FieldKind::text, FieldKind::long_text, FieldKind::rich_text, FieldKind::number,
        FieldKind::decimal, FieldKind::money, FieldKind::boolean, FieldKind::date,
        FieldKind::instant, FieldKind::choice, FieldKind::multi_choice, FieldKind::tags,
        FieldKind::email, FieldKind::phone, FieldKind::url, FieldKind::user}) {
    FieldDef field{.name = "own_" + std::string(kind_of(kind).word),
                   .label = "Own " + std::string(kind_of(kind).word),
                   .kind = kind};
    for (const FieldDef& like : orders_module().fields)
      if (like.kind == kind) field.choices = like.choices;
    ASSERT_TRUE(shop.add_field(orders_module(), field));
  }
  const unsigned seed = 20'261'122;
  std::mt19937 random(seed);
  const ShapeRef shape = shop.shape(orders_module());
  const Rows rows = fill(shop, shape, random);
  int compared = 0;
  for (const FieldDef& field : shape->fields()) {
    for (int number = 0; number <= int(Comparison::ends_with); ++number) {
      const auto comparison = Comparison(number);
      if (!knows(field, comparison)) continue;
      for (int round = 0; round < 4; ++round) {
        const Filter filter = sample_filter(field, comparison, random);
        const Query query{.filter = filter, .sort = {"id", false}, .limit = 250};
        const std::string what = field.name + " " + std::string(word(comparison));
        EXPECT_EQ(shop.walk(orders_module(), query), meant(rows, field, filter)) << what;
        EXPECT_EQ(met_in_memory(rows, filter), meant(rows, field, filter)) << what << " in memory";
        const Query inverse{.filter = none_of({filter}), .sort = {"id", false}, .limit = 250};
        EXPECT_EQ(shop.walk(orders_module(), inverse).size(),
                  rows.size() - meant(rows, field, filter).size())
            << "none of " << what;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 800);
}

TEST_P(FilterMatrix, JoinedConditionsHoldTogether) {
  Shop shop(GetParam());
  const Record red = shop.add(orders_module(), {{"subject", "red"}, {"pieces", 1}});
  const Record blue = shop.add(orders_module(), {{"subject", "blue"}, {"pieces", 2}});
  const Record bare = shop.add(orders_module(), {{"subject", "bare"}});
  const auto ids = [&](Filter filter) {
    EXPECT_EQ(met_in_memory({red, blue, bare}, filter),
              shop.walk(orders_module(), {.filter = filter, .sort = {"id", false}}));
    return shop.walk(orders_module(),
                     {.filter = std::move(filter), .sort = {"id", false}, .limit = 2});
  };
  using Ids = std::vector<int64_t>;
  EXPECT_EQ(ids(everything()), (Ids{red.id.value, blue.id.value, bare.id.value}));
  EXPECT_EQ(ids(nothing()), Ids{});
  EXPECT_EQ(ids(all_of({})), (Ids{red.id.value, blue.id.value, bare.id.value}));
  EXPECT_EQ(ids(any_of({})), Ids{});
  EXPECT_EQ(ids(all_of({field("subject").starts_with("B"), field("pieces").at_least(2)})),
            Ids{blue.id.value});
  EXPECT_EQ(ids(any_of({field("pieces").is(1), field("subject").is("bare")})),
            (Ids{red.id.value, bare.id.value}));
  EXPECT_EQ(ids(none_of({field("pieces").is(1), nothing()})), (Ids{blue.id.value, bare.id.value}));
  EXPECT_EQ(ids(field("id").is_one_of({Value(red.id), Value(bare.id)})),
            (Ids{red.id.value, bare.id.value}));
  EXPECT_EQ(ids(field("id").after(Value(blue.id))), Ids{bare.id.value});
  EXPECT_EQ(ids(field("created_by").is(77)).size(), 3u);
}

TEST_P(FilterMatrix, ALinkedConditionAsksTheRecordThatIsLinkedTo) {
  Shop shop(GetParam());
  const Record acme = shop.add(companies_module(), {{"name", "Acme"}, {"title", "Chief"}});
  const Record other = shop.add(companies_module(), {{"name", "Other"}});
  const Record order = shop.add(orders_module(), {{"subject", "a"}, {"company", Value(acme.id)}});
  shop.add(orders_module(), {{"subject", "b"}, {"company", Value(other.id)}});
  shop.add(orders_module(), {{"subject", "c"}});
  const std::vector<int64_t> wanted{order.id.value};
  EXPECT_EQ(shop.walk(orders_module(), {.filter = linked("company", field("name").is("Acme"))}),
            wanted);
  EXPECT_EQ(shop.walk(orders_module(), {.filter = linked("company", field("title").is("Chief"))}),
            wanted);
  EXPECT_EQ(code_of(shop.list(orders_module(), {.filter = linked("subject", everything())})),
            "not_a_link");
}

TEST_P(FilterMatrix, AConditionThatDoesNotFitIsRefusedAndNeverReachesTheDatabase) {
  Shop shop(GetParam());
  const auto code = [&](Filter filter) {
    return code_of(shop.list(orders_module(), {.filter = std::move(filter)}));
  };
  EXPECT_EQ(code(field("colour").is("red")), "unknown_field");
  EXPECT_EQ(code(field("id; DROP TABLE orders").is(1)), "unknown_field");
  EXPECT_EQ(code(field("pieces").contains("1")), "unknown_comparison");
  EXPECT_EQ(code(field("subject").before("x")), "unknown_comparison");
  EXPECT_EQ(code(field("pieces").is("1")), "wrong_value");
  EXPECT_EQ(code(field("subject").is(1)), "wrong_value");
  EXPECT_EQ(code(field("pieces").at_least(Value())), "wrong_value");
  EXPECT_EQ(code(field("pieces").is_one_of(std::vector<Value>(4001, Value(1)))), "too_many");
  EXPECT_EQ(code(field("subject").is("'; DROP TABLE orders; --")), "ok");
  EXPECT_EQ(code(field("subject").contains("%")), "ok");
  Filter deep = field("pieces").is(1);
  for (int depth = 0; depth < 40; ++depth) deep = all_of({std::move(deep)});
  EXPECT_EQ(code(deep), "too_complex");
}

}  // namespace
}  // namespace tandem::records
