#include "tests/api/operator_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "records/record.h"

namespace tandem::test {

using records::FieldKind;

namespace {

/// Letters of several scripts and both cases, and signs that mean something to SQL, to patterns, to
/// criteria and to JSON.
const std::vector<Value>& text_samples() {
  static const std::vector<Value> samples{"Ärger",       "ärger",     "100%",      "a_b",  "axb",
                                          "back\\slash", "ALPHA",     "日本語",    "日本", "O'Neil",
                                          "alpha beta",  "x,y;z (n)", "say \"a\"", "null"};
  return samples;
}

std::vector<Value> choice_samples(const FieldDef& field) {
  std::vector<Value> samples;
  for (size_t at = 0; at < std::min<size_t>(field.choices.size(), 3); ++at)
    samples.emplace_back(field.choices[at].name);
  return samples;
}

std::vector<Value> list_samples(const FieldDef& field) {
  std::vector<Value> samples;
  const std::vector<Value> names = choice_samples(field);
  for (const Value& name : names) samples.emplace_back(std::vector<std::string>{name.text()});
  if (names.size() > 1)
    samples.emplace_back(std::vector<std::string>{names[0].text(), names[1].text()});
  return samples;
}

std::vector<Value> numbers(std::initializer_list<int64_t> samples) {
  return {samples.begin(), samples.end()};
}

std::vector<Value> ids(const std::vector<int64_t>& linked) {
  return {linked.begin(), linked.end()};
}

}  // namespace

KindRow row_of(const FieldDef& field, const std::vector<int64_t>& linked) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::long_text: return {.samples = text_samples(), .pieces = Pieces::anywhere};
    case FieldKind::rich_text:
      return {.samples = {"Ärger", "alpha beta", "日本語"},
              .has_equality = false,
              .pieces = Pieces::inside};
    case FieldKind::number: return {.samples = numbers({-3, -1, 0, 1, 2, 40}), .has_order = true};
    case FieldKind::auto_number: return {.samples = numbers({1, 2, 3}), .has_order = true};
    case FieldKind::decimal:
    case FieldKind::money:
      return {.samples = numbers({-12'550, -1, 0, 1, 100, 99'999'999}), .has_order = true};
    case FieldKind::boolean: return {.samples = numbers({0, 1})};
    case FieldKind::date:  // around 1970, and a leap day
      return {.samples = numbers({-1, 0, 1, 19'782, 20'513}), .has_order = true};
    case FieldKind::instant:  // a millisecond on both sides of a border
      return {.samples = numbers(
                  {1'772'441'999'999, 1'772'442'000'000, 1'772'442'000'001, 1'772'409'600'000, 0}),
              .has_order = true};
    case FieldKind::choice: return {.samples = choice_samples(field)};
    case FieldKind::multi_choice: return {.samples = list_samples(field), .pieces = Pieces::inside};
    case FieldKind::tags: {
      using Tags = std::vector<std::string>;
      return {
          .samples = {Tags{"VIP"}, Tags{"vip", "日本"}, Tags{"vi"}, Tags{"Ärger"}, Tags{"ärger"}},
          .pieces = Pieces::inside};
    }
    case FieldKind::email:
      return {.samples = {"ana@x_y.example", "bob@x-y.example", "ana@other.example"},
              .pieces = Pieces::anywhere};
    case FieldKind::phone:
      return {.samples = {"+49 30 1", "+49 30 2", "030 2"}, .pieces = Pieces::anywhere};
    case FieldKind::url:
      return {.samples = {"https://a.example/A_b", "https://a.example/a_b", "http://b.example"},
              .pieces = Pieces::anywhere};
    case FieldKind::link:
    case FieldKind::user: return {.samples = ids(linked), .pieces = Pieces::anywhere};
  }
  return {};
}

namespace {

/// The comparator without its "not".
Comparator positive_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::not_equal: return Comparator::equal;
    case Comparator::not_in: return Comparator::in;
    case Comparator::not_contains: return Comparator::contains;
    case Comparator::not_starts_with: return Comparator::starts_with;
    case Comparator::not_ends_with: return Comparator::ends_with;
    case Comparator::not_between: return Comparator::between;
    case Comparator::not_empty: return Comparator::empty;
    case Comparator::equal:
    case Comparator::less:
    case Comparator::less_equal:
    case Comparator::greater:
    case Comparator::greater_equal:
    case Comparator::in:
    case Comparator::contains:
    case Comparator::starts_with:
    case Comparator::ends_with:
    case Comparator::between:
    case Comparator::empty: return comparator;
  }
  return comparator;
}

/// Only ASCII letters have two cases.
std::string folded(const Value& value) { return ascii_lower(value.text()); }

bool is_value(const FieldDef& field, const Value& value, const Value& wanted) {
  if (value.is_null()) return false;
  if (value.is_list()) {
    const bool folds = field.kind == FieldKind::tags;
    return std::any_of(value.list().begin(), value.list().end(), [&](const std::string& one) {
      return folds ? ascii_lower(one) == folded(wanted) : one == wanted.text();
    });
  }
  if (field.kind == FieldKind::email) return folded(value) == folded(wanted);
  return value == wanted;
}

bool is_met(const FieldDef& field, const Value& value, Comparator positive,
            const std::vector<Value>& wanted) {
  const auto has = [&] { return !value.is_null(); };
  switch (positive) {
    case Comparator::equal:
    case Comparator::in:
      return std::any_of(wanted.begin(), wanted.end(),
                         [&](const Value& one) { return is_value(field, value, one); });
    case Comparator::less: return has() && value.number() < wanted[0].number();
    case Comparator::less_equal: return has() && value.number() <= wanted[0].number();
    case Comparator::greater: return has() && value.number() > wanted[0].number();
    case Comparator::greater_equal: return has() && value.number() >= wanted[0].number();
    case Comparator::between:
      return has() && value.number() >= wanted[0].number() && value.number() <= wanted[1].number();
    case Comparator::contains:
      if (value.is_list()) return is_value(field, value, wanted[0]);
      return has() && folded(value).find(folded(wanted[0])) != std::string::npos;
    case Comparator::starts_with: return has() && folded(value).starts_with(folded(wanted[0]));
    case Comparator::ends_with: return has() && folded(value).ends_with(folded(wanted[0]));
    case Comparator::empty: return !has();
    default: ADD_FAILURE() << "this is no positive comparator"; return false;
  }
}

}  // namespace

bool may_be_asked(const KindRow& row, const Question& question) {
  switch (positive_of(question.comparator)) {
    case Comparator::empty: return true;
    case Comparator::equal:
    case Comparator::in: return row.has_equality;
    case Comparator::contains: return row.pieces != Pieces::none;
    case Comparator::starts_with:
    case Comparator::ends_with: return row.pieces == Pieces::anywhere;
    default: return row.has_order;
  }
}

bool is_meant(const FieldDef& field, const Cell& cell, const Question& question) {
  const Comparator positive = positive_of(question.comparator);
  const bool is_denied = positive != question.comparator;
  Value shown = cell.value;
  if (question.asked == Asked::title && positive != Comparator::empty)
    shown = cell.value.is_null() ? Value() : Value(cell.title);
  // What nobody set is shown as false.
  if (question.asked == Asked::flag) shown = Value(int64_t{cell.value.truth()});
  const FieldDef as_text{.name = "title", .kind = FieldKind::text};
  const FieldDef& asked = question.asked == Asked::title ? as_text : field;
  return is_met(asked, shown, positive, question.wanted) != is_denied;
}

int values_wanted(Comparator comparator) {
  switch (positive_of(comparator)) {
    case Comparator::empty: return 0;
    case Comparator::between: return 2;
    case Comparator::in: return 3;
    default: return 1;
  }
}

const std::vector<Comparator>& all_comparators() {
  // not_empty is the last one; one that is added behind it is missed by no switch above.
  static const std::vector<Comparator> all = [] {
    std::vector<Comparator> comparators;
    for (int number = 0; number <= int(Comparator::not_empty); ++number)
      comparators.push_back(Comparator(number));
    return comparators;
  }();
  return all;
}

namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string joined(const std::vector<std::string>& texts, const std::string& between,
                   std::string (*written)(const std::string&)) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : between) + written(text);
  return out;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("(),\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string coql_of(Comparator comparator, const std::vector<std::string>& texts) {
  const std::string first = texts.empty() ? "" : texts.front();
  switch (comparator) {
    case Comparator::equal: return " = " + quoted(first);
    case Comparator::not_equal: return " != " + quoted(first);
    case Comparator::less: return " < " + quoted(first);
    case Comparator::less_equal: return " <= " + quoted(first);
    case Comparator::greater: return " > " + quoted(first);
    case Comparator::greater_equal: return " >= " + quoted(first);
    case Comparator::in: return " in (" + joined(texts, ", ", quoted) + ")";
    case Comparator::not_in: return " not in (" + joined(texts, ", ", quoted) + ")";
    case Comparator::contains: return " like " + quoted("%" + first + "%");
    case Comparator::not_contains: return " not like " + quoted("%" + first + "%");
    case Comparator::starts_with: return " like " + quoted(first + "%");
    case Comparator::not_starts_with: return " not like " + quoted(first + "%");
    case Comparator::ends_with: return " like " + quoted("%" + first);
    case Comparator::not_ends_with: return " not like " + quoted("%" + first);
    case Comparator::between: return " between " + joined(texts, " and ", quoted);
    case Comparator::not_between: return " not between " + joined(texts, " and ", quoted);
    case Comparator::empty: return " is null";
    case Comparator::not_empty: return " is not null";
  }
  return "";
}

namespace {

/// As criteria and bulk reads call it.
std::string word_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::equal: return "equal";
    case Comparator::not_equal: return "not_equal";
    case Comparator::less: return "less_than";
    case Comparator::less_equal: return "less_equal";
    case Comparator::greater: return "greater_than";
    case Comparator::greater_equal: return "greater_equal";
    case Comparator::in: return "in";
    case Comparator::not_in: return "not_in";
    case Comparator::contains: return "contains";
    case Comparator::not_contains: return "not_contains";
    case Comparator::starts_with: return "starts_with";
    case Comparator::not_starts_with: return "not_starts_with";
    case Comparator::ends_with: return "ends_with";
    case Comparator::not_ends_with: return "not_ends_with";
    case Comparator::between: return "between";
    case Comparator::not_between: return "not_between";
    case Comparator::empty:
    case Comparator::not_empty: return "equal";
  }
  return "";
}

std::vector<std::string> with_emptiness(Comparator comparator,
                                        const std::vector<std::string>& texts) {
  if (comparator == Comparator::empty) return {"${EMPTY}"};
  if (comparator == Comparator::not_empty) return {"${NOTEMPTY}"};
  return texts;
}

}  // namespace

std::string criteria_of(Comparator comparator, const std::vector<std::string>& texts) {
  return ":" + word_of(comparator) + ":" + joined(with_emptiness(comparator, texts), ",", escaped);
}

std::string bulk_json_of(const std::string& column, Comparator comparator,
                         const std::vector<std::string>& texts) {
  const std::vector<std::string> values = with_emptiness(comparator, texts);
  JsonWriter json;
  json.begin_object().key("field").begin_object().string("api_name", column).end_object();
  json.string("comparator", word_of(comparator)).key("value");
  if (values.size() == 1) {
    json.string(values.front());
  } else {
    json.begin_array();
    for (const std::string& value : values) json.string(value);
    json.end_array();
  }
  return json.end_object().take();
}

namespace {

std::string native_word_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::equal: return "is";
    case Comparator::not_equal: return "is_not";
    case Comparator::less: return "before";
    case Comparator::less_equal: return "at_most";
    case Comparator::greater: return "after";
    case Comparator::greater_equal: return "at_least";
    case Comparator::in: return "is_one_of";
    case Comparator::not_in: return "is_none_of";
    case Comparator::contains: return "contains";
    case Comparator::starts_with: return "starts_with";
    case Comparator::ends_with: return "ends_with";
    case Comparator::between: return "between";
    case Comparator::empty: return "is_empty";
    case Comparator::not_empty: return "is_not_empty";
    case Comparator::not_contains:
    case Comparator::not_starts_with:
    case Comparator::not_ends_with:
    case Comparator::not_between: return "";
  }
  return "";
}

void append_wanted(JsonWriter& json, const FieldDef& field, const Value& wanted) {
  // Of a list one entry is asked for.
  if (wanted.is_text()) {
    json.string(wanted.text());
  } else {
    records::append_value(json, field, wanted);
  }
}

}  // namespace

std::string native_of(const FieldDef& field, Comparator comparator,
                      const std::vector<Value>& wanted) {
  const std::string word = native_word_of(comparator);
  if (word.empty()) return "";
  const bool is_list = comparator == Comparator::in || comparator == Comparator::not_in ||
                       comparator == Comparator::between;
  JsonWriter json;
  json.begin_object().string("field", field.name).key(word);
  if (wanted.empty()) {
    json.boolean(true);
  } else if (is_list) {
    json.begin_array();
    for (const Value& one : wanted) append_wanted(json, field, one);
    json.end_array();
  } else {
    append_wanted(json, field, wanted.front());
  }
  return json.end_object().take();
}

}  // namespace tandem::test
