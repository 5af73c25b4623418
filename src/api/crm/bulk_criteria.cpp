#include "api/crm/bulk_criteria.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr int conditions_max = 25;
constexpr int depth_max = conditions_max + 1;  // pairs of pairs
constexpr size_t values_max = 100;
constexpr size_t value_bytes_max = 5'000;

Refusal bad_criteria(std::string_view what) {
  return invalid("criteria", "invalid_criteria", fmt::format("The criteria {}.", what));
}

class Reader {
 public:
  Result<Condition> read(const Json& json, int depth) {
    if (!json.is_object()) return bad_criteria("must be an object");
    if (depth > depth_max) return bad_criteria("are nested too deep");
    return find(json, "group") || find(json, "group_operator") ? group(json, depth)
                                                               : comparison(json);
  }

 private:
  Result<Condition> group(const Json& json, int depth) {
    const std::string word = ascii_lower(text_of(json, "group_operator"));
    if (word != "and" && word != "or") return bad_criteria("join by and, or by or");
    const Json* list = find(json, "group");
    if (!list || !list->is_array() || list->get_array().empty())
      return bad_criteria("have nothing in a group");
    std::vector<Condition> parts;
    for (const Json& part : list->get_array()) {
      Condition condition = TRY(read(part, depth + 1));
      parts.push_back(std::move(condition));
    }
    return joined(word == "and" ? Condition::Kind::all_of : Condition::Kind::any_of,
                  std::move(parts));
  }

  Result<Condition> comparison(const Json& json) {
    if (++conditions_ > conditions_max)
      return bad_criteria(fmt::format("have more than {} conditions", conditions_max));
    Condition condition;
    const Json* field = find(json, "field");
    if (field && field->is_object()) condition.field = text_of(*field, "api_name");
    if (condition.field.empty()) condition.field = text_of(json, "api_name");
    if (condition.field.empty()) return bad_criteria("name no field");
    const std::optional<Comparator> comparator = comparator_of_word(text_of(json, "comparator"));
    if (!comparator)
      return invalid(condition.field, "unsupported_operator", "invalid operator found");
    condition.comparator = *comparator;
    const Json* value = find(json, "value");
    if (!value) return bad_criteria("compare with no value");
    TRY(add_values(*value, condition));
    return with_emptiness(std::move(condition));
  }

  /// A list where several are asked for; elsewhere one value. Lookups are written as their ids or
  /// as objects that have one.
  static Result<void> add_values(const Json& json, Condition& condition) {
    if (!json.is_array()) return add_value(json, condition);
    for (const Json& one : json.get_array()) TRY(add_value(one, condition));
    return {};
  }

  static Result<void> add_value(const Json& json, Condition& condition) {
    const Json* id = json.is_object() ? find(json, "id") : nullptr;
    const Json& held = id ? *id : json;
    if (held.is_null() || held.is_object() || held.is_array())
      return bad_criteria("compare with what is no value");
    std::string text = held.is_string() ? std::string(held.get_string()) : plain(held);
    if (text.size() > value_bytes_max || condition.values.size() >= values_max)
      return bad_criteria("compare with too much");
    condition.values.push_back(std::move(text));
    return {};
  }

  /// A number without an exponent, as people write it.
  static std::string plain(const Json& json) {
    return json.is_double() ? fmt::format("{}", json.get_double()) : json_to_text(json);
  }

  int conditions_ = 0;
};

}  // namespace

Result<Condition> condition_of_bulk(const Json& criteria) { return Reader().read(criteria, 0); }

}  // namespace tandem::api::crm_dialect
