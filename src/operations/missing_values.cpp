#include "operations/missing_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tandem::operations {

namespace {

bool names(const std::vector<FieldFault>& faults, const std::string& field) {
  return std::any_of(faults.begin(), faults.end(),
                     [&](const FieldFault& fault) { return fault.field == field; });
}

}  // namespace

FieldFault missing_value(const records::FieldDef& field) {
  return {field.name, "required", fmt::format("Give a value for {}.", field.label)};
}

void add_missing_values(const records::Shape& shape,
                        const std::function<bool(const records::FieldDef&)>& is_given,
                        std::vector<FieldFault>& faults) {
  for (const records::FieldDef& field : shape.fields()) {
    const bool is_asked = field.required && field.written_by == records::WrittenBy::person &&
                          field.default_value.is_null();
    if (is_asked && !is_given(field) && !names(faults, field.name))
      faults.push_back(missing_value(field));
  }
}

std::vector<FieldFault> faults_of(const Refusal& refusal) {
  if (!refusal.faults.empty() || refusal.field.empty()) return refusal.faults;
  return {{refusal.field, refusal.code, refusal.message}};
}

void add_faults(const Refusal& refusal, std::vector<FieldFault>& faults) {
  for (FieldFault& fault : faults_of(refusal)) {
    if (!names(faults, fault.field)) faults.push_back(std::move(fault));
  }
}

}  // namespace tandem::operations
