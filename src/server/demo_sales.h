#pragma once

#include <string>

#include "desk/demo/demo.h"
#include "server/program.h"

namespace tandem::server {

/// The sales side of the demo company, with the same people.
struct SalesDemos {
  OrgId crm = {};
  OrgId bigin = {};
};

/// Makes the company's CRM and its Bigin organisation, which know most of the Desk's customers and
/// others besides. `desk` is the demo that is there already.
Result<SalesDemos> make_sales_demos(Program& program, StoppedClock& clock, const desk::Demo& desk,
                                    const desk::DemoPlan& plan);

}  // namespace tandem::server
