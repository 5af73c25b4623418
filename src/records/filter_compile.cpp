#include "records/filter_compile.h"

#include <fmt/format.h>

#include <span>

#include "base/json.h"
#include "base/text.h"
#include "records/columns.h"

namespace tandem::records {

namespace {

/// Deeper than JSON may go, because visibility and views are put around what people ask for.
constexpr int compiled_depth_max = filter_depth_max + 8;
constexpr int compiled_leaves_max = filter_leaves_max + 60;
/// People name filter_values_max at most. The program asks for more: each department of an agent
/// and each access to a shared ticket is a value.
constexpr size_t compiled_values_max = 4'000;

Refusal bad_value(const FieldDef& field) {
  return field_fault(field, "wrong_value", "can't be compared with this value");
}

class Compiler {
 public:
  Compiler(db::Transaction& tx, OrgId org, Statement& statement)
      : tx_(tx), org_(org), statement_(statement), out_(statement.text) {}

  Result<void> compile(const Shape& shape, const Filter& filter, int depth) {
    if (depth > compiled_depth_max || ++leaves_ > compiled_leaves_max * 2)
      return invalid("filter", "too_complex", "Use fewer conditions.");
    switch (filter.kind) {
      case Filter::Kind::everything: out_ += "TRUE"; return {};
      case Filter::Kind::nothing: out_ += "FALSE"; return {};
      case Filter::Kind::all_of: return join(shape, filter, " AND ", "TRUE", depth);
      case Filter::Kind::any_of: return join(shape, filter, " OR ", "FALSE", depth);
      case Filter::Kind::none_of: {
        // IS NOT TRUE, because a comparison with nothing is neither true nor false.
        out_ += '(';
        TRY(join(shape, filter, " OR ", "FALSE", depth));
        out_ += " IS NOT TRUE)";
        return {};
      }
      case Filter::Kind::field: return field(shape, filter);
      case Filter::Kind::linked: return link(shape, filter, depth);
    }
    return {};
  }

 private:
  Result<void> join(const Shape& shape, const Filter& filter, std::string_view word,
                    std::string_view empty, int depth) {
    if (filter.parts.empty()) {
      out_ += empty;
      return {};
    }
    out_ += '(';
    for (size_t at = 0; at < filter.parts.size(); ++at) {
      if (at > 0) out_ += word;
      TRY(compile(shape, filter.parts[at], depth + 1));
    }
    out_ += ')';
    return {};
  }

  Result<void> link(const Shape& shape, const Filter& filter, int depth) {
    const FieldDef* link = field_or_system(shape, filter.field);
    const bool is_one = link && kind_of(*link).holding == Holding::number;
    const ModuleDef* target = is_one ? shape.catalogue().find(link->link_to) : nullptr;
    if (target == nullptr || filter.parts.size() != 1)
      return invalid(filter.field, "not_a_link", filter.field + " is no link to other records.");
    const ShapeRef linked = shape.catalogue().shape(tx_, org_, *target);
    // Asked of each record anew: as a list of ids, SQLite would gather every record that meets the
    // condition before it looks at the first one here.
    const bool can_be_named = !link->custom && target != &shape.module();
    if (can_be_named) {
      out_ += fmt::format(
          "EXISTS (SELECT 1 FROM \"{0}\" WHERE org_id = $1 AND \"{0}\".id = \"{1}\".{2} AND ",
          target->table_name(), shape.module().table_name(), column_expression(*link));
    } else {
      out_ += fmt::format("{} IN (SELECT id FROM \"{}\" WHERE org_id = $1 AND ",
                          column_expression(*link), target->table_name());
    }
    TRY(compile(*linked, filter.parts.front(), depth + 1));
    out_ += ')';
    return {};
  }

  Result<void> field(const Shape& shape, const Filter& filter) {
    const FieldDef* found = field_or_system(shape, filter.field);
    const bool is_join = filter.field.find('.') != std::string::npos;
    if (found == nullptr && is_join && filter.values.size() == 1) {
      joined(shape, filter);
      return {};
    }
    if (found == nullptr) {
      return invalid(filter.field, "unknown_field",
                     shape.module().label + " has no field " + filter.field + ".");
    }
    if (!knows(*found, filter.comparison)) {
      return field_fault(*found, "unknown_comparison",
                         fmt::format("can't be compared with {}", word(filter.comparison)));
    }
    if (filter.values.size() > compiled_values_max)
      return field_fault(*found, "too_many", "is compared with too many values");
    return compare(*found, filter);
  }

  /// No field has a point in its name: it is the key of a join (records/joins.h), whose holder
  /// stands before the point.
  void joined(const Shape& shape, const Filter& filter) {
    const bool finds_holders = filter.field.starts_with(shape.module().name + ".");
    out_ += fmt::format(
        "\"{}\".id IN (SELECT {} FROM joined_records WHERE org_id = $1 AND join_name = {}",
        shape.module().table_name(), finds_holders ? "holder_id" : "held_id",
        statement_.bind(filter.field));
    out_ += fmt::format(" AND {} = {})", finds_holders ? "held_id" : "holder_id",
                        statement_.bind(filter.values.front().number()));
  }

  Result<void> compare(const FieldDef& field, const Filter& filter) {
    const std::string column = column_expression(field);
    switch (filter.comparison) {
      case Comparison::is_empty: out_ += column + " IS NULL"; return {};
      case Comparison::is_not_empty: out_ += column + " IS NOT NULL"; return {};
      case Comparison::is: return among(field, column, filter.values, 1);
      case Comparison::is_not: return outside(field, column, filter.values, 1);
      case Comparison::is_one_of: return among(field, column, filter.values, filter_values_max);
      case Comparison::is_none_of: return outside(field, column, filter.values, filter_values_max);
      case Comparison::contains:
        if (kind_of(field).holding == Holding::list) return among(field, column, filter.values, 1);
        return like(field, column, filter.values, "%", "%");
      case Comparison::starts_with: return like(field, column, filter.values, "", "%");
      case Comparison::ends_with: return like(field, column, filter.values, "%", "");
      case Comparison::before: return order(field, column, filter.values, " < ");
      case Comparison::after: return order(field, column, filter.values, " > ");
      case Comparison::at_least: return order(field, column, filter.values, " >= ");
      case Comparison::at_most: return order(field, column, filter.values, " <= ");
      case Comparison::between: {
        if (filter.values.size() != 2) return bad_value(field);
        out_ += '(';
        TRY(order(field, column, {filter.values[0]}, " >= "));
        out_ += " AND ";
        TRY(order(field, column, {filter.values[1]}, " <= "));
        out_ += ')';
        return {};
      }
    }
    return {};
  }

  /// The field has one of the values. A null among them asks for no value.
  Result<void> among(const FieldDef& field, const std::string& column,
                     const std::vector<Value>& values, int values_max) {
    if (values_max == 1 && values.size() != 1) return bad_value(field);
    bool asks_for_none = false;
    std::vector<db::Value> wanted;
    for (const Value& value : values) {
      asks_for_none = asks_for_none || value.is_null();
      if (value.is_null()) continue;
      db::Value one = TRY(bound(field, value));
      wanted.push_back(std::move(one));
    }
    if (wanted.empty()) {
      out_ += asks_for_none ? column + " IS NULL" : "FALSE";
      return {};
    }
    if (asks_for_none) out_ += '(' + column + " IS NULL OR ";
    if (kind_of(field).holding == Holding::list)
      one_listed(field, column, wanted);
    else
      one_equal(column, std::move(wanted));
    if (asks_for_none) out_ += ')';
    return {};
  }

  Result<void> outside(const FieldDef& field, const std::string& column,
                       const std::vector<Value>& values, int values_max) {
    out_ += "((";
    TRY(among(field, column, values, values_max));
    out_ += ") IS NOT TRUE)";
    return {};
  }

  /// Lists are padded to the next power of two with their last value, so that few statements
  /// differ and prepared ones are found again.
  void one_equal(const std::string& column, std::vector<db::Value> wanted) {
    if (wanted.size() == 1) {
      out_ += column + " = " + statement_.bind(std::move(wanted.front()));
      return;
    }
    size_t places = 2;
    while (places < wanted.size()) places *= 2;
    wanted.resize(places, wanted.back());
    out_ += column + " IN (";
    for (size_t at = 0; at < wanted.size(); ++at) {
      if (at > 0) out_ += ", ";
      out_ += statement_.bind(std::move(wanted[at]));
    }
    out_ += ')';
  }

  /// Several choices are held as JSON text; a name stands in it as JSON writes it, between quotes.
  void one_listed(const FieldDef& field, const std::string& column,
                  std::span<const db::Value> wanted) {
    out_ += '(';
    if (wanted.size() > 1) {
      // Halves of halves: hundreds of conditions in a row are too deep a tree for SQLite.
      one_listed(field, column, wanted.first(wanted.size() / 2));
      out_ += " OR ";
      one_listed(field, column, wanted.subspan(wanted.size() / 2));
    } else {
      const bool folds = field.kind == FieldKind::tags;
      std::string name;
      append_json_string(name, std::get<std::string>(wanted.front()));
      const std::string pattern = "%" + escaped(folds ? ascii_lower(name) : name) + "%";
      out_ += (folds ? "LOWER(" + column + ")" : column) + " LIKE " + statement_.bind(pattern) +
              " ESCAPE '\\'";
    }
    out_ += ')';
  }

  // LOWER() folds ASCII alone on both databases: SQLite's knows no more, and PostgreSQL's follows
  // the collation "C" of our columns. So the pattern is lowered the same way.
  // No index serves it: each record that the other conditions leave is looked at.
  Result<void> like(const FieldDef& field, const std::string& column,
                    const std::vector<Value>& values, std::string_view before,
                    std::string_view after) {
    if (values.size() != 1 || !values.front().is_text()) return bad_value(field);
    const std::string text = escaped(ascii_lower(to_utf8_lossy(values.front().text())));
    const std::string pattern = fmt::format("{}{}{}", before, text, after);
    out_ += "LOWER(" + column + ") LIKE " + statement_.bind(pattern) + " ESCAPE '\\'";
    return {};
  }

  Result<void> order(const FieldDef& field, const std::string& column,
                     const std::vector<Value>& values, std::string_view sign) {
    if (values.size() != 1) return bad_value(field);
    const db::Value wanted = TRY(bound(field, values.front()));
    out_ += column;
    out_ += sign;
    out_ += statement_.bind(wanted);
    return {};
  }

  Result<db::Value> bound(const FieldDef& field, const Value& value) {
    const FieldKindDef& kind = kind_of(field);
    if (kind.holding == Holding::number) {
      if (!value.is_number()) return bad_value(field);
      return db::Value(value.number());
    }
    if (!value.is_text()) return bad_value(field);
    std::string text = to_utf8_lossy(value.text());
    return db::Value(kind.folds_case ? ascii_lower(text) : std::move(text));
  }

  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '%' || c == '_' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  }

  db::Transaction& tx_;
  OrgId org_;
  Statement& statement_;
  std::string& out_;
  int leaves_ = 0;
};

}  // namespace

Result<void> compile_filter(db::Transaction& tx, OrgId org, const Shape& shape,
                            const Filter& filter, Statement& statement) {
  return Compiler(tx, org, statement).compile(shape, filter, 1);
}

const FieldDef* field_or_system(const Shape& shape, std::string_view name) {
  const FieldDef* field = shape.find(name);
  return field ? field : system_field(name);
}

bool knows(const FieldDef& field, Comparison comparison) {
  // Ids grow with time, so they also have an order.
  const bool is_id = &field == system_field("id");
  const uint32_t known = is_id ? order_comparisons : kind_of(field).comparisons;
  return (known & bits({comparison})) != 0;
}

std::string_view word(Comparison comparison) {
  switch (comparison) {
    case Comparison::is: return "is";
    case Comparison::is_not: return "is_not";
    case Comparison::is_one_of: return "is_one_of";
    case Comparison::is_none_of: return "is_none_of";
    case Comparison::contains: return "contains";
    case Comparison::starts_with: return "starts_with";
    case Comparison::ends_with: return "ends_with";
    case Comparison::is_empty: return "is_empty";
    case Comparison::is_not_empty: return "is_not_empty";
    case Comparison::before: return "before";
    case Comparison::after: return "after";
    case Comparison::at_least: return "at_least";
    case Comparison::at_most: return "at_most";
    case Comparison::between: return "between";
  }
  return "";
}

}  // namespace tandem::records
