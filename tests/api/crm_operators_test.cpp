#include "tests/api/generated_sales.h"

#include "api/crm/bulk_criteria.h"
#include "base/text.h"

// Every operator × every kind of field of every module × every face: COQL, search criteria, the
// criteria of bulk reads and native filters, held against a plain evaluation of the stored records
// (operator_rows). Fields come from the definitions of the modules and operators from their enum,
// so that a new one of either fails here until it has a row. Run on both databases, so that both
// give the same answers. docs/api/crm.md, docs/api/native.md.

namespace tandem::test {
namespace {

using api::crm_dialect::Condition;
using crm::Edition;
using http::Method;

class EveryOperator : public testing::TestWithParam<Edition>, public GeneratedSales {
 protected:
  EveryOperator() : GeneratedSales(GetParam()) {}

  Value whole_sample(const Column& column, const KindRow& row) {
    // What some record has, or what none needs to have.
    std::vector<Value> values = row.samples;
    for (const Cell& cell : column.cells)
      if (!cell.value.is_null() && cell.value != Value("") && !is_link(*column.field))
        values.push_back(cell.value);
    if (values.empty()) return Value();
    const Value value = one_of(values);
    return value.is_list() ? Value(one_of(value.list())) : value;
  }

  /// The beginning, the end or the whole of a text, in other letters, without a "%".
  std::string piece_of(const std::string& text) {
    const int64_t chars = count_chars(text);
    const int64_t length = 1 + below(size_t(std::max<int64_t>(chars, 1)));
    std::string piece = below(2) == 0 ? std::string(first_chars(text, length))
                                      : text.substr(first_chars(text, chars - length).size());
    std::erase(piece, '%');
    piece = trim(piece);
    if (piece.empty()) piece = "a";
    return below(2) == 0 ? ascii_lower(piece) : piece;
  }

  Question question_of(const Column& column, const KindRow& row, Comparator comparator) {
    Question question{.comparator = comparator, .asked = column.asked};
    const bool is_piece =
        comparator == Comparator::contains || comparator == Comparator::starts_with ||
        comparator == Comparator::ends_with || comparator == Comparator::not_contains ||
        comparator == Comparator::not_starts_with || comparator == Comparator::not_ends_with;
    const std::vector<std::string> titles(column.titles.begin(), column.titles.end());
    if (is_link(*column.field) && !titles.empty() && (is_piece || below(2) == 0))
      question.asked = Asked::title;
    for (int count = values_wanted(comparator); count > 0; --count) {
      Value value =
          question.asked == Asked::title ? Value(one_of(titles)) : whole_sample(column, row);
      const bool is_of_list = records::kind_of(*column.field).holding == records::Holding::list;
      if (is_piece && value.is_text() && !is_of_list) value = Value(piece_of(value.text()));
      question.wanted.push_back(std::move(value));
    }
    return question;
  }

  static std::vector<std::string> texts_of(const Column& column, const Question& question) {
    std::vector<std::string> texts;
    for (const Value& value : question.wanted) {
      texts.push_back(value.is_text() ? value.text()
                                      : records::value_to_text(*column.field, value));
    }
    return texts;
  }

  static std::string ids_in(const Answer& answer, const std::string& list) {
    const Json* rows = find(answer.json, list);
    std::set<std::string> ids;
    if (rows && rows->is_array())
      for (const Json& row : rows->get_array()) ids.insert(text_of(row, "id"));
    std::string all;
    for (const std::string& id : ids) all += id + " ";
    return all;
  }
  /// The ids that were found; "refused" for a refusal in the words of the dialect.
  static std::string found(const Answer& answer, const std::string& list = "data") {
    if (answer.status == 200 || answer.status == 204) return ids_in(answer, list);
    const std::string code = answer.at("code") + answer.at("error.code");
    const bool is_told = code == "INVALID_QUERY" || code == "INVALID_DATA" ||
                         code == "unknown_comparison" || code == "wrong_value";
    return is_told ? "refused" : answer.body;
  }

  std::string meant(const Column& column, const KindRow& row, const Question& question,
                    const std::vector<Record>& all) {
    if (!may_be_asked(row, question)) return "refused";
    std::set<std::string> ids;
    for (size_t at = 0; at < all.size(); ++at)
      if (is_meant(*column.field, column.cells[at], question)) ids.insert(to_string(all[at].id));
    std::string text;
    for (const std::string& id : ids) text += id + " ";
    return text;
  }

  std::string by_coql(const std::string& module, const std::string& condition) {
    return found(coql("select id from " + module + " where " + condition));
  }

  std::string by_criteria(const std::string& module, const std::string& criteria) {
    http::Request request;
    request.path = (GetParam() == Edition::crm ? "/crm/v8/" : "/bigin/v2/") + module + "/search";
    request.query = {{"criteria", "(" + criteria + ")"}, {"fields", "id"}};
    request.headers = {{"Authorization", "Zoho-oauthtoken " + firm_.ada.access_token}};
    return found(portal_.send(std::move(request)));
  }

  std::string by_native(const std::string& module, const std::string& filter) {
    http::Request request = Portal::request_of(
        {.session_token = firm_.ada.session_token, .csrf_token = firm_.ada.csrf_token}, Method::get,
        SalesPortal::face(GetParam(), firm_, "/" + module));
    request.query = {{"filter", filter}, {"limit", "100"}};
    return found(portal_.send(std::move(request)), "records");
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, EveryOperator, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

bool is_same(const Condition& one, const Condition& other) {
  return one.kind == other.kind && one.field == other.field && one.comparator == other.comparator &&
         one.values == other.values && one.parts.empty() && other.parts.empty();
}

/// Native filters hold what is stored: a flag that nobody set is neither true nor false, and a link
/// is asked by its id.
bool is_asked_natively(const Column& column, const Question& question) {
  return column.is_native && question.asked == Asked::value;
}

TEST_P(EveryOperator, FindsWhatIsMeantInEveryFace) {
  std::set<FieldKind> kinds;
  int refused = 0;
  int some = 0;
  for (const records::ModuleDef* module : shown_) {
    const ModuleWords words(GetParam(), *shapes_.at(module->name));
    const std::string word = api::crm_dialect::module_word(GetParam(), *module);
    const std::vector<Record> all = listed(*module);
    for (const Column& column : columns_of(*module, words, all)) {
      kinds.insert(column.field->kind);
      const KindRow row = row_of(*column.field, column.linked);
      for (const Comparator comparator : all_comparators()) {
        const Question question = question_of(column, row, comparator);
        const std::vector<std::string> texts = texts_of(column, question);
        const std::string expected = meant(column, row, question, all);
        const std::string condition = column.name + coql_of(comparator, texts);
        EXPECT_EQ(by_coql(word, condition), expected) << word << ": " << condition;
        const std::string criteria = column.name + criteria_of(comparator, texts);
        EXPECT_EQ(by_criteria(word, criteria), expected) << word << ": " << criteria;
        const auto bulk = api::crm_dialect::condition_of_bulk(
            json_from_text(bulk_json_of(column.name, comparator, texts)).value());
        const auto same = api::crm_dialect::condition_of_criteria("(" + criteria + ")");
        ASSERT_TRUE(bulk && same) << criteria;
        EXPECT_TRUE(is_same(*bulk, *same)) << criteria;
        const std::string filter = native_of(*column.field, comparator, question.wanted);
        if (is_asked_natively(column, question) && !filter.empty()) {
          EXPECT_EQ(by_native(module->name, filter), expected) << module->name << ": " << filter;
        }
        refused += expected == "refused" ? 1 : 0;
        some += expected != "refused" && !expected.empty() ? 1 : 0;
      }
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(some, 500);
  for (int number = 0; number <= int(FieldKind::auto_number); ++number) {
    const bool is_in_no_module = FieldKind(number) == FieldKind::auto_number;
    EXPECT_EQ(kinds.contains(FieldKind(number)), !is_in_no_module)
        << records::kind_of(FieldKind(number)).word;
  }
}

}  // namespace
}  // namespace tandem::test
