#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "operations/operations.h"

// What an application says of the views of one of its modules. All else about views is said once,
// for every module.

namespace tandem::views {

/// What a view asks for, and how far its list reaches.
struct ViewQuery {
  records::Filter filter;
  operations::Reach reach = operations::Reach::listed;
  std::string sort = {};   // "-last_activity_at"; "" is the usual order
  bool is_custom = false;  // conditions that people chose, which no index may serve
};

/// A view that everybody has.
struct ReadyView {
  std::string name;   // "mine"
  std::string label;  // "My tickets"
};

struct ViewedModule {
  const records::ModuleDef& module;
  std::vector<ReadyView> ready;  // in the order they are shown; people begin with the first
  /// What a ready view asks for, in one department where one is given. Refuses with not_found what
  /// is none of theirs.
  Result<ViewQuery> (*ready_query)(db::Transaction&, const records::ModuleDef&, std::string_view,
                                   const access::Actor&, RecordId department);
  /// Views are counted among the newest by this field, and a new one is sorted by it.
  std::string newest_by = "created_at";
  /// Whom views may be shared with beside roles; null where the application has no departments.
  const records::ModuleDef* departments = nullptr;
  /// What no list of conditions leaves out.
  records::Filter listed = records::everything();
  /// The same conditions, said so that an index serves them; null: as they are.
  records::Filter (*indexed)(const access::Actor&, const records::Shape&,
                             records::Filter) = nullptr;
  /// The same list with an index in the lead, where one by this order can have it; null: as it is.
  ViewQuery (*led)(const access::Actor&, const records::Shape&, ViewQuery,
                   const std::string& sort_field) = nullptr;
};

}  // namespace tandem::views
