#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "db/database.h"
#include "records/module.h"

namespace tandem::records {

class Catalogue;

/// A module as one organisation has it: the fields of its definition, its custom fields, and the
/// choices it configured. Immutable; a change of custom fields makes a new one. Fields are counted:
/// definition first, then custom.
class Shape {
 public:
  /// `choices`: by field name, in place of what the definition says.
  Shape(const Catalogue& catalogue, const ModuleDef& module, std::vector<FieldDef> custom,
        const std::map<std::string, std::vector<ChoiceOption>>& choices = {});
  const ModuleDef& module() const { return module_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const std::vector<FieldDef>& fields() const { return fields_; }
  size_t own_field_count() const { return module_.fields.size(); }
  /// Position of the field, or -1.
  int index_of(std::string_view name) const;
  const FieldDef* find(std::string_view name) const;
  /// The keys of the fields, and of the module's computed fields after them, as JSON spells them.
  const std::vector<JsonKey>& keys() const { return keys_; }
  /// What a SELECT names so that a row can be read as a Record of this shape.
  const std::string& select_list() const { return select_list_; }

 private:
  const Catalogue& catalogue_;
  const ModuleDef& module_;
  std::vector<FieldDef> fields_;
  /// Positions in fields_, sorted by name.
  std::vector<int> by_name_;
  std::vector<JsonKey> keys_;
  std::string select_list_;
};

using ShapeRef = std::shared_ptr<const Shape>;

/// Every module of one application, filled once at start. Knows the shape of each module in each
/// organisation.
class Catalogue {
 public:
  /// `app`: the application whose organisations have these modules, as organisations.app spells it.
  explicit Catalogue(std::string app = "desk") : app_(std::move(app)) {}
  const std::string& app() const { return app_; }
  /// `module` must outlive the catalogue. Two of one name are our bug.
  void add(const ModuleDef& module);
  const ModuleDef* find(std::string_view name) const;
  const std::vector<const ModuleDef*>& modules() const { return modules_; }

  /// The shape of a module in an organisation, cached until organisations.fields_version moves on.
  ShapeRef shape(db::Transaction& tx, OrgId org, const ModuleDef& module) const;
  /// The shape without custom fields, with the choices of the definition.
  ShapeRef plain_shape(const ModuleDef& module) const;

 private:
  std::string app_;
  std::vector<const ModuleDef*> modules_;
  mutable std::mutex mutex_;
  struct Cached {
    int64_t version = 0;
    ShapeRef shape;
  };
  mutable std::map<std::pair<int64_t, std::string>, Cached> shapes_;
};

/// Creates missing tables, columns and indexes of all modules. Never drops. Idempotent; run at
/// start after migrate().
Result<void> sync_tables(db::Database& database, const Catalogue& catalogue);

}  // namespace tandem::records
