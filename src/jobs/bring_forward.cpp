#include "jobs/bring_forward.h"

namespace tandem::jobs {

void bring_forward(db::Transaction& tx, OrgId org, const std::string& kind,
                   const std::string& unique_key, Instant run_at) {
  tx.execute(
      "UPDATE jobs SET run_at = $4 "
      "WHERE org_id = $1 AND kind = $2 AND waiting_key = $3 AND run_at > $4",
      {org.value, kind, unique_key, db::arg(run_at)});
}

}  // namespace tandem::jobs
