#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "api/desk/call.h"
#include "desk/tickets/ticket_counts.h"
#include "desk/tickets/timeline.h"

namespace tandem::api::desk_dialect {

/// What the records of a page point to, by id. What the actor may not see is not among it.
struct Related {
  using ById = std::map<int64_t, records::Record>;
  ById contacts;
  ById accounts;
  ById departments;
  ById agents;
  ById shared_departments;  // that tickets are shared with
  std::map<int64_t, std::string> product_names;
  std::map<int64_t, std::vector<int64_t>> agents_of_department;
  std::map<int64_t, desk::TicketCounts> counts;  // of tickets
  std::set<int64_t> blocked_contacts;            // all of whose addresses are blocked
};

/// Reads what `include` asks for (contacts, accounts, departments, assignee, products) and what
/// departments and tickets always tell, one query for each module whatever the number of records.
Related related_to(db::Transaction& tx, const Call& call, const std::vector<records::Record>& page);

/// The agents among the authors of messages and comments, in one query.
Related::ById authors_of(db::Transaction& tx, const Call& call,
                         const std::vector<desk::TimelineItem>& items);

/// The record that `field` of `record` points to; null when it points nowhere or out of sight.
const records::Record* find_in(const Related::ById& found, const records::Record& record,
                               std::string_view field);

/// Whether `include=a,b` names it.
bool includes(const Call& call, std::string_view name);

}  // namespace tandem::api::desk_dialect
