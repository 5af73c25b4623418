#pragma once

#include "crm/edition.h"
#include "records/shape.h"

// What the records of the sales side are. One constant per module and edition; tables, forms and
// dialects come from them. Their tables begin with crm_, and both editions share them.

namespace tandem::crm {

/// People and firms that may become customers. CRM only.
const records::ModuleDef& leads_module();
const records::ModuleDef& contacts_module(Edition edition);
/// Bigin calls them companies.
const records::ModuleDef& accounts_module(Edition edition);
const records::ModuleDef& deals_module(Edition edition);
const records::ModuleDef& products_module(Edition edition);
/// CRM only.
const records::ModuleDef& campaigns_module();
const records::ModuleDef& tasks_module(Edition edition);
/// Meetings.
const records::ModuleDef& events_module(Edition edition);
const records::ModuleDef& calls_module(Edition edition);
const records::ModuleDef& notes_module(Edition edition);
const records::ModuleDef& attachments_module(Edition edition);

/// The steps of a deal on its way to won or lost.
const records::ModuleDef& stages_module();
/// Which stages a kind of deals goes through, in their order. Bigin calls them sub-pipelines.
const records::ModuleDef& pipelines_module();
/// Bigin's pipelines, each with sub-pipelines of its own. CRM has one, which nobody sees.
const records::ModuleDef& team_pipelines_module();

/// Adds all that the edition has. The catalogue also needs the module "agents" of access/.
void add_modules(records::Catalogue& catalogue, Edition edition);

}  // namespace tandem::crm
