#include "records/filter_meets.h"

#include <algorithm>

#include "base/text.h"
#include "records/fields/field_kind.h"
#include "records/filter_compile.h"

namespace tandem::records {

namespace {

/// A field of the module, or one that every record has.
Value value_of(const Record& record, std::string_view name) {
  const int index = record.shape->index_of(name);
  if (index >= 0) {
    return size_t(index) < record.values.size() ? record.values[size_t(index)] : Value();
  }
  if (name == "id") return Value(record.id);
  if (name == "title") return Value(record.title);
  if (name == "created_at") return Value(record.created_at);
  if (name == "updated_at") return Value(record.updated_at);
  if (name == "created_by") return Value(record.created_by);
  if (name == "updated_by") return Value(record.updated_by);
  if (name == "deleted_at" && record.deleted_at) return Value(*record.deleted_at);
  if (name == "deleted_by") return Value(record.deleted_by);
  return Value();
}

bool holds(const FieldDef& field, const Value& value, const Value& wanted) {
  if (wanted.is_null()) return value.is_null();
  if (value.is_list()) {
    const auto word = [&](const std::string& text) {
      return field.kind == FieldKind::tags ? ascii_lower(text) : text;
    };
    const std::vector<std::string>& list = value.list();
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return word(one) == word(wanted.text()); });
  }
  if (kind_of(field).folds_case && value.is_text() && wanted.is_text()) {
    return ascii_lower(value.text()) == ascii_lower(wanted.text());
  }
  return value == wanted;
}

bool compares(const FieldDef& field, const Value& value, const Filter& filter) {
  const std::vector<Value>& wanted = filter.values;
  const auto holds_any = [&] {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const Value& one) { return holds(field, value, one); });
  };
  const auto lower = [](const Value& text) { return ascii_lower(text.text()); };
  const bool has_both = !value.is_null() && !wanted.empty();
  switch (filter.comparison) {
    case Comparison::is:
    case Comparison::is_one_of: return holds_any();
    case Comparison::is_not:
    case Comparison::is_none_of: return !holds_any();
    case Comparison::contains:
      if (value.is_list()) return holds_any();
      return has_both && lower(value).find(lower(wanted[0])) != std::string::npos;
    case Comparison::starts_with: return has_both && lower(value).starts_with(lower(wanted[0]));
    case Comparison::ends_with: return has_both && lower(value).ends_with(lower(wanted[0]));
    case Comparison::is_empty: return value.is_null();
    case Comparison::is_not_empty: return !value.is_null();
    case Comparison::before: return has_both && value.number() < wanted[0].number();
    case Comparison::after: return has_both && value.number() > wanted[0].number();
    case Comparison::at_least: return has_both && value.number() >= wanted[0].number();
    case Comparison::at_most: return has_both && value.number() <= wanted[0].number();
    case Comparison::between:
      return has_both && wanted.size() == 2 && value.number() >= wanted[0].number() &&
             value.number() <= wanted[1].number();
  }
  return false;
}

}  // namespace

bool meets(const Record& record, const Filter& filter) {
  const auto is_met = [&](const Filter& part) { return meets(record, part); };
  switch (filter.kind) {
    case Filter::Kind::everything: return true;
    case Filter::Kind::nothing:
    case Filter::Kind::linked: return false;
    case Filter::Kind::all_of: return std::all_of(filter.parts.begin(), filter.parts.end(), is_met);
    case Filter::Kind::any_of: return std::any_of(filter.parts.begin(), filter.parts.end(), is_met);
    case Filter::Kind::none_of:
      return std::none_of(filter.parts.begin(), filter.parts.end(), is_met);
    case Filter::Kind::field: {
      const FieldDef* field = field_or_system(*record.shape, filter.field);
      return field && knows(*field, filter.comparison) &&
             compares(*field, value_of(record, filter.field), filter);
    }
  }
  return false;
}

}  // namespace tandem::records
