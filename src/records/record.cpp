#include "records/record.h"

#include <algorithm>
#include <cstdlib>

#include "base/log.h"

namespace tandem::records {

namespace {

/// A rule that names a field its module lacks is a bug that no test data may hide.
size_t position_of(const ShapeRef& shape, std::string_view field) {
  const int index = shape ? shape->index_of(field) : -1;
  if (index < 0) {
    log_error("No field " + std::string(field) + " in " +
              (shape ? shape->module().name : std::string("a record without shape")));
    std::abort();
  }
  return size_t(index);
}

/// A line with the title when it joins several fields, else nothing. People ask for a name as it is
/// written: 田中太郎 has the family name first, which is the second field. The title is made anew
/// here, because fields may have been hidden since it was stored.
std::string joined_title(const Record& record) {
  const ModuleDef& module = record.shape->module();
  if (!module.title_of) return "";
  const std::string title = module.title_of(record);
  const bool is_one_field =
      std::any_of(record.values.begin(), record.values.end(),
                  [&](const Value& value) { return value.is_text() && value.text() == title; });
  return is_one_field ? "" : title + '\n';
}

}  // namespace

const Value& Record::get(std::string_view field) const {
  static const Value nothing;
  const size_t index = position_of(shape, field);
  return index < values.size() ? values[index] : nothing;
}

void Record::set(std::string_view field, Value value) {
  const size_t index = position_of(shape, field);
  if (index >= values.size()) values.resize(shape->fields().size());
  values[index] = std::move(value);
}

std::string searchable_text(const Record& record) {
  const std::vector<FieldDef>& fields = record.shape->fields();
  std::string text = joined_title(record);
  for (size_t index = 0; index < fields.size(); ++index) {
    if (!fields[index].searchable || record.values[index].is_null()) continue;
    text += value_to_text(fields[index], record.values[index]);
    text += '\n';
  }
  return text;
}

Changes& Changes::set(std::string field, Value value) {
  for (auto& [name, held] : values_) {
    if (name != field) continue;
    held = std::move(value);
    return *this;
  }
  values_.emplace_back(std::move(field), std::move(value));
  return *this;
}

const Value* Changes::find(std::string_view field) const {
  for (const auto& [name, value] : values_)
    if (name == field) return &value;
  return nullptr;
}

void Changes::erase(std::string_view field) {
  std::erase_if(values_, [&](const auto& held) { return held.first == field; });
}

}  // namespace tandem::records
