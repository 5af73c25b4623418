#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

namespace tandem::crm {

struct DemoBuyer {
  std::string first_name = {};
  std::string last_name = {};
  std::string email = {};
};

struct DemoFirm {
  std::string name = {};
  std::string domain = {};
  std::string city = {};
  std::string country = {};
  std::string language = {};  // en, ja, zh or pt
  std::vector<DemoBuyer> people = {};
};

struct DemoMember {
  PersonId person = {};
  access::RoleKind role = access::RoleKind::agent;  // light agents look on; the others sell
};

struct SalesDemoPlan {
  Instant until = {};  // the present: the story ends here
  std::string organisation = {};
  std::vector<DemoMember> members = {};  // people who are there already; somebody sells
  std::vector<DemoFirm> firms = {};      // that are customers elsewhere, too
};

/// Makes an organisation of the application of this catalogue that has been selling for five weeks:
/// deals on every stage of every pipeline, and what was noted, planned, called and met over them,
/// in four languages; in CRM also leads, some of them converted, and campaigns. The same plan tells
/// the same story. `clock` is the one that the database was opened with; it is moved back and ends
/// at `until`. Refuses with invalid: another clock, nobody who sells.
Result<OrgId> make_sales_demo(db::Database& database, const records::Catalogue& catalogue,
                              StoppedClock& clock, const SalesDemoPlan& plan);

}  // namespace tandem::crm
