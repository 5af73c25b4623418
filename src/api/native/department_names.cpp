#include "api/native/department_names.h"

#include "desk/modules.h"
#include "records/store.h"

namespace tandem::api::native {

DepartmentNames::DepartmentNames(db::Transaction& tx, OrgId org, std::vector<int64_t> ids) {
  std::erase(ids, 0);
  for (records::LinkTitle& one :
       records::link_titles(tx, org, desk::departments_module(), std::move(ids))) {
    titles_.insert_or_assign(one.id.value, std::move(one.title));
  }
}

void DepartmentNames::append(JsonWriter& json, RecordId department) const {
  if (!department) {
    json.null();
    return;
  }
  const auto found = titles_.find(department.value);
  json.begin_object().id("id", department.value);
  json.string("title", found == titles_.end() ? "" : found->second).end_object();
}

}  // namespace tandem::api::native
