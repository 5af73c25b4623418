#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/native/call.h"

namespace tandem::api::native {

/// The names of departments, read at once for all that an answer shows.
class DepartmentNames {
 public:
  /// `ids` may hold one several times, and 0.
  DepartmentNames(db::Transaction& tx, OrgId org, std::vector<int64_t> ids);
  /// {"id","title"}, null for none. One that is gone has the title "".
  void append(JsonWriter& json, RecordId department) const;

 private:
  std::map<int64_t, std::string> titles_;
};

}  // namespace tandem::api::native
