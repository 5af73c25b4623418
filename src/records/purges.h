#pragma once

#include <string>

#include "records/change_log.h"

namespace tandem::records {

/// What of a module is gone for good, newest first: the entries of the change log that tell it, 1
/// to 200 a page. Refuses with invalid: cursor, limit.
Result<LogPage> purges_of(db::Transaction& tx, OrgId org, const std::string& module,
                          const std::string& cursor, int limit);

}  // namespace tandem::records
