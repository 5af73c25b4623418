#include <fmt/format.h>

#include <algorithm>

#include "access/field_limits.h"
#include "api/crm/coql/answers.h"
#include "api/crm/envelope.h"
#include "base/text.h"
#include "operations/figures.h"

namespace tandem::api::crm_dialect::coql {

namespace {

using records::GroupOrder;
using records::Record;

/// An average says so many digits more than its values have.
constexpr int average_digits = 2;

records::Figure figure_of(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::none:
    case Aggregate::count: return records::Figure::count;
    case Aggregate::sum: return records::Figure::sum;
    case Aggregate::avg: return records::Figure::average;
    case Aggregate::min: return records::Figure::smallest;
    case Aggregate::max: return records::Figure::largest;
  }
  return records::Figure::count;
}

std::string_view word_of(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::none: return "";
    case Aggregate::count: return "COUNT";
    case Aggregate::sum: return "SUM";
    case Aggregate::avg: return "AVG";
    case Aggregate::min: return "MIN";
    case Aggregate::max: return "MAX";
  }
  return "";
}

/// sum / of with `scale` digits, of which the sum has `scale - average_digits`; rounded away from
/// zero at the half.
std::string average_text(int64_t sum, int64_t of, int scale) {
  __int128 shifted = sum;
  for (int digit = 0; digit < average_digits; ++digit) shifted *= 10;
  const __int128 half = shifted < 0 ? -of : of;
  const auto rounded = static_cast<int64_t>((shifted * 2 + half) / (__int128{2} * of));
  int64_t unit = 1;
  for (int digit = 0; digit < scale; ++digit) unit *= 10;
  const std::string sign = rounded < 0 ? "-" : "";
  const int64_t size = rounded < 0 ? -rounded : rounded;
  return fmt::format("{}{}.{:0{}}", sign, size / unit, size % unit, scale);
}

class Groups {
 public:
  Groups(db::Transaction& tx, const Call& call, const Query& query)
      : tx_(tx), call_(call), query_(query), words_(call.words(tx, shape_)) {}

  Result<http::Response> answer() {
    records::GroupQuery wanted = TRY(wanted_groups());
    const int limit = wanted.limit;
    if (limit < 1) return http::Response::no_content();
    wanted.limit = std::min(limit + 1, records::groups_max);
    std::vector<records::Group> groups =
        TRY(operations::group_records(tx_, call_.actor, *call_.module, std::move(wanted)));
    const bool has_more = groups.size() > size_t(limit);
    if (has_more) groups.pop_back();
    if (groups.empty()) return http::Response::no_content();
    return http::Response::json(200, written(groups, has_more));
  }

 private:
  static Refusal no_column(const std::string& column) {
    return invalid(column, "invalid_column", "column given seems to be invalid");
  }

  Result<records::GroupQuery> wanted_groups() {
    records::GroupQuery wanted;
    wanted.filter = TRY(filter_of(tx_, call_, words_, query_.where));
    for (const std::string& name : query_.group_by) {
      std::string field = TRY(field_behind(name));
      if (!shape_->find(field)) return no_column(name);
      wanted.by.push_back(std::move(field));
    }
    for (const Column& column : query_.columns) {
      std::string field = TRY(field_behind(column.field));
      if (column.aggregate == Aggregate::none) {
        if (std::find(wanted.by.begin(), wanted.by.end(), field) == wanted.by.end())
          return invalid(column.field, "unsupported_clause", "column must be in group by");
      } else {
        wanted.figures.push_back({figure_of(column.aggregate), std::move(field)});
      }
    }
    for (const Order& order : query_.order_by) {
      const GroupOrder by = TRY(order_of(order, wanted.by));
      wanted.order.push_back(by);
    }
    wanted.offset = query_.offset;
    wanted.limit = int(std::min<int64_t>(query_.limit, records::groups_max));
    return wanted;
  }

  /// Our name of a column that the role may see.
  Result<std::string> field_behind(const std::string& column) const {
    std::string field = words_.field_of(column);
    if (field.empty() || access::is_hidden(call_.actor, call_.module->name, field))
      return no_column(column);
    return field;
  }

  /// By what is grouped, by an alias, or by a figure as it stands among the columns.
  Result<GroupOrder> order_of(const Order& order, const std::vector<std::string>& keys) const {
    size_t figure = 0;
    for (const Column& column : query_.columns) {
      const bool is_figure = column.aggregate != Aggregate::none;
      const bool is_alias = order.aggregate == Aggregate::none && !column.alias.empty() &&
                            ascii_lower(column.alias) == ascii_lower(order.field);
      const bool is_same = is_figure && order.aggregate == column.aggregate &&
                           ascii_lower(column.field) == ascii_lower(order.field);
      if (is_figure && (is_alias || is_same))
        return GroupOrder{GroupOrder::What::figure, figure, order.descending};
      if (is_alias) return key_order(column.field, order, keys);
      if (is_figure) ++figure;
    }
    if (order.aggregate != Aggregate::none) return no_column(order.field);
    return key_order(order.field, order, keys);
  }

  Result<GroupOrder> key_order(const std::string& column, const Order& order,
                               const std::vector<std::string>& keys) const {
    const std::string field = TRY(field_behind(column));
    const auto at = std::find(keys.begin(), keys.end(), field);
    if (at == keys.end()) return no_column(order.field);
    return GroupOrder{GroupOrder::What::key, size_t(at - keys.begin()), order.descending};
  }

  /// A record that has the keys of the group and nothing else, so that they are shown as records
  /// show them.
  Record with_keys(const records::Group& group) const {
    Record record;
    record.shape = shape_;
    record.values.resize(shape_->fields().size());
    for (size_t at = 0; at < query_.group_by.size(); ++at)
      record.set(words_.field_of(query_.group_by[at]), group.keys[at]);
    return record;
  }

  std::string written(const std::vector<records::Group>& groups, bool has_more) {
    std::vector<Record> keys;
    for (const records::Group& group : groups) keys.push_back(with_keys(group));
    RecordWriter writer(call_, words_, {});
    writer.name_links(tx_, keys);
    JsonWriter json;
    json.begin_object().key("data").begin_array();
    for (size_t row = 0; row < groups.size(); ++row) {
      json.begin_object();
      size_t figure = 0;
      for (const Column& column : query_.columns) {
        if (column.aggregate == Aggregate::none) {
          const FieldWord& word = *words_.find(column.field);
          writer.append_field(json, column.alias.empty() ? word.api_name : column.alias,
                              word.api_name, keys[row]);
        } else {
          append_figure(json, writer, column, groups[row].figures[figure++]);
        }
      }
      json.end_object();
    }
    json.end_array().key("info").begin_object().number("count", int64_t(groups.size()));
    json.boolean("more_records", has_more).end_object();
    return json.end_object().take();
  }

  void append_figure(JsonWriter& json, const RecordWriter& writer, const Column& column,
                     const records::FigureValue& figure) const {
    const std::string key = column.alias.empty()
                                ? fmt::format("{}({})", word_of(column.aggregate), column.field)
                                : column.alias;
    const std::string field = words_.field_of(column.field);
    if (column.aggregate == Aggregate::count) {
      json.number(key, figure.of);
    } else if (figure.value.is_null()) {
      json.null(key);
    } else if (column.aggregate == Aggregate::avg) {
      const records::FieldDef& of = *shape_->find(field);
      const int scale = of.kind == records::FieldKind::number ? 0 : of.scale;
      json.raw(key, average_text(figure.value.number(), figure.of, scale + average_digits));
    } else if (shape_->find(field)) {
      Record record;
      record.shape = shape_;
      record.values.resize(shape_->fields().size());
      record.set(field, figure.value);
      writer.append_field(json, key, column.field, record);
    } else {
      json.string(key, moment_text(figure.value.instant()));
    }
  }

  db::Transaction& tx_;
  const Call& call_;
  const Query& query_;
  records::ShapeRef shape_;
  const ModuleWords words_;
};

}  // namespace

Result<http::Response> answer_groups(db::Transaction& tx, const Call& call, const Query& query) {
  return Groups(tx, call, query).answer();
}

}  // namespace tandem::api::crm_dialect::coql
