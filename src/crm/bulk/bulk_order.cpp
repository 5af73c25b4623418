#include "crm/bulk/bulk_order.h"

#include <array>

#include "base/json.h"

namespace tandem::crm {

namespace {

using records::Filter;
using records::Value;

constexpr std::array<std::string_view, 3> operations{"insert", "update", "upsert"};

void append_filter(JsonWriter& json, const Filter& filter) {
  json.begin_object().number("kind", int64_t(filter.kind)).string("field", filter.field);
  json.number("comparison", int64_t(filter.comparison)).key("values").begin_array();
  for (const Value& value : filter.values) {
    if (value.is_number()) {
      json.number(value.number());
    } else {
      value.is_text() ? json.string(value.text()) : json.null();
    }
  }
  json.end_array().key("parts").begin_array();
  for (const Filter& part : filter.parts) append_filter(json, part);
  json.end_array().end_object();
}

Filter filter_of(const Json& json) {
  Filter filter;
  filter.kind = Filter::Kind(json.at("kind").as_int64());
  filter.field = std::string(json.at("field").as_string());
  filter.comparison = records::Comparison(json.at("comparison").as_int64());
  for (const Json& value : json.at("values").as_array()) {
    if (value.is_int64()) {
      filter.values.emplace_back(value.as_int64());
    } else {
      filter.values.push_back(value.is_string() ? Value(std::string(value.as_string())) : Value());
    }
  }
  for (const Json& part : json.at("parts").as_array()) filter.parts.push_back(filter_of(part));
  return filter;
}

void append_column(JsonWriter& json, const BulkColumn& column) {
  json.begin_object().string("name", column.name).string("field", column.field);
  json.number("form", int64_t(column.form)).key("fields").begin_array();
  for (const std::string& field : column.fields) json.string(field);
  json.end_array().number("index", column.index).string("absent", column.absent);
  json.string("found_by", column.found_by).end_object();
}

BulkColumn column_of(const Json& json) {
  BulkColumn column{.name = text_of(json, "name"),
                    .field = text_of(json, "field"),
                    .form = CellForm(json.at("form").as_int64()),
                    .fields = {},
                    .index = int(json.at("index").as_int64()),
                    .absent = text_of(json, "absent"),
                    .found_by = text_of(json, "found_by")};
  for (const Json& field : json.at("fields").as_array())
    column.fields.emplace_back(field.as_string());
  return column;
}

}  // namespace

std::string_view word(BulkDirection direction) {
  return direction == BulkDirection::read ? "read" : "write";
}

std::string_view word(BulkOperation operation) { return operations[size_t(operation)]; }

std::optional<BulkOperation> bulk_operation_from_word(std::string_view word) {
  for (size_t at = 0; at < operations.size(); ++at)
    if (operations[at] == word) return BulkOperation(at);
  return std::nullopt;
}

std::string order_to_json(const BulkOrder& order) {
  JsonWriter json;
  json.begin_object().number("direction", int64_t(order.direction));
  json.string("module", order.module).key("columns").begin_array();
  for (const BulkColumn& column : order.columns) append_column(json, column);
  json.end_array().key("filter");
  append_filter(json, order.filter);
  json.number("page", order.page).string("cursor", order.cursor);
  json.number("operation", int64_t(order.operation)).string("found_by", order.found_by);
  json.boolean("ignores_empty", order.ignores_empty).number("cells", order.cells);
  return json.end_object().take();
}

BulkOrder order_from_json(std::string_view text) {
  const Json json = json_from_text(text).value();
  BulkOrder order{.direction = BulkDirection(json.at("direction").as_int64()),
                  .module = text_of(json, "module"),
                  .columns = {},
                  .filter = filter_of(json.at("filter")),
                  .page = json.at("page").as_int64(),
                  .cursor = text_of(json, "cursor"),
                  .operation = BulkOperation(json.at("operation").as_int64()),
                  .found_by = text_of(json, "found_by"),
                  .ignores_empty = json.at("ignores_empty").as_bool(),
                  .cells = json.at("cells").as_int64()};
  for (const Json& column : json.at("columns").as_array())
    order.columns.push_back(column_of(column));
  return order;
}

}  // namespace tandem::crm
