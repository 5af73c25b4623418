#include "desk/automation/automation.h"

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "desk/automation/automation_actions.h"
#include "desk/automation/automation_conditions.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "records/change_log.h"
#include "records/filter_meets.h"

namespace tandem::desk {

using records::Change;
using records::Record;

namespace {

constexpr size_t organisations_kept_max = 1'000;

struct ReadyRule {
  AutomationRule rule;
  RuleConditions conditions;
  std::vector<Result<Action>> actions;
};

struct ReadyRules {
  int64_t version = 0;
  records::ShapeRef shape;
  std::vector<ReadyRule> rules;
};

/// The rules of each organisation, read once. They count only while the version, which was read in
/// the same transaction, and the fields of tickets are those they were read for.
class KeptRules {
 public:
  std::shared_ptr<const ReadyRules> find(OrgId org, int64_t version,
                                         const records::ShapeRef& shape) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(org.value);
    const bool counts =
        at != kept_.end() && at->second->version == version && at->second->shape == shape;
    return counts ? at->second : nullptr;
  }
  void keep(OrgId org, std::shared_ptr<const ReadyRules> rules) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= organisations_kept_max) kept_.clear();
    kept_.insert_or_assign(org.value, std::move(rules));
  }

 private:
  std::mutex mutex_;
  std::unordered_map<int64_t, std::shared_ptr<const ReadyRules>> kept_;
};

KeptRules& kept_rules() {
  static KeptRules kept;
  return kept;
}

/// A rule whose conditions can't be read any more is left out; the settings say why.
std::shared_ptr<const ReadyRules> ready_rules(const Change& ticket) {
  const int64_t version = automation_version(ticket.tx, ticket.org);
  if (version == 0) return nullptr;
  const records::ShapeRef& shape = ticket.proposed.shape;
  if (auto kept = kept_rules().find(ticket.org, version, shape)) return kept;
  const auto ready = std::make_shared<ReadyRules>();
  ready->version = version;
  ready->shape = shape;
  for (AutomationRule& rule : active_automation_rules(ticket.tx, ticket.org)) {
    Result<RuleConditions> conditions = read_conditions(rule, shape, ticket.now());
    if (!conditions) continue;
    auto actions = stored_actions(rule.actions_json, *shape, ActionsOf::rule);
    ready->rules.push_back({std::move(rule), std::move(*conditions), std::move(actions)});
  }
  kept_rules().keep(ticket.org, ready);
  return ready;
}

/// What is imported was worked on before, and what a rule did starts no rule.
bool starts_rules(const Change& ticket) {
  const bool is_written =
      ticket.verb == records::Verb::created || ticket.verb == records::Verb::updated;
  return is_written && ticket.actor.path != access::Path::automation &&
         ticket.actor.path != access::Path::import;
}

/// Neither the answer of a machine nor one that is kept from the customer.
bool is_a_customers_word(const Change& ticket) {
  const Result<Json> detail = json_from_text(ticket.detail_json);
  const int64_t thread = detail ? id_from_text(text_of(*detail, "thread")).value_or(0) : 0;
  const std::optional<db::Row> row =
      ticket.tx.row("SELECT is_auto_reply, is_private FROM threads WHERE org_id = $1 AND id = $2",
                    {ticket.org.value, thread});
  return row && row->integer(0) == 0 && row->integer(1) == 0;
}

/// One act of somebody and all that the rules make of it.
class Round {
 public:
  Round(Change& ticket, const ReadyRules& ready)
      : ticket_(ticket), ready_(ready), has_acted_(ready.rules.size()), now_(ticket.proposed) {}

  Result<void> run() {
    bool is_any_new = true;
    while (is_any_new && !is_over_) {
      is_any_new = false;
      for (size_t index = 0; index < ready_.rules.size() && !is_over_; ++index) {
        if (has_acted_[index] || !applies(ready_.rules[index])) continue;
        has_acted_[index] = true;
        is_any_new = true;
        TRY(act(ready_.rules[index]));
      }
    }
    ticket_.proposed = std::move(now_);
    return {};
  }

 private:
  bool is_changed(size_t index) const {
    return ticket_.is_new() || ticket_.before.values[index] != now_.values[index];
  }

  bool is_any_field_changed() const {
    const std::vector<records::FieldDef>& fields = now_.shape->fields();
    for (size_t index = 0; index < fields.size(); ++index) {
      if (fields[index].written_by == records::WrittenBy::person && is_changed(index)) return true;
    }
    return false;
  }

  bool happened(RuleEvent event) {
    const bool is_contact = ticket_.actor.kind == access::ActorKind::contact;
    switch (event) {
      case RuleEvent::ticket_created: return ticket_.is_new();
      case RuleEvent::ticket_updated: return !ticket_.is_new() && is_any_field_changed();
      case RuleEvent::status_changed:
        return !ticket_.is_new() && is_changed(size_t(now_.shape->index_of("status")));
      case RuleEvent::agent_replied: return ticket_.event == "reply_sent";
      case RuleEvent::comment_added: return ticket_.event == "comment_added" && !is_contact;
      case RuleEvent::customer_replied:
        if (ticket_.event == "comment_added") return is_contact;
        if (ticket_.event != "mail_received") return false;
        if (!is_customers_word_) is_customers_word_ = is_a_customers_word(ticket_);
        return *is_customers_word_;
    }
    return false;
  }

  bool is_met(const ReadyRule& ready) const {
    if (!ready.conditions.depends_on_the_time) {
      return records::meets(now_, ready.conditions.filter);
    }
    const Result<RuleConditions> at_this_moment =
        read_conditions(ready.rule, ready_.shape, ticket_.now());
    return at_this_moment && records::meets(now_, at_this_moment->filter);
  }

  bool applies(const ReadyRule& ready) {
    const RecordId department = ready.rule.department;
    if (department && now_.get("department").id() != department) return false;
    if (!happened(ready.rule.event)) return false;
    if (ready.conditions.changed_field >= 0) {
      const size_t field = size_t(ready.conditions.changed_field);
      if (!is_changed(field)) return false;
      const std::optional<records::Value>& wanted = ready.conditions.changed_to;
      if (wanted && now_.values[field] != *wanted) return false;
    }
    return is_met(ready);
  }

  Result<void> act(const ReadyRule& ready) {
    access::Actor actor =
        access::system_actor(*ticket_.actor.catalogue, ticket_.org, access::Path::automation);
    actor.name = ready.rule.name;
    for (const Result<Action>& action : ready.actions) {
      if (action && action->kind == ActionKind::stop) {
        is_over_ = true;
        return {};
      }
      if (acts_ == automatic_acts_max) {
        is_over_ = true;
        note_refused(actor, "", "too_many_acts", "Rules do at most 10 things after one act.");
        return {};
      }
      ++acts_;
      TRY(act_once(actor, ready.rule.id, action));
    }
    return {};
  }

  Result<void> act_once(const access::Actor& actor, RecordId rule, const Result<Action>& action) {
    const RecordId id = now_.id;
    const Result<void> done = ticket_.tx.attempt([&]() -> Result<void> {
      if (!action) return action.error();
      return perform(ticket_.tx, actor, id, *action, rule);
    });
    if (!done) {
      note_refused(actor, action ? word(action->kind) : "", done.error().code,
                   done.error().message);
      return {};
    }
    now_ = TRY(read_row(ticket_.tx, actor, tickets_module(), id));
    return {};
  }

  void note_refused(const access::Actor& actor, std::string_view action, std::string_view code,
                    std::string_view reason) {
    JsonWriter detail;
    detail.begin_object().string("action", action).string("code", code);
    detail.string("reason", reason).end_object();
    records::log_event(ticket_.tx, ticket_.org, tickets_module().name, now_.id, now_.revision,
                       "automation_refused", actor.author(), detail.take());
  }

  Change& ticket_;
  const ReadyRules& ready_;
  std::vector<bool> has_acted_;
  Record now_;
  std::optional<bool> is_customers_word_;
  int acts_ = 0;
  bool is_over_ = false;
};

}  // namespace

Result<void> the_rules_are_run(Change& ticket) {
  // Merging tells nobody anything, and a merged ticket is no work.
  const bool is_merge = ticket.event == "merged" || ticket.event == "merge_undone" ||
                        !ticket.get("merged_into").is_null();
  if (is_merge || !starts_rules(ticket)) return {};
  const std::shared_ptr<const ReadyRules> ready = ready_rules(ticket);
  if (!ready || ready->rules.empty()) return {};
  return Round(ticket, *ready).run();
}

}  // namespace tandem::desk
