#include <algorithm>
#include <charconv>
#include <utility>

#include "api/crm/coql/coql.h"
#include "api/crm/coql/tokens.h"
#include "base/text.h"

namespace tandem::api::crm_dialect::coql {

namespace {

/// Reads from the left to the right. At the first fault it notes it and goes to the end, where
/// every part finds nothing more to read.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::expected<Query, Fault> run() {
    Query query;
    expect_word("select");
    read_columns(query);
    expect_word("from");
    query.module = name();
    if (!is_word("where")) missing("where");
    next();
    query.where = any_of(0);
    if (takes_words("group", "by")) read_names(query.group_by);
    if (takes_words("order", "by")) read_orders(query);
    if (takes_word("limit")) read_limit(query);
    if (takes_word("offset")) query.offset = whole_number();
    if (peek().kind != Token::Kind::end) fail();
    if (fault_) return std::unexpected(*fault_);
    return query;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  const Token& next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool is_word(std::string_view word) const {
    return peek().kind == Token::Kind::word && peek().folded == word;
  }
  bool is_symbol(std::string_view symbol) const {
    return peek().kind == Token::Kind::symbol && peek().text == symbol;
  }
  bool takes_word(std::string_view word) {
    if (!is_word(word)) return false;
    next();
    return true;
  }
  bool takes_symbol(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    next();
    return true;
  }
  bool takes_words(std::string_view first, std::string_view second) {
    if (!takes_word(first)) return false;
    expect_word(second);
    return true;
  }

  Fault fault_here(std::string code) const { return fault_at(std::move(code), peek()); }
  static Fault fault_at(std::string code, const Token& token) {
    return {
        .code = std::move(code), .near = token.text, .line = token.line, .column = token.column};
  }
  void stop(Fault fault) {
    if (!fault_) fault_ = std::move(fault);
    at_ = tokens_.size() - 1;
  }
  void fail() { stop(fault_here("SYNTAX_ERROR")); }
  void too_much() { stop(fault_here("LIMIT_EXCEEDED")); }
  void missing(std::string clause) {
    Fault fault = fault_here("SYNTAX_ERROR");
    fault.clause = std::move(clause);
    stop(std::move(fault));
  }

  void expect_word(std::string_view word) {
    if (!takes_word(word)) fail();
  }
  void expect_symbol(std::string_view symbol) {
    if (!takes_symbol(symbol)) fail();
  }

  bool is_reserved() const {
    static constexpr std::string_view words[] = {"select", "from", "where", "and",   "or",
                                                 "not",    "in",   "like",  "is",    "null",
                                                 "group",  "by",   "order", "limit", "between"};
    return peek().kind == Token::Kind::word &&
           std::find(std::begin(words), std::end(words), peek().folded) != std::end(words);
  }

  /// A field or module: no word of the language, unless it stands in quotes; no dot at its end.
  std::string name() {
    const Token& token = peek();
    const bool is_word = token.kind == Token::Kind::word && !is_reserved();
    const bool is_quoted = token.kind == Token::Kind::text && is_name(token.text);
    if ((!is_word && !is_quoted) || token.text.ends_with('.')) {
      fail();
      return "";
    }
    return next().text;
  }

  int64_t whole_number() {
    int64_t value = 0;
    const std::string& text = peek().text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (peek().kind != Token::Kind::number || error != std::errc() ||
        end != text.data() + text.size() || value < 0)
      fail();
    next();
    return value;
  }

  void read_columns(Query& query) {
    do {
      if (query.columns.size() >= columns_max) too_much();
      const Token& start = peek();
      Column next = column();
      const auto is_said = [&](const Column& other) {
        return ascii_lower(shown_as(other)) == ascii_lower(shown_as(next));
      };
      const auto same = std::find_if(query.columns.begin(), query.columns.end(), is_said);
      if (same == query.columns.end()) {
        query.columns.push_back(std::move(next));
      } else if (!next.alias.empty() || !same->alias.empty()) {
        stop(fault_at("DUPLICATE_ALIAS", start));
      }
      // What is asked for twice is shown once.
    } while (takes_symbol(","));
  }

  /// The key of a column in the answer, but for the capitals of figures.
  static std::string shown_as(const Column& column) {
    if (!column.alias.empty()) return column.alias;
    return column.aggregate == Aggregate::none
               ? column.field
               : std::to_string(int(column.aggregate)) + "(" + column.field;
  }

  Column column() {
    Column column;
    column.field = name();
    if (takes_symbol("(")) {
      column.aggregate = aggregate_of(ascii_lower(column.field));
      column.field = name();
      expect_symbol(")");
    }
    if (takes_word("as")) column.alias = alias();
    return column;
  }

  /// A letter, then letters, digits and "_". "id" is what every row has already.
  std::string alias() {
    const Token& token = peek();
    const bool is_text = token.kind == Token::Kind::word || token.kind == Token::Kind::text;
    if (!is_text) {
      fail();
      return "";
    }
    const bool is_plain =
        is_name(token.text) && token.text.find_first_of(".$") == std::string::npos;
    if (!is_plain || is_reserved() || token.text.size() > alias_bytes_max ||
        ascii_lower(token.text) == "id") {
      stop(fault_here("INVALID_ALIAS"));
      return "";
    }
    return next().text;
  }

  Aggregate aggregate_of(const std::string& word) {
    if (word == "count") return Aggregate::count;
    if (word == "sum") return Aggregate::sum;
    if (word == "avg") return Aggregate::avg;
    if (word == "min") return Aggregate::min;
    if (word == "max") return Aggregate::max;
    fail();
    return Aggregate::none;
  }

  void read_names(std::vector<std::string>& names) {
    do {
      if (names.size() >= columns_max) too_much();
      names.push_back(name());
    } while (takes_symbol(","));
  }

  void read_orders(Query& query) {
    do {
      if (query.order_by.size() >= columns_max) too_much();
      Order order{.field = name()};
      if (takes_symbol("(")) {
        order.aggregate = aggregate_of(ascii_lower(order.field));
        order.field = name();
        expect_symbol(")");
      }
      if (takes_word("desc")) {
        order.descending = true;
      } else {
        takes_word("asc");
      }
      query.order_by.push_back(std::move(order));
    } while (takes_symbol(","));
  }

  /// "limit 200" or "limit 400, 200".
  void read_limit(Query& query) {
    query.limit = whole_number();
    if (takes_symbol(",")) {
      query.offset = query.limit;
      query.limit = whole_number();
    }
    if (query.limit > rows_max) too_much();
  }

  Condition any_of(int depth) { return joined("or", Condition::Kind::any_of, depth); }

  /// "or" binds less than "and".
  Condition joined(std::string_view word, Condition::Kind kind, int depth) {
    const bool is_or = kind == Condition::Kind::any_of;
    const auto part = [&] {
      return is_or ? joined("and", Condition::Kind::all_of, depth) : single(depth);
    };
    std::vector<Condition> parts;
    do {
      parts.push_back(part());
    } while (takes_word(word));
    return crm_dialect::joined(kind, std::move(parts));
  }

  Condition single(int depth) {
    if (takes_symbol("(")) {
      if (depth >= depth_max) too_much();
      Condition inner = any_of(depth + 1);
      expect_symbol(")");
      return inner;
    }
    if (++conditions_ > conditions_max) too_much();
    return comparison();
  }

  Condition comparison() {
    Condition condition;
    condition.field = name();
    if (takes_word("is")) {
      condition.comparator = takes_word("not") ? Comparator::not_empty : Comparator::empty;
      expect_word("null");
      return condition;
    }
    const bool is_not = takes_word("not");
    if (takes_word("in")) {
      condition.comparator = is_not ? Comparator::not_in : Comparator::in;
      condition.values = listed();
    } else if (takes_word("like")) {
      read_pattern(condition, is_not);
    } else if (takes_word("between")) {
      condition.comparator = is_not ? Comparator::not_between : Comparator::between;
      condition.values.push_back(literal());
      expect_word("and");
      condition.values.push_back(literal());
    } else {
      if (is_not) fail();
      condition.comparator = sign();
      condition.values.push_back(literal());
    }
    return condition;
  }

  /// 'x%' begins with x, '%x' ends with it, '%x%' holds it, 'x' is it. Nothing between is left
  /// open.
  void read_pattern(Condition& condition, bool is_not) {
    const Token& token = peek();
    std::string pattern = literal();
    const bool is_open_left = pattern.starts_with('%');
    const bool is_open_right = pattern.size() > 1 && pattern.ends_with('%');
    if (is_open_left) pattern.erase(0, 1);
    if (is_open_right) pattern.pop_back();
    if (pattern.find('%') != std::string::npos) stop(fault_at("SYNTAX_ERROR", token));
    if (is_open_left && is_open_right) {
      condition.comparator = is_not ? Comparator::not_contains : Comparator::contains;
    } else if (is_open_left) {
      condition.comparator = is_not ? Comparator::not_ends_with : Comparator::ends_with;
    } else if (is_open_right) {
      condition.comparator = is_not ? Comparator::not_starts_with : Comparator::starts_with;
    } else {
      condition.comparator = is_not ? Comparator::not_equal : Comparator::equal;
    }
    condition.values.push_back(std::move(pattern));
  }

  Comparator sign() {
    static constexpr std::pair<std::string_view, Comparator> signs[] = {
        {"=", Comparator::equal},   {"!=", Comparator::not_equal},
        {"<", Comparator::less},    {"<=", Comparator::less_equal},
        {">", Comparator::greater}, {">=", Comparator::greater_equal}};
    for (const auto& [text, meaning] : signs)
      if (takes_symbol(text)) return meaning;
    fail();
    return Comparator::equal;
  }

  std::vector<std::string> listed() {
    std::vector<std::string> values;
    expect_symbol("(");
    do {
      if (values.size() >= values_max) too_much();
      values.push_back(literal());
    } while (takes_symbol(","));
    expect_symbol(")");
    return values;
  }

  std::string literal() {
    const Token& token = peek();
    if (token.kind == Token::Kind::text || token.kind == Token::Kind::number) return next().text;
    if (is_word("true") || is_word("false")) return next().folded;
    fail();
    return "";
  }

  std::vector<Token> tokens_;
  size_t at_ = 0;
  size_t conditions_ = 0;
  std::optional<Fault> fault_;
};

}  // namespace

std::expected<Query, Fault> parse(std::string_view text) {
  if (text.size() > query_bytes_max) return std::unexpected(Fault{.code = "LIMIT_EXCEEDED"});
  std::expected<std::vector<Token>, Fault> tokens = tokens_of(text);
  if (!tokens) return std::unexpected(tokens.error());
  return Parser(std::move(*tokens)).run();
}

}  // namespace tandem::api::crm_dialect::coql
