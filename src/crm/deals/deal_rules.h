#pragma once

#include "records/record.h"

// What holds of every deal, whoever writes it. Manual, Deals.

namespace tandem::crm {

/// Without a pipeline it is the default one, without a stage its first. Refuses with invalid: a
/// pipeline that is none ("not_found"), a stage of another pipeline ("stage_of_other_pipeline").
Result<void> it_stands_on_a_stage_of_its_pipeline(records::Change& deal);

/// A new stage brings its probability unless one is given with it, and says whether the deal is
/// open, won or lost and since when; the expected revenue is the amount times the probability.
/// Refuses with invalid a probability outside 0 to 100.
Result<void> it_knows_its_chances(records::Change& deal);

/// A deal that is not lost any more loses its reason. Refuses with invalid "not_lost" to give one
/// to a deal that is open or won.
Result<void> only_a_lost_deal_says_why(records::Change& deal);

}  // namespace tandem::crm
