#pragma once

#include "crm/deals/pipelines.h"
#include "operations/operations.h"

// How the stages of a pipeline become more and fewer. Manual, Deals 2.

namespace tandem::crm {

/// So many deals are moved in one transaction, so that nobody waits long behind it.
constexpr int deals_moved_at_once_max = 500;

/// A stage that a pipeline is to have: one that is there, or a new one.
struct AddedStage {
  RecordId existing = {};
  records::Changes values = {};  // of the new one: fields of stages
};

/// Adds a stage to a pipeline: an open one before the first that closes deals, another at the end.
/// Answers the pipeline. Refuses: forbidden (the duty to manage fields, or a right of the modules),
/// not_found (the pipeline), invalid (stage, "too_many", and as create_record refuses stages),
/// conflict "stage_there" (the pipeline has it).
Result<records::Record> add_stage(db::Transaction& tx, const access::Actor& actor,
                                  RecordId pipeline, const AddedStage& added);

/// A stage that a pipeline is to have no longer, and where its deals go.
struct RetiredStage {
  RecordId pipeline = {};
  RecordId stage = {};
  RecordId target = {};  // another stage of the pipeline; none when no deals stand there
};

struct Retirement {
  int moved = 0;
  bool is_done = false;
};

/// Brings up to `deals_moved_at_once_max` deals of the pipeline from the stage to the target, also
/// those in the recycle bin and those that the actor does not see, with all that follows from their
/// new stage; when none is left, the pipeline has the stage no longer (`is_done`). Call it until
/// then: each call leaves everything whole. Refuses: forbidden, not_found (pipeline, stage),
/// invalid (target "required", "not_found"; "last_stage"), and what a rule of deals refuses.
Result<Retirement> retire_stage(db::Transaction& tx, const access::Actor& actor,
                                const RetiredStage& retired);

}  // namespace tandem::crm
