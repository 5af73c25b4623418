#include "api/crm/conditions.h"

#include <algorithm>

#include "access/field_limits.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldDef;
using records::Filter;
using records::Value;

bool is_negative(Comparator comparator) {
  switch (comparator) {
    case Comparator::not_equal:
    case Comparator::not_in:
    case Comparator::not_contains:
    case Comparator::not_starts_with:
    case Comparator::not_between: return true;
    default: return false;
  }
}

Comparator positive_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::not_equal: return Comparator::equal;
    case Comparator::not_in: return Comparator::in;
    case Comparator::not_contains: return Comparator::contains;
    case Comparator::not_starts_with: return Comparator::starts_with;
    case Comparator::not_between: return Comparator::between;
    default: return comparator;
  }
}

class Compiling {
 public:
  Compiling(db::Transaction& tx, const Call& call) : tx_(tx), call_(call) {}

  Result<Filter> whole(const ModuleWords& words, const Condition& condition) {
    if (condition.kind == Condition::Kind::comparison) return single(words, condition);
    std::vector<Filter> parts;
    for (const Condition& part : condition.parts) {
      Filter filter = TRY(whole(words, part));
      parts.push_back(std::move(filter));
    }
    return condition.kind == Condition::Kind::all_of ? records::all_of(std::move(parts))
                                                     : records::any_of(std::move(parts));
  }

 private:
  Result<Filter> single(const ModuleWords& words, const Condition& condition) {
    Condition positive = condition;
    positive.comparator = positive_of(condition.comparator);
    Filter filter = TRY(comparison(words, positive));
    if (!is_negative(condition.comparator)) return filter;
    return records::none_of({std::move(filter)});
  }

  Result<Filter> comparison(const ModuleWords& words, const Condition& condition) {
    const size_t dot = condition.field.find('.');
    if (dot != std::string::npos) return on_linked(words, condition, dot);
    const std::string name = words.field_of(condition.field);
    const FieldDef* field = words.shape().find(name);
    if (!field) return on_system(condition, name);
    if (is_hidden(words, *field)) return no_column(condition);
    const FieldWord& word = *words.find(condition.field);
    if (word.form == Form::lookup || word.form == Form::person || word.form == Form::name)
      return on_link(condition, *field);
    const bool is_piece = condition.comparator == Comparator::contains ||
                          condition.comparator == Comparator::starts_with;
    std::vector<Value> values;
    for (const std::string& text : condition.values) {
      // A piece of an address is no address.
      const Result<Value> value = is_piece ? Value(text) : records::value_from_text(*field, text);
      if (!value || value->is_null()) return no_value(condition);
      if (value->is_list()) {
        // Each of them is asked for among the field's own.
        for (const std::string& part : value->list()) values.emplace_back(part);
      } else {
        values.push_back(*value);
      }
    }
    return compared(condition, field->name, std::move(values));
  }

  bool is_hidden(const ModuleWords& words, const FieldDef& field) const {
    return access::field_access(call_.actor, words.shape().module().name, field) ==
           access::FieldAccess::hidden;
  }

  /// id, Created_Time, Modified_Time and the name of the record.
  Result<Filter> on_system(const Condition& condition, const std::string& name) {
    if (name.empty()) return no_column(condition);
    std::vector<Value> values;
    for (const std::string& text : condition.values) {
      if (name == "title") {
        values.emplace_back(text);
      } else if (name == "created_at" || name == "updated_at") {
        const Result<Instant> at = instant_from_iso(text);
        if (!at) return no_value(condition);
        values.emplace_back(*at);
      } else {
        const std::optional<int64_t> id = id_from_text(text);
        if (!id) return no_value(condition);
        values.emplace_back(RecordId{*id});
      }
    }
    return compared(condition, name, std::move(values));
  }

  /// By the id of the linked record, or by its name.
  Result<Filter> on_link(const Condition& condition, const FieldDef& field) {
    if (condition.values.empty()) return compared(condition, field.name, {});
    std::vector<Value> ids;
    for (const std::string& text : condition.values) {
      if (const std::optional<int64_t> id = id_from_text(text)) ids.emplace_back(RecordId{*id});
    }
    if (ids.size() == condition.values.size())
      return compared(condition, field.name, std::move(ids));
    std::vector<Value> names(condition.values.begin(), condition.values.end());
    const Filter titled = TRY(compared(condition, "title", std::move(names)));
    return records::linked(field.name, titled);
  }

  Result<Filter> on_linked(const ModuleWords& words, const Condition& condition, size_t dot) {
    const FieldWord* word = words.find(std::string_view(condition.field).substr(0, dot));
    const records::ModuleDef* module =
        word ? call_.actor.catalogue->find(word->field->link_to) : nullptr;
    if (!module || is_hidden(words, *word->field) || module_word(call_.edition, *module).empty())
      return no_column(condition);
    const records::ShapeRef shape = call_.actor.catalogue->shape(tx_, call_.actor.org, *module);
    Condition inner = condition;
    inner.field = condition.field.substr(dot + 1);
    if (inner.field.find('.') != std::string::npos) return no_column(condition);
    const ModuleWords linked_words(call_.edition, *shape);
    Filter part = TRY(comparison(linked_words, inner));
    return records::linked(word->field->name, std::move(part));
  }

  static Result<Filter> compared(const Condition& condition, const std::string& name,
                                 std::vector<Value> values) {
    const records::FieldCondition field = records::field(name);
    const bool needs_two = condition.comparator == Comparator::between;
    const bool needs_none =
        condition.comparator == Comparator::empty || condition.comparator == Comparator::not_empty;
    const bool needs_several = condition.comparator == Comparator::in;
    const size_t needed = needs_two ? 2 : needs_none ? 0 : 1;
    if (needs_several ? values.empty() : values.size() != needed) return no_value(condition);
    switch (condition.comparator) {
      case Comparator::equal: return field.is(values.front());
      case Comparator::less: return field.before(values.front());
      case Comparator::less_equal: return field.at_most(values.front());
      case Comparator::greater: return field.after(values.front());
      case Comparator::greater_equal: return field.at_least(values.front());
      case Comparator::in: return field.is_one_of(std::move(values));
      case Comparator::contains: return field.contains(values.front().text());
      case Comparator::starts_with: return field.starts_with(values.front().text());
      case Comparator::between: return field.between(values[0], values[1]);
      case Comparator::empty: return field.is_empty();
      case Comparator::not_empty: return field.is_not_empty();
      default: break;
    }
    return invalid(condition.field, "unsupported_operator", "invalid operator found");
  }

  static Refusal no_column(const Condition& condition) {
    return invalid(condition.field, "invalid_column", "column given seems to be invalid");
  }
  static Refusal no_value(const Condition& condition) {
    return invalid(condition.field, "invalid_value",
                   "value given seems to be invalid for the column");
  }

  db::Transaction& tx_;
  const Call& call_;
};

}  // namespace

Result<Filter> filter_of(db::Transaction& tx, const Call& call, const ModuleWords& words,
                         const Condition& condition) {
  return Compiling(tx, call).whole(words, condition);
}

}  // namespace tandem::api::crm_dialect
