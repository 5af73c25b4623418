#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"

// The custom views of a module. Each module has the same few, made by the program: all, mine, those
// created and those changed in the last seven days.

namespace tandem::api::crm_dialect {

struct View {
  RecordId id = {};
  std::string name = {};         // "All Leads"
  std::string system_name = {};  // "ALLVIEWS"
  std::string field = {};        // of our own, that it asks for; "" asks for nothing
};
std::vector<View> views_of(const records::ModuleDef& module);

/// What the view of `cvid` in the query lists; everything without one. Refuses with invalid what is
/// no view of the call's module.
Result<records::Filter> filter_of_view(const Call& call, Instant now);
/// The same of the view with this id; "" asks for none.
Result<records::Filter> filter_of_view(const Call& call, const std::string& view, Instant now);

}  // namespace tandem::api::crm_dialect
