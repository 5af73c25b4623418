#include "crm/watches/field_selection.h"

#include <fmt/format.h>

#include <algorithm>

namespace tandem::crm {

namespace {

constexpr std::string_view refused_field = "fields";

size_t count_fields(const FieldSelection& selection) {
  size_t count = selection.fields.size();
  for (const FieldSelection& group : selection.groups) count += count_fields(group);
  return count;
}

Result<void> check_group(const access::Actor& actor, const records::Shape& shape,
                         const FieldSelection& group, int depth) {
  if (depth > selection_depth_max)
    return invalid(std::string(refused_field), "too_deep", "Put groups into each other twice.");
  if (group.fields.empty() && group.groups.empty())
    return invalid(std::string(refused_field), "required", "Name a field in each group.");
  for (const std::string& name : group.fields) {
    const records::FieldDef* field = shape.find(name);
    const bool is_known = field && access::field_access(actor, shape.module().name, *field) !=
                                       access::FieldAccess::hidden;
    if (!is_known) {
      return invalid(std::string(refused_field), "unknown_field",
                     fmt::format("There is no field {}; leave it out.", name));
    }
  }
  for (const FieldSelection& one : group.groups) TRY(check_group(actor, shape, one, depth + 1));
  return {};
}

}  // namespace

bool is_met(const FieldSelection& selection, const JsonObject& changed) {
  const auto has_changed = [&](const std::string& name) { return changed.contains(name); };
  const auto is_group_met = [&](const FieldSelection& group) { return is_met(group, changed); };
  if (selection.needs == FieldSelection::Needs::all) {
    return std::all_of(selection.fields.begin(), selection.fields.end(), has_changed) &&
           std::all_of(selection.groups.begin(), selection.groups.end(), is_group_met);
  }
  return std::any_of(selection.fields.begin(), selection.fields.end(), has_changed) ||
         std::any_of(selection.groups.begin(), selection.groups.end(), is_group_met);
}

Result<void> check_selection(const access::Actor& actor, const records::Shape& shape,
                             const FieldSelection& selection) {
  if (count_fields(selection) > selected_fields_max) {
    return invalid(std::string(refused_field), "too_many",
                   fmt::format("Name at most {} fields.", selected_fields_max));
  }
  return check_group(actor, shape, selection, 1);
}

Json selection_to_json(const FieldSelection& selection) {
  JsonObject object;
  object["needs"] = selection.needs == FieldSelection::Needs::all ? "all" : "any";
  JsonArray fields;
  for (const std::string& name : selection.fields) fields.emplace_back(name);
  object["fields"] = std::move(fields);
  JsonArray groups;
  for (const FieldSelection& group : selection.groups) groups.push_back(selection_to_json(group));
  object["groups"] = std::move(groups);
  return object;
}

FieldSelection selection_from_json(const Json& json) {
  FieldSelection selection;
  if (text_of(json, "needs") == "all") selection.needs = FieldSelection::Needs::all;
  if (const Json* fields = find(json, "fields"); fields && fields->is_array()) {
    for (const Json& name : fields->as_array())
      if (name.is_string()) selection.fields.emplace_back(name.as_string());
  }
  if (const Json* groups = find(json, "groups"); groups && groups->is_array()) {
    for (const Json& group : groups->as_array())
      selection.groups.push_back(selection_from_json(group));
  }
  return selection;
}

}  // namespace tandem::crm
