#include "crm/bulk/bulk_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "operations/operations.h"
#include "operations/visible.h"
#include "records/unique.h"

namespace tandem::crm {

using records::FieldDef;
using records::FieldKind;
using records::Record;
using records::Value;

namespace {

constexpr int64_t seconds_per_minute = 60;

std::string moment_cell(Instant at) { return to_iso(at).substr(0, 19) + "+00:00"; }

std::string id_cell(RecordId id) { return id ? to_string(id) : ""; }

/// Of what every record has; nothing for a field of the module's own.
std::optional<std::string> system_cell(const std::string& field, const Record& record) {
  if (field == "id") return to_string(record.id);
  if (field == "created_at") return moment_cell(record.created_at);
  if (field == "updated_at") return moment_cell(record.updated_at);
  if (field == "created_by") return id_cell(record.created_by);
  if (field == "updated_by") return id_cell(record.updated_by);
  if (field == "title") return record.title;
  return std::nullopt;
}

std::string plain_cell(const FieldDef& field, const Value& value) {
  if (value.is_null()) return field.kind == FieldKind::boolean ? "false" : "";
  if (field.kind == FieldKind::instant) return moment_cell(value.instant());
  return records::value_to_text(field, value);
}

}  // namespace

CellWriter::CellWriter(db::Transaction& tx, OrgId org, const records::ShapeRef& shape,
                       const std::vector<BulkColumn>& columns)
    : tx_(tx), org_(org), shape_(shape), columns_(columns) {}

void CellWriter::append(std::string& csv, const std::vector<Record>& shown) {
  look_up(shown);
  std::vector<std::string> cells(columns_.size());
  for (const Record& record : shown) {
    for (size_t at = 0; at < columns_.size(); ++at) cells[at] = cell_of(columns_[at], record);
    append_csv_row(csv, cells);
  }
}

void CellWriter::look_up(const std::vector<Record>& shown) {
  titles_.clear();
  std::map<std::string, std::vector<int64_t>> wanted;
  for (const BulkColumn& column : columns_) {
    if (column.form != CellForm::title) continue;
    const FieldDef* field = shape_->find(column.field);
    for (const Record& record : shown) {
      const Value& value = field ? record.get(column.field) : Value();
      if (!value.is_null()) wanted[field->link_to].push_back(value.number());
    }
  }
  for (auto& [name, ids] : wanted) {
    const records::ModuleDef* module = shape_->catalogue().find(name);
    if (!module) continue;
    for (records::LinkTitle& title : records::link_titles(tx_, org_, *module, std::move(ids)))
      titles_[name][title.id.value] = std::move(title.title);
  }
}

std::string CellWriter::cell_of(const BulkColumn& column, const Record& record) const {
  if (column.form == CellForm::relation) {
    for (const std::string& name : column.fields)
      if (!record.get(name).is_null()) return id_cell(record.get(name).id());
    return "";
  }
  const FieldDef* field = shape_->find(column.field);
  // A field that was taken away since the job was queued.
  if (!field) return system_cell(column.field, record).value_or("");
  const Value& value = record.get(column.field);
  if (value.is_null() || column.form == CellForm::plain) return plain_cell(*field, value);
  if (column.form == CellForm::duration) {
    const int64_t seconds = value.number();
    return fmt::format("{:02}:{:02}", seconds / seconds_per_minute, seconds % seconds_per_minute);
  }
  const auto of_module = titles_.find(field->link_to);
  if (of_module == titles_.end()) return "";
  const auto at = of_module->second.find(value.number());
  return at == of_module->second.end() ? "" : at->second;
}

bool finds_quickly(const records::ModuleDef& module, const FieldDef& field) {
  // There are few of them, whatever is asked.
  if (module.name == "agents") return true;
  const bool is_reference = field.kind == FieldKind::link || field.kind == FieldKind::user;
  const bool leads_an_index =
      std::any_of(module.indexes.begin(), module.indexes.end(),
                  [&](const auto& index) { return index.front() == field.name; });
  if (field.custom) return field.unique;
  return field.sortable || is_reference || leads_an_index ||
         (field.unique && field.kind == FieldKind::email);
}

Result<std::optional<Record>> find_known(db::Transaction& tx, const access::Actor& actor,
                                         const records::ModuleDef& module, const std::string& field,
                                         const Value& value) {
  TRY(operations::may_ask(actor, module, records::field(field).is(value)));
  records::Query query;
  query.filter = records::field(field).is(value);
  query.sort = {"id", false};
  query.limit = 1;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  const FieldDef* custom = shape->find(field);
  if (custom && custom->custom && custom->unique) {
    const std::optional<RecordId> holder =
        records::holder_of(tx, actor.org, module, *custom, value);
    if (!holder) return std::optional<Record>();
    query.filter = records::field("id").is(*holder);
  }
  records::Page page = TRY(operations::list_records(tx, actor, module, std::move(query)));
  if (page.records.empty()) return std::optional<Record>();
  return std::optional<Record>(std::move(page.records.front()));
}

CellReader::CellReader(db::Transaction& tx, const access::Actor& actor,
                       const records::ShapeRef& shape, const BulkOrder& order)
    : tx_(tx), actor_(actor), shape_(shape), order_(order) {}

Result<CellValues> CellReader::read(const std::vector<std::string>& cells) {
  CellValues values;
  std::vector<FieldFault> faults;
  for (const BulkColumn& column : order_.columns) {
    const bool is_in_file = column.index >= 0 && size_t(column.index) < cells.size();
    std::string text(is_in_file ? trim(cells[size_t(column.index)]) : "");
    if (text.empty()) text = column.absent;
    if (text.empty() && order_.ignores_empty) continue;
    if (column.form == CellForm::relation) {
      const Result<void> read = read_relation(column, text, values.changes);
      if (!read) faults.push_back({column.field, read.error().code, read.error().message});
      continue;
    }
    Result<Value> value = value_of(column, text);
    if (!value) {
      faults.push_back({column.field, value.error().code, value.error().message});
      continue;
    }
    if (column.field == order_.found_by) values.known_by = *value;
    if (column.field != "id") values.changes.set(column.field, std::move(*value));
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return values;
}

Result<Value> CellReader::value_of(const BulkColumn& column, const std::string& text) {
  if (text.empty()) return Value();
  if (column.field == "id") {
    const std::optional<int64_t> id = id_from_text(text);
    if (!id) return invalid("id", "bad_id", "Give the id of a record, in digits.");
    return Value(*id);
  }
  const FieldDef* field = shape_->find(column.field);
  if (!field) return invalid(column.field, "unknown_field", "The field was taken away meanwhile.");
  if (field->kind == FieldKind::link || field->kind == FieldKind::user)
    return link_of(column, text);
  if (column.form != CellForm::duration) return records::value_from_text(*field, text);
  const size_t colon = text.find(':');
  const Value minutes = TRY(records::value_from_text(*field, text.substr(0, colon)));
  if (colon == std::string::npos) return Value(minutes.number() * seconds_per_minute);
  const Value seconds = TRY(records::value_from_text(*field, text.substr(colon + 1)));
  return Value(minutes.number() * seconds_per_minute + seconds.number());
}

Result<Value> CellReader::link_of(const BulkColumn& column, const std::string& text) {
  const FieldDef& field = *shape_->find(column.field);
  const records::ModuleDef* module =
      shape_->catalogue().find(field.kind == FieldKind::user ? "agents" : field.link_to);
  const auto key = std::make_pair(column.field, text);
  const auto known = found_.find(key);
  if (known != found_.end()) return known->second;
  Value value = TRY(linked(*module, field, column, text));
  found_.emplace(key, value);
  return value;
}

/// By the field that the column says; else by id, and what is no id by the record's name.
Result<Value> CellReader::linked(const records::ModuleDef& module, const FieldDef& field,
                                 const BulkColumn& column, const std::string& text) {
  const std::optional<int64_t> id = id_from_text(text);
  const bool goes_by_id = column.found_by.empty() || column.found_by == "id";
  if (goes_by_id && id) return Value(*id);
  const Refusal not_there = invalid(field.name, "not_found", "No such record is there.");
  if (column.found_by == "id") return not_there;
  Value wanted(text);
  const std::string by = column.found_by.empty() ? "title" : column.found_by;
  const records::ShapeRef other = actor_.catalogue->shape(tx_, actor_.org, module);
  if (const FieldDef* found_by = other->find(by); found_by && by != "title")
    wanted = TRY(records::value_from_text(*found_by, text));
  const std::optional<Record> found = TRY(find_known(tx_, actor_, module, by, wanted));
  if (!found) return not_there;
  return Value(found->id);
}

/// The link whose module has a record of this id; the others are emptied.
Result<void> CellReader::read_relation(const BulkColumn& column, const std::string& text,
                                       records::Changes& changes) {
  for (const std::string& name : column.fields) changes.set(name, Value());
  if (text.empty()) return {};
  const std::optional<int64_t> id = id_from_text(text);
  for (const std::string& name : column.fields) {
    const records::ModuleDef* module = shape_->catalogue().find(shape_->find(name)->link_to);
    if (!id || !module || !operations::read_record(tx_, actor_, *module, RecordId{*id})) continue;
    changes.set(name, Value(*id));
    return {};
  }
  return invalid(column.field, "not_found", "No such record is there.");
}

}  // namespace tandem::crm
