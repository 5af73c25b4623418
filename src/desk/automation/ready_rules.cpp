#include "desk/automation/ready_rules.h"

#include "base/json.h"
#include "desk/automation/automation.h"
#include "desk/automation/rule_mail.h"
#include "desk/kept_by_organisation.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "records/change_log.h"
#include "records/filter_meets.h"

namespace tandem::desk {

using records::Record;

namespace {

KeptByOrganisation<ReadyRules>& kept_rules() {
  static KeptByOrganisation<ReadyRules> kept;
  return kept;
}

/// The rule acts for the organisation itself; its name stands in the history.
class Hand {
 public:
  Hand(db::Transaction& tx, access::Actor actor, Record& ticket, const Desk* desk)
      : tx_(tx), actor_(std::move(actor)), ticket_(ticket), desk_(desk) {}

  Result<void> act(const ReadyRule& ready, RoundOfActs& round) {
    for (const Result<Action>& action : ready.actions) {
      if (action && action->kind == ActionKind::stop) {
        round.is_over = true;
        return {};
      }
      if (round.acts == automatic_acts_max) {
        round.is_over = true;
        note_refused("", "too_many_acts", "Rules do at most 10 things after one act.");
        return {};
      }
      ++round.acts;
      TRY(act_once(ready.rule.id, action));
    }
    return {};
  }

 private:
  Result<void> act_once(RecordId rule, const Result<Action>& action) {
    const Result<void> done = tx_.attempt([&]() -> Result<void> {
      if (!action) return action.error();
      if (action->kind == ActionKind::mail && desk_) {
        return mail_customer(tx_, *desk_, actor_, ticket_, action->html);
      }
      return perform(tx_, actor_, ticket_.id, *action, rule);
    });
    if (!done) {
      note_refused(action ? word(action->kind) : "", done.error().code, done.error().message);
      return {};
    }
    ticket_ = TRY(read_row(tx_, actor_, tickets_module(), ticket_.id));
    return {};
  }

  void note_refused(std::string_view action, std::string_view code, std::string_view reason) {
    JsonWriter detail;
    detail.begin_object().string("action", action).string("code", code);
    detail.string("reason", reason).end_object();
    records::log_event(tx_, actor_.org, tickets_module().name, ticket_.id, ticket_.revision,
                       "automation_refused", actor_.author(), detail.take());
  }

  db::Transaction& tx_;
  access::Actor actor_;
  Record& ticket_;
  const Desk* desk_;
};

}  // namespace

std::shared_ptr<const ReadyRules> ready_rules(db::Transaction& tx, OrgId org,
                                              const records::ShapeRef& tickets) {
  const int64_t version = automation_version(tx, org);
  if (version == 0) return nullptr;
  if (auto kept = kept_rules().find(org, version, tickets)) return kept;
  const auto ready = std::make_shared<ReadyRules>();
  ready->version = version;
  ready->shape = tickets;
  for (AutomationRule& rule : active_automation_rules(tx, org)) {
    Result<RuleConditions> conditions = read_conditions(rule, tickets, tx.now());
    if (!conditions) continue;
    auto actions = stored_actions(rule.actions_json, *tickets, actions_of(rule));
    ready->has_timed = ready->has_timed || rule.is_timed();
    ready->rules.push_back({std::move(rule), std::move(*conditions), std::move(actions)});
  }
  kept_rules().keep(org, ready);
  return ready;
}

bool is_met(const ReadyRule& ready, const Record& ticket, Instant now) {
  if (!ready.conditions.depends_on_the_time) {
    return records::meets(ticket, ready.conditions.filter);
  }
  const Result<RuleConditions> at_this_moment = read_conditions(ready.rule, ticket.shape, now);
  return at_this_moment && records::meets(ticket, at_this_moment->filter);
}

Result<void> act_by_rule(db::Transaction& tx, const records::Catalogue& catalogue,
                         const ReadyRule& ready, Record& ticket, RoundOfActs& round, OrgId org,
                         const Desk* desk) {
  access::Actor actor = access::system_actor(catalogue, org, access::Path::automation);
  actor.name = ready.rule.name;
  return Hand(tx, std::move(actor), ticket, desk).act(ready, round);
}

}  // namespace tandem::desk
