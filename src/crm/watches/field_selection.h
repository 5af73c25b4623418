#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"

namespace tandem::crm {

constexpr size_t selected_fields_max = 10;
constexpr int selection_depth_max = 3;

/// Fields of which all or any must have changed; a group stands for what it comes to. Field names
/// are ours.
struct FieldSelection {
  enum class Needs { all, any };
  Needs needs = Needs::any;
  std::vector<std::string> fields = {};
  std::vector<FieldSelection> groups = {};
};

/// `changed`: the names of the fields that changed.
bool is_met(const FieldSelection& selection, const JsonObject& changed);

/// Refuses with invalid (fields): required (an empty group), too_many, too_deep, unknown_field
/// (also one that is hidden from the actor).
Result<void> check_selection(const access::Actor& actor, const records::Shape& shape,
                             const FieldSelection& selection);

/// As it is stored.
Json selection_to_json(const FieldSelection& selection);
FieldSelection selection_from_json(const Json& json);

}  // namespace tandem::crm
