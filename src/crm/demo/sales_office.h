#pragma once

#include <vector>

#include "access/actor.h"
#include "crm/deals/pipelines.h"
#include "crm/demo/sales_demo.h"
#include "crm/edition.h"

namespace tandem::crm {

struct OfficeBuyer {
  RecordId id = {};  // the contact
  size_t firm = 0;   // in SalesOffice::firms
};

/// The sales department before its first deal.
struct SalesOffice {
  OrgId org = {};
  Edition edition = Edition::crm;
  std::vector<access::Actor> sellers = {};
  std::vector<DemoFirm> firms = {};
  std::vector<RecordId> accounts = {};  // as firms
  std::vector<OfficeBuyer> buyers = {};
  std::vector<Pipeline> pipelines = {};
};

Result<SalesOffice> make_sales_office(db::Transaction& tx, const records::Catalogue& catalogue,
                                      const SalesDemoPlan& plan);

}  // namespace tandem::crm
