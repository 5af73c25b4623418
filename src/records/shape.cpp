#include "records/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/log.h"
#include "records/columns.h"
#include "records/custom_fields.h"

namespace tandem::records {

namespace {

/// Shapes that are kept; beyond it all are dropped and made again when asked for.
constexpr size_t shapes_kept_max = 10'000;

using ChoicesByField = std::map<std::string, std::vector<ChoiceOption>>;

[[noreturn]] void stop_for(const ModuleDef& module, const std::string& fault) {
  log_error("Module " + module.name + ": " + fault);
  std::abort();
}

/// Definitions are written by us, so what is wrong with one is our bug.
void check_definition(const ModuleDef& module) {
  for (const std::string& name : {module.name, module.table_name()})
    if (!is_field_name(name)) stop_for(module, name + " is no name of a table");
  if (module.fields.empty()) stop_for(module, "it has no fields");
  std::vector<std::string> names;
  for (const FieldDef& field : module.fields) {
    if (!is_field_name(field.name) || is_reserved_name(field.name))
      stop_for(module, "a field may not be named " + field.name);
    if (std::find(names.begin(), names.end(), field.name) != names.end())
      stop_for(module, "two fields are named " + field.name);
    if (field.kind == FieldKind::link && field.link_to.empty())
      stop_for(module, field.name + " does not say what it links to");
    names.push_back(field.name);
  }
  for (const FieldDef& field : module.fields) {
    for (const std::string& source : field.computed_from)
      if (std::find(names.begin(), names.end(), source) == names.end())
        stop_for(module, field.name + " is computed from no field: " + source);
  }
}

ChoicesByField load_choices(db::Transaction& tx, OrgId org, const std::string& module) {
  ChoicesByField choices;
  tx.for_each(
      "SELECT field, name, label, kind FROM choice_options WHERE org_id = $1 AND module = $2 "
      "ORDER BY field, position, name",
      {org.value, module}, [&](const db::RowView& row) {
        choices[std::string(row.text(0))].push_back(
            {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
        return true;
      });
  return choices;
}

constexpr int64_t linked_choices_max = 500;

/// A field of several choices that names a module has its records as choices: their ids, known by
/// their names.
void add_linked_choices(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                        const ModuleDef& module, ChoicesByField& choices) {
  for (const FieldDef& field : module.fields) {
    if (field.kind != FieldKind::multi_choice || field.link_to.empty()) continue;
    tx.for_each(
        fmt::format("SELECT id, title FROM \"{}\" WHERE org_id = $1 AND deleted_at IS NULL "
                    "ORDER BY title, id LIMIT $2",
                    catalogue.find(field.link_to)->table_name()),
        {org.value, linked_choices_max}, [&](const db::RowView& row) {
          choices[field.name].push_back({std::to_string(row.integer(0)), std::string(row.text(1))});
          return true;
        });
  }
}

}  // namespace

Shape::Shape(const Catalogue& catalogue, const ModuleDef& module, std::vector<FieldDef> custom,
             const ChoicesByField& choices)
    : catalogue_(catalogue), module_(module), fields_(module.fields) {
  for (FieldDef& field : fields_) {
    if (field.kind == FieldKind::user) field.link_to = "agents";
    const auto configured = choices.find(field.name);
    if (configured != choices.end()) field.choices = configured->second;
  }
  std::move(custom.begin(), custom.end(), std::back_inserter(fields_));
  for (size_t index = 0; index < fields_.size(); ++index) by_name_.push_back(int(index));
  std::sort(by_name_.begin(), by_name_.end(),
            [this](int a, int b) { return fields_[size_t(a)].name < fields_[size_t(b)].name; });
  for (const FieldDef& field : fields_) keys_.emplace_back(field.name);
  for (const ComputedField& computed : module.computed) keys_.emplace_back(computed.field.name);
  select_list_ = records::select_list(*this);
}

int Shape::index_of(std::string_view name) const {
  const auto at = std::lower_bound(
      by_name_.begin(), by_name_.end(), name,
      [this](int index, std::string_view wanted) { return fields_[size_t(index)].name < wanted; });
  return at != by_name_.end() && fields_[size_t(*at)].name == name ? *at : -1;
}

const FieldDef* Shape::find(std::string_view name) const {
  const int index = index_of(name);
  return index < 0 ? nullptr : &fields_[size_t(index)];
}

void Catalogue::add(const ModuleDef& module) {
  if (find(module.name) != nullptr) stop_for(module, "two modules have this name");
  check_definition(module);
  modules_.push_back(&module);
}

const ModuleDef* Catalogue::find(std::string_view name) const {
  for (const ModuleDef* module : modules_)
    if (module->name == name) return module;
  return nullptr;
}

// The version is read inside the caller's transaction, so that a shape is never newer or older
// than the rows beside it. Versions are never used twice (see renew_shapes), also not after a
// rollback.
ShapeRef Catalogue::shape(db::Transaction& tx, OrgId org, const ModuleDef& module) const {
  const int64_t version =
      tx.integer("SELECT fields_version FROM organisations WHERE id = $1", {org.value});
  const std::pair key(org.value, module.name);
  {
    const std::lock_guard lock(mutex_);
    const auto cached = shapes_.find(key);
    if (cached != shapes_.end() && cached->second.version == version) return cached->second.shape;
  }
  std::vector<FieldDef> custom;
  if (module.custom_fields) custom = list_custom_fields(tx, org, module.name);
  ChoicesByField choices = load_choices(tx, org, module.name);
  add_linked_choices(tx, org, *this, module, choices);
  ShapeRef shape = std::make_shared<const Shape>(*this, module, std::move(custom), choices);
  const std::lock_guard lock(mutex_);
  if (shapes_.size() >= shapes_kept_max) shapes_.clear();
  shapes_[key] = {version, shape};
  return shape;
}

ShapeRef Catalogue::plain_shape(const ModuleDef& module) const {
  const std::pair key(int64_t(0), module.name);
  const std::lock_guard lock(mutex_);
  Cached& cached = shapes_[key];
  if (!cached.shape)
    cached.shape = std::make_shared<const Shape>(*this, module, std::vector<FieldDef>());
  return cached.shape;
}

}  // namespace tandem::records
