#pragma once

#include <string>
#include <string_view>

#include "api/crm/call.h"
#include "crm/deals/pipelines.h"
#include "records/joins.h"

// What a program may know of modules and fields before it asks for records.

namespace tandem::api::crm_dialect {

/// The id of what has a name and no row of its own, such as a module or a field: 18 digits, the
/// same on every node and after every start.
int64_t id_of_name(std::string_view name);
int64_t module_id(const records::ModuleDef& module);
int64_t field_id(const records::ModuleDef& module, const records::FieldDef& field);

/// {"api_name","id"} of a module, as metadata and parents show it.
void append_module_name(JsonWriter& json, const Call& call, const records::ModuleDef& module);

/// One item of `fields`, for the role of the caller.
void append_field(JsonWriter& json, const Call& call, const ModuleWords& words,
                  const FieldWord& word);

/// Modules that the edition shows, in their order, which the caller may read.
std::vector<const records::ModuleDef*> shown_modules(const Call& call);

/// The module that the query names. Refuses with invalid: param_missing, not_found.
Result<const records::ModuleDef*> asked_module(const Call& call);

/// A list of records that belong to another: its name in addresses, and how it is found.
struct RelatedList {
  std::string api_name = {};                   // "Contacts", "Tasks"
  std::string label = {};                      // "Contacts"
  const records::ModuleDef* module = nullptr;  // whose records stand in it
  std::string field = {};                      // the link that points to the record
  std::optional<records::JoinSide> side = {};  // instead, when many are joined with many
};
std::vector<RelatedList> related_lists_of(const Call& call, const records::ModuleDef& module);

/// A layout: of deals one for each team pipeline, of other modules one.
struct LayoutPlan {
  RecordId id = {};
  std::string name = {};
  std::vector<crm::Pipeline> pipelines = {};  // of deals
};
std::vector<LayoutPlan> layouts_of(db::Transaction& tx, const Call& call,
                                   const records::ModuleDef& module);
void append_layout(JsonWriter& json, const Call& call, const records::Shape& shape,
                   const LayoutPlan& layout);
void append_stage(JsonWriter& json, const crm::Stage& stage, int position);

}  // namespace tandem::api::crm_dialect
