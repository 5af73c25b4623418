#pragma once

#include "access/organisations.h"
#include "crm/edition.h"

// What a sales organisation begins with.

namespace tandem::crm {

/// The edition of the organisation that the catalogue of this application serves.
Edition edition_of(const records::Catalogue& catalogue);

/// Makes a CRM or Bigin organisation with its roles, the usual stages, and one pipeline of them.
/// Refuses with invalid: name, locale.
Result<access::NewOrganisation> create_sales_organisation(db::Transaction& tx,
                                                          const records::Catalogue& catalogue,
                                                          const std::string& name,
                                                          const std::string& locale);

}  // namespace tandem::crm
