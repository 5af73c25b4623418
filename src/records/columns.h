#pragma once

#include <string>
#include <string_view>

#include "records/fields/field_kind.h"

// Where the fields of a module stand in its table, and how a row becomes a Record.

namespace tandem::records {

/// A column that every module has, as filters and sorts see it; null when `name` is none.
/// "created_at" and "updated_at" are instants, "id" a link, "title" a text.
const FieldDef* system_field(std::string_view name);

/// Names that no field may have. "title" is not among them: a module's own field of that name
/// stands in the column own_title.
bool is_reserved_name(std::string_view name);

/// [a-z][a-z0-9_]{0,59}
bool is_field_name(std::string_view name);

/// The column of a field of the module's own, without quotes.
std::string column_name(const FieldDef& field);

/// The field as an expression of its own type: "subject", or a path into the column custom.
/// System fields too.
std::string column_expression(const FieldDef& field);

/// The same where the columns of other tables have the same names: "crm_deals"."account".
std::string qualified_expression(const FieldDef& field, const std::string& table);

/// "id, revision, title, …": what read_record() wants, in its order.
std::string select_list(const Shape& shape);
Record read_record(const ShapeRef& shape, const db::RowView& row);

/// A value of one of the module's own fields as its column holds it.
db::Value to_column(const FieldDef& field, const Value& value);
/// The JSON text of the column custom, "{}" when no custom field has a value.
std::string custom_json(const Record& record);

}  // namespace tandem::records
