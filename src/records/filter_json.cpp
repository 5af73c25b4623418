#include <fmt/format.h>

#include "base/text.h"
#include "records/fields/choices.h"
#include "records/filter_compile.h"

namespace tandem::records {

namespace {

constexpr Comparison comparisons[] = {
    Comparison::is,         Comparison::is_not,   Comparison::is_one_of,
    Comparison::is_none_of, Comparison::contains, Comparison::starts_with,
    Comparison::ends_with,  Comparison::is_empty, Comparison::is_not_empty,
    Comparison::before,     Comparison::after,    Comparison::at_least,
    Comparison::at_most,    Comparison::between};
constexpr int64_t text_chars_max = 1'000;

/// A comparison with a time that is counted from now, each time the filter is read anew.
struct TimeSpan {
  enum class Side { last, older, next };
  std::string_view word;
  Side side = Side::last;
  int64_t unit_ms = day_ms;
  int64_t units_max = 3'650;
};
constexpr TimeSpan time_spans[] = {{"in_last_days", TimeSpan::Side::last},
                                   {"older_than_days", TimeSpan::Side::older},
                                   {"in_next_days", TimeSpan::Side::next},
                                   {"in_last_hours", TimeSpan::Side::last, hour_ms, 8'760},
                                   {"older_than_hours", TimeSpan::Side::older, hour_ms, 8'760},
                                   {"in_next_hours", TimeSpan::Side::next, hour_ms, 8'760}};

Refusal bad_filter(std::string_view what) {
  return invalid("filter", "bad_filter", fmt::format("The filter {}.", what));
}

class Reader {
 public:
  Reader(const Shape& shape, const FilterWords& words) : shape_(shape), words_(words) {}

  Result<Filter> read(const Json& json, int depth) {
    if (!json.is_object()) return bad_filter("must be an object");
    if (depth > filter_depth_max)
      return bad_filter(fmt::format("may be at most {} deep", filter_depth_max));
    const JsonObject& object = json.get_object();
    if (object.empty()) return everything();
    if (object.contains("field")) return condition(object);
    if (object.size() != 1)
      return bad_filter("must have either a field or one of all_of, any_of and none_of");
    const auto& [name, parts] = *object.begin();
    Filter joined;
    if (name == "all_of") {
      joined.kind = Filter::Kind::all_of;
    } else if (name == "any_of") {
      joined.kind = Filter::Kind::any_of;
    } else if (name == "none_of") {
      joined.kind = Filter::Kind::none_of;
    } else {
      return bad_filter(fmt::format("has no word {}", std::string_view(name)));
    }
    joined.parts = TRY(read_parts(parts, depth));
    return joined;
  }

 private:
  Result<std::vector<Filter>> read_parts(const Json& json, int depth) {
    if (!json.is_array()) return bad_filter("joins a list of conditions");
    std::vector<Filter> parts;
    for (const Json& part : json.get_array()) {
      Filter read_part = TRY(read(part, depth + 1));
      parts.push_back(std::move(read_part));
    }
    return parts;
  }

  Result<Filter> condition(const JsonObject& object) {
    if (++leaves_ > filter_leaves_max)
      return bad_filter(fmt::format("may have at most {} conditions", filter_leaves_max));
    const Json& name = object.at("field");
    if (!name.is_string()) return bad_filter("names a field by text");
    const std::string field_name(name.get_string());
    const FieldDef* field = field_or_system(shape_, field_name);
    if (field == nullptr) {
      for (const ComputedField& computed : shape_.module().computed)
        if (computed.field.name == field_name) return not_stored(computed.field);
      return invalid(field_name, "unknown_field",
                     shape_.module().label + " has no field " + field_name + ".");
    }
    if (object.size() != 2) return bad_filter("compares a field in exactly one way");
    for (const auto& [key, value] : object)
      if (key != "field") return comparison(*field, std::string_view(key), value);
    return bad_filter("compares a field in exactly one way");
  }

  static Refusal not_stored(const FieldDef& computed) {
    return field_fault(computed, "computed_field",
                       "is worked out when a record is shown; filter by the fields it comes from");
  }

  Result<Filter> comparison(const FieldDef& field, std::string_view key, const Json& value) {
    for (const Comparison known : comparisons) {
      if (word(known) != key) continue;
      if (!knows(field, known)) break;
      Filter filter;
      filter.kind = Filter::Kind::field;
      filter.field = field.name;
      filter.comparison = known;
      TRY(read_values(field, value, filter));
      return filter;
    }
    for (const TimeSpan& span : time_spans)
      if (span.word == key) return time_span(field, span, value);
    return field_fault(field, "unknown_comparison", fmt::format("can't be compared with {}", key));
  }

  /// Days of a date field are whole ones, counted from today in UTC.
  Result<Filter> time_span(const FieldDef& field, const TimeSpan& span, const Json& json) {
    const bool is_day = field.kind == FieldKind::date && span.unit_ms == day_ms;
    if (!is_day && field.kind != FieldKind::instant)
      return field_fault(field, "unknown_comparison",
                         fmt::format("can't be compared with {}", span.word));
    const int64_t units = json.is_int64() ? json.get_int64() : 0;
    if (units < 1 || units > span.units_max)
      return field_fault(
          field, "out_of_range",
          fmt::format("is compared with a whole number from 1 to {} here", span.units_max));
    const auto at = [&](int64_t offset_ms) {
      const Instant moment = words_.now + offset_ms;
      return is_day ? Value(day_of(moment)) : Value(moment);
    };
    const FieldCondition condition(field.name);
    switch (span.side) {
      case TimeSpan::Side::last: return condition.between(at(-units * span.unit_ms), at(0));
      case TimeSpan::Side::older: return condition.before(at(-units * span.unit_ms));
      case TimeSpan::Side::next: return condition.between(at(0), at(units * span.unit_ms));
    }
    return everything();
  }

  Result<void> read_values(const FieldDef& field, const Json& json, Filter& filter) {
    switch (filter.comparison) {
      case Comparison::is_empty:
      case Comparison::is_not_empty: return read_emptiness(field, json, filter);
      case Comparison::is_one_of:
      case Comparison::is_none_of: return read_list(field, json, filter_values_max, filter);
      case Comparison::between: {
        if (!json.is_array() || json.get_array().size() != 2)
          return field_fault(field, "wrong_value", "lies between two values: [from, to]");
        return read_list(field, json, 2, filter);
      }
      case Comparison::contains:
      case Comparison::starts_with:
      case Comparison::ends_with:
      case Comparison::is:
      case Comparison::is_not:
      case Comparison::before:
      case Comparison::after:
      case Comparison::at_least:
      case Comparison::at_most: {
        Value value = TRY(read_value(field, json));
        const bool takes_null =
            filter.comparison == Comparison::is || filter.comparison == Comparison::is_not;
        if (value.is_null() && !takes_null)
          return field_fault(field, "wrong_value", "is compared with a value that is missing");
        filter.values.push_back(std::move(value));
        return {};
      }
    }
    return {};
  }

  Result<void> read_emptiness(const FieldDef& field, const Json& json, Filter& filter) {
    if (!json.is_bool()) return field_fault(field, "wrong_value", "is empty: true or false");
    const bool turns = !json.get_bool();
    if (!turns) return {};
    filter.comparison =
        filter.comparison == Comparison::is_empty ? Comparison::is_not_empty : Comparison::is_empty;
    return {};
  }

  Result<void> read_list(const FieldDef& field, const Json& json, int values_max, Filter& filter) {
    if (!json.is_array()) return field_fault(field, "wrong_value", "is compared with a list");
    if (json.get_array().size() > size_t(values_max)) {
      return field_fault(field, "too_many",
                         fmt::format("may be compared with at most {} values", values_max));
    }
    for (const Json& part : json.get_array()) {
      Value value = TRY(read_value(field, part));
      if (value.is_null() && filter.comparison == Comparison::between)
        return field_fault(field, "wrong_value", "lies between two values: [from, to]");
      filter.values.push_back(std::move(value));
    }
    return {};
  }

  Result<Value> read_value(const FieldDef& field, const Json& json) {
    const std::string_view text = json.is_string() ? std::string_view(json.get_string()) : "";
    if (text == "me" && field.kind == FieldKind::user) return Value(words_.me.value);
    if (text == "now" && field.kind == FieldKind::instant) return Value(words_.now);
    if (text == "now" && field.kind == FieldKind::date) return Value(day_of(words_.now));
    if (json.is_null()) return Value();
    if (kind_of(field).holding == Holding::number) return value_from_json(field, json);
    if (!json.is_string()) return field_fault(field, "wrong_value", "is compared with text");
    const bool is_chosen = field.kind == FieldKind::choice || field.kind == FieldKind::multi_choice;
    if (is_chosen) return choice_name(field, text);
    if (count_chars(text) > text_chars_max) {
      return field_fault(field, "too_long",
                         fmt::format("is compared with at most {} characters", text_chars_max));
    }
    return text.empty() ? Value() : Value(text);
  }

  static Result<Value> choice_name(const FieldDef& field, std::string_view text) {
    if (text.empty()) return Value();
    const ChoiceOption* option = find_choice(field, text);
    if (option == nullptr) return not_a_choice(field);
    return Value(option->name);
  }

  static int64_t day_of(Instant at) {
    const int64_t days = at.ms / day_ms;
    return at.ms % day_ms < 0 ? days - 1 : days;
  }

  const Shape& shape_;
  const FilterWords& words_;
  int leaves_ = 0;
};

}  // namespace

Result<Filter> filter_from_json(const Json& json, const Shape& shape, const FilterWords& words) {
  return Reader(shape, words).read(json, 1);
}

}  // namespace tandem::records
