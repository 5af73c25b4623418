#pragma once

#include <optional>
#include <vector>

#include "access/actor.h"
#include "crm/deals/pipelines.h"

// The deals of a pipeline in columns, one for each stage. Manual, Deals 3.

namespace tandem::crm {

/// What stands on a stage. Up to records::count_cap deals are counted; where there are more, that is
/// said, and the sums are of as many of them and one.
struct BoardColumn {
  RecordId stage = {};
  records::Count count = {};
  std::optional<int64_t> amount = {};            // in minor units; nothing when it is hidden from
  std::optional<int64_t> expected_revenue = {};  // the actor's role
};

/// The columns of a pipeline in the order of its stages, of the deals that meet `filter` and stand
/// in the actor's lists. Refuses: forbidden (no read right), invalid (a condition on what is hidden
/// from the role).
Result<std::vector<BoardColumn>> deal_board(db::Transaction& tx, const access::Actor& actor,
                                            const Pipeline& pipeline,
                                            const records::Filter& filter);

}  // namespace tandem::crm
