#pragma once

#include <functional>
#include <vector>

#include "records/shape.h"

namespace tandem::operations {

FieldFault missing_value(const records::FieldDef& field);

/// What a new record must have and is not given, behind what is wrong already, so that a form hears
/// of all of it at once. `is_given`: whether the body brings a value for the field.
void add_missing_values(const records::Shape& shape,
                        const std::function<bool(const records::FieldDef&)>& is_given,
                        std::vector<FieldFault>& faults);

/// All faults of a refusal: those it lists, or the one it names.
std::vector<FieldFault> faults_of(const Refusal& refusal);

/// Adds those of fields that none of `faults` names.
void add_faults(const Refusal& refusal, std::vector<FieldFault>& faults);

}  // namespace tandem::operations
