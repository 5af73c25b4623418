#pragma once

#include <vector>

#include "access/actor.h"
#include "crm/deals/pipelines.h"

// Which stages several deals may be brought to together. Manual, Deals 2.9.

namespace tandem::crm {

/// So many deals may be asked about at a time.
constexpr size_t deals_asked_about_max = 2'000;

struct SharedStages {
  std::vector<Pipeline> pipelines = {};  // that the deals are in, by age
  std::vector<Stage> stages = {};        // that all of these have, in the order of the first
};

/// The stages on which each of the deals may stand: those that all their pipelines have. Deals that
/// the actor does not see, or that are in the recycle bin, are passed over. Refuses: forbidden (no
/// read right), invalid (ids "required", "too_many"; "unknown_field" when pipeline or stage is
/// hidden from the role), not_found (none of them is there).
Result<SharedStages> stages_shared_by(db::Transaction& tx, const access::Actor& actor,
                                      const std::vector<RecordId>& deals);

}  // namespace tandem::crm
