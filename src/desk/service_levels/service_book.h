#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "desk/service_levels/service_levels.h"
#include "desk/service_levels/working_time.h"
#include "records/record.h"

// What an organisation promises and when it works, read and understood once, for all tickets.

namespace tandem::desk {

struct ReadyPolicy {
  ServiceLevel level;
  records::Filter conditions;  // met by no ticket when they can't be read any more
  bool depends_on_the_time = false;
};

struct ServiceBook {
  int64_t version = 0;
  records::ShapeRef shape;
  std::vector<ReadyPolicy> policies;  // active ones, in order
  std::set<std::string> asked_for;    // fields that their conditions name
  std::map<int64_t, BusinessHours> hours;
  std::map<int64_t, int64_t> hours_by_department;  // those that have others than the usual ones
  RecordId usual_hours;                            // 0: none

  const ServiceLevel* find(RecordId policy) const;
  /// The first whose conditions the ticket meets; null when there is none.
  const ServiceLevel* first_that_fits(const records::Record& ticket, Instant now) const;
  /// 0 when the organisation has no business hours.
  RecordId hours_of_department(RecordId department) const;
  /// Open day and night when there are none of this id.
  const BusinessHours& hours_of(RecordId id) const;
};

/// The answer is kept between calls and counts only while the version, which is read in this very
/// transaction, and the fields of tickets are those it was read for; so each node notices a change
/// that another one made.
std::shared_ptr<const ServiceBook> service_book(db::Transaction& tx, OrgId org,
                                                const records::ShapeRef& tickets);

/// In the transaction that changes a policy, hours or holidays: what was kept counts no more, and
/// all tickets that are not closed are counted anew in the background. Manual, Service levels 2.4.
void renew_service_book(db::Transaction& tx, OrgId org);

}  // namespace tandem::desk
