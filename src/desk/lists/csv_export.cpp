#include "desk/lists/csv_export.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "base/csv.h"

namespace tandem::desk {

using records::FieldDef;
using records::FieldKind;
using records::Record;

namespace {

struct Stamp {
  const char* name;
  const char* label;
  std::string (*text)(const Record&);
};
constexpr Stamp stamps[] = {
    {"id", "Id", [](const Record& record) { return to_string(record.id); }},
    {"title", "Name", [](const Record& record) { return record.title; }},
    {"created_at", "Created", [](const Record& record) { return to_iso(record.created_at); }},
    {"updated_at", "Changed", [](const Record& record) { return to_iso(record.updated_at); }}};

bool is_seen(const access::Actor& actor, const records::Shape& shape, const FieldDef& field) {
  return access::field_access(actor, shape.module().name, field) != access::FieldAccess::hidden;
}

std::string module_linked_by(const FieldDef& field) {
  if (field.kind == FieldKind::user) return "agents";
  return field.kind == FieldKind::link ? field.link_to : "";
}

}  // namespace

std::vector<ExportColumn> all_export_columns(const access::Actor& actor,
                                             const records::Shape& shape) {
  std::vector<ExportColumn> columns{{"id", ""}};
  for (const FieldDef& field : shape.fields()) {
    if (is_seen(actor, shape, field)) columns.push_back({field.name, ""});
  }
  for (const records::ComputedField& computed : shape.module().computed) {
    if (is_seen(actor, shape, computed.field)) columns.push_back({computed.field.name, ""});
  }
  columns.push_back({"created_at", ""});
  columns.push_back({"updated_at", ""});
  return columns;
}

Result<CsvExport> CsvExport::make(const access::Actor& actor, const records::ShapeRef& shape,
                                  std::vector<ExportColumn> columns, char separator) {
  TRY(access::require_right(actor, shape->module(), access::Right::read));
  TRY(access::require_right(actor, shape->module(), access::Right::export_));
  if (columns.empty() || columns.size() > export_columns_max) {
    return invalid("columns", "out_of_range",
                   fmt::format("Name 1 to {} columns.", export_columns_max));
  }
  CsvExport made(actor, shape, separator);
  for (ExportColumn& asked : columns) {
    Column column = TRY(made.column_of(asked));
    if (!asked.label.empty()) column.label = std::move(asked.label);
    made.columns_.push_back(std::move(column));
  }
  return made;
}

Result<CsvExport::Column> CsvExport::column_of(const ExportColumn& asked) const {
  for (const Stamp& stamp : stamps) {
    if (asked.field != stamp.name) continue;
    return Column{stamp.label,
                  [&stamp](const Record& record, Instant) { return stamp.text(record); }, -1, ""};
  }
  for (const records::ComputedField& computed : shape_->module().computed) {
    if (computed.field.name != asked.field || !is_seen(actor_, *shape_, computed.field)) continue;
    return Column{computed.field.label,
                  [&computed](const Record& record, Instant now) {
                    return value_to_text(computed.field, computed.value(record, now));
                  },
                  -1, ""};
  }
  const int index = shape_->index_of(asked.field);
  const FieldDef* field = index < 0 ? nullptr : &shape_->fields()[size_t(index)];
  if (!field || !is_seen(actor_, *shape_, *field)) {
    return invalid("columns", "unknown_field",
                   fmt::format("There is no field {}; leave it out.", asked.field));
  }
  const std::string linked = module_linked_by(*field);
  return Column{field->label,
                [field, index](const Record& record, Instant) {
                  return value_to_text(*field, record.values[size_t(index)]);
                },
                linked.empty() ? -1 : index, linked};
}

void CsvExport::append_head(std::string& out) const {
  std::vector<std::string> cells;
  for (const Column& column : columns_) cells.push_back(harmless_cell(column.label));
  append_csv_row(out, cells, separator_);
}

void CsvExport::append(db::Transaction& tx, std::string& out,
                       const std::vector<Record>& page) const {
  std::map<std::string, std::vector<int64_t>> wanted;
  for (const Column& column : columns_) {
    if (column.link_index < 0) continue;
    for (const Record& record : page) {
      const records::Value& link = record.values[size_t(column.link_index)];
      if (!link.is_null()) wanted[column.linked_module].push_back(link.number());
    }
  }
  std::map<std::string, std::map<int64_t, std::string>> titles;
  for (auto& [name, ids] : wanted) {
    const records::ModuleDef* module = actor_.catalogue->find(name);
    if (!module) continue;
    for (records::LinkTitle& link : records::link_titles(tx, actor_.org, *module, std::move(ids)))
      titles[name][link.id.value] = std::move(link.title);
  }
  std::vector<std::string> cells(columns_.size());
  for (const Record& record : page) {
    for (size_t at = 0; at < columns_.size(); ++at) {
      const Column& column = columns_[at];
      if (column.link_index < 0) {
        cells[at] = harmless_cell(column.text(record, tx.now()));
      } else {
        const int64_t id = record.values[size_t(column.link_index)].number();
        cells[at] = id == 0 ? "" : harmless_cell(titles[column.linked_module][id]);
      }
    }
    append_csv_row(out, cells, separator_);
  }
}

}  // namespace tandem::desk
