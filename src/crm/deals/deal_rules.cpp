#include "crm/deals/deal_rules.h"

#include "crm/deals/pipelines.h"

namespace tandem::crm {

namespace {

using records::Change;
using records::Value;
using records::Verb;

bool is_written(const Change& deal) {
  return deal.verb == Verb::created || deal.verb == Verb::updated;
}

/// The one it has, or the default.
Result<Pipeline> pipeline_of(Change& deal) {
  const RecordId chosen = deal.get("pipeline").id();
  const std::optional<Pipeline> pipeline =
      chosen ? find_pipeline(deal.tx, deal.org, chosen) : default_pipeline(deal.tx, deal.org);
  if (!pipeline) return invalid("pipeline", "not_found", "Choose a pipeline that exists.");
  return *pipeline;
}

/// Of an amount in minor units, rounded to the nearest; no amount of money overflows it.
int64_t share_of(int64_t amount, int64_t per_cent) {
  const __int128 product = static_cast<__int128>(amount) * per_cent;
  return static_cast<int64_t>((product + (product < 0 ? -50 : 50)) / 100);
}

}  // namespace

Result<void> it_stands_on_a_stage_of_its_pipeline(Change& deal) {
  if (!is_written(deal)) return {};
  if (!deal.changes("pipeline") && !deal.changes("stage")) return {};
  const Pipeline pipeline = TRY(pipeline_of(deal));
  deal.set("pipeline", pipeline.id);
  deal.set("team_pipeline", pipeline.team_pipeline);
  if (deal.get("stage").is_null() && !pipeline.stages.empty())
    deal.set("stage", pipeline.stages.front().id);
  if (has_stage(pipeline, deal.get("stage").id())) return {};
  return invalid("stage", "stage_of_other_pipeline", "Choose a stage of the deal's pipeline.");
}

Result<void> it_knows_its_chances(Change& deal) {
  if (!is_written(deal)) return {};
  if (deal.changes("stage")) {
    const std::optional<Stage> stage = find_stage(deal.tx, deal.org, deal.get("stage").id());
    if (!stage) return invalid("stage", "not_found", "Choose a stage that exists.");
    const bool is_given = !deal.get("probability").is_null() && deal.changes("probability");
    if (!is_given) deal.set("probability", stage->probability);
    deal.set("stage_changed_at", deal.now());
    const bool ends_anew = deal.is_new() || deal.before.get("outcome").text() != stage->outcome;
    deal.set("outcome", stage->outcome);
    if (stage->outcome == "open") deal.clear("closed_at");
    if (stage->outcome != "open" && ends_anew) deal.set("closed_at", deal.now());
  }
  const int64_t probability = deal.get("probability").number();
  if (probability < 0 || probability > 100)
    return invalid("probability", "out_of_range", "Give a probability from 0 to 100 per cent.");
  if (deal.get("amount").is_null()) {
    deal.clear("expected_revenue");
  } else {
    deal.set("expected_revenue", share_of(deal.get("amount").number(), probability));
  }
  return {};
}

Result<void> only_a_lost_deal_says_why(Change& deal) {
  if (!is_written(deal) || deal.get("outcome") == Value("lost")) return {};
  if (deal.get("reason_for_loss").is_null()) return {};
  if (deal.changes("reason_for_loss")) {
    return invalid("reason_for_loss", "not_lost",
                   "Bring the deal to a lost stage with it, or leave the reason out.");
  }
  deal.clear("reason_for_loss");
  return {};
}

}  // namespace tandem::crm
