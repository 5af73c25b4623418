#include "desk/automation/automation.h"

#include <memory>
#include <optional>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "desk/automation/ready_rules.h"
#include "desk/spam/spam.h"

namespace tandem::desk {

using records::Change;
using records::Record;

namespace {

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
    while (is_any_new && !acts_.is_over) {
      is_any_new = false;
      for (size_t index = 0; index < ready_.rules.size() && !acts_.is_over; ++index) {
        if (has_acted_[index] || !applies(ready_.rules[index])) continue;
        has_acted_[index] = true;
        is_any_new = true;
        TRY(act_by_rule(ticket_.tx, *ticket_.actor.catalogue, ready_.rules[index], now_, acts_,
                        ticket_.org));
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
      case RuleEvent::time_passed: return false;
    }
    return false;
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
    return is_met(ready, now_, ticket_.now());
  }

  Change& ticket_;
  const ReadyRules& ready_;
  std::vector<bool> has_acted_;
  Record now_;
  std::optional<bool> is_customers_word_;
  RoundOfActs acts_;
};

}  // namespace

Result<void> the_rules_are_run(Change& ticket) {
  // Merging tells nobody anything, and a merged ticket is no work.
  const bool is_merge = ticket.event == "merged" || ticket.event == "merge_undone" ||
                        !ticket.get("merged_into").is_null();
  if (is_merge || concerns_spam(ticket) || !starts_rules(ticket)) return {};
  const std::shared_ptr<const ReadyRules> ready =
      ready_rules(ticket.tx, ticket.org, ticket.proposed.shape);
  if (!ready || ready->rules.empty()) return {};
  return Round(ticket, *ready).run();
}

}  // namespace tandem::desk
