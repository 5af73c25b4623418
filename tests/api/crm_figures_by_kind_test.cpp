#include <cmath>

#include "tests/api/generated_sales.h"

// Figures, groups and orders of COQL × every kind of field of every module, held against a plain
// evaluation of the stored records. Run on both databases. docs/api/crm.md, COQL.

namespace tandem::test {
namespace {

using crm::Edition;

class EveryFigure : public testing::TestWithParam<Edition>, public GeneratedSales {
 protected:
  EveryFigure() : GeneratedSales(GetParam()) {}

  enum class Sort { amount, time, text, list };
  static Sort sort_of(const FieldDef& field) {
    switch (field.kind) {
      case FieldKind::number:
      case FieldKind::decimal:
      case FieldKind::money: return Sort::amount;
      case FieldKind::date:
      case FieldKind::instant: return Sort::time;
      case FieldKind::multi_choice:
      case FieldKind::tags: return Sort::list;
      case FieldKind::text:
      case FieldKind::long_text:
      case FieldKind::rich_text:
      case FieldKind::boolean:
      case FieldKind::choice:
      case FieldKind::email:
      case FieldKind::phone:
      case FieldKind::url:
      case FieldKind::link:
      case FieldKind::user:
      case FieldKind::auto_number: return Sort::text;
    }
    return Sort::text;
  }
  static std::string from(const std::string& module) {
    return " from " + module + " where id is not null";
  }
  static std::vector<int64_t> numbers_in(const Column& column) {
    std::vector<int64_t> numbers;
    for (const Cell& cell : column.cells)
      if (!cell.value.is_null()) numbers.push_back(cell.value.number());
    return numbers;
  }
  static double number_in(const Answer& answer) {
    const std::string text = answer.at("data.0.n");
    return text.empty() || text == "null" ? std::nan("") : std::stod(text);
  }
  static double unit_of(const FieldDef& field) {
    return field.kind == FieldKind::number ? 1 : std::pow(10.0, field.scale);
  }

  void check_amounts(const std::string& module, const Column& column) {
    const std::vector<int64_t> numbers = numbers_in(column);
    double sum = 0;
    for (const int64_t number : numbers) sum += double(number) / unit_of(*column.field);
    const auto figure = [&](const std::string& word) {
      return number_in(coql("select " + word + "(" + column.name + ") as n" + from(module)));
    };
    const std::string what = module + "." + column.name;
    if (numbers.empty()) {
      EXPECT_TRUE(std::isnan(figure("sum"))) << what << ": a sum of nothing is nothing";
      return;
    }
    EXPECT_NEAR(figure("sum"), sum, 0.001) << what;
    EXPECT_NEAR(figure("avg"), sum / double(numbers.size()), 0.0051) << what;
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    EXPECT_NEAR(figure("min"), double(*low) / unit_of(*column.field), 0.001) << what;
    EXPECT_NEAR(figure("max"), double(*high) / unit_of(*column.field), 0.001) << what;
  }

  void check_times(const std::string& module, const Column& column) {
    const std::vector<int64_t> numbers = numbers_in(column);
    if (numbers.empty()) return;
    const auto shown = [&](int64_t number) {
      return column.field->kind == FieldKind::date ? day_to_iso(number)
                                                   : api::crm_dialect::moment_text(Instant{number});
    };
    const auto figure = [&](const std::string& word) {
      return coql("select " + word + "(" + column.name + ") as n" + from(module));
    };
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    EXPECT_EQ(figure("min").at("data.0.n"), shown(*low)) << module << "." << column.name;
    EXPECT_EQ(figure("max").at("data.0.n"), shown(*high)) << module << "." << column.name;
    EXPECT_EQ(figure("sum").at("code"), "INVALID_QUERY") << module << "." << column.name;
  }

  void check_count_and_groups(const std::string& module, const Column& column) {
    const std::string what = module + "." + column.name;
    const Answer count = coql("select count(" + column.name + ") as n" + from(module));
    EXPECT_EQ(count.at("data.0.n"), std::to_string(numbers_in(column).size())) << what;
    const Answer groups = coql("select " + column.name + ", count(id) as n" + from(module) +
                               " group by " + column.name);
    if (sort_of(*column.field) == Sort::list) {
      EXPECT_EQ(groups.at("code"), "INVALID_QUERY") << what;
      return;
    }
    std::vector<Value> different;
    for (const Cell& cell : column.cells)
      if (std::find(different.begin(), different.end(), cell.value) == different.end())
        different.push_back(cell.value);
    EXPECT_EQ(groups.at("info.count"), std::to_string(different.size())) << what << groups.body;
    size_t records = 0;
    for (size_t row = 0; row < different.size(); ++row) {
      const std::string of_group = groups.at("data." + std::to_string(row) + ".n");
      records += of_group.empty() ? 0 : std::stoul(of_group);
    }
    EXPECT_EQ(records, column.cells.size()) << what;
  }

  /// By value, or by name of what is linked; without a value last. The order of equal ones is free.
  void check_order(const std::string& module, const Column& column, const std::vector<Record>& all,
                   bool descending) {
    const std::string query =
        "select id" + from(module) + " order by " + column.name + (descending ? " desc" : "");
    const Answer answer = coql(query);
    if (sort_of(*column.field) == Sort::list) {
      EXPECT_EQ(answer.at("code"), "INVALID_QUERY") << query;
      return;
    }
    std::vector<std::pair<bool, Value>> keys;  // what has no value is the larger
    for (size_t row = 0; row < all.size(); ++row) {
      const std::string id = answer.at("data." + std::to_string(row) + ".id");
      const auto at = std::find_if(
          all.begin(), all.end(), [&](const Record& record) { return to_string(record.id) == id; });
      ASSERT_NE(at, all.end()) << query << " " << answer.body;
      const Cell& cell = column.cells[size_t(at - all.begin())];
      const bool is_link = !column.field->link_to.empty();
      keys.emplace_back(cell.value.is_null(), is_link ? Value(cell.title) : cell.value);
    }
    const auto stands_before = [&](const auto& one, const auto& other) {
      if (one.first || other.first) return !one.first && other.first;
      const auto is_less = [](const Value& low, const Value& high) {
        return low.is_text() ? low.text() < high.text() : low.number() < high.number();
      };
      return descending ? is_less(other.second, one.second) : is_less(one.second, other.second);
    };
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end(), stands_before)) << query;
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, EveryFigure, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(EveryFigure, IsWhatTheRecordsAddUpTo) {
  for (const records::ModuleDef* module : shown_) {
    const ModuleWords words(GetParam(), *shapes_.at(module->name));
    const std::string word = api::crm_dialect::module_word(GetParam(), *module);
    const std::vector<Record> all = listed(*module);
    for (const FieldWord* field : few_of_each_kind(words, 1)) {
      const Column column = column_of(*field, all);
      check_count_and_groups(word, column);
      check_order(word, column, all, false);
      check_order(word, column, all, true);
      const Sort sort = sort_of(*field->field);
      // Durations and sizes are shown as texts.
      if (sort == Sort::amount && (field->form == Form::number || field->form == Form::real))
        check_amounts(word, column);
      if (sort == Sort::time) check_times(word, column);
      if (sort != Sort::text && sort != Sort::list) continue;
      for (const char* figure : {"sum", "avg", "min", "max"})
        EXPECT_EQ(coql("select " + std::string(figure) + "(" + column.name + ") as n" + from(word))
                      .at("code"),
                  "INVALID_QUERY")
            << figure << " of " << word << "." << column.name;
    }
  }
}

}  // namespace
}  // namespace tandem::test
