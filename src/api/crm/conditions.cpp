#include "api/crm/conditions.h"

#include <algorithm>

#include "access/field_limits.h"
#include "api/link_names.h"
#include "base/text.h"
#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldDef;
using records::FieldKind;
using records::Filter;
using records::Value;

/// What a comparator says without its "not"; nothing for one that is none of these.
std::optional<Comparator> denied_by(Comparator comparator) {
  switch (comparator) {
    case Comparator::not_equal: return Comparator::equal;
    case Comparator::not_in: return Comparator::in;
    case Comparator::not_contains: return Comparator::contains;
    case Comparator::not_starts_with: return Comparator::starts_with;
    case Comparator::not_ends_with: return Comparator::ends_with;
    case Comparator::not_between: return Comparator::between;
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
    case Comparator::empty:
    case Comparator::not_empty: break;
  }
  return std::nullopt;
}

bool asks_for_a_piece(Comparator comparator) {
  return comparator == Comparator::contains || comparator == Comparator::starts_with ||
         comparator == Comparator::ends_with;
}

/// The filter of a comparator that denies nothing.
Filter compared_with(const records::FieldCondition& field, Comparator comparator,
                     std::vector<Value> values) {
  switch (comparator) {
    case Comparator::not_equal:
    case Comparator::equal: return field.is(values.front());
    case Comparator::less: return field.before(values.front());
    case Comparator::less_equal: return field.at_most(values.front());
    case Comparator::greater: return field.after(values.front());
    case Comparator::greater_equal: return field.at_least(values.front());
    case Comparator::not_in:
    case Comparator::in: return field.is_one_of(std::move(values));
    case Comparator::not_contains:
    case Comparator::contains: return field.contains(values.front().text());
    case Comparator::not_starts_with:
    case Comparator::starts_with: return field.starts_with(values.front().text());
    case Comparator::not_ends_with:
    case Comparator::ends_with: return field.ends_with(values.front().text());
    case Comparator::not_between:
    case Comparator::between: return field.between(values[0], values[1]);
    case Comparator::empty: return field.is_empty();
    case Comparator::not_empty: return field.is_not_empty();
  }
  return records::nothing();
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
    std::optional<Comparator> denied = denied_by(condition.comparator);
    // Where nothing is linked there is no value either.
    const bool is_linked = condition.field.find('.') != std::string::npos;
    if (is_linked && condition.comparator == Comparator::empty) denied = Comparator::not_empty;
    if (denied) positive.comparator = *denied;
    Filter filter = TRY(comparison(words, positive, positive.field, 0));
    return denied ? records::none_of({std::move(filter)}) : std::move(filter);
  }

  /// `column`: what is left of the condition's field behind the links that were followed.
  Result<Filter> comparison(const ModuleWords& words, const Condition& condition,
                            std::string_view column, int links) {
    const size_t dot = column.find('.');
    if (dot != std::string::npos) return on_linked(words, condition, column, dot, links);
    if (is_relation(words, column)) return on_relation(words, condition);
    const FieldWord* word = words.find(column);
    if (!word) return on_system(words, condition, words.field_of(column));
    if (is_hidden(words, *word->field)) return no_column(condition);
    const bool is_piece = asks_for_a_piece(condition.comparator);
    if (word->form == Form::lookup || word->form == Form::person || word->form == Form::name)
      return on_link(words.shape(), condition, *word->field);
    if (word->form == Form::flag) return on_flag(words.shape(), condition, *word->field);
    std::vector<Value> values;
    for (const std::string& text : condition.values) {
      // A piece of an address is no address; but lists are asked for what is in them as a whole.
      const bool is_text = is_piece && word->form != Form::labels;
      const Result<Value> value = is_text ? Value(text) : value_of(*word, text);
      if (!value || value->is_null()) return no_value(condition);
      if (value->is_list()) {
        // Each of them is asked for among the field's own.
        for (const std::string& part : value->list()) values.emplace_back(part);
      } else {
        values.push_back(*value);
      }
    }
    return compared(words.shape(), condition, word->field->name, std::move(values));
  }

  /// "12:05" of a duration is its seconds.
  static Result<Value> value_of(const FieldWord& word, const std::string& text) {
    const size_t colon = text.find(':');
    if (word.form != Form::duration || colon == std::string::npos)
      return records::value_from_text(*word.field, text);
    const Value minutes = TRY(records::value_from_text(*word.field, text.substr(0, colon)));
    const Value seconds = TRY(records::value_from_text(*word.field, text.substr(colon + 1)));
    return Value(minutes.number() * 60 + seconds.number());
  }

  bool is_hidden(const ModuleWords& words, const FieldDef& field) const {
    return access::is_hidden(call_.actor, words.shape().module().name, field.name);
  }

  static bool is_relation(const ModuleWords& words, std::string_view column) {
    return words.relation() && ascii_lower(words.relation()->api_name) == ascii_lower(column);
  }

  /// What_Id and its like: one of several links is set.
  Result<Filter> on_relation(const ModuleWords& words, const Condition& condition) {
    std::vector<Filter> parts;
    for (const std::string& name : words.relation()->fields) {
      const FieldDef& field = *words.shape().find(name);
      if (is_hidden(words, field)) continue;
      Filter part = TRY(on_link(words.shape(), condition, field));
      parts.push_back(std::move(part));
    }
    return condition.comparator == Comparator::empty ? records::all_of(std::move(parts))
                                                     : records::any_of(std::move(parts));
  }

  /// A flag that nobody set is shown as false, and so it is false here.
  Result<Filter> on_flag(const records::Shape& shape, const Condition& condition,
                         const FieldDef& field) {
    if (condition.comparator == Comparator::empty) return records::nothing();
    if (condition.comparator == Comparator::not_empty) return records::everything();
    std::vector<Value> values;
    bool asks_for_false = false;
    for (const std::string& text : condition.values) {
      const Result<Value> value = records::value_from_text(field, text);
      if (!value || value->is_null()) return no_value(condition);
      asks_for_false = asks_for_false || !value->truth();
      values.push_back(*value);
    }
    Filter filter = TRY(compared(shape, condition, field.name, std::move(values)));
    if (!asks_for_false) return filter;
    return records::any_of({std::move(filter), records::field(field.name).is_empty()});
  }

  /// id, Created_Time, Modified_Time, who did it, and the name of the record.
  Result<Filter> on_system(const ModuleWords& words, const Condition& condition,
                           const std::string& name) {
    const FieldDef* field = name.empty() ? nullptr : records::field_or_system(words.shape(), name);
    if (!field) return no_column(condition);
    if (field->kind == FieldKind::user) return on_link(words.shape(), condition, *field);
    std::vector<Value> values;
    for (const std::string& text : condition.values) {
      if (text.empty() && !asks_for_a_piece(condition.comparator)) return no_value(condition);
      // Programs that walk through a module by "id > …" begin with 0.
      if (name == "id" && text == "0") {
        values.emplace_back(int64_t{0});
        continue;
      }
      const Result<Value> value =
          field->kind == FieldKind::text ? Value(text) : records::value_from_text(*field, text);
      if (!value || value->is_null()) return no_value(condition);
      values.push_back(*value);
    }
    return compared(words.shape(), condition, name, std::move(values));
  }

  /// By the ids of linked records, in digits, or by their names.
  Result<Filter> on_link(const records::Shape& shape, const Condition& condition,
                         const FieldDef& field) {
    if (condition.values.empty()) return compared(shape, condition, field.name, {});
    Condition by_id = condition;
    Condition by_name = condition;
    by_id.values.clear();
    by_name.values.clear();
    const bool takes_ids = !asks_for_a_piece(condition.comparator);
    for (const std::string& text : condition.values) {
      if (takes_ids && text.empty()) return no_value(condition);
      (takes_ids && id_from_text(text) ? by_id : by_name).values.push_back(text);
    }
    if (by_name.values.empty()) {
      std::vector<Value> ids;
      for (const std::string& text : by_id.values)
        ids.emplace_back(RecordId{id_from_text(text).value_or(0)});
      return compared(shape, condition, field.name, std::move(ids));
    }
    const records::ModuleDef* module = call_.actor.catalogue->find(linked_module(field));
    if (!module) return no_column(condition);
    const records::ShapeRef linked = call_.actor.catalogue->plain_shape(*module);
    const Filter titled =
        TRY(compared(*linked, by_name, "title",
                     std::vector<Value>(by_name.values.begin(), by_name.values.end())));
    const Filter named = TRY(operations::of_linked(call_.actor, *module, field.name, titled));
    if (by_id.values.empty()) return named;
    const Filter of_ids = TRY(on_link(shape, by_id, field));
    return records::any_of({named, of_ids});
  }

  Result<Filter> on_linked(const ModuleWords& words, const Condition& condition,
                           std::string_view column, size_t dot, int links) {
    const FieldWord* word = words.find(column.substr(0, dot));
    const records::ModuleDef* module =
        word ? call_.actor.catalogue->find(word->field->link_to) : nullptr;
    const bool is_link = module && word->field->kind == FieldKind::link;
    if (links >= links_followed_max || !is_link || is_hidden(words, *word->field) ||
        module_word(call_.edition, *module).empty())
      return no_column(condition);
    const records::ShapeRef shape = call_.actor.catalogue->shape(tx_, call_.actor.org, *module);
    const ModuleWords linked_words(call_.edition, *shape);
    Filter part = TRY(comparison(linked_words, condition, column.substr(dot + 1), links + 1));
    return operations::of_linked(call_.actor, *module, word->field->name, std::move(part));
  }

  /// Refuses what the kind of the field can't be compared by, and a wrong number of values.
  static Result<Filter> compared(const records::Shape& shape, const Condition& condition,
                                 const std::string& name, std::vector<Value> values) {
    const bool needs_two = condition.comparator == Comparator::between;
    const bool needs_none =
        condition.comparator == Comparator::empty || condition.comparator == Comparator::not_empty;
    const bool needs_several = condition.comparator == Comparator::in;
    const size_t needed = needs_two ? 2 : needs_none ? 0 : 1;
    if (needs_several ? values.empty() : values.size() != needed) return no_value(condition);
    Filter filter = compared_with(records::field(name), condition.comparator, std::move(values));
    const FieldDef* field = records::field_or_system(shape, name);
    if (field && records::knows(*field, filter.comparison)) return filter;
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

Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Condition whole{.kind = kind};
  for (Condition& part : parts) {
    if (part.kind == kind) {
      for (Condition& inner : part.parts) whole.parts.push_back(std::move(inner));
    } else {
      whole.parts.push_back(std::move(part));
    }
  }
  return whole;
}

Condition with_emptiness(Condition condition) {
  if (condition.values.size() != 1) return condition;
  const bool is_empty = condition.values.front() == "${EMPTY}";
  if (!is_empty && condition.values.front() != "${NOTEMPTY}") return condition;
  const bool is_denied = condition.comparator == Comparator::not_equal;
  if (!is_denied && condition.comparator != Comparator::equal) return condition;
  condition.comparator = is_empty != is_denied ? Comparator::empty : Comparator::not_empty;
  condition.values.clear();
  return condition;
}

Result<Filter> filter_of(db::Transaction& tx, const Call& call, const ModuleWords& words,
                         const Condition& condition) {
  return Compiling(tx, call).whole(words, condition);
}

}  // namespace tandem::api::crm_dialect
