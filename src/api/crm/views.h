#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"

// The custom views of a module: the few that the program makes for each (all, mine, those created
// and those changed in the last seven days), and those that people made.

namespace tandem::api::crm_dialect {

/// A view that the program made.
struct ReadyView {
  RecordId id = {};
  std::string name = {};         // as the sales side names it: "all"
  std::string label = {};        // "All Leads"
  std::string system_name = {};  // "ALLVIEWS"
};
std::vector<ReadyView> ready_views_of(const records::ModuleDef& module);

/// What the view of `cvid` in the query lists; everything without one. Refuses with invalid what is
/// no view of the call's module for the caller, and one with a condition that no longer holds.
Result<records::Filter> filter_of_view(db::Transaction& tx, const Call& call);
/// The same of the view with this id; "" asks for none.
Result<records::Filter> filter_of_view(db::Transaction& tx, const Call& call,
                                       const std::string& view);

}  // namespace tandem::api::crm_dialect
