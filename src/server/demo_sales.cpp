#include "server/demo_sales.h"

#include "access/people.h"
#include "access/roles.h"
#include "crm/demo/sales_demo.h"
#include "crm/edition.h"
#include "desk/demo/cast.h"

namespace tandem::server {

namespace {

/// Every fifth customer of the Desk is none of the sales side yet.
constexpr size_t unknown_every = 5;

std::vector<crm::DemoFirm> known_firms() {
  std::vector<crm::DemoFirm> firms;
  for (size_t at = 0; at < desk::demo_companies().size(); ++at) {
    if (at % unknown_every == unknown_every - 1) continue;
    const desk::DemoCompany& company = desk::demo_companies()[at];
    crm::DemoFirm firm{.name = company.name,
                       .domain = company.domain,
                       .city = company.city,
                       .country = company.country};
    for (size_t number = 0; number < desk::demo_customers().size(); ++number) {
      const desk::DemoCustomer& one = desk::demo_customers()[number];
      if (one.company != at) continue;
      firm.language = one.language;
      firm.people.push_back({one.first_name, one.last_name, desk::demo_address(number)});
    }
    firms.push_back(std::move(firm));
  }
  return firms;
}

std::vector<crm::DemoMember> members_of(db::Transaction& tx, const desk::Demo& demo) {
  std::vector<crm::DemoMember> members;
  for (const desk::DemoPerson& one : demo.people) {
    const std::optional<access::Person> person = access::find_person_by_email(tx, one.email);
    const std::optional<access::RoleKind> role = access::role_kind_from_word(one.role);
    if (person && role) members.push_back({person->id, *role});
  }
  return members;
}

}  // namespace

Result<SalesDemos> make_sales_demos(Program& program, StoppedClock& clock, const desk::Demo& desk,
                                    const desk::DemoPlan& plan) {
  crm::SalesDemoPlan sales{.until = plan.until, .organisation = plan.organisation};
  sales.firms = known_firms();
  sales.members =
      program.database().read([&](db::Transaction& tx) { return members_of(tx, desk); });
  const auto make = [&](crm::Edition edition) -> Result<OrgId> {
    const records::Catalogue& catalogue = *program.applications().find(crm::word(edition));
    return crm::make_sales_demo(program.database(), catalogue, clock, sales);
  };
  SalesDemos demos;
  demos.crm = TRY(make(crm::Edition::crm));
  demos.bigin = TRY(make(crm::Edition::bigin));
  return demos;
}

}  // namespace tandem::server
