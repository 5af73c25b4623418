#include <array>
#include <utility>

#include "api/crm/conditions.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr size_t criteria_bytes_max = 5'000;
constexpr int conditions_max = 15;
constexpr int depth_max = conditions_max + 1;  // pairs of pairs
constexpr size_t values_max = 100;

constexpr std::array<std::pair<std::string_view, Comparator>, 18> comparators{{
    {"equals", Comparator::equal},
    {"equal", Comparator::equal},
    {"not_equal", Comparator::not_equal},
    {"not_equals", Comparator::not_equal},
    {"starts_with", Comparator::starts_with},
    {"not_starts_with", Comparator::not_starts_with},
    {"ends_with", Comparator::ends_with},
    {"not_ends_with", Comparator::not_ends_with},
    {"contains", Comparator::contains},
    {"not_contains", Comparator::not_contains},
    {"in", Comparator::in},
    {"between", Comparator::between},
    {"less_than", Comparator::less},
    {"less_equal", Comparator::less_equal},
    {"greater_than", Comparator::greater},
    {"greater_equal", Comparator::greater_equal},
    {"not_in", Comparator::not_in},
    {"not_between", Comparator::not_between},
}};

Refusal bad_criteria() { return invalid("criteria", "invalid_criteria", "invalid query formed"); }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Condition> run() {
    Condition whole = TRY(joined(0));
    skip_spaces();
    if (at_ != text_.size()) return bad_criteria();
    return whole;
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool takes(char c) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool takes_word(std::string_view word) {
    skip_spaces();
    if (ascii_lower(text_.substr(at_, word.size())) != word) return false;
    at_ += word.size();
    return true;
  }

  /// A part, or several with "and" or "or" between them; "or" binds less.
  Result<Condition> joined(int depth) {
    if (depth > depth_max) return bad_criteria();
    std::vector<Condition> either;
    do {
      std::vector<Condition> both;
      do {
        Condition next = TRY(part(depth));
        both.push_back(std::move(next));
      } while (takes_word("and"));
      either.push_back(crm_dialect::joined(Condition::Kind::all_of, std::move(both)));
    } while (takes_word("or"));
    return crm_dialect::joined(Condition::Kind::any_of, std::move(either));
  }

  Result<Condition> part(int depth) {
    if (!takes('(')) return comparison();
    Condition inner = TRY(joined(depth + 1));
    if (!takes(')')) return bad_criteria();
    return inner;
  }

  Result<Condition> comparison() {
    if (++conditions_ > conditions_max) return bad_criteria();
    Condition condition;
    condition.field = TRY(until(':'));
    const std::string written = TRY(until(':'));
    const std::optional<Comparator> comparator = comparator_of_word(written);
    if (!comparator) return bad_criteria();
    condition.comparator = *comparator;
    condition.values = TRY(values(condition.comparator));
    return with_emptiness(std::move(condition));
  }

  Result<std::string> until(char end) {
    const size_t start = at_;
    while (at_ < text_.size() && text_[at_] != end && text_[at_] != '(' && text_[at_] != ')') ++at_;
    if (at_ >= text_.size() || text_[at_] != end || at_ == start) return bad_criteria();
    return std::string(trim(text_.substr(start, at_++ - start)));
  }

  /// Up to the closing bracket. Commas part values where several are asked for.
  Result<std::vector<std::string>> values(Comparator comparator) {
    const bool is_list = comparator == Comparator::in || comparator == Comparator::not_in ||
                         comparator == Comparator::between || comparator == Comparator::not_between;
    std::vector<std::string> found(1);
    while (at_ < text_.size() && text_[at_] != ')') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        found.back() += text_[at_++];
      } else if (text_[at_] == ',' && is_list) {
        found.emplace_back();
        ++at_;
      } else {
        found.back() += text_[at_++];
      }
    }
    if (found.size() > values_max) return bad_criteria();
    for (std::string& value : found) value = std::string(trim(value));
    return found;
  }

  std::string_view text_;
  size_t at_ = 0;
  int conditions_ = 0;
};

}  // namespace

std::optional<Comparator> comparator_of_word(std::string_view word) {
  const std::string folded = ascii_lower(word);
  for (const auto& [text, comparator] : comparators)
    if (text == folded) return comparator;
  return std::nullopt;
}

Result<Condition> condition_of_criteria(std::string_view criteria) {
  if (criteria.size() > criteria_bytes_max || trim(criteria).empty()) return bad_criteria();
  return Reader(trim(criteria)).run();
}

}  // namespace tandem::api::crm_dialect
