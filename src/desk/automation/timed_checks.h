#pragma once

#include <map>
#include <optional>

#include "desk/automation/ready_rules.h"
#include "desk/service_levels/service_book.h"

// When the rules of time are to be asked of a ticket. Each ticket that such a rule will touch has
// one row with one moment, found by an index; a ticket that no rule waits for has none. The row is
// kept by whatever writes the ticket, so that nothing ever looks through all tickets; a changed
// rule walks over those that are not closed once (open_ticket_walks.h).
//
// Each rule acts once: what it acted for is remembered, and only a person or a customer who changes
// that moment lets it wait again. So rules that write to each other's moments come to an end.
// Manual, Automation 3.1 to 3.4.

namespace tandem::desk {

struct TicketCheck {
  std::map<int64_t, int64_t> done = {};  // rule -> the moment it acted for
  std::optional<Instant> next_at = {};
};

std::optional<TicketCheck> read_check(db::Transaction& tx, OrgId org, RecordId ticket);
void write_check(db::Transaction& tx, OrgId org, RecordId ticket, const TicketCheck& check);

/// The rules of one organisation, asked about tickets in one transaction.
class TimedRules {
 public:
  /// `ready` must outlive it.
  TimedRules(db::Transaction& tx, OrgId org, const ReadyRules& ready)
      : tx_(tx), org_(org), ready_(ready) {}

  /// Whether the rule's time is over, it did not act yet and its conditions are met.
  bool applies(const ReadyRule& rule, const records::Record& ticket, const TicketCheck& check);
  /// The same for the moment alone: the earliest at which one of them may apply. Never before now.
  std::optional<Instant> next_at(const records::Record& ticket, const TicketCheck& check);

 private:
  std::optional<Instant> due_at(const ReadyRule& rule, const records::Record& ticket,
                                const TicketCheck& check);
  const BusinessHours& hours_of_ticket(const records::Record& ticket);

  db::Transaction& tx_;
  OrgId org_;
  const ReadyRules& ready_;
  std::shared_ptr<const ServiceBook> book_ = nullptr;  // once it is asked for
};

/// What the rule counts from; nothing when the ticket has no such moment.
std::optional<Instant> moment_of(const AutomationRule& rule, const records::Record& ticket);

/// The very last rule of tickets after a save.
Result<void> the_time_is_watched(records::Change& ticket);

/// After a change of a rule of time: all tickets that are not closed are looked at, in the
/// background.
void watch_open_tickets(db::Transaction& tx, OrgId org);
/// Looks at one of them; true when its row changed.
Result<bool> watch_ticket(db::Transaction& tx, OrgId org, const records::Record& ticket);

}  // namespace tandem::desk
