#include "crm/edition.h"

#include <algorithm>
#include <stdexcept>

#include "records/columns.h"

namespace tandem::crm {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool serves(const std::vector<std::string>& index, const std::vector<std::string>& names) {
  return std::all_of(index.begin(), index.end(), [&](const std::string& name) {
    return has(names, name) || records::system_field(name) != nullptr;
  });
}

}  // namespace

std::string_view word(Edition edition) { return edition == Edition::crm ? "crm" : "bigin"; }

records::ModuleDef with_fields(const records::ModuleDef& module,
                               const std::vector<std::string>& names) {
  records::ModuleDef smaller = module;
  std::erase_if(smaller.fields,
                [&](const records::FieldDef& field) { return !has(names, field.name); });
  if (smaller.fields.size() != names.size())
    throw std::logic_error(module.name + " lack a field that this edition shows");
  std::erase_if(smaller.indexes,
                [&](const std::vector<std::string>& index) { return !serves(index, names); });
  return smaller;
}

}  // namespace tandem::crm
